"""A change as its reviewers see it: what it reaches, its differences by group, who looked, who said what."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from netctl.change import remarks
from netctl.change.approvals import approvers, askers, standing_votes
from netctl.change.roles import Step, steps_of
from netctl.change.scope import permit_change
from netctl.change.windows import has_closed, is_open
from netctl.control.changes.sheets import SHEETS, Group, Sheet
from netctl.control.changes.threads import Thread, threads_of
from netctl.control.changes.waiting import Turn, turns
from netctl.control.rollout.pace import Expected, expected
from netctl.errors import UnknownGroup
from netctl.model.change import Approval, Change, ChangeState
from netctl.model.review import WHOLE, Anchor, Comment
from netctl.settings import Settings
from netctl.store import Books, Store

__all__ = ["GroupHead", "ReviewPage", "Stage", "Vote", "comment", "reply", "review", "settle", "stages", "tick"]

StageState = Literal["past", "now", "ahead", "bad"]


class Stage(NamedTuple):
    """One stop on a change's way: `name` is a state of changes."""

    name: ChangeState
    state: StageState


class Vote(NamedTuple):
    """A vote and whether it still counts: not where its author said something else later, or the plan is another."""

    said: Approval
    stands: bool
    outdated: bool


@dataclass(frozen=True, slots=True)
class GroupHead:
    """A group without its lines, and what people left on it."""

    group: Group
    seen: bool  # by who asks
    seen_by: tuple[str, ...]
    open_threads: int


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything about one change but the lines of its groups. `may` are the steps its reader may take for it."""

    change: Change
    sheet: Sheet
    stages: tuple[Stage, ...]
    turn: Turn
    votes: tuple[Vote, ...]
    approvers: tuple[str, ...]
    askers: tuple[str, ...]
    groups: tuple[GroupHead, ...]
    threads: tuple[Thread, ...]  # about the whole change
    outdated: tuple[Thread, ...]  # about its earlier plans
    expected: Expected
    window: Literal["open", "not yet", "closed"]
    may: frozenset[Step]
    members_done: int
    members: int
    comments: tuple[Comment, ...]  # all of them, also those on lines

    @property
    def told(self) -> Hashable:
        """Everything that its page and those of its groups are made of beside the sheet, which its digest names."""
        ticks = tuple((head.seen, head.seen_by) for head in self.groups)
        progress = (self.members_done, self.members, self.expected, self.window)
        return self.change, self.turn, self.may, ticks, self.comments, progress


def review(store: Store, settings: Settings, change: str, *, user: str) -> ReviewPage:
    """The page of one change; raises `UnknownChange`, `NotAllowed` or `PlanTampered`."""
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        sheet = SHEETS.of(books, found.plan_digest)
        comments = books.review.comments(found.id)
        now, outdated = threads_of(comments, found.plan_digest)
        members = books.rollout.members(found.id)
        return ReviewPage(
            change=found,
            sheet=sheet,
            stages=stages(found.state),
            turn=turns(books, user)(found),
            votes=_votes(found),
            approvers=approvers(found),
            askers=askers(found),
            groups=_heads(books, found, sheet, now, user),
            threads=tuple(thread for thread in now if thread.anchor.group == WHOLE),
            outdated=outdated,
            expected=expected(books, sheet, settings.fetch_workers),
            window=_window(books, found),
            may=steps_of(books.users.get(user)),
            members_done=sum(member.state == "done" for member in members),
            members=len(members),
            comments=comments,
        )


def stages(state: ChangeState) -> tuple[Stage, ...]:
    """The way of a change in this state: what it has behind it, where it is, and what lies ahead."""
    way: tuple[ChangeState, ...] = ("proposed", "approved", "pushing", "done")
    if state in way:
        at = way.index(state)
        return tuple(
            Stage(name, "past" if place < at else "now" if place == at else "ahead") for place, name in enumerate(way)
        )
    behind = way[:1] if state == "rejected" else way[:3]
    return (*(Stage(name, "past") for name in behind), Stage(state, "bad"))


def comment(
    store: Store, change: str, *, user: str, text: str, digest: str, group: int = WHOLE, line: int = WHOLE
) -> Comment:
    """A new thread about a change, one of its groups, or one line; raises `UnknownGroup` where there is none such.

    `digest` is of the plan that was shown; raises `StaleApproval` where the change has another one by now.
    """
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "comment", found)
        quoted = _quoted(books, found, group, line) if group else ""
    return remarks.comment(store, change, user=user, text=text, anchor=Anchor(digest, group, line), quoted=quoted)


def reply(store: Store, change: str, *, user: str, text: str, to: int) -> Comment:
    """One more comment in a thread; raises `UnknownComment`."""
    return remarks.answer(store, change, user=user, text=text, to=to)


def settle(store: Store, change: str, *, user: str, number: int, resolved: bool) -> Comment:
    """A thread resolved, or open again."""
    return remarks.settle(store, change, user=user, number=number, resolved=resolved)


def tick(store: Store, change: str, *, user: str, digest: str, group: int, seen: bool) -> None:
    """The user has looked at a group, or has not; another plan begins without ticks."""
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        if SHEETS.of(books, found.plan_digest).group(group) is None:
            raise UnknownGroup(f"the plan has no group {group}", where=found.id)
    remarks.tick(store, change, user=user, digest=digest, group=group, seen=seen)


def _quoted(books: Books, change: Change, group: int, line: int) -> str:
    found = SHEETS.of(books, change.plan_digest).group(group)
    if found is None or not WHOLE <= line <= len(found.diff):
        raise UnknownGroup(f"the plan has no line {line} in group {group}", where=change.id)
    return found.diff[line - 1].text if line else ""


def _votes(change: Change) -> tuple[Vote, ...]:
    standing = standing_votes(change)
    return tuple(Vote(vote, vote in standing, vote.digest != change.plan_digest) for vote in change.approvals)


def _heads(books: Books, change: Change, sheet: Sheet, threads: tuple[Thread, ...], user: str) -> tuple[GroupHead, ...]:
    seen: dict[int, list[str]] = {}
    for each in books.review.ticks(change.id, change.plan_digest):
        seen.setdefault(each.group, []).append(each.user)
    asking: dict[int, int] = {}
    for thread in threads:
        asking[thread.anchor.group] = asking.get(thread.anchor.group, 0) + (not thread.resolved)
    return tuple(
        GroupHead(
            group,
            user in seen.get(group.number, ()),
            tuple(seen.get(group.number, ())),
            asking.get(group.number, 0),
        )
        for group in sheet.groups
    )


def _window(books: Books, change: Change) -> Literal["open", "not yet", "closed"]:
    at = books.now()
    return "open" if is_open(change.window, at) else "closed" if has_closed(change.window, at) else "not yet"
