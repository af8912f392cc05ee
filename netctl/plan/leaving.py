"""What leaves zones before routers change, and what comes after: a name is gone before its address is another's. Pure.

Two things leave first. An address record whose address the same plan gives to another name must, and its PTR with it,
whatever points at the name until later. A name that goes altogether does too, unless something that stays until later
points at it: nobody shall be led to a router that is no longer there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from netctl.services.dns.reverse import address_of
from netctl.zones.data import MADE_BY_SERVER, SOA, Key, Name, RRset, ZoneData
from netctl.zones.difference import Change, ZoneDifference
from netctl.zones.embedded import AAAA, NAMED, PTR, A
from netctl.zones.records import names_in

_ADDRESSES = frozenset({A, AAAA})
_LEADING = NAMED - {SOA}  # types that lead somebody to the names they hold


class Moving(NamedTuple):
    """One zone of one view: what it holds, and the difference that leads on. `prefix` is a classless zone's, or ""."""

    view: str
    held: ZoneData
    change: ZoneDifference
    prefix: str = ""


class Steps(NamedTuple):
    """A difference in two: what leaves, and all the rest, which leads on from there."""

    leaving: ZoneDifference
    rest: ZoneDifference


class _Gone(NamedTuple):
    """One record that a plan takes away, with what it points at: names, or the address that it is the PTR of."""

    zone: int
    view: str
    key: Key
    data: bytes
    targets: tuple[Name, ...]
    address: bytes


def in_two_steps(zones: Sequence[Moving], *, routers: bool = True) -> list[Steps]:
    """Each zone's difference in two, in the order of `zones`, which are all that one plan changes.

    Where no `routers` change in between, only those addresses leave first that a name of another zone gets: for whoever
    asks, a zone is seen in one view, and what goes and comes there is one update, in which what goes is first.
    """
    gone = [record for number, zone in enumerate(zones) for record in _gone(number, zone)]
    forced = _forced(zones, gone, routers=routers)
    names = _names(zones, gone, forced) if routers else set()
    early: dict[int, dict[Key, set[bytes]]] = {}
    for record in gone:
        if record in forced or (record.view, record.key[0]) in names:
            early.setdefault(record.zone, {}).setdefault(record.key, set()).add(record.data)
    return [_steps(zone.change, early.get(number, {})) for number, zone in enumerate(zones)]


# ── what goes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _gone(number: int, zone: Moving) -> Iterator[_Gone]:
    for key, before, after in _shrinking(zone.change):
        kept = frozenset(after.rdatas) if after else frozenset()
        owner, kind = key
        address = (address_of(owner, zone.prefix) or b"") if kind == PTR else b""
        for data in before.rdatas:
            if data not in kept:
                targets = names_in(kind, data) if kind in _LEADING else ()
                yield _Gone(number, zone.view, key, data, targets, data if kind in _ADDRESSES else address)


def _shrinking(change: ZoneDifference) -> Iterator[tuple[Key, RRset, RRset | None]]:
    yield from ((key, rrset, None) for key, rrset in change.removed)
    yield from change.changed


def _forced(zones: Sequence[Moving], gone: Sequence[_Gone], *, routers: bool) -> set[_Gone]:
    """Records of addresses that another name gets, in whatever view, and the PTR records of these."""
    given: dict[bytes, set[tuple[Name, Name]]] = {}
    for zone in zones:
        for owner, address in _given(zone.change):
            given.setdefault(address, set()).add((zone.change.origin, owner))
    forced = {
        record
        for record in gone
        if record.key[1] in _ADDRESSES
        and any(
            owner != record.key[0] and (routers or origin != zones[record.zone].change.origin)
            for origin, owner in given.get(record.address, ())
        )
    }
    taken = {(record.view, record.key[0], record.address) for record in forced}
    return forced | {
        record
        for record in gone
        if record.key[1] == PTR and any((record.view, name, record.address) in taken for name in record.targets)
    }


def _given(change: ZoneDifference) -> Iterator[tuple[Name, bytes]]:
    for (owner, kind), rrset in change.added:
        if kind in _ADDRESSES:
            yield from ((owner, data) for data in rrset.rdatas)
    for (owner, kind), before, after in change.changed:
        if kind in _ADDRESSES:
            yield from ((owner, data) for data in after.rdatas if data not in before.rdatas)


# ── names that go altogether ─────────────────────────────────────────────────────────────────────────────────────────


def _names(zones: Sequence[Moving], gone: Sequence[_Gone], forced: set[_Gone]) -> set[tuple[str, Name]]:
    """Names by view that leave first: what points at each leaves first as well, and a PTR goes with its address."""
    early = _altogether(zones)
    addresses: dict[tuple[str, Name, bytes], list[_Gone]] = {}
    for record in gone:
        if record.key[1] in _ADDRESSES:
            addresses.setdefault((record.view, record.key[0], record.address), []).append(record)

    def leaves(record: _Gone) -> bool:
        return record in forced or (record.view, record.key[0]) in early

    def stays(record: _Gone) -> bool:
        """Whether this PTR has an address that stays until later."""
        return any(
            not leaves(each)
            for target in record.targets
            for each in addresses.get((record.view, target, record.address), ())
        )

    pointing = [record for record in gone if record.targets]
    while early:
        late = {
            (record.view, target)
            for record in pointing
            if not leaves(record)
            for target in record.targets
            if (record.view, target) in early
        }
        late |= {
            (record.view, record.key[0])
            for record in pointing
            if record.key[1] == PTR and record not in forced and leaves(record) and stays(record)
        }
        if not late:
            break
        early -= late
    return early


def _altogether(zones: Sequence[Moving]) -> set[tuple[str, Name]]:
    """Names by view of which nothing is left in any of the zones."""
    gone = {(zone.view, owner) for zone in zones for (owner, _), _ in zone.change.removed}
    for view, _, change, _ in zones:
        gone -= {(view, owner) for (owner, _), _ in change.added}
        gone -= {(view, owner) for (owner, _), _, _ in change.changed}
    for view, held, change, _ in zones:
        if gone:
            removed = {key for key, _ in change.removed}
            gone -= {
                (view, key[0])
                for key in held.rrsets
                if (view, key[0]) in gone and key not in removed and key[1] not in MADE_BY_SERVER
            }
    return gone


# ── a difference in two ──────────────────────────────────────────────────────────────────────────────────────────────


def _steps(change: ZoneDifference, early: dict[Key, set[bytes]]) -> Steps:
    if not early:
        return Steps(ZoneDifference(change.origin), change)
    removed, shrunk = [], []
    for key, before, _ in _shrinking(change):
        if key in early:
            left = _left(before, early[key])
            if left is None:
                removed.append((key, before))
            else:
                shrunk.append(Change(key, before, left))
    return Steps(
        ZoneDifference(change.origin, removed=tuple(removed), changed=tuple(shrunk)),
        _rest(change, early),
    )


def _rest(change: ZoneDifference, early: dict[Key, set[bytes]]) -> ZoneDifference:
    removed, added, changed = [], list(change.added), []
    for key, before, after in _shrinking(change):
        left = _left(before, early[key]) if key in early else before
        if left is not None and after is None:
            removed.append((key, left))
        elif left is None and after is not None:
            added.append((key, after))
        elif left is not None and after is not None and left != after:
            changed.append(Change(key, left, after))
    return ZoneDifference(change.origin, tuple(removed), tuple(added), tuple(changed))


def _left(rrset: RRset, leaving: set[bytes]) -> RRset | None:
    rdatas = tuple(data for data in rrset.rdatas if data not in leaving)
    return RRset(rrset.ttl, rdatas) if rdatas else None
