"""The house in Chromium: live, polling and offline, keys, themes, no script at all, and nothing wider than a phone."""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import Browser, Page, expect, sync_playwright

from netctl.model.people import Grant
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer

CHROMIUM = "/usr/bin/chromium"

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def visit(install, chromium, tmp_path):
    """Opens pages of an installation of one's own as somebody who has signed in; no page may complain."""
    opened, servers, complaints = [], [], []

    def one(path="/help", *, width=1440, scripts=True, lang="en", **settings) -> Page:
        installation = install(**settings)
        _example(installation.app)
        server = make_server("127.0.0.1", 0, installation.app, _Threads, _Quiet)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        servers.append(server)
        client = installation.browser("viewer", "auditor", "admin", name="suzuki")
        origin = f"http://127.0.0.1:{server.server_port}"
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        context.add_cookies(
            [
                {"name": "netctl", "value": client.get_cookie("netctl").value, "url": origin},
                {"name": "netctl-language", "value": lang, "url": origin},
            ]
        )
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(origin + path)
        page.installation, page.complaints = installation, complaints
        opened.append(context)
        return page

    yield one
    for context in opened:
        context.close()
    for server in servers:
        server.shutdown()
        server.server_close()
    assert complaints == []


def _example(app) -> None:
    """A page that counts how often its live part was fetched, and holds a long table."""
    pages, counted = Pages("example"), iter(range(1, 1000))

    @pages.table("/example", step="show")
    def example():
        rows = [{"keys": f"r{number}", "leads_to": "a" * 30, "state": "up"} for number in range(200)]
        columns = (
            Column("keys"),
            Column("leads_to", filter="text"),
            Column("state", "state", word="nav-overview", filter="choice"),
        )
        return answer(Table("keys", columns, rows), "example.html")

    @pages.get("/example/part", step="show")
    def part():
        return f'<p id="count">{next(counted)}</p><label>x <input id="typed"></label>'

    @pages.get("/example/beside", step="show")
    def beside():
        return '<p id="beside">again</p>'

    body = (
        '{% extends "base.html" %}{% from "table.html" import table with context %}{% block title %}x{% endblock %}'
        '{% block main %}<h1>x</h1><section data-live="audit" data-live-url="/example/part"><p id="count">0</p>'
        '<label>x <input id="typed"></label></section>'
        '<section data-live="audit" data-live-url="/example/beside"><p id="beside">once</p></section>{{ table(keys) }}{% endblock %}'
    )
    app.jinja_loader = ChoiceLoader([app.jinja_loader, DictLoader({"example.html": body})])
    app.register_blueprint(pages.blueprint)


def move(page: Page, name: str) -> None:
    """Something happens that the audit log tells of."""
    with page.installation.store.writing() as books:
        books.users.add(name, [Grant("viewer")], "suzuki")


def light(page: Page):
    return page.locator("#live")


def test_a_page_shows_what_happens_as_it_happens(visit):
    page = visit("/example")
    expect(light(page)).to_have_attribute("data-state", "on")
    move(page, "sato")
    expect(page.locator("#count")).to_have_text("1")
    move(page, "tanaka")
    expect(page.locator("#count")).to_have_text("2")


def test_without_a_free_stream_it_asks_again_and_again(visit):
    page = visit("/example", web_streams=0)
    page.complaints.clear()
    expect(light(page)).to_have_attribute("data-state", "polling")
    move(page, "sato")
    expect(page.locator("#count")).to_have_text("1", timeout=15000)
    page.complaints.clear()  # Chromium reports the refused stream by itself


def test_somebody_who_types_is_not_interrupted(visit):
    page = visit("/example")
    expect(light(page)).to_have_attribute("data-state", "on")
    page.locator("#typed").fill("half a word")
    move(page, "sato")
    expect(page.locator("#beside")).to_have_text("again")
    assert page.locator("#typed").input_value() == "half a word"
    page.locator("#main").focus()
    expect(page.locator("#count")).to_have_text("1")


def test_it_says_when_the_server_is_gone(visit):
    page = visit("/example")
    expect(light(page)).to_have_attribute("data-state", "on")
    page.context.set_offline(True)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(light(page)).to_have_attribute("data-state", "offline", timeout=20000)
    page.complaints.clear()


def test_keys_lead_where_help_says(visit):
    page = visit("/help")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("?")
    assert page.locator("#search").input_value() == "?", "a key was taken from somebody who types"
    page.locator("#search").blur()
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/audit")


def test_keys_can_be_switched_off(visit):
    page = visit("/help")
    page.get_by_role("link", name="Switch off").click()
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()


def test_theme_and_language_are_links_that_work_without_script(visit):
    page = visit("/help", scripts=False)
    page.get_by_role("link", name="Dark").click()
    page.get_by_role("link", name="日本語").click()
    page.goto(page.url.split("?")[0])
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("html").get_attribute("lang") == "ja"


def test_a_table_is_filtered_and_sorted_without_script(visit):
    page = visit("/example", scripts=False)
    page.get_by_label("Leads to").fill("nothing like it")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.get_by_role("link", name="Clear").click()
    page.get_by_role("link", name="Key").click()
    page.get_by_role("link", name="Key").click()
    expect(page.locator("tbody td").first).to_have_text("r199")


def test_a_choice_counts_at_once_with_script(visit):
    page = visit("/example")
    page.get_by_label("Overview").select_option("up")
    page.wait_for_url("**state=up**")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("path", ["/help", "/example", "/nowhere"])
def test_nothing_is_wider_than_a_phone(visit, path, lang):
    page = visit(path, width=390, lang=lang)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.complaints[:] = [each for each in page.complaints if "404" not in each]


def test_the_first_tab_stop_leads_past_the_menu(visit):
    page = visit("/help")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
