"""Zones in Chromium: a secondary that falls behind shows on an open page, axe finds nothing, scripts are not needed."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from names_seeds import names_round
from playwright.sync_api import Page, expect
from web.axe import breaches
from web.conftest import Installation

from netctl.model.moments import now
from netctl.model.names import ViewZone
from netctl.model.zonewrites import ZoneId
from netctl.web import context

CHROMIUM = "/usr/bin/chromium"
RIVERS = ViewZone("internal", "rivers.gov-wan.example")
PAGES = ("/zones", "/zones/internal/rivers.gov-wan.example", "/zones/internal/16/28.2.0.192.in-addr.arpa")

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")

Browse = Callable[..., Page]


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def browse(installation: Installation, chromium) -> Iterator[Browse]:
    """Opens a page as a viewer; no page may complain."""
    server = make_server("127.0.0.1", 0, installation.app, _Threads, _Quiet)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    cookie = installation.browser("viewer").get_cookie("netctl").value
    opened, complaints = [], []

    def one(path: str, lang: str = "en", width: int = 1280, *, scripts: bool = True, look: bool = False) -> Page:
        visit = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, bypass_csp=look
        )
        opened.append(visit)
        for name, value in (("netctl", cookie), ("netctl-language", lang)):
            visit.add_cookies([{"name": name, "value": value, "url": origin}])
        page = visit.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(origin + path)
        return page

    yield one
    for each in opened:
        each.close()
    server.shutdown()
    server.server_close()
    assert complaints == []


def asked(installation: Installation, *, lag: int = 0, silent: tuple[str, ...] = ()) -> None:
    """A round over the name servers that ended just now."""
    with installation.app.app_context():
        book = context.here().declared.names()
    behind = {ZoneId("ns4", *RIVERS): lag}
    ends = {RIVERS: now() + timedelta(days=9)}
    names_round(installation.store, book, now(), behind=behind, silent=silent, expires=ends)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(installation, browse: Browse, lang, width) -> None:
    asked(installation, lag=3, silent=("ns3",))
    for path in PAGES:
        page = browse(path, lang, width, look=True)
        assert breaches(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_secondary_that_falls_behind_shows_on_an_open_page_and_is_level_again(installation, browse: Browse) -> None:
    asked(installation)
    page = browse("/zones/internal/rivers.gov-wan.example")
    fourth = page.locator("tr", has_text="ns4").locator(".state").first
    expect(fourth).to_have_text("level")
    expect(page.locator("#live")).to_have_attribute("data-state", "on")
    asked(installation, lag=3)
    expect(fourth).to_have_text("3 behind")
    asked(installation)
    expect(fourth).to_have_text("level")


def test_without_scripts_the_list_is_searched_and_leads_to_a_zone(installation, browse: Browse) -> None:
    asked(installation)
    page = browse("/zones", scripts=False)
    page.get_by_label("Search this table").fill("harbours")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="harbours.gov-wan.example").click()
    expect(page.locator("h1")).to_have_text("harbours.gov-wan.example")
