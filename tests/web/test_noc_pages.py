"""The pages of the operation centre, on rounds that could have been."""

import shutil
import time
from xml.etree import ElementTree
from datetime import UTC, datetime, timedelta

import pytest

from netctl.control.network import declared
from networks import ROOT, reference
from seeds import Seeds

PAGES = (
    "/",
    "/overview/health",
    "/overview/work",
    "/devices",
    "/devices/rivers-hq-r1",
    "/devices/core-main-1",
    "/devices/rivers-hq-r1/now",
    "/sites",
    "/sites/rivers-hq",
    "/sites/rivers-hq/now",
    "/topology",
    "/topology/map",
    "/topology?organisation=rivers",
    "/topology?region=east&by=region",
    "/search?q=rivers",
    "/search/suggestions?q=3fff:100:5::2",
)


@pytest.fixture
def seeds():
    return Seeds(reference())


def rounds(installation, seeds, *, ago=0.0, **broken):
    seeds.rounds(installation.store, datetime.now(UTC) - timedelta(seconds=ago), 2, **broken)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_before_the_first_round_and_after_a_bad_one(installation, seeds, page, lang):
    browser = installation.browser("viewer", lang=lang)
    assert browser.get(page).status_code == 200
    rounds(installation, seeds, ago=60)
    rounds(
        installation, seeds, dead=["rivers-hq-r1"], cut=["bb3"], drifted=["core-main-1"], clocks_lost=["rivers-hq-r2"]
    )
    answer = browser.get(page)
    assert answer.status_code == 200
    assert "style=" not in answer.text
    assert "onclick" not in answer.text


def test_before_the_first_round_the_overview_says_so_and_shows_nothing_green(installation):
    page = installation.browser("viewer").get("/").text
    assert "Nothing was ever looked at" in page
    assert 'class="tile up"' not in page


def test_when_watching_has_stopped_the_overview_says_so_and_shows_nothing_green(installation, seeds):
    rounds(installation, seeds, ago=200)
    page = installation.browser("viewer").get("/").text
    assert "Watching has stopped" in page
    assert 'class="tile up"' not in page
    assert "There are no open problems" not in page


def test_a_dead_router_is_on_every_page_that_it_concerns(installation, seeds):
    rounds(installation, seeds, ago=60)
    rounds(installation, seeds, dead=["rivers-hq-r1"])
    browser = installation.browser("viewer")
    assert "on one router" in browser.get("/").text
    assert "Why it is down" in browser.get("/devices/rivers-hq-r1").text
    assert "/problems/P-000001" in browser.get("/devices/rivers-hq-r2").text
    assert "on one router" in browser.get("/sites/rivers-hq").text
    assert browser.get("/devices.json?state=down").json["rows"][0]["name"] == "rivers-hq-r1"
    assert browser.get("/sites.json?redundancy=one_router").json["rows"][0]["id"] == "rivers-hq"


def test_somebody_of_one_organisation_is_not_shown_the_others(installation, seeds):
    rounds(installation, seeds, dead=["harbours-hq-r1"])
    browser = installation.browser("viewer@rivers")
    for page in ("/", "/devices", "/sites", "/topology", "/search?q=harbours", "/devices.csv"):
        assert "harbours-hq" not in browser.get(page).text, page
    for page in (
        "/devices/harbours-hq-r1",
        "/devices/harbours-hq-r1/now",
        "/devices/harbours-hq-r1/health.json",
        "/devices/harbours-hq-r1/configurations",
        "/sites/harbours-hq",
        "/sites/harbours-hq/now",
        "/devices/core-main-1",
        "/topology?organisation=harbours",
        "/topology/map?organisation=harbours",
    ):
        assert browser.get(page).status_code == 404, page


@pytest.mark.parametrize(
    "page",
    ["/devices/nowhere", "/sites/nowhere", "/topology?organisation=nowhere", "/devices/rivers-hq-r1/configurations"],
)
def test_what_is_not_there_is_a_page_that_says_so(installation, page):
    answer = installation.browser("viewer").get(page)
    assert answer.status_code == 404
    assert "NETCTL-" in answer.text


@pytest.mark.parametrize("page", ["/topology?page=999", "/topology?page=x&by=y", "/devices/rivers-hq-r1?span=ever"])
def test_odd_addresses_are_answered_with_what_is_near(installation, page):
    assert installation.browser("viewer").get(page).status_code == 200


def test_the_numbers_of_the_plots_are_as_many_as_the_moments(installation, seeds):
    rounds(installation, seeds)
    told = installation.browser("viewer").get("/devices/rivers-hq-r1/health.json?span=3h").json
    assert len(told["moments"]) == 2
    assert {len(values) for values in told["metrics"].values()} == {2}
    assert {"reachable", "cpu", "rx:wan0", "tx:wan0"} <= told["metrics"].keys()


