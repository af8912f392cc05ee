"""Somebody of the operation centre watches a router die and heal, without touching the page."""

from __future__ import annotations

import time

import pytest
from live.web.dashboard import INTERVAL, Dashboard
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]

VICTIM, MATE = "rivers-hq-r1", "rivers-hq-r2"
SOON = 90_000  # milliseconds within which what must come comes


def count(page: Page, state: str):
    return page.locator(f"a.tile[href='/devices?state={state}'] .value")


def all_well(page: Page) -> None:
    expect(count(page, "down")).to_have_text("0", timeout=SOON)
    expect(count(page, "degraded")).to_have_text("0", timeout=SOON)
    expect(count(page, "unknown")).to_have_text("0", timeout=SOON)
    for severity in ("high", "medium"):
        expect(page.locator(f"a[href='/problems?severity={severity}'] strong")).to_have_text("0", timeout=SOON)


def test_a_dead_router_turns_red_by_itself_is_one_problem_and_heals(
    dashboard: Dashboard, record_property: pytest.RecordProperty
) -> None:
    page = dashboard.signed_in("suzuki")
    expect(page.locator("#live")).to_have_attribute("data-state", "on", timeout=SOON)
    all_well(page)
    page.evaluate("window.untouched = true")
    dashboard.lab.fail(VICTIM)
    died = time.monotonic()
    expect(count(page, "down")).to_have_text("1", timeout=SOON)
    took = time.monotonic() - died
    record_property("seconds until the overview is red", took)
    assert page.evaluate("window.untouched"), "the page was not loaded again"
    assert took < 2 * INTERVAL + 3, "two intervals, and what a busy machine takes to draw a page"

    page.goto("/problems?severity=high&severity=medium")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(VICTIM)
    rows.get_by_role("link").first.click()
    problem = page.url.rpartition("/")[2]
    expect(page.locator("h1")).to_contain_text(VICTIM)
    expect(page.locator("#problems-symptoms ~ * tbody tr").first).to_be_visible(timeout=SOON)

    page.get_by_label("Reason").first.fill("Power supply is being replaced")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("Power supply is being replaced")).to_be_visible()
    page.locator("#silence-reason").fill("The technician is on site")
    page.locator("form[action='/silences'] button").click()
    page.goto("/silences")
    expect(page.locator("tbody tr").filter(has_text=VICTIM)).to_contain_text("The technician is on site")

    page.goto(f"/devices/{VICTIM}")
    expect(page.locator(".card.stale .state.up")).to_have_count(0)  # what was seen before it died is grey
    expect(page.get_by_text("It last answered").first).to_be_visible()

    overview = page.context.new_page()
    overview.goto("/")
    expect(count(overview, "down")).to_have_text("1")
    dashboard.lab.heal()
    dashboard.lab.wait_converged()
    all_well(overview)
    expect(page.locator(".head .state.up").first).to_be_visible(timeout=SOON)
    page.goto(f"/problems/{problem}")
    expect(page.locator(".badge", has_text="Ended")).to_be_visible()
