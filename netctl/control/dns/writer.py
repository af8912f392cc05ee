"""Who writes zones now: the one place that says so.

A promotion (`netctl dns promote`) is remembered by the store; without one the main primary that is declared writes.
"""

from __future__ import annotations

from netctl.model.promotion import Promotion, Writing
from netctl.store import Books, Store

__all__ = ["Promotion", "Writing", "writer_in", "writer_of", "writing_now"]


def writer_of(books: Books) -> str:
    """The primary that takes updates of every view it serves; "" for the declared main one of each view."""
    found = books.writers.latest()
    return "" if found is None or found.as_declared else found.server


def writer_in(store: Store) -> str:
    """`writer_of` in a transaction of its own."""
    with store.reading() as books:
        return writer_of(books)


def writing_now(books: Books) -> Writing | None:
    """The promotion by which another primary than the declared one writes, or is about to; None without one."""
    found = books.writers.latest()
    if found is None or (found.as_declared and found.state == "done"):
        return None
    # What was said again, for those that were away, did not begin it.
    first = found
    for each in reversed(books.writers.all()):
        if each.state != "given_up":
            if each.server != found.server:
                break
            first = each
    complete = found.state == "done"
    since = first.ended_at or first.begun_at
    return Writing(found.server, first.former, since, first.user, first.reason, complete, found.owed)
