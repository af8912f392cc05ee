"""A zone's difference as update messages (RFC 2136): no larger than a message may be, each all or nothing.

Only one message is atomic. So each carries the SOA that must be there, and the SOA that is there afterwards: a zone
that somebody else moved is refused and not overwritten, and the second message begins where the first one ended. What
belongs to one owner stays in one message, removals first; the addresses of the zone's own name servers change together
with the apex NS, whose new records come before the old ones go: a server keeps the last apex NS whatever it is told.
New MX come last: BIND refuses a message after which one of them leads to a name of the zone without an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from netctl.errors import UpdateTooLarge, ZoneNameInvalid
from netctl.zones import names
from netctl.zones.data import SOA, Key, Name, RRset, ZoneData
from netctl.zones.difference import ZoneDifference, with_serial
from netctl.zones.embedded import MX, NS
from netctl.zones.serial import next_serial, serial_of
from netctl.zones.wire import ANY, FIXED, HEADER, IN, NONE

MOST_OCTETS = 65_000
"""A message of 65,535 without room for a TSIG record."""
MOST_RECORDS = 1_000
"""Beyond that one message takes BIND longer than two."""
_UPDATE = b"\x28\x00"  # the opcode, in its place among the flags
_ZONE_AT = b"\xc0\x0c"  # a pointer to the zone's name, which stands right after the header


@dataclass(frozen=True, slots=True)
class Update:
    """One message, not yet numbered or signed: applied as a whole to a zone whose SOA is `before`, or not at all."""

    origin: Name
    before: RRset
    after: RRset
    body: bytes = field(repr=False)
    records: int

    def message(self, number: int) -> bytes:
        """The message under the number that its answer must bear."""
        return number.to_bytes(2, "big") + self.body[2:]


def updates(
    running: ZoneData, change: ZoneDifference, *, most_octets: int = MOST_OCTETS, most_records: int = MOST_RECORDS
) -> tuple[Update, ...]:
    """The messages that lead `running` through `change`, in order; none where nothing changes.

    Raises UpdateTooLarge where something that must happen at once does not fit, ZoneNameInvalid for names outside.
    """
    if not change:
        return ()
    soa = running.rrsets.get((running.origin, SOA))
    if soa is None:
        raise ZoneNameInvalid(f"{names.text(running.origin)} has no SOA: there is nothing to make sure of")
    frame = _Frame(running.origin, soa, _declared_soa(change) or soa, most_octets)
    made: list[Update] = []
    for parts in _packed(_units(change), frame.room, most_records):
        made.append(frame.update(parts, made[-1].after if made else soa))
    return tuple(made or [frame.update([], soa)])


def _declared_soa(change: ZoneDifference) -> RRset | None:
    apex = (change.origin, SOA)
    return next((after for key, _, after in change.changed if key == apex), None)


# ── units: what belongs together ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Unit:
    """Records of one message's update section: removals, additions, and what goes only after the additions."""

    whole: bool = False
    removals: list[bytes] = field(default_factory=list)
    additions: list[bytes] = field(default_factory=list)
    last: list[bytes] = field(default_factory=list)

    def records(self) -> list[bytes]:
        return [*self.removals, *self.additions, *self.last]

    def take(self, other: _Unit) -> None:
        self.removals += other.removals
        self.additions += other.additions
        self.last += other.last


def _units(change: ZoneDifference) -> list[_Unit]:
    """One unit an owner, removals before additions; the apex NS first with the servers' own addresses, new MX last."""
    origin = change.origin
    owners: dict[Name, _Unit] = {}
    mail: dict[Name, _Unit] = {}
    servers = _Unit(whole=True)
    targets: set[Name] = set()
    for key, before, after in _triples(change):
        if key == (origin, SOA):
            continue  # each message has its own
        if not names.is_under(key[0], origin):
            raise ZoneNameInvalid(f"{names.text(key[0])} is not in {names.text(origin)}")
        if key == (origin, NS):
            targets.update((before.rdatas if before else ()), (after.rdatas if after else ()))
            _swap(servers, origin, key, before, after)
        else:
            group = mail if key[1] == MX and after else owners
            _replace(group.setdefault(key[0], _Unit()), origin, key, before, after)
    for target in sorted(targets & owners.keys()):
        servers.take(owners.pop(target))
    units = sorted(owners.items(), key=lambda item: (bool(item[1].additions), names.order(item[0])))
    units += sorted(mail.items(), key=lambda item: names.order(item[0]))
    return [*([servers] if servers.records() else []), *(unit for _, unit in units)]


def _triples(change: ZoneDifference) -> Iterator[tuple[Key, RRset | None, RRset | None]]:
    yield from ((key, rrset, None) for key, rrset in change.removed)
    yield from ((key, None, rrset) for key, rrset in change.added)
    yield from change.changed


