"""A change: a plan, why, when, who said yes, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeState = Literal[
    "proposed",  # waiting for approvals
    "approved",  # enough approvals bound to the plan's digest
    "rejected",  # an approver said no; final
    "pushing",  # a rollout is under way
    "done",  # every member converged and verified; final
    "stopped",  # a step failed or a person stopped it: the failed member is rolled back, later ones are untouched
    "unknown",  # a member's outcome could not be read; a person is needed
    "rolled_back",  # taken back by `netctl rollback`; final
]

# "ask": not like this, but the author may revise it; while it stands, the change is not approved.
Verdict = Literal["approve", "reject", "ask"]

MemberState = Literal["waiting", "in_flight", "done", "rolled_back", "failed", "unknown", "untouched"]


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's word on one digest. `verdict` may be repeated; the last one of a person counts."""

    user: str
    verdict: Verdict
    digest: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Window:
    """When a push may start, RFC 3339 with offset; empty strings leave that side open."""

    opens: str = ""
    closes: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One proposed plan on its way. `approvals_needed` follows the risk of the plan."""

    id: str  # "C-000123"
    title: str
    reason: str
    author: str
    plan_digest: str
    state: ChangeState
    window: Window
    approvals: tuple[Approval, ...]
    approvals_needed: int
    created_at: str


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One step on one member: written with outcome "begun" before it starts and again when it ended."""

    change: str
    target: str
    step: str
    outcome: Literal["begun", "ok", "failed", "skipped"]
    detail: str
    worker: str
    at: str


@dataclass(frozen=True, slots=True)
class MemberVerdict:
    """Where one target stands after (or in the middle of) a push."""

    target: str
    state: MemberState
    detail: str


@dataclass(frozen=True, slots=True)
class Flight:
    """One router that a change is carried out on now, or was a moment ago; `moved_at` is when its last step moved."""

    change: str
    target: str
    state: MemberState
    moved_at: str
