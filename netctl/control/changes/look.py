"""Looking at changes: one with everything known about it, or all of them with where they stand."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from netctl.change import steps
from netctl.change.approvals import approvers
from netctl.change.scope import permit_change, within_reach
from netctl.control.changes.approve import SHORTEST_DIGEST
from netctl.errors import AnotherDigest
from netctl.model.change import Change, ChangeState, MemberVerdict, ReceiptLine
from netctl.model.plan import Plan
from netctl.store import Store


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: its plan, who stands by it, and how far its push came."""

    change: Change
    plan: Plan
    approvers: tuple[str, ...]
    members: tuple[MemberVerdict, ...]
    receipts: tuple[ReceiptLine, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as ``--json`` shows it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """One line about one change."""

    id: str
    title: str
    author: str
    state: ChangeState
    created_at: str
    plan_digest: str
    approvers: tuple[str, ...]
    approvals_needed: int
    members_done: int
    members: int


def show(store: Store, change: str, *, user: str) -> ChangeView:
    """One change; raises `UnknownChange`, or `PlanTampered` where its plan is not what was proposed."""
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        return ChangeView(
            change=found,
            plan=books.plans.get(found.plan_digest),
            approvers=approvers(found),
            members=books.rollout.members(found.id),
            receipts=books.rollout.lines(found.id),
        )


def meant(store: Store, change: str, digest: str, *, user: str) -> ChangeView:
    """The change, of which `digest` ("" for a look) must be the beginning; raises `AnotherDigest` where it is not."""
    view = show(store, change, user=user)
    if digest and (len(digest) < SHORTEST_DIGEST or not view.change.plan_digest.startswith(digest.lower())):
        raise AnotherDigest(f"its plan has digest {view.change.plan_digest[:16]}…, not {digest}", where=view.change.id)
    return view


def listing(store: Store, *, user: str, states: tuple[ChangeState, ...] = ()) -> tuple[ChangeSummary, ...]:
    """All changes within the user's reach, newest first; `states` keeps those in one of them."""
    with store.reading() as books:
        seen = within_reach(books, user, "show")
        tally = books.rollout.tally()
        return tuple(
            _summary(change, *tally.get(change.id, (0, 0))) for change in books.changes.all(states) if seen(change)
        )


def receipts(store: Store, change: str, *, user: str) -> tuple[tuple[MemberVerdict, ...], tuple[ReceiptLine, ...]]:
    """Where each router of a change stands, and every step in the order it was written; its plan is not read."""
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        return books.rollout.members(found.id), books.rollout.lines(found.id)


def stop(store: Store, change: str, *, user: str, reason: str = "") -> None:
    """Ask a rollout that is under way to stop before its next member."""
    steps.request_stop(store, change, user=user, reason=reason)


def _summary(change: Change, done: int, members: int) -> ChangeSummary:
    return ChangeSummary(
        id=change.id,
        title=change.title,
        author=change.author,
        state=change.state,
        created_at=change.created_at,
        plan_digest=change.plan_digest,
        approvers=approvers(change),
        approvals_needed=change.approvals_needed,
        members_done=done,
        members=members,
    )
