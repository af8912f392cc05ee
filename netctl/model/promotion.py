"""Who writes where the declared main primary does not: promotions, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PromotionState = Literal[
    "begun",  # under way, or its process died: said again it goes on
    "done",  # the server writes; some others may still owe their turn
    "given_up",  # it did not come to writing, and what it had turned was turned back
]


@dataclass(frozen=True, slots=True)
class Promotion:
    """One primary made the writer. `as_declared` is true where it is the one that is declared as main.

    `digest` is of what was shown before. `losing` names the zones whose newer state elsewhere was given up,
    ``ZONE@VIEW``; `owed` the servers that have not had their turn yet. `worker` is the process that carries it out.
    """

    number: int
    server: str
    former: str
    as_declared: bool
    state: PromotionState
    user: str
    reason: str
    digest: str
    losing: tuple[str, ...]
    owed: tuple[str, ...]
    worker: str
    begun_at: str
    ended_at: str


@dataclass(frozen=True, slots=True)
class PromotionStep:
    """One step on one server: written with outcome "begun" before it starts and again when it ended."""

    target: str
    step: str
    outcome: Literal["begun", "ok", "failed", "skipped"]
    detail: str
    at: str


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes by a promotion, since when, by whose word and why. `complete` is false while it is under way."""

    server: str
    former: str
    since: str
    user: str
    reason: str
    complete: bool
    owed: tuple[str, ...]
