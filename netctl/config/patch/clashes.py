"""Statements that a platform holds once, whatever number they have: what holds a text must let go of it first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from netctl.config.meaning import Pair
from netctl.config.meaning.unique import held_once
from netctl.config.patch.steps import Step


class Clash(NamedTuple):
    """`pair` says what `holder` still holds.

    `tangled`: the order in which values are said does not help, for the holder goes, or waits for `pair` in a ring;
    `first`: of a ring, the one that is taken away before all others are said.
    """

    pair: Pair
    holder: Pair
    tangled: bool
    first: bool


def clashes(pairs: Iterable[Pair]) -> list[Clash]:
    """The differences that say what another of them has to give up; each is held by one other at most."""
    holders: dict[str, Pair] = {}
    wanting: dict[int, tuple[Pair, str]] = {}
    for pair in pairs:
        old = held_once(pair.old.reading) if pair.old is not None else ""
        new = held_once(pair.new.reading) if pair.new is not None else ""
        if old == new:
            continue
        if old:
            holders[old] = pair
        if new:
            wanting[id(pair)] = (pair, new)
    held_by = {key: holders[text] for key, (_, text) in wanting.items() if text in holders}
    rings = _rings(held_by)
    circular = {key for ring in rings for key in ring}
    first = {ring[0] for ring in rings}
    return [
        Clash(wanting[key][0], holder, holder.new is None or key in circular, key in first)
        for key, holder in held_by.items()
    ]


def untangle(found: Iterable[Clash], made: Mapping[int, Step | None], take: Callable[[Pair], Step]) -> None:
    """Put every holder before what waits for it; one of each ring is taken away first."""
    found = list(found)
    released = {id(clash.pair): take(clash.pair) for clash in found if clash.first}
    for clash in found:
        step, holder = made.get(id(clash.pair)), released.get(id(clash.holder)) or made.get(id(clash.holder))
        if step is not None and holder is not None:
            step.after(holder)


def _rings(held_by: Mapping[int, Pair]) -> list[list[int]]:
    """The differences that wait for each other in a ring."""
    found: list[list[int]] = []
    known: set[int] = set()
    for start in held_by:
        way: list[int] = []
        here = start
        while here in held_by and here not in known:
            known.add(here)
            way.append(here)
            here = id(held_by[here])
        if here in way:
            found.append(way[way.index(here) :])
    return found
