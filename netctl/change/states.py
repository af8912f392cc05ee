"""The life of a change, as functions from one change to the next. No clock, no database, no exception to the table.

::

    proposed ──approve──▶ approved ──begin_push──▶ pushing ──finish──▶ done ──────┐
       ▲  ▲                 │  │                    ▲  │                          │
       │  └────revise, ask──┘  │             resume │  ├──stop──────▶ stopped ────┤ take_back
       └──revise, ask          │                    │  └──lose_sight▶ unknown ────┤
                               │                    └──── stopped, unknown        ▼
    proposed, approved ──reject──▶ rejected                              rolled_back

Whoever asks for changes sends the change back to its author without ending it. The approvals of others stay: they are
about the same digest. They count again once the asker approves; a revision, which has another digest, voids them all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from netctl.change.approvals import enough, refuse_vote, same_person
from netctl.change.windows import refuse_outside
from netctl.errors import NotAllowed, WrongState
from netctl.model.change import Approval, Change, ChangeState, Verdict

Event = Literal[
    "approve",
    "reject",
    "ask",
    "revise",
    "begin_push",
    "resume",
    "request_stop",
    "finish",
    "stop",
    "lose_sight",
    "take_back",
]

_FROM: dict[Event, tuple[ChangeState, ...]] = {
    "approve": ("proposed", "approved"),
    "reject": ("proposed", "approved"),
    "ask": ("proposed", "approved"),
    "revise": ("proposed", "approved"),
    "begin_push": ("approved",),
    "resume": ("pushing", "stopped", "unknown"),
    "request_stop": ("pushing",),
    "finish": ("pushing",),
    "stop": ("pushing",),
    "lose_sight": ("pushing",),
    "take_back": ("done", "stopped", "unknown"),
}

_HINTS: dict[ChangeState, str] = {
    "proposed": "it waits for approvals: `netctl approve`",
    "approved": "it waits to be pushed: `netctl push`",
    "rejected": "that is final; propose a new change",
    "pushing": "a rollout is under way; if its process died, `netctl resume`",
    "done": "that is final; `netctl rollback` takes it back",
    "stopped": "`netctl show` says where it stopped; then `netctl resume` or `netctl rollback`",
    "unknown": "look at what `netctl show` names; then `netctl resume` or `netctl rollback`",
    "rolled_back": "that is final; propose a new change",
}


def refuse_state(change: Change, event: Event) -> None:
    """Nothing, or `WrongState` saying what the change is waiting for."""
    if change.state not in _FROM[event]:
        verb = event.replace("_", " ")
        raise WrongState(f"cannot {verb}: the change is {change.state}", where=change.id, hint=_HINTS[change.state])


def approve(change: Change, vote: Approval) -> Change:
    """The change with one more voice for it; approved when they are enough."""
    voted = _voted(change, vote, "approve")
    return replace(voted, state="approved" if enough(voted) else "proposed")


def reject(change: Change, vote: Approval) -> Change:
    """The change, refused for good. One voice is enough for that."""
    return replace(_voted(change, vote, "reject"), state="rejected")


def ask(change: Change, vote: Approval) -> Change:
    """The change back with its author, however many approve it; it can still be revised, approved or rejected."""
    return replace(_voted(change, vote, "ask"), state="proposed")


def revise(change: Change, user: str, digest: str, needed: int) -> Change:
    """The change with another plan; what was said about the old one no longer counts."""
    refuse_state(change, "revise")
    if not same_person(user, change.author):
        # Otherwise the second pair of eyes would look at its own work.
        raise NotAllowed(f"only {change.author} can revise it", where=change.id, hint="propose a change of your own")
    revised = replace(change, plan_digest=digest, approvals_needed=needed)
    return replace(revised, state="approved" if enough(revised) else "proposed")


def begin_push(change: Change, at: datetime) -> Change:
    """The change under way; raises `OutsideWindow`, or `WrongState` unless it has the approvals it needs."""
    refuse_state(change, "begin_push")
    if not enough(change):
        hint = _HINTS["proposed"]
        raise WrongState("cannot push: its approvals do not stand", where=change.id, hint=hint)
    refuse_outside(change.window, at)
    return replace(change, state="pushing")


def resume(change: Change) -> Change:
    """The change under way again; raises `WrongState` unless the plan is still the approved one."""
    refuse_state(change, "resume")
    if not enough(change):
        raise WrongState("cannot resume: its approvals do not stand", where=change.id, hint="propose a new change")
    return replace(change, state="pushing")


def finish(change: Change) -> Change:
    """Every member converged and verified."""
    return _moved(change, "finish", "done")


def stop(change: Change) -> Change:
    """A step failed, or a person said stop; the failed member is as it was before."""
    return _moved(change, "stop", "stopped")


def lose_sight(change: Change) -> Change:
    """A member's outcome could not be read."""
    return _moved(change, "lose_sight", "unknown")


def take_back(change: Change) -> Change:
    """What the change did was undone."""
    return _moved(change, "take_back", "rolled_back")


def _moved(change: Change, event: Event, state: ChangeState) -> Change:
    refuse_state(change, event)
    return replace(change, state=state)


def _voted(change: Change, vote: Approval, verdict: Verdict) -> Change:
    refuse_state(change, verdict)
    refuse_vote(change, vote.user, vote.digest)
    return replace(change, approvals=(*change.approvals, replace(vote, verdict=verdict)))
