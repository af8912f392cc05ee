from dataclasses import replace

import pytest
from networks import ROOT, reference

from netctl.errors import NotWritable
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.load import load
from netctl.services.dns.servers import server_intent

RENDERER = NameServerRenderer(ROOT)
DECLARED = load(reference())


@pytest.mark.parametrize(
    ("server", "software", "role"),
    [("ns3", "unbound", "secondary"), ("ns1", "knot", "primary"), ("resolve1", "nsd", "resolver")],
)
def test_software_that_is_not_written_in_this_role_is_refused(server, software, role):
    intent = server_intent(DECLARED, server)._replace(software=software)
    with pytest.raises(NotWritable, match=f"no {software} as {role}"):
        RENDERER.render(intent)


def test_a_bind_that_copies_from_both_primaries_names_both():
    servers = dict(DECLARED.servers) | {"ns3": replace(DECLARED.servers["ns3"], software="bind")}
    text = RENDERER.render(server_intent(replace(DECLARED, servers=servers), "ns3")).parts[0].text
    assert "type primary" not in text
    assert "update-policy" not in text
    for address in ("3fff:200:1::53", "198.51.100.149", "3fff:200:2::53", "198.51.100.165"):
        assert f'{address} port 53 key "transfer.gov-wan.example";' in text


def test_a_signed_zone_is_signed_by_its_primary_and_anchored_in_the_resolver():
    primary, resolver = server_intent(DECLARED, "ns1"), server_intent(DECLARED, "resolve1")

    def signed(intent):
        said = {"signed": True, "anchors": ("1 13 2 AB12",), "policy": "standard"}
        zones = tuple(zone._replace(**said) for zone in intent.views[-1].zones[:1])
        return RENDERER.render(intent._replace(views=(intent.views[-1]._replace(zones=zones),))).parts[0].text

    assert '\t\tinline-signing no;\n\t\tdnssec-policy "netctl-standard";\n' in signed(primary)
    assert "dnssec-policy" not in RENDERER.render(primary).parts[0].text
    zone = resolver.views[0].zones[0].name
    assert f'    trust-anchor: "{zone} DS 1 13 2 AB12"\n' in signed(resolver)


def test_an_interface_that_is_not_declared_is_not_listened_on():
    text = RENDERER.render(server_intent(DECLARED, "ns1")._replace(v4=())).parts[0].text
    assert "\tlisten-on port 53 { none; };\n" in text
    assert "transfer-source 1" not in text