def test_the_map_is_well_formed_and_every_link_on_it_leads_somewhere(installation, seeds):
    rounds(installation, seeds, dead=["rivers-hq-r1"], cut=["bb3"])
    browser = installation.browser("viewer")
    page = browser.get("/topology").text
    begins = page.index('<svg class="map"')
    picture = ElementTree.fromstring(page[begins : page.index("</svg>", begins) + len("</svg>")])
    links = {each.get("href") for each in picture.iter("a")}
    assert {"/devices/core-main-1", "/sites/rivers-hq", "/devices/rivers-hq-r2"} <= links
    assert {browser.get(href).status_code for href in links} == {200}
    words = {each.text for each in picture.iter("text")}
    assert {"Down", "Degraded", "Up", "bb3 down"} <= words


def test_words_asked_for_are_shown_and_never_run(installation):
    page = installation.browser("viewer").get("/search?q=<script>alert(1)</script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_error_in_the_declared_network_is_told_and_the_last_good_one_goes_on(install, tmp_path, monkeypatch):
    monkeypatch.setattr(declared, "LOOK_EVERY", 0.05)
    for name in ("inventory", "devices", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "net" / name)
    browser = install(tmp_path / "net").browser("viewer")
    assert browser.get("/").status_code == 200
    (tmp_path / "net/inventory/carriers.yaml").write_text("asagi: [\n")
    until = time.monotonic() + 20
    while "The declared network has errors" not in browser.get("/").text:
        assert time.monotonic() < until
    assert browser.get("/devices/rivers-hq-r1").status_code == 200


def test_of_a_dead_router_nothing_that_was_seen_earlier_is_green(installation, seeds):
    rounds(installation, seeds, ago=60)
    browser = installation.browser("viewer")
    assert "It last answered" not in browser.get("/devices/rivers-hq-r1/now").text
    rounds(installation, seeds, dead=["rivers-hq-r1"])
    page = browser.get("/devices/rivers-hq-r1/now").text
    seen_before = page.split('class="card stale"')[1:]
    assert len(seen_before) == 4, "software, ports, sessions, VRRP"
    assert all("It last answered" in card and "state up" not in card for card in seen_before)


def test_what_a_silent_router_showed_last_is_marked_as_old_on_the_page_and_in_the_api(installation, seeds):
    browser = installation.browser("viewer")
    rounds(installation, seeds, ago=60)
    assert "Not what holds now" not in browser.get("/devices/rivers-hq-r1").text
    told = browser.get("/api/v1/devices/rivers-hq-r1").json
    assert (told["observed"]["ports"]["stale"], told["device"]["stale"]) == (False, False)
    rounds(installation, seeds, dead=["rivers-hq-r1"])
    assert browser.get("/devices/rivers-hq-r1").text.count("Not what holds now") >= 4
    told = browser.get("/api/v1/devices/rivers-hq-r1").json
    assert all(part["stale"] for part in told["observed"].values())
    assert told["observed"]["ports"]["observed_at"] == told["device"]["seen_at"] < told["device"]["tried_at"]
    assert any(port["up"] for port in told["ports"])
    listed = {each["name"]: each["stale"] for each in browser.get("/api/v1/devices?site=rivers-hq").json["items"]}
    assert listed == {"rivers-hq-r1": True, "rivers-hq-r2": False}


@pytest.mark.parametrize(("path", "row"), [("/devices", "core-main-1"), ("/sites?q=rivers", "rivers-hq")])
def test_lists_of_the_network_follow_by_themselves(installation, seeds, path, row):
    rounds(installation, seeds)
    browser = installation.browser("viewer")
    assert f'data-live="watch" data-live-url="{path}"' in browser.get(path).text
    piece = browser.get(path, headers={"X-Netctl-Fragment": "1"}).text
    assert row in piece
    assert "<html" not in piece


def test_nobody_is_led_to_a_router_they_may_not_see(installation, seeds):
    rounds(installation, seeds)
    own, whole = installation.browser("viewer@rivers"), installation.browser("viewer")
    for path in ("/sites/rivers-hq", "/devices/rivers-hq-r1", "/topology"):
        assert 'href="/devices/core-main-1"' in whole.get(path).text, path
        text = own.get(path).text
        assert "core-main-1" in text, path
        assert 'href="/devices/core-main-1"' not in text, path
        assert 'href="/devices/rivers-hq-r2"' in text, path


def test_what_has_a_name_is_called_by_it(installation, seeds):
    rounds(installation, seeds, cut=["rivers-hq:1"])
    browser = installation.browser("viewer", lang="ja")
    assert "東部" in browser.get("/sites").text
    text = browser.get("/problems").text
    assert "河川庁 本庁は回線 rivers-hq:2 だけで動いている" in text
    assert "Asagi Optical" in text
    assert browser.get("/problems.json").json["rows"][0]["organisation"] == "rivers"
