"""One group of a change, line by line or record by record, with what wrote each and what is said about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from netctl.change.scope import permit_change
from netctl.control.changes.origins import Fact, Origins
from netctl.control.changes.review import GroupHead, ReviewPage
from netctl.control.changes.sheets import SHEETS, Group
from netctl.control.changes.threads import Thread, threads_of
from netctl.control.network.declared import Declared
from netctl.errors import NetworkError, UnknownGroup
from netctl.model.change import Change
from netctl.plan.facing import Facing, facing
from netctl.plan.records import RecordRow, pages_of, record_rows
from netctl.store import Store

__all__ = ["AT_ONCE", "GroupPage", "group", "group_of"]

LONGEST = 2000  # lines that are led back to the inventory; nobody reads further in one go
AT_ONCE = 500  # lines of records on one page, about


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The lines of one group. `facts` and `threads` are by a line's number, threads on the whole group by 0.

    `facts` are those of `router`, one of the group; `None` where the declared network is not the plan's any more, so
    that nobody can say what a line came from.
    """

    change: Change
    head: GroupHead
    rows: tuple[Facing, ...]
    router: str
    facts: Mapping[int, tuple[Fact, ...]] | None
    threads: Mapping[int, tuple[Thread, ...]]
    records: RecordPage | None = None  # of a zone, which has records instead of rows


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some of a zone's records that change: `first` to `last` of `all`, counted from 1.

    `before`, `after` and `end` are lines on the pages before and after this one and on the last one, 0 for none;
    `elsewhere` are lines on other pages about which something is said.
    """

    rows: tuple[RecordRow, ...]
    first: int
    last: int
    all: int
    before: int
    after: int
    end: int
    elsewhere: tuple[int, ...]


def group(
    store: Store,
    declared: Declared,
    change: str,
    number: int,
    *,
    user: str,
    router: str = "",
    line: int = 0,
) -> GroupPage:
    """A group of the plan a change has now; raises `UnknownGroup`, `UnknownChange`, `NotAllowed` or `PlanTampered`.

    Values differ between routers only where the difference does not say them; `router` chooses whose are led back. Of
    very many records those are told that `line` is among.
    """
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        sheet = SHEETS.of(books, found.plan_digest)
        threads, _ = threads_of(books.review.comments(found.id), found.plan_digest)
        ticks = books.review.ticks(found.id, found.plan_digest)
    shown = sheet.group(number)
    if shown is None:
        raise UnknownGroup(f"the plan has no group {number}", where=found.id)
    seen_by = tuple(each.user for each in ticks if each.group == number)
    mine = tuple(thread for thread in threads if thread.anchor.group == number)
    head = GroupHead(shown, user in seen_by, seen_by, sum(not thread.resolved for thread in mine))
    router = _one_of(shown, router)
    if shown.kind == "zone":
        return _zone_page(found, head, mine, line)
    return _page(found, head, mine, router, _facts(declared, shown, router, sheet.network_digest))


def group_of(page: ReviewPage, declared: Declared, number: int, *, router: str = "") -> GroupPage:
    """A group of a review that was read already, as it was then; raises `UnknownGroup`."""
    head = next((each for each in page.groups if each.group.number == number), None)
    if head is None:
        raise UnknownGroup(f"the plan has no group {number}", where=page.change.id)
    threads, _ = threads_of(page.comments, page.change.plan_digest)
    mine = tuple(thread for thread in threads if thread.anchor.group == number)
    if head.group.kind == "zone":
        return _zone_page(page.change, head, mine, 0)
    router = _one_of(head.group, router)
    return _page(page.change, head, mine, router, _facts(declared, head.group, router, page.sheet.network_digest))


def _one_of(shown: Group, router: str) -> str:
    return router if router in shown.targets else shown.targets[0]


def _page(
    change: Change,
    head: GroupHead,
    threads: tuple[Thread, ...],
    router: str,
    facts: Mapping[int, tuple[Fact, ...]] | None,
) -> GroupPage:
    return GroupPage(
        change=change,
        head=head,
        rows=tuple(facing(head.group.diff)),
        router=router,
        facts=facts,
        threads=_by_line(threads),
    )


def _zone_page(change: Change, head: GroupHead, threads: tuple[Thread, ...], line: int) -> GroupPage:
    diff = head.group.diff
    starts = pages_of(diff, AT_ONCE)
    at = bisect_right(starts, max(0, line - 1)) - 1
    start, stop = starts[at], starts[at + 1] if at + 1 < len(starts) else len(diff)
    said = _by_line(threads)
    for section in [number for number in said if number and diff[number - 1].op == "context"]:
        # What is said of an owner stands at its first record.
        said[section + 1] = said.pop(section) + said.get(section + 1, ())
    before = sum(each.op != "context" for each in diff[:start])
    shown = sum(each.op != "context" for each in diff[start:stop])
    records = RecordPage(
        rows=tuple(record_rows(diff, start, stop)),
        first=before + 1,
        last=before + shown,
        all=head.group.added + head.group.removed,
        before=start,
        after=stop + 1 if stop < len(diff) else 0,
        end=len(diff) if stop < len(diff) else 0,
        elsewhere=tuple(sorted(number for number in said if number and not start < number <= stop)),
    )
    return GroupPage(change, head, (), "", None, said, records)


def _by_line(threads: tuple[Thread, ...]) -> dict[int, tuple[Thread, ...]]:
    return {
        line: tuple(thread for thread in threads if thread.anchor.line == line)
        for line in {thread.anchor.line for thread in threads}
    }


def _facts(declared: Declared, shown: Group, router: str, digest: str) -> Mapping[int, tuple[Fact, ...]] | None:
    try:
        atlas = declared.atlas()
    except NetworkError:
        return None
    if atlas.network.digest != digest or router not in atlas.network.devices:
        return None
    origins = Origins(declared.root, atlas, router)
    return {
        number: origins.of(line.text) for number, line in enumerate(shown.diff[:LONGEST], start=1) if line.op == "add"
    }
