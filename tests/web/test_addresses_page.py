"""The address plan in the dashboard, of the reference network."""

import csv
import io
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from networks import ROOT, grown, reference

from netctl.control.addresses import change
from netctl.control.addresses.change import Request
from netctl.control.network import declared
from netctl.control.network.atlas import Atlas
from netctl.control.pages.address_page import MOST_BARS, STEPS, address_page

PAGES = (
    "/addresses",
    "/addresses?below=agencies",
    "/addresses?below=sites_v6%2Frivers-hq&level=lan",
    "/addresses?q=rivers",
)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_form_of_the_page_answers_in_both_languages(installation, page, lang):
    answer = installation.browser("viewer", lang=lang).get(page)
    assert answer.status_code == 200
    assert "style=" not in answer.text


def rows(browser, query=""):
    return browser.get(f"/addresses.json{query}").get_json()["rows"]


def test_the_table_is_filtered_by_its_address_and_is_csv_too(installation):
    browser = installation.browser("viewer")
    found = rows(browser, "?level=organisation")
    assert {row["key"] for row in found} == {"agencies/forests", "agencies/rivers", "agencies/harbours"}
    text = browser.get("/addresses.csv?level=organisation").data.decode("utf-8-sig")
    assert [row["Prefix"] for row in csv.DictReader(io.StringIO(text))] == [row["prefix"] for row in found]


def test_a_part_of_the_plan_is_shown_with_the_way_to_it(installation):
    browser = installation.browser("viewer")
    keys = [row["key"] for row in rows(browser, "?below=agencies/rivers/east")]
    assert keys[0] == "agencies/rivers/east"
    assert all(key.startswith("agencies/rivers/east") for key in keys)
    page = browser.get("/addresses?below=agencies/rivers/east").text
    assert 'href="/addresses?below=agencies%2Frivers"' in page


def test_the_picture_shows_where_in_a_pool_its_parts_lie(installation):
    page = installation.browser("viewer").get("/addresses?below=guests").text
    begin = page.index('<svg class="address-bar"')
    picture = page[begin : page.index("</svg>", begin) + 6]
    drawn = ElementTree.fromstring(picture)
    parts = [(part.get("class"), int(part.get("x")), int(part.get("width"))) for part in drawn if part.get("x")]
    assert parts == [("used", 0, 63), ("rests", 62, 63), ("used", 125, 63)]
    assert "198.51.100.0/24" in drawn.get("aria-label")


@pytest.mark.parametrize("below", ["nothing", "agencies/harbours", "agencies", "sites_v6"])
def test_who_sees_one_organisation_sees_its_addresses_alone(installation, below):
    browser = installation.browser("viewer@rivers")
    found = rows(browser)
    assert found
    assert {row["organisation"] for row in found} == {"rivers"}
    assert browser.get(f"/addresses?below={below}").status_code == 404
    assert "3fff:880::/32" not in browser.get("/addresses").text
    assert browser.get("/addresses?below=agencies/rivers").status_code == 200


def test_an_allocation_is_on_the_page_at_once(install, tmp_path, monkeypatch):
    monkeypatch.setattr(declared, "LOOK_EVERY", 0.05)
    root = tmp_path / "wan"
    for folder in ("inventory", "devices", "dns", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    browser = install(root).browser("viewer")
    assert rows(browser, "?q=guests/records-hq") == []
    change.allocate(root, [Request("guests/records-hq")], by="aoi").write()
    assert [row["prefix"] for row in rows(browser, "?q=guests/records-hq")] == ["198.51.100.48/28"]


def test_bars_of_thousands_of_parts_stay_small(installation):
    network = replace(grown(tuple(range(1, 800))), addressing=None)
    person = installation.person("wide", "viewer")
    page = address_page(installation.store, Atlas(network), "", user=person, today=datetime.now(UTC).date())
    assert len(page.bars) <= MOST_BARS
    assert max(len(bar.pieces) for bar in page.bars) <= STEPS
    (sites,) = (bar for bar in page.bars if bar.node.holding.key == "sites_v6")
    assert sites.node.children == 799
    assert len(sites.pieces) == 1


def test_what_a_part_is_called_is_said_in_the_readers_language(installation):
    pages = {lang: installation.browser("viewer", lang=lang).get("/addresses?per=500").text for lang in ("ja", "en")}
    site = reference().sites["rivers-hq"]
    assert site.name_ja in pages["ja"] and f"{site.name} {site.name_ja}" not in pages["ja"]
    assert site.name in pages["en"] and site.name_ja not in pages["en"]
    assert "番号から決まる" in pages["ja"] and "by number" not in pages["ja"] + pages["en"]
    assert "core-main-1 – rivers-hq-r1" in pages["ja"]
