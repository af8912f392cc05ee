"""What reviewers wrote and which pushes were asked for, held against what the audit log tells of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from netctl.model.audit import AuditEntry
from netctl.model.review import Comment
from netctl.store.books import Books

_Said = tuple[str, str, str, str, str, str, str]  # number, who, text, digest, group, line, what it answers


@dataclass(slots=True)
class _Remarks:
    """What the log tells of one change."""

    told_at: int = 0
    comments: list[_Said] = field(default_factory=list)
    resolved: dict[str, str] = field(default_factory=dict)  # by a comment's number: who settled its thread
    orders: list[tuple[str, str]] = field(default_factory=list)


class RemarkStory:
    """Comments, their threads' ends, and orders, as the log tells them."""

    def __init__(self) -> None:
        self._of: dict[str, _Remarks] = defaultdict(_Remarks)

    def tell(self, entry: AuditEntry) -> None:
        """One more entry about a change; those of other kinds are none of this."""
        told = entry.detail
        if entry.action == "change.comment":
            place = (told["digest"], told["group"], told["line"], told["answers"])
            self._of[entry.subject].comments.append((told["comment"], entry.actor, told["text"], *place))
        elif entry.action == "change.resolve":
            self._of[entry.subject].resolved[told["comment"]] = entry.actor
        elif entry.action == "change.reopen":
            self._of[entry.subject].resolved.pop(told["comment"], None)
        elif entry.action == "change.order":
            self._of[entry.subject].orders.append((entry.actor, told["going"]))
        else:
            return
        self._of[entry.subject].told_at = entry.number

    def contradictions(self, books: Books) -> Iterator[tuple[int, str]]:
        """(entry, what is wrong) for every change whose remarks or orders are not those of the log."""
        for change in books.changes.all():
            told = self._of.get(change.id, _Remarks())
            held = books.review.comments(change.id)
            if [_said(comment) for comment in held] != told.comments:
                yield told.told_at, f"the comments on {change.id} are not those the log tells of"
            settled = {str(comment.number): comment.resolved_by for comment in held if comment.resolved_by}
            if settled != told.resolved:
                yield told.told_at, f"the threads on {change.id} are not settled as the log tells"
            orders = [(order.user, order.going) for order in reversed(books.starts.of(change.id))]
            if orders != told.orders:
                yield told.told_at, f"the orders to push {change.id} are not those the log tells of"


def _said(comment: Comment) -> _Said:
    anchor = comment.anchor
    place = (anchor.digest, str(anchor.group), str(anchor.line), str(comment.answers))
    return (str(comment.number), comment.user, comment.text, *place)
