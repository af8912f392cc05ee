"""A plan becomes a change that others can look at."""

from __future__ import annotations

from netctl.change import steps
from netctl.change.windows import window
from netctl.model.change import Change
from netctl.model.plan import Plan
from netctl.store import Store


def propose(
    store: Store, plan: Plan, *, title: str, reason: str, author: str, opens: str = "", closes: str = ""
) -> Change:
    """A new change about `plan`, waiting for approvals.

    Raises `NotAllowed`, `WordsRefused`, `MomentUnreadable`, `NothingToPropose`, or `PlanUnsafe` where a router could
    not be read.
    """
    return steps.propose(store, plan, title=title, reason=reason, author=author, window=window(opens, closes))


def revise(store: Store, change: str, plan: Plan, *, author: str) -> Change:
    """The change with another plan; approvals of the old one are void. Only its author may."""
    return steps.revise(store, change, plan, author=author)
