"""Cut lines of the lab are one story under one number, told to a real receiver when it begins, grows worse and ends."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from live.small_lab import Lab
from receivers import Hook, serving

from netctl.control.watching.observe import observe_once
from netctl.model.watch import Problem
from netctl.settings import Settings
from netctl.store import Store

pytestmark = pytest.mark.live

SOON = 90.0  # seconds within which what must come comes
SITE = "rivers-hq"


@pytest.fixture
def hook() -> Iterator[Hook]:
    with serving(Hook()) as hook:
        yield hook


@pytest.fixture
def settings(lab: Lab, tmp_path: Path, hook: Hook) -> Settings:
    database = f"sqlite:///{tmp_path / 'watch.db'}"
    return replace(
        lab.settings,
        database=database,
        observe_timeout=2,
        fetch_workers=8,
        alert_webhook=hook.url,
        alert_severity="medium",
    )


def graves(store: Store) -> list[Problem]:
    with store.reading() as books:
        return [problem for problem in books.problems.open(whole=True) if problem.severity in ("high", "medium")]


def told(hook: Hook) -> list[tuple[str, str, str]]:
    alerts = [alert for _, body in hook.calls for alert in json.loads(body)["alerts"]]
    return [(alert["event"], alert["id"], alert["code"]) for alert in alerts]


def test_a_line_a_site_and_back_are_one_problem(lab: Lab, settings: Settings, hook: Hook) -> None:
    lab.wait_converged()
    with Store.open(settings.database_url, create=True) as store:

        def until(holds: Callable[[], bool]) -> None:
            deadline = time.monotonic() + SOON
            while not holds():
                assert time.monotonic() < deadline, graves(store)
                observe_once(lab.root, settings, store)

        def codes() -> list[tuple[str, str]]:
            return [(problem.code, problem.subject) for problem in graves(store)]

        def ends() -> set[str]:
            (found,) = graves(store)
            assert found.id == problem.id
            return {symptom.split()[0] for symptom in found.symptoms}

        for _ in range(2):
            observe_once(lab.root, settings, store)
        until(lambda: codes() == [])
        hook.calls.clear()
        try:
            lab.fail(f"{SITE}:1", quietly=True)  # the ports look well: only the sessions tell
            until(lambda: codes() == [("WATCH-LINE-DOWN", f"{SITE}:1")])
            (problem,) = graves(store)
            until(lambda: {"core-main-1", f"{SITE}-r1"} <= ends())  # one end may notice a look after the other
            lab.fail(f"{SITE}:2")
            until(lambda: codes() == [("WATCH-SITE-CUT-OFF", SITE)])
        finally:
            lab.heal()
        lab.wait_converged()
        until(lambda: codes() == [])
    assert told(hook)[:2] == [
        ("opened", problem.id, "WATCH-LINE-DOWN"),
        ("escalated", problem.id, "WATCH-SITE-CUT-OFF"),
    ]
    assert {number for event, number, _ in told(hook) if event == "closed"} == {problem.id}
