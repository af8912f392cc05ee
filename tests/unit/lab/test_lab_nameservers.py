"""Declared name servers as hosts of a lab: where they stand, what they are cabled to, and who asks them."""

import tarfile
from dataclasses import replace

import pytest
from networks import ROOT, reference

from netctl.credentials import open_source
from netctl.errors import LabNotPossible
from netctl.lab import faults, keys, machine, record, seed, wiring
from netctl.lab.place import place
from netctl.lab.topology import topology
from netctl.model.artefact import Part
from netctl.services.dns.load import load
from netctl.services.routing import derive
from netctl.settings import Settings

DECLARED = load(reference()).servers


def shape(servers=tuple(DECLARED.values()), only=()):
    """The reference network's lab with these name servers."""
    return topology(reference(), derive(reference()), only, servers)


def changed(chosen, **values):
    """The reference network's servers, one of them with other values."""
    return tuple(replace(server, **values) if server.name == chosen else server for server in DECLARED.values())


def test_every_declared_server_stands_on_its_centre_s_lan():
    servers = {server.name: server for server in shape().servers}
    assert servers.keys() == DECLARED.keys()
    assert {server.name for server in servers.values() if server.segment == "main"} == {"ns1", "ns3", "resolve1"}
    assert servers["ns2"].addresses == ("3fff:200:2::53/64", "198.51.100.165/28")
    assert servers["ns2"].management == "3fff:600::53:2/64"
    assert set(servers["ns2"].gateways) == {"3fff:200:2::1", "198.51.100.161"}


def test_a_server_with_one_family_has_one_way_out():
    resolver = next(server for server in shape().servers if server.name == "resolve1")
    assert resolver.gateways == ("3fff:200:1::1",)


def test_a_network_without_names_is_raised_as_ever():
    assert shape(()) == replace(topology(reference(), derive(reference())), servers=())
    assert {endpoint.resolvers for endpoint in shape(()).endpoints} == {()}


def test_hosts_ask_the_resolver_of_the_nearest_centre_first():
    asked = {endpoint.name: endpoint.resolvers for endpoint in shape().endpoints}
    assert asked["main-host"] == asked["rivers-hq-host"] == ("3fff:200:1::5353", "3fff:200:2::5353")
    assert asked["backup-host"] == ("3fff:200:2::5353", "3fff:200:1::5353")


def test_a_server_that_others_configure_or_that_stands_elsewhere_is_not_raised():
    assert "ns3" not in shape(changed("ns3", management_address="")).hosts
    assert "resolve1" not in shape(changed("resolve1", addresses=("2001:db8::53",))).hosts
    asked = {endpoint.resolvers for endpoint in shape(changed("resolve1", addresses=("2001:db8::53",))).endpoints}
    assert asked == {("3fff:200:2::5353",)}


def test_a_server_half_of_which_stands_elsewhere_is_refused():
    with pytest.raises(LabNotPossible, match="ns1 stands on the LAN of main, but 2001:db8::53 does not") as told:
        shape(changed("ns1", addresses=("3fff:200:1::53", "2001:db8::53")))
    assert told.value.where.startswith("dns/servers.yaml:")


def test_a_server_that_the_operations_room_could_not_ask_is_refused():
    with pytest.raises(LabNotPossible, match="ns1 has no IPv6 address"):
        shape(changed("ns1", addresses=("198.51.100.149",)))
    assert "ns1" not in shape(changed("ns1", addresses=("198.51.100.149",), management_address="")).hosts


def test_a_server_named_as_another_host_is_refused():
    with pytest.raises(LabNotPossible, match="core-main-1 names a name server and another host"):
        shape(changed("ns1", name="core-main-1"))


def test_the_state_of_a_lab_with_servers_is_read_as_it_was_written(tmp_path):
    where = place(tmp_path, "lab")
    where.folder.mkdir(parents=True)
    state = record.State("/somewhere", "raised", (), shape())
    record.write(where, state)
    assert record.read(where) == state


