"""Operations that read changes."""

from __future__ import annotations

from netctl.control.changes.listing import ChangeLine, change_list
from netctl.control.changes.look import receipts
from netctl.control.changes.review import GroupHead, ReviewPage, review
from netctl.model.places import zone_target
from netctl.web.api.change_nouns import (
    ChangeDetail,
    Changes,
    ChangeSummary,
    GroupGiven,
    Receipts,
    VoteGiven,
)
from netctl.web.api.nouns import ChangesAsked, CountedAsked
from netctl.web.api.operation import Operation
from netctl.web.api.paging import number_of, page_of
from netctl.web.context import here, user


def list_changes(asked: ChangesAsked) -> Changes:
    """One page of changes, newest first."""
    last = number_of(asked.after)
    wanted = (
        line
        for line in change_list(here().store, user=user())
        if (not last or number_of(line.change.id) < last) and asked.state in ("", line.change.state)
    )
    items, following = page_of(wanted, asked.limit, lambda line: line.change.id)
    return Changes(items=tuple(map(_summary, items)), next=following)


def get_change(change: str) -> ChangeDetail:
    """One change with every difference of its plan."""
    at = here()
    return detail(review(at.store, at.settings, change, user=user()))


def detail(page: ReviewPage) -> ChangeDetail:
    """A change as the API tells it."""
    change = page.change
    threads = (*page.threads, *page.outdated)
    return ChangeDetail(
        id=change.id,
        title=change.title,
        reason=change.reason,
        author=change.author,
        state=change.state,
        digest=change.plan_digest,
        created_at=change.created_at,
        window=change.window,
        approvals_needed=change.approvals_needed,
        approvers=page.approvers,
        votes=tuple(
            VoteGiven(
                user=vote.said.user,
                verdict=vote.said.verdict,
                digest=vote.said.digest,
                reason=vote.said.reason,
                at=vote.said.at,
                stands=vote.stands,
            )
            for vote in page.votes
        ),
        **page.sheet.radius.count._asdict(),
        allowances=page.sheet.allowances,
        findings=page.sheet.findings,
        waves=page.sheet.waves,
        groups=tuple(_group(head) for head in page.groups),
        comments=tuple(each for thread in threads for each in (thread.first, *thread.answers)),
    )


def _group(head: GroupHead) -> GroupGiven:
    group = head.group
    zones = [zone for zone in map(zone_target, group.targets) if zone is not None and group.kind == "zone"]
    return GroupGiven(
        number=group.number,
        kind=group.kind,
        targets=group.targets,
        zone=zones[0].zone if zones else "",
        views=tuple(zone.view for zone in zones),
        platform=group.platform,
        diff=group.diff,
        commands=group.commands,
        rollback=group.rollback,
        seen_by=head.seen_by,
    )


def list_receipts(change: str, asked: CountedAsked) -> Receipts:
    """How a push went."""
    last = number_of(asked.after)
    members, lines = receipts(here().store, change, user=user())
    items = lines[last : last + asked.limit]
    end = last + len(items)
    return Receipts(members=members, items=items, next=str(end) if end < len(lines) else "")


def _summary(line: ChangeLine) -> ChangeSummary:
    change = line.change
    return ChangeSummary(
        id=change.id,
        title=change.title,
        author=change.author,
        state=change.state,
        digest=change.plan_digest,
        created_at=change.created_at,
        approvals=line.approvals,
        approvals_needed=change.approvals_needed,
        **line.count._asdict(),
        targets_done=line.done,
        worst=line.worst,
        open_threads=line.open_threads,
        turn=line.turn,
    )


GET_CHANGE = Operation(
    "GET",
    "/changes/<change>",
    "get_change",
    "show",
    get_change,
    "One change with its differences, votes and comments",
    ChangeDetail,
    concerns="digest",
)

OPERATIONS = (
    Operation(
        "GET",
        "/changes",
        "list_changes",
        "show",
        list_changes,
        "Changes, newest first",
        Changes,
        ChangesAsked,
        kept="for its reader",
    ),
    GET_CHANGE,
    Operation(
        "GET",
        "/changes/<change>/receipts",
        "list_receipts",
        "show",
        list_receipts,
        "How a push went, step by step",
        Receipts,
        CountedAsked,
    ),
)
