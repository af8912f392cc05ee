"""Every main page, with a router dead and a change on the table, in both languages and themes: axe finds nothing.

The second language has other words, not other colours: of it, only the phone is looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from live.web.dashboard import Dashboard
from live.web.test_a_router_dies import SOON, VICTIM, count
from playwright.sync_api import Page, expect
from web.axe import breaches

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]

LOOKS = (("light", 1440), ("dark", 1440), ("light", 390))  # colours matter wide, places on a phone
NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (NOT FOUND)"


@pytest.fixture
def page(dashboard: Dashboard) -> Iterator[Page]:
    """Of somebody who sees everything; only here scripts that are not ours are let in: those of axe."""
    dashboard.propose("rivers-east", 7, "A log server more")
    page = dashboard.signed_in("tanaka", bypass_csp=True, reduced_motion="reduce")
    dashboard.lab.fail(VICTIM)
    expect(count(page, "down")).to_have_text("1", timeout=SOON)
    return page


def addresses(page: Page) -> list[str]:
    page.goto("/problems?severity=high&severity=medium")
    problem = page.locator("tbody a").first.get_attribute("href")
    change = "/changes/C-00000" + page.request.get("/changes.json").text().partition('"C-00000')[2][0]
    lists = ["/", "/devices", "/sites", "/topology", "/problems", "/silences", "/changes", "/audit", "/people", "/help"]
    single = [f"/devices/{VICTIM}", "/sites/rivers-hq", problem, "/search?q=rivers", "/account", "/api", "/people/sato"]
    board = [
        change,
        f"{change}/decision",
        f"{change}/push",
        f"{change}/documents/plan",
        f"{change}/documents/procedure",
    ]
    return lists + [each for each in single if each] + board + ["/signin/again", "/nowhere"]


def test_nobody_is_left_out(dashboard: Dashboard, page: Page) -> None:
    found: list[str] = []
    for path in addresses(page):
        for language in ("ja", "en"):
            answer = page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
            assert answer and answer.status == (404 if path == "/nowhere" else 200), path
            for theme, width in LOOKS if language == "ja" else LOOKS[-1:]:
                page.emulate_media(color_scheme=theme)
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{path} {language} {theme} {width}: {each}" for each in breaches(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{path} {language}: wider than a phone")
    lost = dashboard.complaints.count(NOT_FOUND)
    dashboard.complaints[:] = [each for each in dashboard.complaints if each != NOT_FOUND]
    assert (found, lost) == ([], 2), "only the page that is not there is not found"
