"""The pictures in the README, taken of a lab of the whole reference network: ``scripts/pictures``."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from live.small_lab import raised, small_network
from live.web.dashboard import Dashboard, dashboard
from playwright.sync_api import Page, expect, sync_playwright

from netctl import inventory
from netctl.change import steps
from netctl.control.watching import problems
from netctl.inventory import reference_root
from netctl.model.moments import stamp

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "images"
SOON = 180_000
SITE, VICTIM = "rivers-hq", "rivers-east-r1"


def main() -> None:
    """Raise all of it, take the pictures, take all of it down."""
    sites = tuple(file.stem for file in (reference_root() / "inventory" / "sites").glob("*.yaml"))
    name = f"live{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home, own = Path(folder, "lab"), Path(folder, "home")
        own.mkdir()
        root = small_network(Path(folder, "network"), sites)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        with raised(home, root, name) as lab:
            lab.wait_converged()
            with dashboard(lab, own, browser) as made:
                _take(made)


def _take(made: Dashboard) -> None:
    change = made.propose(SITE, 5, "河川庁本庁にsyslogサーバーを追加", "ログ保存期間の延長に伴う増設")
    later = stamp(datetime.now(UTC) + timedelta(hours=1))
    with made.store() as store:  # routers of a lab share the processors of this host
        network = inventory.load(made.lab.root)
        problems.silence(store, network, "*", "WATCH-CPU", user="tanaka", reason="this host's own load", until=later)
    page = made.signed_in("sato", viewport={"width": 1440, "height": 960})
    page.goto("/?lang=ja")
    expect(page.locator("a[href='/devices?state=unknown'] .value")).to_have_text("0", timeout=SOON)
    page.goto(f"/changes/{change.id}")
    _picture(page, "review", whole=True)
    with made.store() as store:
        steps.approve(store, change.id, user="suzuki", digest=change.plan_digest)
    page.goto(f"/changes/{change.id}/push")
    page.locator("button[name=going][value=push]").click()
    expect(page.locator(".countdown").first).to_be_visible(timeout=SOON)
    page.locator("details.more summary").first.click()
    _picture(page, "push")
    expect(page.locator(".tallies .member")).to_have_count(1, timeout=SOON)
    made.lab.fail(VICTIM)
    page.goto("/?theme=dark")
    expect(page.locator("a[href='/devices?state=down'] .value")).to_have_text("1", timeout=SOON)
    _picture(page, "overview")
    page.goto("/topology?theme=light")
    _picture(page, "topology")
    page.goto("/zones")
    expect(page.locator("tr", has_text="rivers.gov-wan.example").locator(".state").first).to_be_visible(timeout=SOON)
    _picture(page, "zones")


def _picture(page: Page, name: str, *, whole: bool = False) -> None:
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


if __name__ == "__main__":
    main()
