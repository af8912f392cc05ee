"""What people ask of the address plan of the reference network."""

from datetime import date
from pathlib import Path

import pytest
from networks import reference

from netctl.control.addresses import look
from netctl.control.addresses.book import Book, book_of, open_book
from netctl.errors import AddressInvalid, InvalidNetwork, UnknownPool
from netctl.services.routing.derive import derive

ROOT = Path(__file__).resolve().parents[4]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(reference(), ROOT, TODAY)


def keys(found):
    return [node.holding.key for node in found]


def test_an_address_is_known_from_its_pool_down_to_the_port(book):
    (found,) = look.who(book, "3fff:100:1::2")
    assert [each.key for each in found.chain] == ["sites_v6", "sites_v6/rivers-hq", "sites_v6/rivers-hq/lan0"]
    assert found.ports == ("rivers-hq-r1:lan0",)
    assert found.chain[-1].where == "inventory/sites/rivers-hq.yaml:2"
    assert found.as_dict()["holder"] == "sites_v6/rivers-hq/lan0"


def test_a_host_of_a_lan_has_no_port_and_is_known_all_the_same(book):
    (found,) = look.who(book, "3fff:100:1::10")
    assert (found.chain[-1].key, found.ports) == ("sites_v6/rivers-hq/lan0", ())


def test_every_address_of_every_router_is_somebody_s(book):
    nobody = [
        (router.device, port.name, address)
        for router in derive(reference()).values()
        for port in router.interfaces
        for address in (*port.v6, *port.v4)
        for found in [look.who(book, address)]
        if not found or f"{router.device}:{port.name}" not in found[0].ports or len(found[0].chain) < 2
    ]
    assert nobody == []


def test_one_address_may_be_of_two_vrfs(book):
    found = look.who(book, "198.51.100.2")
    assert [(each.vrf, each.chain[-1].key) for each in found] == [
        ("", "loopbacks_v4/core-main-2"),
        ("guests", "guests/forests-hq"),
    ]
    assert found[1].ports == ()


def test_an_ipv4_mapped_address_is_looked_up_as_what_it_carries(book):
    assert look.who(book, "::ffff:192.0.2.18") == look.who(book, "192.0.2.18")


def test_nobody_has_what_lies_in_no_pool(book):
    assert look.who(book, "2001:db8::1") == ()


@pytest.mark.parametrize("text", ["", "rivers-hq", "3fff:100:1::2/129", "1.2.3"])
def test_what_is_no_address_is_refused(book, text):
    with pytest.raises(AddressInvalid):
        look.who(book, text)


def test_the_tree_is_ordered_ipv6_first_and_each_stands_under_what_it_lies_within(book):
    tree = look.tree(book)
    assert len(tree) == len(set(keys(tree)))
    for node in tree:
        if node.parent >= 0:
            around = tree[node.parent]
            assert around.holding.prefix.holds(node.holding.prefix)
            assert (around.depth, around.holding.vrf) == (node.depth - 1, node.holding.vrf)
    assert [node.holding.prefix.version for node in tree if not node.holding.vrf] == sorted(
        (node.holding.prefix.version for node in tree if not node.holding.vrf), reverse=True
    )


def test_a_part_of_the_tree_can_be_shown_to_any_depth(book):
    assert keys(look.tree(book, "agencies", 2)) == [
        "agencies",
        "agencies/forests",
        "agencies/rivers",
        "agencies/harbours",
        "agencies/(reserved 3fff:8f0::/28)",
    ]
    assert keys(look.tree(book, "sensors/east", 1)) == ["sensors/east"]


def test_shares_are_of_addresses_in_use_reserved_and_resting(book):
    (agencies,) = look.tree(book, "agencies", 1)
    assert (agencies.used, agencies.kept, agencies.children) == (3 / 256, 1 / 16, 3)
    (guests,) = look.tree(book, "guests", 1)
    assert (guests.used, guests.kept, guests.children) == (2 / 16, 1 / 16, 2)


def test_texts_are_found_in_keys_names_and_organisations(book):
    assert keys(look.find(book, "MAST-1")) == ["agencies/rivers/east/rivers-hq/radio/mast-1"]
    assert "sites_v6/rivers-hq" in keys(look.find(book, "本庁"))
    assert "agencies/(reserved 3fff:8f0::/28)" in keys(look.find(book, "do not exist yet"))
    assert look.find(book, "nothing of that kind") == ()


def test_a_prefix_finds_what_shares_an_address_with_it(book):
    assert keys(look.find(book, "3fff:840:0:8000::/80")) == [
        "agencies",
        "agencies/rivers",
        "agencies/rivers/east",
        "agencies/rivers/east/rivers-hq",
        "agencies/rivers/east/rivers-hq/radio",
        "agencies/rivers/east/rivers-hq/radio/mast-1",
    ]


def test_what_is_free_is_what_allocating_would_give(book):
    room = look.free(book, "agencies", 32)
    assert (room.fits, room.next) == (256 - 16 - 3, "3fff:8c0::/32")
    assert "3fff:8f0::/28" not in room.blocks
    assert look.free(book, "agencies/rivers/east/rivers-hq/radio", 127).next == "3fff:840:0:8000::4/127"
    assert look.free(book, "guests", 28).next == "198.51.100.48/28"
    assert look.free(book, "sites_v4").blocks == ("192.0.2.0/28", "192.0.2.128/25")


@pytest.mark.parametrize("length", [23, 129])
def test_a_length_of_no_use_is_refused(book, length):
    with pytest.raises(AddressInvalid):
        look.free(book, "agencies", length)


@pytest.mark.parametrize("ask", [look.free, look.tree])
def test_what_there_is_not_is_named_with_the_pools_there_are(book, ask):
    with pytest.raises(UnknownPool) as caught:
        ask(book, "agency")
    assert "agencies" in caught.value.hint


def test_the_fullest_comes_first(book):
    found = look.utilisation(book)
    shares = [node.used + node.kept for node in found]
    assert shares == sorted(shares, reverse=True)
    assert {"agencies", "guests", "sites_v6", "agencies/rivers/east"} <= set(keys(found))
    assert all(node.used + node.kept >= 0.2 for node in look.utilisation(book, 0.2))


def test_what_has_rested_is_nobody_s_any_more():
    book = book_of(reference(), ROOT, date(2027, 3, 1))
    assert "guests/harbours-hq" not in book.by_key
    assert look.free(book, "guests", 28).next == "198.51.100.16/28"


def test_a_network_without_a_plan_has_its_numbers(root):
    for name in ("addressing", "ledger"):
        (root / f"inventory/{name}.yaml").unlink()
    book = open_book(root, today=TODAY)
    assert {node.holding.origin for node in book.tree} == {"number"}
    assert look.who(book, "3fff:100:1::10")[0].chain[-1].level == "lan"


def test_a_network_with_errors_is_refused(root):
    (root / "inventory/ledger.yaml").write_text("<<<<<<< HEAD\n")
    with pytest.raises(InvalidNetwork):
        open_book(root, today=TODAY)
