"""Comments and ticks on a change, each one transaction: who may, and about which plan."""

from __future__ import annotations

from netctl.change.scope import permit_change
from netctl.change.words import refuse_reason
from netctl.errors import StaleApproval, UnknownComment, WordsRefused
from netctl.model.change import Change
from netctl.model.review import Anchor, Comment
from netctl.store import Books, Store


def comment(store: Store, change: str, *, user: str, text: str, anchor: Anchor, quoted: str) -> Comment:
    """A new thread about a place in the plan the change has now.

    Raises `NotAllowed`, `WordsRefused`, or `StaleApproval` where the change has another plan by now.
    """
    text = _worded(text)
    with store.writing() as books:
        found = _permitted(books, change, user)
        _refuse_stale(found, anchor.digest)
        return books.review.add(found.id, user, text, anchor=anchor, quoted=quoted)


def answer(store: Store, change: str, *, user: str, text: str, to: int) -> Comment:
    """One more comment in the thread that comment `to` begins or belongs to; on an earlier plan, too."""
    text = _worded(text)
    with store.writing() as books:
        found = _permitted(books, change, user)
        asked = books.review.comment(found.id, to)
        first = books.review.comment(found.id, asked.answers) if asked.answers else asked
        return books.review.add(found.id, user, text, anchor=first.anchor, quoted=first.quoted, answers=first.number)


def settle(store: Store, change: str, *, user: str, number: int, resolved: bool) -> Comment:
    """The thread that begins with this comment, resolved or open again; raises `UnknownComment` for an answer."""
    with store.writing() as books:
        found = _permitted(books, change, user)
        first = books.review.comment(found.id, number)
        if first.answers:
            raise UnknownComment(f"comment {number} does not begin a thread", where=found.id)
        if resolved:
            return books.review.resolve(found.id, number, user)
        return books.review.reopen(found.id, number, user)


def tick(store: Store, change: str, *, user: str, digest: str, group: int, seen: bool) -> None:
    """The user has looked at this group of the plan with this digest, or has not; anybody who may look may say so."""
    with store.writing() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        _refuse_stale(found, digest)
        if seen:
            books.review.tick(found.id, user, digest, group)
        else:
            books.review.untick(found.id, user, digest, group)


def _permitted(books: Books, change: str, user: str) -> Change:
    found = books.changes.get(change)
    permit_change(books, user, "comment", found)
    return found


def _refuse_stale(change: Change, digest: str) -> None:
    if digest != change.plan_digest:
        raise StaleApproval("the change has another plan than the one that was shown", where=change.id)


def _worded(text: str) -> str:
    """The text with the line ends of forms made plain; raises `WordsRefused` for none, too much, or no text."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise WordsRefused("a comment needs words", where="comment", hint="write what should be looked at")
    refuse_reason(text)
    return text
