"""The names of a network as pages hold them: which addresses lead back to a name, and what a search finds."""

from datetime import date
from ipaddress import ip_address, ip_network

import pytest
from declared_names import MAIN, TODAY, VIEWS, declare

from netctl.control.dns.book import NamesBook, marks_of
from netctl.control.dns.names import names_of_network
from netctl.control.network.atlas import Atlas
from netctl.control.pages.names_search import names_found, pointers_found, zones_found
from netctl.model.names import ViewZone

RIVERS = """\
zone: rivers.gov-wan.example
organisation: rivers
records:
  www: {AAAA: 3fff:100:1::80, A: 192.0.2.26}
  "*.any": {AAAA: 3fff:100:1::81}
  森: {CNAME: www}
"""
DELEGATING = f"{MAIN}delegate: {{rivers: rivers}}\n"
REVERSE = "prefix: 3fff:100:1::/48\nrecords:\n  '1.8.0.0': {TXT: not a name of an address}\n"
CLASSLESS = "prefix: 192.0.2.16/28\n"
IN_RIVERS = ViewZone("internal", "rivers.gov-wan.example")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = tmp_path_factory.mktemp("network")
    network = declare(root, DELEGATING, RIVERS, REVERSE, CLASSLESS, views=VIEWS)
    found = NamesBook(names_of_network(network), Atlas(network), "mark")
    found.prepare(TODAY)
    found.prepare_search()
    return found


def test_every_address_in_use_is_covered_missing_or_outside_once(book):
    coverage = book.coverage
    places = set(book.atlas.directory.places)
    internal = [covered for (view, _), covered in coverage.zones.items() if view == "internal"]
    outside = {each.address for each in coverage.outside["internal"]}
    assert sum(each.used for each in internal) + len(outside) >= len(places)
    assert coverage.used == coverage.named + sum(len(each.missing) for each in coverage.zones.values()) + sum(
        map(len, coverage.outside.values())
    )
    assert not any(ip_address(each) in ip_network("3fff:100:1::/48") for each in outside)


def test_names_for_anything_need_no_name_back_and_other_names_do(book):
    covered = book.coverage.zones["internal", "1.0.0.0.0.0.1.0.f.f.f.3.ip6.arpa."]
    assert covered.missing == ()
    assert covered.share == 1.0
    users = {each.user for each in book.coverage.outside["internal"]}
    assert "core-main-1 lo" in users or "core-main-1.gov-wan.example" in users
    assert not any("any" in user for user in users)


def test_a_closed_view_uses_what_is_declared_for_it_alone(book):
    outside = {each.user for each in book.coverage.outside["outside"]}
    assert all(not user.startswith("core-") for user in outside)


def test_an_address_leads_back_through_the_classless_zone(book):
    (found,) = pointers_found(book, None, ip_address("192.0.2.26"))
    assert (found.of.zone, found.owner, found.name) == (
        "16/28.2.0.192.in-addr.arpa",
        "26",
        "www.rivers.gov-wan.example",
    )
    assert list(pointers_found(book, None, ip_address("203.0.113.250"))) == []


@pytest.mark.parametrize("asked", ["www.rivers.gov-wan.example", "WWW.Rivers.gov-wan.example."])
def test_whole_names_come_first_however_they_are_written(book, asked):
    first = next(names_found(book, None, asked))
    assert (first.of, first.owner) == (IN_RIVERS, "www")
    assert first.records == "AAAA 3fff:100:1::80, A 192.0.2.26"


def test_names_in_other_letters_are_found_as_they_are_kept(book):
    (found,) = names_found(book, None, "森.rivers.gov-wan.example")
    assert found.owner.startswith("xn--")


def test_names_of_reverse_zones_are_found_where_they_are_asked_for_as_such(book):
    assert not any(each.of.zone.endswith(".arpa") for each in names_found(book, None, "1.0"))
    assert any(each.of.zone.endswith(".arpa") for each in names_found(book, None, "0.f.f.f.3.ip6.arpa"))


def test_who_sees_one_organisation_finds_its_names_alone(book):
    assert {each.of for each in names_found(book, frozenset({"rivers"}), "gov-wan.example")} == {IN_RIVERS}
    assert zones_found(book, frozenset({"rivers"}), "gov-wan") == [IN_RIVERS]
    assert zones_found(book, None, "gov-wan.example")[0].zone == "gov-wan.example"


def test_findings_follow_the_day(book):
    today = book.findings(TODAY)
    assert book.findings(TODAY) is today
    assert book.findings(date(2026, 11, 23)) is not today


def test_a_file_that_changes_changes_the_marks(tmp_path):
    declare(tmp_path, MAIN)
    before = marks_of(tmp_path)
    (tmp_path / "dns" / "zones" / "0.yaml").write_text(f"{MAIN}ttl: 60\n")
    assert marks_of(tmp_path) != before
    (tmp_path / "dns" / "bulk").mkdir()
    (tmp_path / "dns" / "bulk" / "a.csv").write_text("name,type,data\n")
    assert len(marks_of(tmp_path)) == len(before) + 1