def _replace(unit: _Unit, origin: Name, key: Key, before: RRset | None, after: RRset | None) -> None:
    """An RRset becomes another one. Where the TTL changes it goes as a whole: a TTL belongs to all of its records."""
    held = frozenset(before.rdatas) if before else frozenset()
    wanted = frozenset(after.rdatas) if after else frozenset()
    if before and (after is None or before.ttl != after.ttl or not held & wanted):
        unit.removals.append(_record(origin, key, ANY, 0, b""))
        held = frozenset()
    unit.removals += [_record(origin, key, NONE, 0, data) for data in sorted(held - wanted)]
    if after:
        unit.additions += [_record(origin, key, IN, after.ttl, data) for data in after.rdatas if data not in held]


def _swap(unit: _Unit, origin: Name, key: Key, before: RRset | None, after: RRset | None) -> None:
    """The apex NS becomes another one: what comes is added, with the TTL of all, and only then goes what goes."""
    held = frozenset(before.rdatas) if before else frozenset()
    wanted = after.rdatas if after else ()
    again = before is None or after is None or before.ttl != after.ttl
    unit.last += [_record(origin, key, IN, after.ttl, data) for data in wanted if after and (again or data not in held)]
    unit.last += [_record(origin, key, NONE, 0, data) for data in sorted(held.difference(wanted))]


# ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _packed(units: Iterable[_Unit], room: int, most_records: int) -> Iterator[list[_Unit]]:
    """Units by message: none is torn apart but one that is too large by itself."""
    message: list[_Unit] = []
    octets = records = 0
    for unit in units:
        for part in _parts(unit, room, most_records):
            written = part.records()
            size = sum(map(len, written))
            if message and (octets + size > room or records + len(written) > most_records):
                yield message
                message, octets, records = [], 0, 0
            message.append(part)
            octets += size
            records += len(written)
    if message:
        yield message


def _parts(unit: _Unit, room: int, most_records: int) -> Iterator[_Unit]:
    """A unit as it is where it fits, else its records in their order, in as many parts as it takes."""
    written = unit.records()
    if max(map(len, written)) > room or (unit.whole and sum(map(len, written)) > room):
        raise UpdateTooLarge(f"{sum(map(len, written))} octets must change at once, {room} fit into one message")
    if unit.whole or (sum(map(len, written)) <= room and len(written) <= most_records):
        yield unit
        return
    part = _Unit()
    octets = 0
    for record in written:
        if part.last and (octets + len(record) > room or len(part.last) >= most_records):
            yield part
            part, octets = _Unit(), 0
        part.last.append(record)
        octets += len(record)
    yield part


class _Frame:
    """What every message of a zone's change has: the zone, the SOA before, the SOA after."""

    def __init__(self, origin: Name, running: RRset, declared: RRset, most_octets: int) -> None:
        self._origin = origin
        self._declared = declared
        soa = (origin, SOA)
        fixed = len(_record(origin, soa, IN, 0, running.rdatas[0])) + len(
            _record(origin, soa, IN, 0, declared.rdatas[0])
        )
        self.room = most_octets - HEADER - len(origin) - 4 - fixed

    def update(self, units: list[_Unit], before: RRset) -> Update:
        """One message; its SOA's serial is the one after that of `before`."""
        soa = (self._origin, SOA)
        after = with_serial(self._declared, next_serial(serial_of(before.rdatas[0])))
        written = [
            *(record for unit in units for record in unit.removals),
            *(record for unit in units for record in unit.additions),
            *(record for unit in units for record in unit.last),
            _record(self._origin, soa, IN, after.ttl, after.rdatas[0]),
        ]
        body = _body(self._origin, _record(self._origin, soa, IN, 0, before.rdatas[0]), written)
        return Update(self._origin, before, after, body, len(written))


def raised(origin: Name, before: RRset, serial: int) -> Update:
    """The message that gives a zone another serial and changes nothing else; `before` is its SOA until then."""
    soa, after = (origin, SOA), with_serial(before, serial)
    written = [_record(origin, soa, IN, after.ttl, after.rdatas[0])]
    return Update(origin, before, after, _body(origin, _record(origin, soa, IN, 0, before.rdatas[0]), written), 1)


def unmeetable(origin: Name) -> bytes:
    """A message, numbered 0, that whoever takes updates refuses with YXRRSET: it wants the zone to have no SOA."""
    return _body(origin, _record(origin, (origin, SOA), NONE, 0, b""), [])


def _body(origin: Name, prerequisite: bytes, written: list[bytes]) -> bytes:
    counts = b"\x00\x01\x00\x01" + len(written).to_bytes(2, "big") + b"\x00\x00"
    zone = origin + b"\x00\x06\x00\x01"
    return b"".join((b"\0\0", _UPDATE, counts, zone, prerequisite, *written))


def _record(origin: Name, key: Key, class_: int, ttl: int, data: bytes) -> bytes:
    owner, type_ = key
    head = FIXED.pack(type_, class_, ttl, len(data))
    return owner[: len(owner) - len(origin)] + _ZONE_AT + head + data
