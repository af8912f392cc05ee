"""How zones are signed is declared, refused where it cannot hold, and written so that BIND takes it."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from networks import ROOT

from declared_names import MAIN, POLICY, SERVERS, declare, wrong
from netctl.credentials.placeholders import fill
from netctl.credentials.sources import EnvironmentSource
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.load import load
from netctl.services.dns.servers import server_intent

HASH = "ab" * 32
CHILD = "zone: a.gov-wan.example\ndnssec: split\n"
SPLIT = """\
signing:
  split: {algorithm: ed25519, keys: ksk+zsk, zsk_lifetime: 30d, ksk_lifetime: 1w, denial: nsec3, max_ttl: 1h}
"""


def main_server(tmp_path, *zones, policy=POLICY):
    return server_intent(load(declare(tmp_path, *zones, policy=policy)), "ns1")


def test_a_zone_says_yes_no_or_a_policy_and_the_policy_file_says_for_those_that_do_not(tmp_path):
    zones = ("zone: a.example\n", "zone: b.example\ndnssec: true\n", "zone: c.example\ndnssec: false\n")
    found = load(
        declare(tmp_path, *zones, "zone: d.example\ndnssec: insecure\n", policy=POLICY + "dnssec: split\n" + SPLIT)
    )
    said = {zone.name: (zone.dnssec, zone.signing) for zone in found.zones}
    assert said == {
        "a.example.": (True, "split"),
        "b.example.": (True, "standard"),
        "c.example.": (False, ""),
        "d.example.": (False, "insecure"),
    }


def test_only_the_primary_that_writes_signs(tmp_path):
    text = SERVERS.replace(
        "ns2: {software: knot, role: secondary,", "ns2: {software: bind, role: primary, standing: backup,"
    )
    declared = load(declare(tmp_path, MAIN + "dnssec: true\n", servers=text))
    assert [policy.name for policy in server_intent(declared, "ns1").signing] == ["standard"]
    assert server_intent(declared, "ns2").signing == ()
    assert [policy.name for policy in server_intent(declared, "ns2", "ns2").signing] == ["standard"]


def test_a_ds_is_looked_for_where_the_zone_above_is_served_here_and_anchored_where_it_is_not(tmp_path):
    ds = f"ds: [1 15 2 {HASH}]\n"
    (view,) = main_server(tmp_path / "led", MAIN + "dnssec: true\n" + ds, CHILD + ds, policy=POLICY + SPLIT).views
    above, below = view.zones
    assert (above.above_here, above.anchors) == (False, (f"1 15 2 {HASH}",))
    assert (below.above_here, below.anchors) == (True, ())
    (view,) = main_server(tmp_path / "island", MAIN, CHILD + ds, policy=POLICY + SPLIT).views
    assert view.zones[1].anchors == (f"1 15 2 {HASH}",)  # nobody signed above: a resolver has to be told


FLAWED = [
    ("algorithm: rsasha1", "E1060"),
    ("algorithm: rot13", "E1060"),
    ("refresh: 14d", "E1060"),
    ("max_ttl: 6d", "E1060"),
    ("alarm: 5d", "E1060"),
    ("keys: ksk+zsk, zsk_lifetime: 9d", "E1060"),
    ("ksk_lifetime: 1d", "E1060"),
    ("validity: two weeks", "E0110"),
    ("denial: nsec5", "E0110"),
]


@pytest.mark.parametrize(("said", "code"), FLAWED)
def test_a_policy_that_cannot_hold_is_refused_with_its_line(tmp_path, said, code):
    network = declare(tmp_path, MAIN, policy=POLICY + f"signing:\n  odd: {{{said}}}\n")
    assert (code, "dns/policy.yaml", 4) in wrong(network)


def test_the_word_for_leaving_is_no_policy(tmp_path):
    network = declare(tmp_path, MAIN, policy=POLICY + "signing:\n  insecure: {}\n")
    assert ("E1060", "dns/policy.yaml", 4) in wrong(network)


def test_a_policy_nobody_declared_is_told_once_however_many_zones_it_is_for(tmp_path):
    network = declare(tmp_path, MAIN, "zone: b.example\n", policy=POLICY + "dnssec: splat\n" + SPLIT)
    assert wrong(network) == {("E0111", "dns/policy.yaml", 3)}


def test_bind_takes_what_is_written_of_signing(tmp_path):
    program = shutil.which("named-checkconf", path="/usr/bin:/usr/sbin")
    if program is None:
        pytest.skip("named-checkconf is not installed")
    zones = (MAIN + "dnssec: true\n", CHILD, "zone: b.gov-wan.example\ndnssec: insecure\n")
    text = NameServerRenderer(ROOT).render(main_server(tmp_path, *zones, policy=POLICY + SPLIT)).parts[0].text
    for line in (
        'dnssec-policy "netctl-split" {',
        "\t\tzsk lifetime PT2592000S algorithm ed25519;",
        "\t\tcsk lifetime unlimited algorithm ecdsap256sha256;",
        "\tnsec3param iterations 0 optout no salt-length 0;",
        '\t\tdnssec-policy "insecure";',
        '\t\t\t3fff:200:1::53 port 53 key "transfer.gov-wan.example";',
    ):
        assert f"\n{line}\n" in text
    secret = base64.b64encode(b"walrus-7" * 4).decode()
    file = Path(tmp_path / "named.conf")
    file.write_text(
        fill(text, EnvironmentSource({"NETCTL_SECRET_DNS_TRANSFER": secret, "NETCTL_SECRET_DNS_UPDATE": secret}))
    )
    done = subprocess.run([program, file], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
