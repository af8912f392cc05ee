"""A decision on a change: yes, no, or not like this; each with a reason, about the very plan that was on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.change import states, steps
from netctl.change.approvals import refuse_vote
from netctl.change.scope import permit_change
from netctl.change.spoken import latin, spoken
from netctl.errors import ReasonMissing, Refused
from netctl.model.change import Change, Verdict
from netctl.store import Store

__all__ = ["Offer", "decide", "latin", "offer", "spoken"]

_STEPS = {"approve": steps.approve, "reject": steps.reject, "ask": steps.ask}


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody may decide about a change: all three, or nothing, and then `refusal` says why."""

    change: Change
    refusal: Refused | None


def offer(store: Store, change: str, *, user: str) -> Offer:
    """Whether the user may vote on a change now; raises `UnknownChange`, or `NotAllowed` to look at it."""
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        try:
            permit_change(books, user, "approve", found)
            states.refuse_state(found, "approve")
            refuse_vote(found, user, found.plan_digest)
        except Refused as refusal:
            return Offer(found, refusal)
    return Offer(found, None)


def decide(store: Store, change: str, verdict: Verdict, *, user: str, digest: str, reason: str) -> Change:
    """The change with this vote. `digest` is the whole one of the plan that was shown, never a beginning of it.

    Raises `ReasonMissing`, `StaleApproval`, `SelfApproval`, `NotAllowed`, `WrongState`, `PlanTampered` or
    `WordsRefused`.
    """
    reason = reason.replace("\r\n", "\n").strip()
    if not reason:
        raise ReasonMissing("a decision needs a reason", where=change)
    return _STEPS[verdict](store, change, user=user, digest=digest, reason=reason)
