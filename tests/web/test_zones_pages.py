"""Zones in the dashboard: how every server stands with each, one zone whole, and who may see it."""

import csv
import io
import shutil
import threading
from datetime import timedelta
from urllib.parse import quote

import pytest
from names_seeds import SERIAL, names_round
from networks import ROOT

from netctl.control.network import declared
from netctl.model.moments import now
from netctl.model.names import ViewZone
from netctl.model.zonewrites import ZoneId
from netctl.web import context

RIVERS = ViewZone("internal", "rivers.gov-wan.example")
CLASSLESS = "16/28.2.0.192.in-addr.arpa"
PAGES = (
    "/zones",
    "/zones?state=degraded&sort=-records&per=50",
    "/zones/internal/rivers.gov-wan.example",
    "/zones/internal/rivers.gov-wan.example?type=AAAA&q=gauge",
    f"/zones/internal/{CLASSLESS}",
    f"/zones/internal/{quote(CLASSLESS, safe='')}",
    "/zones/lgwan/gov-wan.example",
)


def book_of(installation):
    with installation.app.app_context():
        book = context.here().declared.names()
    until(lambda: book.owners)
    return book


@pytest.fixture
def asked(installation):
    """Name servers were asked three times: ns4 is behind with one zone since a while, ns3 does not answer."""
    book = book_of(installation)
    for minutes in (20, 4, 0):
        names_round(
            installation.store,
            book,
            now() - timedelta(minutes=minutes),
            behind={ZoneId("ns4", *RIVERS): 3},
            silent=("ns3",) if minutes < 20 else (),
            expires={RIVERS: now() + timedelta(days=9)},
        )
    return installation


def until(holds):
    """Looks at the files come every 50 ms here."""
    tick = threading.Event()
    for _ in range(2000):
        if holds():
            return
        tick.wait(0.01)
    raise AssertionError("waited twenty seconds in vain")


def rows(browser, query=""):
    return browser.get(f"/zones.json{query}").get_json()["rows"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_form_of_the_pages_answers_in_both_languages(asked, page, lang):
    answer = asked.browser("viewer", lang=lang).get(page)
    assert answer.status_code == 200
    assert "style=" not in answer.text


def test_pages_answer_before_anybody_asked_a_name_server(installation):
    browser = installation.browser("viewer")
    assert {row["state"] for row in rows(browser)} == {"unknown"}
    for page in ("/zones", "/zones/internal/rivers.gov-wan.example"):
        assert "Name servers have not been asked yet." in browser.get(page).text


def test_the_list_tells_each_servers_lag_and_begins_with_what_is_not_well(asked):
    found = rows(asked.browser("viewer"))
    by_zone = {(row["view"], row["zone"]): row for row in found}
    rivers = by_zone[RIVERS]
    assert (rivers["serial"], rivers["server-ns1"], rivers["server-ns4"]) == (SERIAL, 0, 3)
    assert (rivers["server-ns3"], rivers["state"], rivers["organisation"]) == ("silent", "degraded", "rivers")
    outside = by_zone["lgwan", "gov-wan.example"]
    assert outside["state"] == "up"
    assert outside.get("server-ns3") is None, "that server does not serve the view"
    states = [row["state"] for row in found]
    assert states == sorted(states, key=("degraded", "unknown", "up").index)


def test_the_list_is_filtered_by_its_address_and_is_csv_too(asked):
    browser = asked.browser("viewer")
    assert {row["zone"] for row in rows(browser, "?organisation=rivers")} >= {"rivers.gov-wan.example", CLASSLESS}
    assert {row["view"] for row in rows(browser, "?view=lgwan")} == {"lgwan"}
    text = browser.get("/zones.csv?q=rivers.gov-wan").data.decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text)))
    assert {(row["Zone"], row["ns4"]) for row in found} == {("rivers.gov-wan.example", "3")}


def test_the_overview_shows_zones_as_the_worst_of_them_stands(asked):
    page = asked.browser("viewer").get("/").text
    assert 'class="tile degraded" href="/zones"' in page and "15 of 16 zones" in page
    assert "3 of 3 zones" in asked.browser("viewer@rivers").get("/").text


