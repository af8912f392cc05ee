"""The audit log and the tables tell the same story: nobody wrote to either behind netctl's back (safety law 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from netctl.model.audit import AuditEntry, AuditReport, Head
from netctl.store.books import Books

_VOTES = {"change.approve": "approve", "change.reject": "reject"}


@dataclass(slots=True)
class _Story:
    """One change as the log tells it."""

    state: str = ""
    digest: str = ""
    told_at: int = 0
    votes: list[tuple[str, str, str]] = field(default_factory=list)


def verify(books: Books, recorded: Iterable[Head] = ()) -> AuditReport:
    """The chain holds, and what it tells is what the tables hold; the report names the first thing that is not so."""
    report = books.audit.verify(recorded)
    if not report.holds:
        return report
    for number, broken in _contradictions(books):
        return replace(report, broken_at=number, broken=broken)
    return report


def _contradictions(books: Books) -> Iterator[tuple[int, str]]:
    stories: dict[str, _Story] = defaultdict(_Story)
    for entry in books.audit.entries():
        if entry.action.startswith("change."):
            _tell(stories[entry.subject], entry)
        if entry.action.startswith("member."):
            yield from _broken_seal(books, entry)
    for change in books.changes.all():
        story = stories.pop(change.id, _Story())
        if (change.state, change.plan_digest) != (story.state, story.digest):
            yield story.told_at, f"{change.id} is {change.state}, but the log tells of {story.state or 'nothing'}"
        if [(vote.user, vote.verdict, vote.digest) for vote in change.approvals] != story.votes:
            yield story.told_at, f"the votes on {change.id} are not those the log tells of"
    for name, story in stories.items():
        yield story.told_at, f"the log tells of {name}, which is gone"


def _tell(story: _Story, entry: AuditEntry) -> None:
    story.told_at = entry.number
    story.digest = entry.detail.get("digest", story.digest)
    story.state = "proposed" if entry.action == "change.propose" else entry.detail.get("to", story.state)
    if entry.action in _VOTES:
        story.votes.append((entry.actor, _VOTES[entry.action], entry.detail.get("digest", "")))


def _broken_seal(books: Books, entry: AuditEntry) -> Iterator[tuple[int, str]]:
    seal, target = entry.detail.get("receipts", ""), entry.detail.get("target", "")
    count = int(seal.partition(":")[0] or 0)
    if seal and books.rollout.seal(entry.subject, target, count) != seal:
        yield entry.number, f"the receipts of {target} in {entry.subject} are not those entry {entry.number} sealed"
