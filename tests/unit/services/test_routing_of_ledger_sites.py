"""Sites whose block is from the ledger, and sites without IPv4: from their files to what FRR reads."""

import re
import shutil
from ipaddress import ip_address

import pytest
from unit.inventory.declared import SITE, copy_inventory, edit

from netctl.control.addresses import look
from netctl.control.addresses.book import open_book
from netctl.control.network.directory import Directory
from netctl.errors import InvalidNetwork
from netctl.inventory import check, load
from netctl.inventory.roots import reference_root
from netctl.render.artefacts import Artefacts
from netctl.services.routing.derive import derive

LEDGER = "inventory/ledger.yaml"
BLOCK = "agencies/rivers/east/rivers-hq"
LAN = '{level: lan, prefix: 3fff:840:0:2::/64, since: "2026-11-22"}'
ROUTERS = ("rivers-hq-r1", "rivers-hq-r2", "core-main-1", "core-backup-1")


@pytest.fixture
def root(tmp_path):
    """The reference network, with a LAN allocated in the block of rivers-hq."""
    made = copy_inventory(tmp_path / "wan")
    edit(made, LEDGER, f"{BLOCK}/radio:", f"{BLOCK}/lan0: {LAN}\n{BLOCK}/radio:")
    edit(made, "inventory/network.yaml", "aggregate_v6: [", "aggregate_v6: [3fff:800::/24, ")
    return made


def with_block(root, key=BLOCK):
    edit(root, SITE, "region: east", f"block: {key}\nregion: east")


def without_ipv4(root):
    edit(root, SITE, "region: east", "ipv4: false\nregion: east")


def port(intents, device, name):
    return next(port for port in intents[device].interfaces if port.name == name)


def test_a_block_from_the_ledger_is_on_the_lan_in_the_filters_and_announced(root):
    with_block(root)
    assert check(root) == ()
    network = load(root)
    assert (network.sites["rivers-hq"].block, network.sites["rivers-hq"].lan) == ("3fff:840::/48", "3fff:840:0:2::/64")
    intents = derive(network)
    assert port(intents, "rivers-hq-r1", "lan0").v6 == ("3fff:840:0:2::2/64",)
    assert port(intents, "rivers-hq-r1", "lan0").vrrp[-1].virtual_address == "3fff:840:0:2::1"
    assert intents["rivers-hq-r1"].originated == ("192.0.2.16/28", "3fff:840:0:2::/64")
    mates = {each.address for each in intents["rivers-hq-r1"].neighbours if each.kind == "mate"}
    assert mates == {"192.0.2.19", "3fff:840:0:2::3"}
    (accepted,) = (each for each in intents["core-main-1"].prefix_lists if each.name == "site-rivers-hq-v6")
    assert accepted.rules[0].prefix == "3fff:840::/48"
    assert not [name for name, intent in intents.items() for each in intent.interfaces if "3fff:100:1:" in str(each.v6)]


def test_no_other_site_is_touched_by_a_site_with_a_block(root):
    before = derive(load(root))
    with_block(root)
    after = derive(load(root))
    assert {name for name in before if before[name] != after[name]} == set(ROUTERS)


def test_a_site_with_a_block_is_found_by_its_addresses(root):
    with_block(root)
    book = open_book(root)
    (found,) = look.who(book, "3fff:840:0:2::2")
    assert [each.key for each in found.chain][-2:] == [BLOCK, f"{BLOCK}/lan0"]
    assert found.ports == ("rivers-hq-r1:lan0",)
    assert look.who(book, "3fff:100:1::2")[0].chain[-1].key == "sites_v6"
    directory = Directory(book.network)
    assert directory.site_of(ip_address("3fff:840:0:9::1"))[0].id == "rivers-hq"
    assert directory.site_of(ip_address("3fff:100:1::2")) is None


def test_an_allocation_that_moves_a_site_changes_the_digest(root, tmp_path):
    with_block(root)
    cache = tmp_path / "cache"
    first = load(root, cache=cache)
    assert load(root, cache=cache) == first
    edit(root, LEDGER, LAN, LAN.replace(":2::", ":5::"))
    moved = load(root, cache=cache)
    assert moved.digest != first.digest
    assert moved.sites["rivers-hq"].lan == "3fff:840:0:5::/64"


