"""Changes that touched something, as far as one may know of them: what reaches beyond one's own is not told."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.change.roles import reaches
from netctl.control.network.atlas import Reach
from netctl.store import Books
from netctl.store.traces import Trace


def within(books: Books, seen: Reach, traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """The traces of changes all of whose routers lie within reach."""
    if seen is None:
        return tuple(traces)
    found = tuple(traces)
    owners = {digest: books.plans.organisations(digest) for digest in {trace.digest for trace in found}}
    return tuple(trace for trace in found if reaches(seen, owners[trace.digest]))
