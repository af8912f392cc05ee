"""What must not happen on the way: every hazard of every platform, every prefix of its patch.

One file a hazard: tests/hazards/<platform>/<hazard>.yaml. The patch itself is compared with what a careful engineer
would type.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from configurations import engine, hazard, hazards, held
from netctl.config.commands import Session
from netctl.config.engine import Engine, Remedy
from netctl.config.patch import dangling
from netctl.config.syntax import Tree

CASES = hazards()


def remedy_of(case: dict, it: Engine) -> tuple[Tree, Tree, Remedy]:
    running, intended = it.parse(case["running"]), it.parse(case["intended"])
    session = Session(**{"user": "", "address": ""} | case["session"]) if case.get("session") else None
    return running, intended, it.remedy(running, intended, session)


@pytest.fixture(params=CASES, ids=[f"{path.parent.name}-{path.stem}" for path in CASES])
def case(request: pytest.FixtureRequest) -> tuple[dict, str]:
    path: Path = request.param
    return hazard(path), path.parent.name


def test_the_patch_is_what_a_careful_engineer_would_type(case: tuple[dict, str]) -> None:
    it = engine(case[1])
    _, _, remedy = remedy_of(case[0], it)
    assert it.write(remedy.commands) == case[0]["patch"]
    assert {told.code for told in remedy.hazards} == set(case[0].get("hazards") or [])


def test_no_prefix_of_the_patch_is_unsafe(case: tuple[dict, str]) -> None:
    data, platform = case
    it = engine(platform)
    running, _, remedy = remedy_of(data, it)
    before = dangling(running, it.rules)
    atomic = it.rules.commit == "atomic"
    for count in range(len(remedy.commands) + 1):
        if atomic and 0 < count < len(remedy.commands):
            continue
        tree = it.apply(running, remedy.commands[:count]).tree
        said = remedy.commands[:count][-1:]
        assert dangling(tree, it.rules) <= before, said
        lines = held(tree, platform)
        for group in data.get("always") or []:
            assert any(line in lines for line in group), (said, group)
        for group in data.get("never") or []:
            assert not all(line in lines for line in group), (said, group)


def test_the_patch_leads_to_what_is_intended_and_back(case: tuple[dict, str]) -> None:
    it = engine(case[1])
    running, intended, remedy = remedy_of(case[0], it)
    after = it.apply(running, remedy.commands).tree
    assert it.differences(after, intended) == []
    assert it.differences(it.apply(after, remedy.rollback).tree, running) == []


def test_every_hazard_says_why(case: tuple[dict, str]) -> None:
    assert len(case[0]["why"].split()) > 3
    assert case[0]["running"] != case[0]["intended"]