def test_servers_that_do_not_answer_and_reverse_coverage_stand_above_the_list(asked):
    page = asked.browser("viewer").get("/zones").text
    assert "no answer since" in page
    coverage = book_of(asked).coverage
    assert f"{coverage.named} of {coverage.used} addresses in use lead back to a name" in page


def test_what_was_asked_too_long_ago_is_unknown(installation):
    book = book_of(installation)
    names_round(installation.store, book, now() - timedelta(minutes=6))
    assert {row["state"] for row in rows(installation.browser("viewer"))} == {"unknown"}


def test_a_zone_shows_its_records_with_their_place_and_whose_they_are(asked):
    browser = asked.browser("viewer")
    answer = browser.get("/zones/internal/gov-wan.example.json?q=r1.rivers-hq&type=AAAA").get_json()
    own = [row for row in answer["rows"] if row["name"] == "r1.rivers-hq"]
    assert own
    assert {(row["place"], row["origin"].startswith("derived from router")) for row in own} == {("rivers-hq-r1", True)}
    page = browser.get("/zones/internal/gov-wan.example?q=r1.rivers-hq").text
    assert 'href="/devices/rivers-hq-r1"' in page
    declared_here = browser.get("/zones/internal/rivers.gov-wan.example.json?q=www").get_json()["rows"]
    assert {row["origin"].partition(":")[0] for row in declared_here} == {"dns/zones/rivers.gov-wan.example.yaml"}


def test_a_zone_shows_serials_signatures_and_findings(asked):
    page = asked.browser("viewer").get("/zones/internal/rivers.gov-wan.example").text
    assert "3 behind" in page and str(SERIAL - 3) in page and "no answer within 5 s" in page
    harbours = asked.browser("viewer").get("/zones/internal/harbours.gov-wan.example").text
    assert "DNS-NAME-HOST" in harbours and "waived" in harbours


def test_a_reverse_zone_tells_what_it_covers(asked):
    page = asked.browser("viewer").get(f"/zones/internal/{CLASSLESS}").text
    assert "5 of 5 addresses in use have a PTR here" in page
    assert "192.0.2.16/28" in page


def test_who_sees_one_organisation_sees_its_zones_alone(asked):
    browser = asked.browser("viewer@rivers")
    assert {row["organisation"] for row in rows(browser)} == {"rivers"}
    assert "forests" not in browser.get("/zones").text
    for zone in ("gov-wan.example", "forests.gov-wan.example", "nothing.example"):
        for form in ("", ".json", ".csv"):
            assert browser.get(f"/zones/internal/{zone}{form}").status_code == 404
    assert browser.get("/zones/internal/rivers.gov-wan.example").status_code == 200
    hits = browser.get("/search.json?q=gov-wan.example").get_json()["hits"]
    assert hits
    assert all("rivers" in each["id"] for each in hits if each["kind"] in {"zone", "name"})


def test_the_search_finds_zones_names_and_what_addresses_lead_back_to(asked):
    browser = asked.browser("viewer")

    def found(query: str) -> dict[str, list[str]]:
        by_kind: dict[str, list[str]] = {}
        for hit in browser.get(f"/search.json?q={quote(query)}").get_json()["hits"]:
            by_kind.setdefault(hit["kind"], []).append(hit["href"])
        return by_kind

    assert found("forests.gov-wan.example")["zone"] == ["/zones/internal/forests.gov-wan.example"]
    assert "/zones/internal/rivers.gov-wan.example?q=www" in found("www.rivers.gov-wan.example.")["name"]
    assert found("森.forests.gov-wan.example")["name"][0].startswith("/zones/internal/forests.gov-wan.example?q=xn--")
    (pointer,) = found("192.0.2.26")["name"]
    assert pointer.startswith(f"/zones/internal/{CLASSLESS}?q=26")
    assert browser.get(pointer).status_code == 200


