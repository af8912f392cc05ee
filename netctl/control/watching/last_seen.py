"""How routers stood when they were looked at last: reads the store, asks no router."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from netctl import inventory
from netctl.change.roles import reach
from netctl.control.changes.plan import choose
from netctl.control.watching.freshness import stale
from netctl.model.moments import Clock, now
from netctl.model.watch import RoundMark, Standing
from netctl.settings import Settings
from netctl.store import Store

__all__ = ["LastSeen", "last_seen"]


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The last round, `None` before the first, and how routers stand since; what is old is unknown."""

    mark: RoundMark | None
    standings: tuple[Standing, ...]


def last_seen(
    root: Path, settings: Settings, store: Store, *, user: str, names: Collection[str] = (), clock: Clock = now
) -> LastSeen:
    """All routers within the user's reach, or `names` of them as in `plan`, in the network's order.

    Raises `NotAllowed`, `UnknownUser`, `InvalidNetwork`, `UnknownDevice` or `StoreError`.
    """
    with store.reading() as books:
        within = reach(books.users.get(user), "show")
        mark = books.watch.round()
        found = books.watch.standings()
    network = inventory.load(root, cache=settings.home / "cache")
    moment = clock()
    seen = [
        found[name]
        for name in choose(network, names)
        if name in found and (within is None or network.organisation_of(name) in within)
    ]
    return LastSeen(
        mark, tuple(replace(each, state="unknown") if stale(each.tried_at, mark, moment) else each for each in seen)
    )
