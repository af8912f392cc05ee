"""The nouns of one member's change: what is to be done to it, what its steps answer, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypedDict

from netctl.checks.expectation import Expectation
from netctl.checks.readback import not_as_written
from netctl.config.diff import same
from netctl.config.rules import Rules
from netctl.devices.target import PendingCommit, Target
from netctl.model.artefact import Part, RunningState
from netctl.model.plan import TargetPlan
from netctl.push.names import FIRST, SECOND, THIRD, token


@dataclass(frozen=True, slots=True)
class Member:
    """One router of one change, and its mate."""

    change: str
    plan: TargetPlan
    mate: str
    expectation: Expectation
    mate_expectation: Expectation
    rules: Rules | None = None  # those of its platform: how its configuration is compared

    @property
    def target(self) -> str:
        return self.plan.target

    def token(self, number: int) -> str:
        """The token of this member's first, second or third commit."""
        return token(self.change, self.target, number)


@dataclass(frozen=True, slots=True)
class ServerMember:
    """One name server of one change; others of its role are asked for, and none is its mate alone."""

    change: str
    plan: TargetPlan
    rules: Rules | None = None

    @property
    def target(self) -> str:
        return self.plan.target

    def token(self, number: int) -> str:
        """The token of this member's first commit, or of the third: the way back after it was confirmed."""
        return token(self.change, self.target, number)


BoxMember = Member | ServerMember
"""A member that holds a configuration."""

Outcome = Literal["ok", "already", "failed", "reverted", "unknown"]


class StepResult(TypedDict):
    """What a step answers; plain data, because a journal keeps it.

    ``already``: the target holds what is intended. ``reverted``: the commit's own timer took it back. `notes` are for
    later steps: sessions that were up before, sessions whose far end comes later, the token of a write; those under
    `TOLD` are what a receipt says of a step that ended well.
    """

    outcome: Outcome
    problems: list[str]
    worker: str
    notes: dict[str, list[str]]


TOLD = "told"


def detail_of(result: StepResult) -> str:
    """What a receipt says of a step."""
    return "; ".join(result["problems"] or result["notes"].get(TOLD, []))


def answer(outcome: Outcome, *problems: str, notes: dict[str, list[str]] | None = None) -> StepResult:
    """A step's answer; the worker is filled in by whoever ran it."""
    return StepResult(outcome=outcome, problems=list(problems), worker="", notes=notes or {})


Holding = Literal["before", "drained", "intended"]


class Standing(NamedTuple):
    """What a box holds and which commit waits there; `pending` is 0 for none, -1 for somebody else's."""

    holds: frozenset[Holding]
    pending: int
    owner: str
    state: RunningState


def standing(member: BoxMember, target: Target) -> Standing:
    """Read the box (safety law 6): everything a step decides, it decides from this."""
    commit = target.pending()
    state = target.fetch()
    plan = member.plan
    holds: set[Holding] = set()
    if state.digest == plan.running_digest:
        holds.add("before")
    if plan.kind == "router" and same(state.parts, plan.drained, member.rules):
        holds.add("drained")
    if same(state.parts, plan.intended, member.rules):
        holds.add("intended")
    return Standing(frozenset(holds), _number(member, commit), commit.owner if commit else "", state)


def reverted(member: BoxMember, now: Standing) -> StepResult | None:
    """An answer where the first commit no longer waits: the box took it back by itself, or something is off."""
    if now.pending == FIRST:
        return None
    name = member.target
    if now.pending == 0 and "before" in now.holds:
        return answer("reverted", f"{name}: its timer ran out and it went back to the state before the change")
    return answer("failed", f"{name}: the commit of this change is gone, and the box does not hold the state before it")


def as_written(member: BoxMember, target: Target, parts: tuple[Part, ...]) -> StepResult:
    """The box holds what was written, line by line, and the first commit still waits (law 7)."""
    now = standing(member, target)
    gone = reverted(member, now)
    if gone:
        return gone
    problems = not_as_written(parts, now.state, member.rules)
    return answer("failed", *problems) if problems else answer("ok")


def _number(member: BoxMember, commit: PendingCommit | None) -> int:
    if commit is None:
        return 0
    return next((number for number in (FIRST, SECOND, THIRD) if commit.token == member.token(number)), -1)