def test_every_port_name_fits_the_kernel_and_stands_in_one_namespace_once(tmp_path):
    halves = [
        half.split()
        for line in wiring.port_lines(place(tmp_path, "lab"), shape())
        for half in line.split(" peer name ")
    ]
    ends = [(words[words.index("netns") + 1], words[2 if words[0] == "link" else 0]) for words in halves]
    assert all(len(port) <= 15 for _, port in ends)
    assert len(set(ends)) == len(ends)


def test_a_server_that_lost_its_power_is_found_by_its_name():
    assert faults.host_named(shape(), "ns4").software == "nsd"


def box(tmp_path, name, parts):
    """The files of one server as a new box."""
    where = place(tmp_path, "lab")
    keys.ensure(where, [name])
    server = next(each for each in shape().servers if each.name == name)
    return where, seed.server(where, server, parts)


def test_a_box_holds_its_configuration_and_what_starts_its_daemon(tmp_path):
    _, files = box(tmp_path, "ns1", (Part("named.conf", "options { };\n"), Part("first.zone", "; first\n")))
    by_path = {file.path: file for file in files}
    assert by_path["etc/bind/named.conf"].text == "options { };\n"
    assert (by_path["etc/bind/named.conf"].mode, by_path["etc/bind/named.conf"].group) == (0o640, "bind")
    assert "PROGRAM=named" in by_path["etc/netctl-lab/daemon"].text
    assert "ListenAddress 3fff:600::53:1\n" in by_path["etc/ssh/sshd_config"].text


def test_only_root_and_the_daemon_s_account_can_read_the_keys_in_it(tmp_path, monkeypatch):
    monkeypatch.setattr("netctl.lab.place.RUNTIME", tmp_path / "run")
    where = place(tmp_path, "lab")
    seed.write(where, "ns4", [seed.File("etc/nsd/nsd.conf", "server:\n", 0o640, group="daemon")])
    with tarfile.open(where.host("ns4") / "seed.tar") as archive:
        member = archive.getmember("etc/nsd/nsd.conf")
    assert (member.uname, member.gname, member.mode) == ("root", "daemon", 0o640)


def test_a_host_knows_its_resolvers_and_the_network_s_domain():
    endpoint = next(endpoint for endpoint in shape().endpoints if endpoint.name == "rivers-hq-host")
    text = next(file.text for file in seed.endpoint(endpoint, "gov-wan.example") if file.path == "etc/resolv.conf")
    assert text.splitlines()[:2] == ["search gov-wan.example", "nameserver 3fff:200:1::5353"]


def test_secrets_are_made_once_for_what_this_host_has_none_of(tmp_path):
    where = place(tmp_path, "lab")
    (tmp_path / "own.toml").write_text('"dns/transfer" = "given"\n')
    (tmp_path / "own.toml").chmod(0o600)
    settings = Settings(home=tmp_path, secret_sources=("file:own.toml",))
    made = keys.ensure_secrets(where, settings, ["dns/transfer", "dns/update"])
    source = open_source(made, {})
    assert source.get("dns/transfer") == "given"
    assert len(source.get("dns/update")) == 44
    assert where.secrets.stat().st_mode & 0o777 == 0o600
    again = keys.ensure_secrets(where, made, ["dns/update", "dns/notify"])
    assert again == made
    assert open_source(again, {}).get("dns/update") == source.get("dns/update")
    assert open_source(again, {}).get("dns/notify")


def test_missing_daemons_of_the_declared_servers_are_named_and_no_others():
    absent = {"/rndc", "/knotd"}
    with pytest.raises(LabNotPossible, match="missing: bind9-utils knot$"):
        machine.require_servers(["knot", "bind", "nsd"], exists=lambda path: not any(map(path.endswith, absent)))
    machine.require_servers(["nsd"], exists=lambda path: path.endswith("/nsd"))
    machine.require_servers([], exists=lambda _: False)


def test_the_reference_network_s_templates_are_what_a_server_boots_with():
    assert set(seed.SERVER_FILES) >= {path.name.removesuffix(".j2") for path in (ROOT / "templates/dns").glob("*.j2")}
