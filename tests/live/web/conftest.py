"""One dashboard on the shared lab, and one Chromium, for all tests of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from live.small_lab import SITES, Lab
from live.web import dashboard as running
from live.web.dashboard import Dashboard
from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs a browser (apt-get install chromium)")
    expect.set_options(timeout=30_000)  # the machine may be busy
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def raised(chromium: Browser, lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    lab.wait_converged()
    with running.dashboard(lab, tmp_path_factory.mktemp("dashboard"), chromium) as made:
        yield made


@pytest.fixture
def dashboard(raised: Dashboard) -> Iterator[Dashboard]:
    """The lab is mended and the sites are declared as at first afterwards; no page asked others or complained."""
    try:
        yield raised
    finally:
        for site in SITES:
            raised.declare(site)
        raised.lab.heal()
        raised.lab.wait_converged()
        raised.restore()
    assert raised.foreign == []
    assert raised.complaints == []
