"""Requests → a ledger that holds them. The same requests on the same ledger give the same prefixes anywhere.

What is allocated stays where it is: a request that was granted is granted again as it was, and nothing that is added
moves anything else. Requests are taken in the order of their keys, so that the order they are written in is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from netctl.addressing.anycast import kept_free
from netctl.addressing.ledger import Entry, Ledger
from netctl.addressing.levels import chain_of
from netctl.addressing.prefix import Prefix, inside, prefix
from netctl.addressing.space import Space
from netctl.errors import AllocationInUse, LevelNeeded, PoolFull, UnknownAllocation
from netctl.model.addressing import Addressing, AddressLevel, AddressPool

Taken = Mapping[str, Iterable[Prefix]]
"""By VRF, what others than the ledger have: routers' addresses that follow from numbers."""


class Request(NamedTuple):
    """A key, and its level where the key alone does not say it."""

    key: str
    level: str = ""


class Day(NamedTuple):
    """When something is written into the ledger, and by whom ("" for nobody in particular)."""

    date: date
    by: str = ""


def allocate(plan: Addressing, ledger: Ledger, requests: Iterable[Request], taken: Taken, day: Day) -> Ledger:
    """The ledger with everything in `requests` in use, and what lies above it.

    Raises `PoolFull` where there is no room, and what `chain_of` raises; then nothing is allocated.
    """
    working = _Working(plan, ledger, taken, day)
    for request in sorted(set(requests), key=lambda each: each.key.split("/")):
        working.grant(request)
    return Ledger(working.entries)


def release(ledger: Ledger, keys: Iterable[str], day: Day, *, below: bool = False) -> Ledger:
    """The ledger with these keys resting from today on; with `below`, everything cut from them too.

    Raises `UnknownAllocation`, or `AllocationInUse` where something that stays is cut from one of them.
    """
    asked = set(keys)
    for key in sorted(asked):
        if key not in ledger.entries or ledger.entries[key].released is not None:
            raise UnknownAllocation(f"{key[:80]} is not allocated")
    under = {entry.key: _above(entry.key, asked) for entry in ledger.in_use() if entry.key not in asked}
    staying = sorted(key for key, above in under.items() if above)
    if staying and not below:
        more = f", and {len(staying) - 1} more" if len(staying) > 1 else ""
        raise AllocationInUse(f"{under[staying[0]]} still holds {staying[0]}{more}")
    going = {key: ledger.entries[key]._replace(released=day.date, line=0) for key in (*asked, *staying)}
    return Ledger({**ledger.entries, **going})


def resting(plan: Addressing, entry: Entry, today: date) -> bool:
    """True while a released prefix may not be given to anybody else."""
    return entry.released is not None and today < entry.released + timedelta(days=plan.rest_days)


def held(plan: Addressing, ledger: Ledger, vrf: str, today: date) -> list[Prefix]:
    """Every prefix of a VRF that is in use or rests, sorted."""
    pools = {name for name, pool in plan.pools.items() if pool.vrf == vrf}
    return sorted(
        entry.prefix
        for entry in ledger.entries.values()
        if (entry.released is None or resting(plan, entry, today)) and entry.pool in pools
    )


def space_of(pool: AddressPool, within: Prefix, taken: Iterable[Prefix]) -> Space:
    """What is free within a part of a pool, beside what is `taken` and what is never given to anybody."""
    return Space(within, [*taken, *(prefix(block.prefix) for block in pool.reserved), *kept_free(within)])


class _Working:
    """One run of requests over one ledger."""

    def __init__(self, plan: Addressing, ledger: Ledger, taken: Taken, day: Day) -> None:
        self.entries = dict(ledger.entries)
        self._plan = plan
        self._ledger = ledger
        self._taken = taken
        self._day = day
        self._held: dict[str, list[Prefix]] = {}  # by VRF, as it was when the run began
        self._spaces: dict[str, Space] = {}  # by the key that is cut up
        self._rested: dict[str, dict[Prefix, str]] = {pool.vrf: {} for pool in plan.pools.values()}
        for entry in sorted(filter(self._has_rested, ledger.entries.values()), key=lambda each: each.prefix):
            self._rested[plan.pools[entry.pool].vrf][entry.prefix] = entry.key

    def grant(self, request: Request) -> None:
        """Allocate what is missing of a key, from the pool down."""
        pool, chain = chain_of(self._plan, self.entries, request.key, request.level)
        key, within = pool.name, prefix(pool.prefix)
        for name, level in zip(request.key.split("/")[1:], chain, strict=True):
            key = f"{key}/{name}"
            entry = self.entries.get(key)
            if entry is None or entry.released is not None:
                entry = self._again(pool, level, entry, within) if entry else None
                entry = entry or self._new(pool, level, key, within)
                self.entries[key] = entry
            within = entry.prefix

    def _again(self, pool: AddressPool, level: AddressLevel, entry: Entry, within: Prefix) -> Entry | None:
        """Who comes back has what it had, as long as it rests, and later where nobody else has taken it."""
        rests = resting(self._plan, entry, self._day.date)
        if entry.level != level.name or not within.holds(entry.prefix) or entry.prefix.length != level.length:
            if rests:
                message = f"{entry.key} rests as a {entry.level} of /{entry.prefix.length}"
                raise LevelNeeded(message, hint="choose another name, or wait until it has rested")
            return None
        if not rests and not self._space(pool, entry.above, within).take(entry.prefix):
            return None
        return entry._replace(released=None, since=self._day.date, by=self._day.by, line=0)

    def _new(self, pool: AddressPool, level: AddressLevel, key: str, within: Prefix) -> Entry:
        above = key.rpartition("/")[0]
        found = self._space(pool, above, within).give(level.length, level.order)
        if found is None:
            raise PoolFull(f"{above} {within} has no free /{level.length} for {key}")
        self._forget(pool, found)
        return Entry(key, level.name, found, self._day.date, None, self._day.by)

    def _space(self, pool: AddressPool, above: str, within: Prefix) -> Space:
        """What is free below one key, worked out once for all that is asked of it."""
        if above not in self._spaces:
            if pool.vrf not in self._held:
                self._held[pool.vrf] = held(self._plan, self._ledger, pool.vrf, self._day.date)
            others = self._taken.get(pool.vrf, ())
            self._spaces[above] = space_of(pool, within, [*inside(self._held[pool.vrf], within), *others])
        return self._spaces[above]

    def _has_rested(self, entry: Entry) -> bool:
        return (
            entry.released is not None
            and entry.pool in self._plan.pools
            and not resting(self._plan, entry, self._day.date)
        )

    def _forget(self, pool: AddressPool, given: Prefix) -> None:
        """Take out the lines of those who had rested where somebody else is now."""
        rested = self._rested[pool.vrf]
        if not rested:
            return
        around = [each for length in range(given.length) if (each := given.within(length)) in rested]
        for each in (*around, *inside(list(rested), given), given):
            entry = self.entries.get(rested.pop(each, ""))
            if entry and entry.released is not None:
                del self.entries[entry.key]


def _above(key: str, keys: set[str]) -> str:
    """The nearest of `keys` that lies above `key`; "" where none does."""
    while key := key.rpartition("/")[0]:
        if key in keys:
            return key
    return ""
