import pytest
from networks import ROOT, grown

from netctl.credentials.placeholders import references
from netctl.model.intent import Snmp
from netctl.render import Renderer
from netctl.render.nftables import set_lines
from netctl.services.routing import derive

RENDERER = Renderer(ROOT)


def text(artefact, name):
    return next(part.text for part in artefact.parts if part.name == name)


def test_parts_stand_in_their_fixed_order(intent):
    assert [part.name for part in RENDERER.render(intent).parts] == [
        "frr.conf",
        "management.nft",
        "chrony.sources",
        "rsyslog.conf",
        "banner",
    ]


def test_snmp_has_a_part_only_where_it_is_declared(intent):
    declared = RENDERER.render(intent._replace(snmp=Snmp("watcher", "snmp/auth", "snmp/privacy")))
    assert declared.parts[-1].name == "snmpd.conf"
    assert references(declared.parts[-1].text) == {"snmp/auth", "snmp/privacy"}


@pytest.mark.parametrize("platform", ["frr", "ietf_netconf"])
def test_secrets_stand_as_references(intent, platform):
    secret = tuple(entry._replace(secret="bgp/rivers") for entry in intent.neighbours)
    snmp = Snmp("watcher", "snmp/auth", "snmp/privacy")
    artefact = RENDERER.render(intent._replace(platform=platform, neighbours=secret, snmp=snmp))
    assert references("".join(part.text for part in artefact.parts)) == {"bgp/rivers", "snmp/auth", "snmp/privacy"}


def test_a_drained_router_is_the_intended_one_but_for_the_drain(intent):
    before = text(RENDERER.render(intent), "frr.conf").splitlines()
    after = text(RENDERER.render_drained(intent), "frr.conf").splitlines()
    assert set(after) - set(before) == {" bgp graceful-shutdown", " vrrp 10 priority 10"}
    assert set(before) - set(after) == {" vrrp 10 priority 110"}


def test_the_drain_alone_holds_nothing_but_the_drain(intent):
    (part,) = RENDERER.render_drain(intent)
    assert part.name == "frr.conf"
    assert part.text.split("\n") == [
        "interface lan0",
        " vrrp 10 priority 10",
        "exit",
        "!",
        "router bgp 4200000001",
        " bgp graceful-shutdown",
        "exit",
        "!",
        "",
    ]


def test_texts_that_routers_share_are_made_once():
    intents = derive(grown((1, 2)))
    banners = [text(RENDERER.render(entry), "banner") for entry in intents.values()]
    assert len({id(banner) for banner in banners}) == 1


def test_a_shared_text_follows_every_name_its_template_uses(root, intent):
    templates = root / "templates" / "frr"
    (templates / "banner.j2").write_text("{% include 'frr/who.j2' %}\n")
    (templates / "who.j2").write_text("{{ domain }} {{ role }}")
    renderer = Renderer(root)
    shown = [text(renderer.render(entry), "banner") for entry in (intent, intent._replace(domain="other.example"))]
    assert shown == ["gov-wan.example ce\n", "other.example ce\n"]


def test_a_router_s_own_text_is_never_shared(root, intent):
    (root / "templates" / "frr" / "banner.j2").write_text("{{ device }}")
    renderer = Renderer(root)
    shown = [text(renderer.render(entry), "banner") for entry in (intent, intent._replace(device="other"))]
    assert shown == ["rivers-hq-r1\n", "other\n"]


@pytest.mark.parametrize(
    ("prefixes", "family", "lines"),
    [
        ((), 6, ()),
        (("3fff:600::/112",), 4, ()),
        (("3fff:601::/112", "3fff:600::1/128"), 6, ("3fff:600::1", "3fff:601::/112")),
        (("10.0.2.0/24", "10.0.1.0/24", "10.0.0.0/24"), 4, ("10.0.0.0/24, 10.0.1.0/24", "10.0.2.0/24")),
        (("10.0.0.0/8", "10.1.0.0/16", "10.0.0.0/8"), 4, ("10.0.0.0/8",)),
    ],
)
def test_filter_sets_are_sorted_and_do_not_overlap(prefixes, family, lines):
    assert set_lines(prefixes, family) == lines


def test_a_template_that_changed_is_read_again(root, intent):
    from netctl.render import render

    banner = root / "templates" / "frr" / "banner.j2"
    banner.write_text("first")
    first = text(render(intent, root), "banner")
    banner.write_text("second time")
    assert (first, text(render(intent, root), "banner")) == ("first\n", "second time\n")
