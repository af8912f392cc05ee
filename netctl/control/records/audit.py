"""The audit log: read it, prove it, and write its head down somewhere else (safety law 9)."""

from __future__ import annotations

from pathlib import Path

from netctl.change.roles import require
from netctl.errors import AuditBroken
from netctl.model.audit import AuditEntry, AuditReport, Head
from netctl.model.moments import stamp
from netctl.store import Store
from netctl.store.anchors import add_anchor, read_anchors
from netctl.store.verify import verify as verify_books


def verify(store: Store, *, user: str, anchors: Path | None = None) -> AuditReport:
    """The log is whole, passes through every head in `anchors`, and tells what the tables hold.

    Raises `AuditBroken` naming the first thing that is not so.
    """
    recorded = read_anchors(anchors) if anchors else ()
    with store.reading() as books:
        require(books.users.get(user), "read the audit log")
        report = verify_books(books, recorded)
    if not report.holds:
        raise AuditBroken(report.broken, where=f"entry {report.broken_at}")
    return report


def anchor(store: Store, path: Path, *, user: str) -> Head:
    """Write the log's head down at the end of a file; raises `AuditBroken` where the log does not hold."""
    report = verify(store, user=user, anchors=path if path.exists() else None)
    with store.reading() as books:
        moment = stamp(books.now())
    add_anchor(path, report.head, moment)
    return report.head


def log(store: Store, *, user: str, subject: str = "", after: int = 0, limit: int = 0) -> tuple[AuditEntry, ...]:
    """Entries in order, from the one behind number `after`; `subject` keeps those about one change or user."""
    with store.reading() as books:
        require(books.users.get(user), "read the audit log")
        return tuple(books.audit.entries(after=after, limit=limit, subject=subject))
