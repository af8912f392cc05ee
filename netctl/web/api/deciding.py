"""Operations that do something about a change."""

from __future__ import annotations

from netctl.control.changes.decide import decide
from netctl.control.changes.look import stop
from netctl.control.changes.review import ReviewPage, comment, review
from netctl.control.rollout.push_start import start
from netctl.model.change import Verdict
from netctl.web.api.answering import entity_tag, require_match
from netctl.web.api.change_nouns import (
    CommentGiven,
    Decided,
    StartGiven,
    StopGiven,
)
from netctl.web.api.changes import GET_CHANGE, detail
from netctl.web.api.nouns import CommentAsked, ReasonAsked, StopAsked
from netctl.web.api.operation import Operation
from netctl.web.context import here, user


def approve(change: str, body: ReasonAsked) -> Decided:
    """Yes to the plan that If-Match names."""
    return _decided(change, "approve", body.reason)


def reject(change: str, body: ReasonAsked) -> Decided:
    """No, for good."""
    return _decided(change, "reject", body.reason)


def ask(change: str, body: ReasonAsked) -> Decided:
    """Not like this."""
    return _decided(change, "ask", body.reason)


def add_comment(change: str, body: CommentAsked) -> CommentGiven:
    """A remark on the plan that If-Match names."""
    page = _matching(change)
    found = comment(
        here().store,
        page.change.id,
        user=user(),
        text=body.text,
        digest=page.change.plan_digest,
        group=body.group,
        line=body.line,
    )
    return CommentGiven(comment=found)


def stop_push(change: str, body: StopAsked) -> StopGiven:
    """Stop before the next target."""
    stop(here().store, change, user=user(), reason=body.reason)
    return StopGiven(id=change, stop_requested=True)


def push(change: str) -> StartGiven:
    """Carry the plan out that If-Match names."""
    at, page = here(), _matching(change)
    order = start(
        at.root,
        at.settings,
        at.store,
        at.declared,
        change=page.change.id,
        going="push",
        user=user(),
        digest=page.change.plan_digest,
    )
    return StartGiven(change=order.change, going=order.going, user=order.user, at=order.at)


def _decided(change: str, verdict: Verdict, reason: str) -> Decided:
    page = _matching(change)
    # The rule asks once more in its transaction: whoever revised the plan meanwhile makes this vote void.
    decide(here().store, page.change.id, verdict, user=user(), digest=page.change.plan_digest, reason=reason)
    after = _page(change)
    return Decided(
        id=after.change.id,
        state=after.change.state,
        digest=after.change.plan_digest,
        approvers=after.approvers,
        approvals_needed=after.change.approvals_needed,
    )


def _matching(change: str) -> ReviewPage:
    page = _page(change)
    require_match(page.change.plan_digest, entity_tag(GET_CHANGE, detail(page)))
    return page


def _page(change: str) -> ReviewPage:
    at = here()
    return review(at.store, at.settings, change, user=user())


OPERATIONS = (
    Operation(
        "POST",
        "/changes/<change>/approve",
        "approve_change",
        "approve",
        approve,
        "Say yes to a change",
        Decided,
        body=ReasonAsked,
        conditional=True,
        recent=True,
    ),
    Operation(
        "POST",
        "/changes/<change>/reject",
        "reject_change",
        "reject",
        reject,
        "Say no to a change, for good",
        Decided,
        body=ReasonAsked,
        conditional=True,
        recent=True,
    ),
    Operation(
        "POST",
        "/changes/<change>/ask",
        "ask_for_changes",
        "ask",
        ask,
        "Ask the author for another plan",
        Decided,
        body=ReasonAsked,
        conditional=True,
        recent=True,
    ),
    Operation(
        "POST",
        "/changes/<change>/comments",
        "add_comment",
        "comment",
        add_comment,
        "Remark on a change, a group or a line",
        CommentGiven,
        body=CommentAsked,
        status=201,
        conditional=True,
    ),
    Operation(
        "POST",
        "/changes/<change>/push",
        "push_change",
        "push",
        push,
        "Carry an approved change out, in a process of its own",
        StartGiven,
        status=202,
        conditional=True,
        recent=True,
    ),
    Operation(
        "POST",
        "/changes/<change>/stop",
        "stop_push",
        "stop",
        stop_push,
        "Stop a push before its next target",
        StopGiven,
        body=StopAsked,
    ),
)