def found(root):
    return [(each.code, each.file) for each in check(root)]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("agencies/rivers/east/rivers-new", "E0111"),
        ("agencies/forests/north/forests-north", "E0111"),  # without a LAN
        ("agencies/rivers/east", "E0125"),
        ("sensors/east/rivers-hq", "E0125"),
        ("guests/rivers-hq", "E0121"),
        ("nothing", "E0110"),
    ],
)
def test_a_block_that_is_none_is_refused_at_its_line(root, key, code):
    with_block(root, key)
    assert found(root) == [(f"NETCTL-{code}", SITE)]
    assert check(root)[0].line == 6


def test_two_sites_cannot_have_one_block(root, tmp_path):
    with_block(root)
    load(root, cache=tmp_path / "cache")
    other = "inventory/sites/rivers-east.yaml"
    edit(root, other, "organisation:", f"block: {BLOCK}\norganisation:")
    assert [code for code, _ in found(root)] == ["NETCTL-E0122"]
    with pytest.raises(InvalidNetwork):
        load(root, cache=tmp_path / "cache")


def test_a_block_outside_the_aggregates_is_refused(root):
    with_block(root)
    edit(root, "inventory/network.yaml", "aggregate_v6: [3fff:800::/24, ", "aggregate_v6: [")
    assert found(root) == [("NETCTL-E0124", SITE)]


def test_a_site_without_ipv4_has_none_on_its_lan_its_lines_and_in_its_sessions(root):
    without_ipv4(root)
    assert check(root) == ()
    intents = derive(load(root))
    for name in ("rivers-hq-r1", "rivers-hq-r2"):
        router = intents[name]
        assert {each.name: each.v4 for each in router.interfaces if each.kind in {"lan", "access"}} == {
            "lan0": (),
            "wan0": (),
        }
        assert {each.family for each in router.neighbours} == {6}
        assert {each.family for each in router.prefix_lists} == {6}
        assert [group.family for each in router.interfaces for group in each.vrrp] == [6]
        assert router.originated == ("3fff:100:1::/64",)
    core = intents["core-main-1"]
    (access,) = (each for each in core.interfaces if each.peer == "rivers-hq-r1:wan0")
    assert access.v4 == ()
    assert [each.family for each in core.neighbours if each.description == "rivers-hq-r1"] == [6]
    assert [each.family for each in core.neighbours if each.description == "harbours-hq-r1"] == [4, 6]
    assert "site-rivers-hq-v4" not in {each.name for each in core.prefix_lists}


def test_nobody_has_the_ipv4_addresses_of_a_site_without_ipv4(root):
    without_ipv4(root)
    book = open_book(root)
    assert look.who(book, "192.0.2.18")[0].chain[-1].key == "sites_v4"
    assert [key for key in book.by_key if key.startswith(("sites_v4/rivers-hq", "access_v4/rivers-hq"))] == []


@pytest.mark.parametrize("prepare", [without_ipv4, with_block])
def test_frr_is_told_what_the_intent_says(root, prepare):
    prepare(root)
    shutil.rmtree(root / "devices")
    for folder in ("devices", "templates"):
        shutil.copytree(reference_root() / folder, root / folder)
    artefact = Artefacts(load(root), root).intended("rivers-hq-r1")
    (text,) = (part.text for part in artefact.parts if part.name == "frr.conf")
    both = prepare is with_block
    assert "address-family ipv6 unicast" in text
    assert ("address-family ipv4 unicast" in text) == both
    assert bool(re.search(r"192\.0\.2\.|203\.0\.113\.|-v4", text)) == both
    assert ("3fff:840:0:2::2/64" in text) == both


def test_what_is_no_truth_value_is_refused(root):
    edit(root, SITE, "region: east", "ipv4: no\nregion: east")
    assert found(root) == [("NETCTL-E0109", SITE)]
