"""The steps of a change, each one transaction: who may, what follows, and the audit entry, or none of it.

The rules are asked inside the transaction, on what the database holds at that moment: two people at two keyboards
cannot both be the last to decide.
"""

from __future__ import annotations

from collections.abc import Callable

from netctl.change import states
from netctl.change.approvals import approvals_needed, refuse_unproposable
from netctl.change.roles import Step, permit
from netctl.change.scope import permit_change
from netctl.change.windows import window as checked_window
from netctl.change.words import refuse_reason, refuse_title
from netctl.errors import StaleApproval
from netctl.model.change import Approval, Change, Window
from netctl.model.moments import stamp
from netctl.model.plan import Plan
from netctl.store import Books, Store
from netctl.store.plans import PlanCopy, owners_in_words
from netctl.store.wording import tame


def propose(store: Store, plan: Plan, *, title: str, reason: str, author: str, window: Window) -> Change:
    """A new change about `plan`.

    Raises `NotAllowed`, `PlanUnsafe`, `NothingToPropose`, `MomentUnreadable` or `WordsRefused`.
    """
    refuse_title(title)
    refuse_reason(reason)
    checked_window(window.opens, window.closes)
    refuse_unproposable(plan)
    copy, needed = PlanCopy.of(plan), approvals_needed(plan)
    with store.writing() as books:
        permit(books.users.get(author), "propose", copy.organisations)
        return books.changes.add(
            copy, title=title, reason=reason, author=author, window=window, approvals_needed=needed
        )


def revise(store: Store, change: str, plan: Plan, *, author: str) -> Change:
    """The change with another plan; approvals of the old one are void."""
    refuse_unproposable(plan)
    copy, needed = PlanCopy.of(plan), approvals_needed(plan)
    with store.writing() as books:
        before = books.changes.get(change)
        permit_change(books, author, "propose", before)
        permit(books.users.get(author), "propose", copy.organisations, where=before.id)
        after = states.revise(before, author, books.plans.keep(copy), needed)
        return books.changes.record(
            after, author, "change.revise", {"organisations": owners_in_words(copy.organisations)}
        )


def approve(store: Store, change: str, *, user: str, digest: str, reason: str = "") -> Change:
    """The change with this approval; raises `SelfApproval`, `StaleApproval`, `NotAllowed` or `WrongState`."""
    refuse_reason(reason)
    with store.writing() as books:
        before = books.changes.get(change)
        permit_change(books, user, "approve", before)
        books.plans.check(before.plan_digest)  # nobody approves a plan that is gone or was altered
        vote = Approval(user, "approve", digest, reason, stamp(books.now()))
        after = states.approve(before, vote)
        return books.changes.record(after, user, "change.approve", {"reason": reason})


def reject(store: Store, change: str, *, user: str, digest: str, reason: str = "") -> Change:
    """The change, refused for good; raises as `approve` does."""
    refuse_reason(reason)
    with store.writing() as books:
        before = books.changes.get(change)
        permit_change(books, user, "reject", before)
        after = states.reject(before, Approval(user, "reject", digest, reason, stamp(books.now())))
        return books.changes.record(after, user, "change.reject", {"reason": reason})


def ask(store: Store, change: str, *, user: str, digest: str, reason: str) -> Change:
    """The change back with its author until it is revised, or the asker approves it; raises as `approve` does."""
    refuse_reason(reason)
    with store.writing() as books:
        before = books.changes.get(change)
        permit_change(books, user, "ask", before)
        after = states.ask(before, Approval(user, "ask", digest, reason, stamp(books.now())))
        return books.changes.record(after, user, "change.ask", {"reason": reason})


def begin_push(store: Store, change: str, *, user: str) -> tuple[Change, Plan]:
    """The change under way with the plan that was approved, its members enrolled in the plan's order.

    Raises `NotAllowed`, `WrongState`, `OutsideWindow`, or `PlanTampered` where the store's copy is not that plan.
    """
    digest, plan = _plan_of(store, change)
    with store.writing() as books:
        before = books.changes.get(change)
        permit_change(books, user, "push", before)
        after = states.begin_push(before, books.now())
        return _under_way(books, _unrevised(after, digest), plan, user, "change.push")


def resume(store: Store, change: str, *, user: str) -> tuple[Change, Plan]:
    """The change under way again after it stopped, lost sight of a member, or its process died."""
    digest, plan = _plan_of(store, change)
    with store.writing() as books:
        before = books.changes.get(change)
        permit_change(books, user, "resume", before)
        after = states.resume(before)
        return _under_way(books, _unrevised(after, digest), plan, user, "change.resume")


def request_stop(store: Store, change: str, *, user: str, reason: str = "") -> None:
    """Ask the rollout to stop before its next member."""
    refuse_reason(reason)
    with store.writing() as books:
        found = books.changes.get(change)
        permit_change(books, user, "stop", found)
        states.refuse_state(found, "request_stop")
        books.changes.request_stop(found.id, user, reason)


def finish(store: Store, change: str, *, actor: str, detail: str = "") -> Change:
    """Every member converged and verified."""
    return _end(store, change, rule=states.finish, actor=actor, action="change.done", detail=detail)


def stop(store: Store, change: str, *, actor: str, detail: str = "") -> Change:
    """A step failed, or a person said stop."""
    return _end(store, change, rule=states.stop, actor=actor, action="change.stopped", detail=detail)


def lose_sight(store: Store, change: str, *, actor: str, detail: str = "") -> Change:
    """A member's outcome could not be read; a person is needed."""
    return _end(store, change, rule=states.lose_sight, actor=actor, action="change.unknown", detail=detail)


def take_back(store: Store, change: str, *, user: str, detail: str = "") -> Change:
    """What the change did was undone by the rollback that `detail` names."""
    require_role(store, user, "rollback", change)
    return _end(store, change, rule=states.take_back, actor=user, action="change.rolled_back", detail=detail)


def require_role(store: Store, user: str, step: Step, change: str) -> None:
    """Nothing, or `UnknownUser`, `UnknownChange` or `NotAllowed`."""
    with store.reading() as books:
        permit_change(books, user, step, books.changes.get(change))


def _plan_of(store: Store, change: str) -> tuple[str, Plan]:
    """Read before the transaction that writes: a large plan takes seconds, and writers wait for each other."""
    with store.reading() as books:
        digest = books.changes.get(change).plan_digest
        return digest, books.plans.get(digest)


def _unrevised(change: Change, digest: str) -> Change:
    if change.plan_digest != digest:
        raise StaleApproval("the change was revised while its plan was read", where=change.id)
    return change


def _under_way(books: Books, after: Change, plan: Plan, user: str, action: str) -> tuple[Change, Plan]:
    change = books.changes.record(after, user, action)
    members = [(target, group) for wave in plan.waves for group, targets in wave.groups for target in targets]
    books.rollout.enrol(change.id, members)
    return change, plan


def _end(
    store: Store, change: str, *, rule: Callable[[Change], Change], actor: str, action: str, detail: str
) -> Change:
    with store.writing() as books:
        return books.changes.record(rule(books.changes.get(change)), actor, action, {"detail": tame(detail)})
