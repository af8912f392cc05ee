"""A change goes through the board: reviewed, refused to its author, approved by another, pushed live, printed, told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from live.web.dashboard import PASSWORD, Dashboard
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]

SOON = 120_000


def prove_again(page: Page) -> None:
    """The page asked who one is; afterwards one is back where one was."""
    page.locator("main").get_by_role("link", name="Sign in again").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def approve(page: Page, change: str, reason: str) -> None:
    page.goto(f"/changes/{change}/decision")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    prove_again(page)
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Approve").click()


def test_a_change_is_reviewed_refused_approved_pushed_and_printed(dashboard: Dashboard, tmp_path: Path) -> None:
    change = dashboard.propose("rivers-hq", 5, "Third log server at the head office")
    author = dashboard.signed_in("sato")
    author.goto(f"/changes/{change.id}")
    expect(author.locator("#groups .group")).not_to_have_count(0)
    expect(author.locator("#groups")).to_contain_text("3fff:200:1::515")
    author.goto(f"/changes/{change.id}/decision")
    expect(author.locator("main")).to_contain_text("Whoever proposed a change cannot decide on it")
    expect(author.locator("form[action$='/decision']")).to_have_count(0)
    token = author.locator("input[name=csrf_token]").first.input_value()
    forged = {"csrf_token": token, "digest": change.plan_digest, "verdict": "approve", "reason": "it is mine"}
    refused = author.context.request.post(f"/changes/{change.id}/decision", form=forged, max_redirects=0)
    assert refused.status in (403, 409)
    assert "NETCTL-E0403" in refused.text()

    other = dashboard.signed_in_long_ago("suzuki")
    approve(other, change.id, "Compared the digest with the author by telephone")
    expect(author.locator("main")).to_be_visible()
    other.goto(f"/changes/{change.id}")
    expect(other.locator("main")).to_contain_text("Compared the digest")

    watcher = dashboard.signed_in("tanaka")
    watcher.goto(f"/changes/{change.id}/push")
    author.goto(f"/changes/{change.id}/push")
    author.get_by_role("button", name="Push", exact=True).click()
    for page in (author, watcher):
        page.evaluate("window.untouched = true")
        expect(page.locator(".member.in-flight").first).to_be_visible(timeout=SOON)
        expect(page.locator(".at-step, .countdown").first).to_be_visible(timeout=SOON)
    late = author.context.new_page()
    late.goto(f"/changes/{change.id}/push")
    expect(late.locator(".wave")).to_have_count(watcher.locator(".wave").count())
    for page in (author, watcher, late):
        expect(page.locator(".tallies .member.done")).to_be_visible(timeout=SOON)
        expect(page.locator(".tallies .member")).to_have_count(1, timeout=SOON)
    assert author.evaluate("window.untouched") and watcher.evaluate("window.untouched"), "no page was loaded again"
    assert dashboard.plan("rivers-hq").plan.empty

    for kind in ("plan", "procedure", "report"):
        printed = author.context.request.get(f"/changes/{change.id}/documents/{kind}.pdf", timeout=SOON)
        assert printed.status == 200, kind
        (tmp_path / f"{kind}.pdf").write_bytes(printed.body())
        assert change.id in PdfReader(tmp_path / f"{kind}.pdf").pages[0].extract_text()
    author.goto(f"/changes/{change.id}/documents/report")
    author.pdf(path=tmp_path / "page.pdf")
    assert change.id in PdfReader(tmp_path / "page.pdf").pages[0].extract_text()

    watcher.goto(f"/audit?subject={change.id}")
    for actor in ("sato", "suzuki"):
        expect(watcher.locator("tbody")).to_contain_text(actor)


def test_a_change_is_approved_without_any_script(dashboard: Dashboard) -> None:
    change = dashboard.propose("rivers-east", 6, "Third log server in the east")
    page = dashboard.signed_in("suzuki", java_script_enabled=False)
    page.goto(f"/changes/{change.id}")
    page.get_by_role("link", name="Go to the decision").click()
    page.get_by_label("Reason").fill("Seen without script")
    page.get_by_role("button", name="Approve").click()
    page.goto(f"/changes/{change.id}")
    expect(page.locator("main")).to_contain_text("Seen without script")
    with dashboard.store() as store, store.reading() as books:
        assert books.changes.get(change.id).state == "approved"