def test_a_name_that_is_declared_is_on_the_page_at_once(install, tmp_path, monkeypatch):
    monkeypatch.setattr(declared, "LOOK_EVERY", 0.05)
    root = tmp_path / "wan"
    for folder in ("inventory", "devices", "dns", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    made = install(root)
    browser = made.browser("viewer")
    address = "/zones/internal/rivers.gov-wan.example.json?q=brandnew"
    assert browser.get(address).get_json()["rows"] == []
    before = book_of(made).mark
    file = root / "dns" / "zones" / "rivers.gov-wan.example.yaml"
    file.write_text(file.read_text() + "  brandnew: {AAAA: 3fff:100:1::99}\n")
    with made.app.app_context():
        holds = context.here().declared
    until(lambda: holds.names_ready.mark != before)
    assert [row["data"] for row in browser.get(address).get_json()["rows"]] == ["3fff:100:1::99"]
    file.write_text(file.read_text() + "  brandnew: {AAAA: nonsense}\n")
    until(lambda: holds.names_error is not None)
    assert "rivers.gov-wan.example.yaml" in browser.get("/").text, "the overview says what is wrong"
    assert [row["data"] for row in browser.get(address).get_json()["rows"]] == ["3fff:100:1::99"]


def test_problems_of_name_servers_are_told_in_both_languages(asked):
    with asked.store.reading() as books:
        found = {each.code: each for each in books.problems.open(whole=True)}
    assert found.keys() == {"WATCH-NAME-SERVER", "WATCH-ZONE-BEHIND"}
    behind = found["WATCH-ZONE-BEHIND"]
    japanese = asked.browser("viewer", lang="ja").get(f"/problems/{behind.id}").text
    assert "1ゾーンで遅れている" in japanese and "ネームサーバーの内容が古い" in japanese
    english = asked.browser("viewer").get(f"/problems/{behind.id}").text
    assert "is behind in 1 zone" in english and 'href="/devices/ns4"' not in english


def test_programs_page_through_record_sets_and_find_all_of_them_once(asked):
    browser = asked.browser("viewer")
    address, seen = "/api/v1/zones/internal/gov-wan.example/records?limit=25", []
    while address:
        answer = browser.get(address)
        body = answer.get_json()
        seen += [(item["name"], item["type"]) for item in body["items"]]
        address = answer.headers["Link"].split(">")[0][1:] if body["next"] else ""
    assert len(seen) == len(set(seen)) == len(book_of(asked).zones["internal", "gov-wan.example"].data.rrsets)
    again = browser.get("/api/v1/zones", headers={"If-None-Match": browser.get("/api/v1/zones").headers["ETag"]})
    assert again.status_code == 304
    servers = browser.get("/api/v1/name-servers").get_json()["items"]
    assert {each["name"]: each["answers"] for each in servers} == {"ns1": True, "ns2": True, "ns3": False, "ns4": True}


def test_metrics_tell_who_answers_and_with_all_of_it_every_zone(asked):
    browser = asked.app.test_client()
    usual, whole = (browser.get(f"/metrics{query}").text for query in ("", "?full"))
    assert 'netctl_name_server_up{server="ns3"} 0.0' in usual
    assert 'netctl_name_server_zones{server="ns4",why="behind"} 1.0' in usual
    assert "netctl_signatures_end_timestamp_seconds" in usual and "netctl_zone_lag" not in usual
    assert 'netctl_zone_lag{server="ns4",view="internal",zone="rivers.gov-wan.example"} 3.0' in whole


def test_what_a_change_of_keys_waits_for_is_said_in_the_readers_language(asked):
    pages = {
        lang: asked.browser("viewer", lang=lang).get("/zones/internal/rivers.gov-wan.example").text
        for lang in ("ja", "en")
    }
    for english, japanese in (
        (
            "the DS in the zone above is replaced – no DS above is of key 4711",
            "上位ゾーンのDSを入れ替える – 上位に鍵 4711のDSがない",
        ),
        ("# the next change takes it to gov-wan.example.", "# 次の変更で gov-wan.example. に載る"),
        ("signatures of the apex were verified", "頂点の署名だけを検証した"),
    ):
        assert english in pages["en"] and english not in pages["ja"]
        assert japanese in pages["ja"]
