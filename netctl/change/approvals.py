"""Whose word counts (safety laws 4 and 5): not the author's, not on another digest, and one a person: the last."""

from __future__ import annotations

from netctl.errors import NothingToPropose, PlanUnsafe, SelfApproval, StaleApproval
from netctl.model.change import Approval, Change
from netctl.model.plan import Plan


def approvals_needed(plan: Plan) -> int:
    """Two where a finding is high, else one."""
    return 2 if any(finding.severity == "high" for finding in plan.findings) else 1


def standing_votes(change: Change) -> tuple[Approval, ...]:
    """The last vote of each person on the digest the change has now, the author's left out."""
    last = {_person(vote.user): vote for vote in change.approvals}
    return tuple(
        vote
        for vote in last.values()
        if vote.digest == change.plan_digest and not same_person(vote.user, change.author)
    )


def approvers(change: Change) -> tuple[str, ...]:
    """Who stands by the change as it is."""
    return tuple(vote.user for vote in standing_votes(change) if vote.verdict == "approve")


def askers(change: Change) -> tuple[str, ...]:
    """Who wants the change to be another one before it goes on."""
    return tuple(vote.user for vote in standing_votes(change) if vote.verdict == "ask")


def enough(change: Change) -> bool:
    """True where the change has the approvals that its risk asks for, and nobody asks for another one."""
    return not askers(change) and len(approvers(change)) >= max(1, change.approvals_needed)


def same_person(one: str, other: str) -> bool:
    """True for two spellings of one user's name."""
    return _person(one) == _person(other)


def _person(name: str) -> str:
    return name.strip().casefold()


def refuse_unproposable(plan: Plan) -> None:
    """Nothing, or why nobody may be asked to approve this plan.

    Raises `NothingToPropose`; `PlanUnsafe` where something was not read, or the order is not clear; `PlanBeyondLimits`
    and `ZoneImpossible`; `ZonePartDamaged` where people would read other records than are written.
    """
    if plan.unreachable:
        names = ", ".join(target for target, _ in plan.unreachable[:5])
        more = f" and {len(plan.unreachable) - 5} more" if len(plan.unreachable) > 5 else ""
        hint = "reach them first, or plan for the others only"
        raise PlanUnsafe(f"the plan could not read {names}{more}", hint=hint)
    if plan.empty:
        raise NothingToPropose("the network already is what is declared", hint="there is nothing to push")
    from netctl.change.soundness import refuse_unsound  # noqa: PLC0415  who votes does not pay for what zones take

    refuse_unsound(plan)


def refuse_vote(change: Change, user: str, digest: str) -> None:
    """Nothing, or `SelfApproval`, or `StaleApproval` where the vote is about another digest."""
    if same_person(user, change.author):
        hint = "someone else with the role approver has to look at it"
        raise SelfApproval(f"{user} proposed {change.id} and cannot approve it", where=change.id, hint=hint)
    if digest != change.plan_digest:
        told = f"the vote is on {digest[:12] or 'no digest'}, the change is {change.plan_digest[:12]} now"
        raise StaleApproval(told, where=change.id)
