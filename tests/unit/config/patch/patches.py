"""Patches of small configurations, for tests."""

from __future__ import annotations

import textwrap

import yaml

from netctl.config.commands import Patch, Session
from netctl.config.patch import make_patch, unsafe_prefix, write
from netctl.config.rules import Rules, load
from netctl.config.syntax import parse

LAYOUT = {"style": "indent", "step": " ", "leave": "exit", "closers": ["exit"]}


def rules(statements: str, **more: object) -> Rules:
    """Rules of these statements, as a rules file would write them."""
    data = {"layout": LAYOUT, "statements": yaml.safe_load(textwrap.dedent(statements)), **more}
    return load(data, "small", "small")


def patch(it: Rules, running: str, intended: str, session: Session | None = None) -> Patch:
    trees = [parse(textwrap.dedent(text).lstrip("\n"), it.layout) for text in (running, intended)]
    made = make_patch(trees[0], trees[1], it, session)
    if it.commit == "immediate" and not {told.code for told in made.hazards} & {"HAZ-GAP", "HAZ-CYCLE"}:
        assert unsafe_prefix(trees[0], made, it) is None
    return made


def patched(it: Rules, running: str, intended: str, session: Session | None = None) -> list[str]:
    """The lines of the patch."""
    return write(patch(it, running, intended, session).commands, it).splitlines()


def codes(it: Rules, running: str, intended: str, session: Session | None = None) -> set[str]:
    """The codes of the hazards told."""
    return {told.code for told in patch(it, running, intended, session).hazards}
