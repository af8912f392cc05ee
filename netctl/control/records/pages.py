"""The audit log as people look through it: filtered, in pages, newest first; and whole, for those who take it away."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from netctl.change.roles import Step, reach
from netctl.change.scope import within_reach
from netctl.model.audit import AuditEntry, AuditFilter
from netctl.store import Books, Store

__all__ = ["AuditEntry", "AuditFilter", "AuditPage", "actions", "every", "page"]

_STEP: Step = "read the audit log"
_AT_ONCE = 1000  # entries of one transaction, where all are read


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some entries; the page after it begins behind number `behind`, which is 0 where there is none."""

    entries: tuple[AuditEntry, ...]
    behind: int


def page(
    store: Store, *, user: str, wanted: AuditFilter, behind: int = 0, limit: int = 100, newest_first: bool = False
) -> AuditPage:
    """One page of the entries that `user` may read; raises `NotAllowed`.

    Who may read the log for some organisations only reads what is about changes of theirs.
    """
    with store.reading() as books:
        found = books.audit_pages.page(
            wanted, behind=behind, limit=limit + 1, newest_first=newest_first, subjects=_subjects(books, user)
        )
    more = len(found) > limit
    return AuditPage(found[:limit], found[limit - 1].number if more else 0)


def every(store: Store, *, user: str, wanted: AuditFilter) -> Iterator[AuditEntry]:
    """All of them, oldest first; raises `NotAllowed` at once.

    Each thousand is read in a transaction of its own: whoever reads slowly holds nothing up. Entries are only ever
    added at the end, so nothing is missed and nothing comes twice.
    """
    first = page(store, user=user, wanted=wanted, limit=_AT_ONCE)
    return _every(store, user, wanted, first)


def _every(store: Store, user: str, wanted: AuditFilter, found: AuditPage) -> Iterator[AuditEntry]:
    yield from found.entries
    while found.behind:
        found = page(store, user=user, wanted=wanted, behind=found.behind, limit=_AT_ONCE)
        yield from found.entries


def actions(store: Store, *, user: str) -> tuple[str, ...]:
    """Every action there is an entry about, for whoever may read the log."""
    with store.reading() as books:
        reach(books.users.get(user), _STEP)
        return books.audit_pages.actions()


def _subjects(books: Books, user: str) -> Collection[str] | None:
    if reach(books.users.get(user), _STEP) is None:
        return None
    seen = within_reach(books, user, _STEP)
    return [change.id for change in books.changes.all() if seen(change)]
