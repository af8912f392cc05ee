"""The operation centre in Chromium: a router dies on an open page, plots are drawn, the search suggests."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import expect, sync_playwright

from networks import reference
from seeds import Seeds

CHROMIUM = "/usr/bin/chromium"

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def seeds():
    return Seeds(reference())


@pytest.fixture
def visit(installation, chromium):
    """Opens a page as a viewer; no page may complain."""
    server = make_server("127.0.0.1", 0, installation.app, _Threads, _Quiet)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    cookie = installation.browser("viewer").get_cookie("netctl").value
    opened, complaints = [], []

    def one(path, *, scripts=True):
        context = chromium.new_context(java_script_enabled=scripts)
        context.add_cookies(
            [
                {"name": "netctl", "value": cookie, "url": origin},
                {"name": "netctl-language", "value": "en", "url": origin},
            ]
        )
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(origin + path)
        opened.append(context)
        return page

    yield one
    for context in opened:
        context.close()
    server.shutdown()
    server.server_close()
    assert complaints == []


def lasting(installation, seeds, **broken):
    """Rounds that stay young for as long as a test may take."""
    seeds.rounds(installation.store, datetime.now(UTC) - timedelta(seconds=1), 2, interval=600, **broken)


def test_a_router_that_dies_turns_an_open_overview_red_and_heals_again(installation, seeds, visit):
    lasting(installation, seeds)
    page = visit("/")
    down = page.locator(".states a", has_text="Down").locator(".value")
    expect(down).to_have_text("0")
    expect(page.locator("#live")).to_have_attribute("data-state", "on")
    lasting(installation, seeds, dead=["rivers-hq-r1"])
    expect(down).to_have_text("1", timeout=15000)
    expect(page.locator("main")).to_contain_text("on one router")
    lasting(installation, seeds)
    expect(down).to_have_text("0", timeout=15000)


def test_an_open_overview_turns_grey_by_itself_when_watching_stops(installation, seeds, visit):
    seeds.rounds(installation.store, datetime.now(UTC), 2, interval=2)
    page = visit("/")
    expect(page.locator(".services .tile.up")).to_have_count(0, timeout=60000)
    expect(page.locator("main")).to_contain_text("Watching has stopped")
    expect(page.locator(".services .tile.unknown")).to_have_count(7)  # six services, and zones


def test_plots_are_drawn_with_a_script_and_without(installation, seeds, visit):
    lasting(installation, seeds)
    drawn = visit("/devices/rivers-hq-r1")
    expect(drawn.locator(".plot canvas")).to_have_count(drawn.locator(".plot").count(), timeout=15000)
    plain = visit("/devices/rivers-hq-r1", scripts=False)
    assert plain.locator(".plot .spark").count() >= plain.locator(".plot").count() > 5
    assert plain.locator(".plot .spark").first.bounding_box()["height"] > 40


def test_the_search_suggests_while_one_types_and_answers_without_a_script(installation, visit):
    page = visit("/")
    page.fill("#search", "rivers-hq-r1")
    page.locator("#suggestions a", has_text="rivers-hq-r1").first.click()
    expect(page.locator("h1")).to_have_text("rivers-hq-r1")
    plain = visit("/", scripts=False)
    plain.fill("#search", "192.0.2.18")
    plain.press("#search", "Enter")
    plain.locator("main a", has_text="rivers-hq-r1").first.click()
    expect(plain.locator("h1")).to_have_text("rivers-hq-r1")


def test_the_map_is_walked_through_by_keyboard(installation, seeds, visit):
    lasting(installation, seeds)
    page = visit("/topology")
    page.locator(".map a[href='/devices/core-main-1']").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("core-main-1")
