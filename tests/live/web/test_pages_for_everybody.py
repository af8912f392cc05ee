"""Every main page, with a router dead and a change on the table, in both languages and themes, wide and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from live.web.dashboard import Dashboard
from live.web.test_a_router_dies import SOON, VICTIM, count
from playwright.sync_api import Page, expect
from web.axe import breaches

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]

SIZES = ((1440, 900), (390, 844))


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
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                for width, height in SIZES:
                    page.set_viewport_size({"width": width, "height": height})
                    if (theme, width) == ("dark", 390):
                        continue  # the colours are those of a wide page, the places those of a light one
                    found += [f"{path} {language} {theme} {width}: {each}" for each in breaches(page)]
                    if width == 390 and page.evaluate("document.documentElement.scrollWidth") > width:
                        found.append(f"{path} {language}: wider than a phone")
    dashboard.complaints[:] = [
        each for each in dashboard.complaints if "404" not in each
    ]  # of the page that is not there
    assert found == []
