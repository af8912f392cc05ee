"""Where netctl configures name servers, and by which host keys: read with the other declarations and checked like them."""

import pytest

from declared_names import MAIN, POLICY, SERVERS, declare, wrong
from netctl.services.dns.load import check, load

SERVERS_FILE, KEYS_FILE = "dns/servers.yaml", "dns/hostkeys.yaml"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA"


def managed(first="", second=""):
    """The servers with these management addresses."""
    lines = SERVERS.splitlines()
    for number, address in ((1, first), (2, second)):
        if address:
            lines[number] = f'{lines[number].removesuffix("}")}, management: "{address}"}}'
    return "\n".join(lines) + "\n"


def test_a_server_has_its_management_address_and_its_host_keys(tmp_path):
    network = declare(
        tmp_path, MAIN, servers=managed("3fff:600::0053:1"), bulk={"hostkeys.yaml": f"ns1:\n  - {KEY}\nns2: []\n"}
    )
    servers = load(network).servers
    assert (servers["ns1"].management_address, servers["ns1"].host_keys) == ("3fff:600::53:1", (KEY,))
    assert (servers["ns2"].management_address, servers["ns2"].host_keys) == ("", ())


def test_a_network_without_the_file_knows_no_host_key(tmp_path):
    servers = load(declare(tmp_path, MAIN, servers=managed("3fff:600::53:1", "3fff:600::53:2"))).servers
    assert [server.management_address for server in servers.values()] == ["3fff:600::53:1", "3fff:600::53:2"]
    assert {server.host_keys for server in servers.values()} == {()}


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("3fff:600::g", "E0120"),
        ("2001:db8::53", "E1050"),  # not on the management network
        ("3fff:600::53:1", "E1050"),  # ns1's
        ("3fff:600:0::1:1", "E1050"),  # a core router's
        ("3fff:600::1", "E1050"),  # the management station's
        ("192.0.2.53", "E1050"),
    ],
)
def test_an_address_that_cannot_be_a_server_s_is_told_with_its_line(tmp_path, second, code):
    network = declare(tmp_path, MAIN, servers=managed("3fff:600::53:1", second))
    assert (code, SERVERS_FILE, 3) in wrong(network)


@pytest.mark.parametrize(
    ("text", "code"),
    [(f"ns3:\n  - {KEY}\n", "E0111"), ("ns1:\n  - not a key\n", "E0110"), ("ns1: 5\n", "E0109")],
)
def test_what_is_wrong_with_host_keys_is_told(tmp_path, text, code):
    found = wrong(declare(tmp_path, MAIN, bulk={"hostkeys.yaml": text}))
    assert (code, KEYS_FILE) in {(each, file) for each, file, _ in found}


@pytest.mark.parametrize("name", ["core-main-1", "Core-Main-1"])
def test_a_server_that_has_a_router_s_name_is_told_with_both_places(tmp_path, name):
    network = declare(tmp_path, MAIN, servers=SERVERS.replace("ns2", name), policy=POLICY.replace("ns2", name))
    (found,) = (each for each in check(network)[1] if each.code == "NETCTL-E1052")
    assert (found.file, found.line) == (SERVERS_FILE, 3)
    assert f"a router is named core-main-1 too, in {network.devices['core-main-1'].source}" in found.message
