"""What the API gives of changes, in types; see `nouns`."""

from __future__ import annotations

from netctl.control.changes.waiting import Turn
from netctl.model.change import ChangeState, MemberVerdict, ReceiptLine, Verdict, Window
from netctl.model.plan import DiffLine, Finding, TargetKind, Wave, ZoneAllowance
from netctl.model.review import Comment, Going
from netctl.web.api.operation import Given


class ChangeSummary(Given, frozen=True):
    """One change in a list; `turn` is what it waits for from who asks.

    `routers`, `servers` and `zones` are what its plan changes; `targets_done` says how many of them all are done.
    """

    id: str
    title: str
    author: str
    state: ChangeState
    digest: str
    created_at: str
    approvals: int
    approvals_needed: int
    routers: int
    servers: int
    zones: int
    targets_done: int
    worst: str
    open_threads: int
    turn: Turn


class Changes(Given, frozen=True):
    """One page of changes, newest first."""

    items: tuple[ChangeSummary, ...]
    next: str = ""


class VoteGiven(Given, frozen=True):
    """What somebody said; it `stands` where it is their last word, and about the plan of now."""

    user: str
    verdict: Verdict
    digest: str
    reason: str
    at: str
    stands: bool


class GroupGiven(Given, frozen=True):
    """Targets of one kind that share one difference, with the commands to that end and those that lead back.

    A zone's targets are ``ZONE@VIEW``, and ``ZONE@VIEW~leaving`` for names that go before routers change. Its
    difference is one of records: an owner at depth 0, below it ``TTL TYPE DATA``.
    """

    number: int
    kind: TargetKind
    targets: tuple[str, ...]
    zone: str  # without its final dot; "" for routers and name servers
    views: tuple[str, ...]
    platform: str
    diff: tuple[DiffLine, ...]
    commands: str
    rollback: str
    seen_by: tuple[str, ...]


class ChangeDetail(Given, frozen=True):
    """One change; `digest` is its plan's, which decisions name.

    `allowances` are what it may do to zones beyond the limits, and who approves it says yes to.
    """

    id: str
    title: str
    reason: str
    author: str
    state: ChangeState
    digest: str
    created_at: str
    window: Window
    approvals_needed: int
    approvers: tuple[str, ...]
    votes: tuple[VoteGiven, ...]
    routers: int
    servers: int
    zones: int
    allowances: tuple[ZoneAllowance, ...]
    findings: tuple[Finding, ...]
    waves: tuple[Wave, ...]
    groups: tuple[GroupGiven, ...]
    comments: tuple[Comment, ...]


class Receipts(Given, frozen=True):
    """How a push went: where each target stands, and one page of steps in the order they were written."""

    members: tuple[MemberVerdict, ...]
    items: tuple[ReceiptLine, ...]
    next: str = ""


class Decided(Given, frozen=True):
    """A change after a step."""

    id: str
    state: ChangeState
    digest: str
    approvers: tuple[str, ...]
    approvals_needed: int


class CommentGiven(Given, frozen=True):
    """One remark."""

    comment: Comment


class StopGiven(Given, frozen=True):
    """A push that was asked to stop before its next target."""

    id: str
    stop_requested: bool


class StartGiven(Given, frozen=True):
    """A push that was begun in a process of its own; how it goes on is told by the change and its receipts."""

    change: str
    going: Going
    user: str
    at: str
