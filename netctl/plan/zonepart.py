"""What a plan says of a zone: every RRset it touches, on the wire before and after it. Pure.

The one part of a zone's target is JSON, a line an RRset in canonical order: owner, type, what is there before, what is
there after; ``null`` for nothing, else a TTL and the data. One difference is one text: whatever is not exactly what
`zone_part` writes is damaged. Serials are no part of it: the server counts them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from netctl.errors import ZonePartDamaged
from netctl.model.artefact import Part
from netctl.model.plan import DiffLine, TargetPlan
from netctl.zones import names
from netctl.zones.data import MADE_BY_SERVER, SOA, Key, Name, RRset, ZoneData
from netctl.zones.difference import Change, ZoneDifference, diff_lines, with_serial, without_serial
from netctl.zones.embedded import DataMalformed, canonical, name_end
from netctl.zones.serial import serial_of

PART: Final = "zone"

_Side = tuple[int, tuple[str, ...]] | None  # TTL, data in hexadecimal
_Row = tuple[str, int, _Side, _Side]
_Touched = tuple[Key, RRset | None, RRset | None]
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Row)
_PIECE = 2_000  # RRsets that are hashed at once
_LONGEST_DATA, _LONGEST_TTL = 0xFFFF, 0xFFFFFFFF


def unnumbered(change: ZoneDifference) -> ZoneDifference:
    """The difference with serial 0 in every SOA, as plans and people see it: the server counts serials."""
    return _change(change.origin, list(_touched(change)))


def zone_part(change: ZoneDifference) -> Part:
    """The difference as the part of a target."""
    touched = sorted(_touched(change), key=lambda each: (names.order(each[0][0]), each[0][1]))
    text = b"".join(_ENCODER.encode(_row(each)) + b"\n" for each in touched)
    return Part(PART, text.decode())


def zone_change(part: Part, origin: Name) -> ZoneDifference:
    """The difference that a part says, for the zone at `origin`; raises `ZonePartDamaged` where it is not one."""
    try:
        rows = [_DECODER.decode(line) for line in part.text.splitlines()]
        change = _change(origin, [_read(row, origin) for row in rows])
    except (msgspec.MsgspecError, DataMalformed, ValueError) as wrong:
        raise ZonePartDamaged(f"{wrong}", where=names.text(origin)) from None
    if zone_part(change) != part:
        raise ZonePartDamaged("it is not what netctl writes for any difference", where=names.text(origin))
    return change


def change_of(target: TargetPlan, origin: Name) -> ZoneDifference:
    """The difference of a zone's target. Raises `ZonePartDamaged`, also where people were shown other lines."""
    if len(target.intended) != 1:
        raise ZonePartDamaged(f"{len(target.intended)} parts instead of one", where=target.target)
    change = zone_change(target.intended[0], origin)
    if not says(change, target.diff):
        raise ZonePartDamaged("the lines of its difference are not those of its part", where=target.target)
    return change


def says(change: ZoneDifference, lines: Sequence[DiffLine]) -> bool:
    """Whether these are the lines of the difference, wherever they say that they come from."""
    mine = diff_lines(change)
    return len(mine) == len(lines) and all(
        (one.op, one.part, one.depth, one.text) == (other.op, other.part, other.depth, other.text)
        for one, other in zip(mine, lines, strict=True)
    )


def content_digest(data: ZoneData) -> str:
    """SHA-256, hex, over what people declare of a zone: neither its serial nor what servers make counts."""
    digest = hashlib.sha256(data.origin)
    keys = sorted(key for key in data.rrsets if key[1] not in MADE_BY_SERVER)
    for start in range(0, len(keys), _PIECE):
        some = [(key, _plain(data.origin, key, data.rrsets[key])) for key in keys[start : start + _PIECE]]
        digest.update(msgspec.msgpack.encode(some))
    return digest.hexdigest()


# ── a difference and a zone ──────────────────────────────────────────────────────────────────────────────────────────


def changed(data: ZoneData, change: ZoneDifference) -> ZoneData:
    """The zone after the difference, under the serial it has."""
    rrsets = dict(data.rrsets)
    for key, _ in change.removed:
        rrsets.pop(key, None)
    rrsets.update(change.added)
    for key, _, after in change.changed:
        rrsets[key] = _kept_serial(data, key, after)
    return ZoneData(data.origin, rrsets)


def holds_before(data: ZoneData, change: ZoneDifference) -> bool:
    """Whether every RRset of the difference is as it is before it."""
    return all(_same(data, key, before) for key, before, _ in _touched(change))


def holds_after(data: ZoneData, change: ZoneDifference) -> bool:
    """Whether every RRset of the difference is as it is after it."""
    return all(_same(data, key, after) for key, _, after in _touched(change))


def _same(data: ZoneData, key: Key, wanted: RRset | None) -> bool:
    held = data.rrsets.get(key)
    if held is None or wanted is None:
        return held is wanted
    return _plain(data.origin, key, held) == _plain(data.origin, key, wanted)


def _kept_serial(data: ZoneData, key: Key, rrset: RRset) -> RRset:
    held = data.rrsets.get(key)
    return with_serial(rrset, serial_of(held.rdatas[0])) if key == (data.origin, SOA) and held else rrset


def _plain(origin: Name, key: Key, rrset: RRset) -> RRset:
    return without_serial(rrset) if key == (origin, SOA) else rrset


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _touched(change: ZoneDifference) -> Iterator[_Touched]:
    """Each RRset before and after, without serials."""
    origin = change.origin
    yield from ((key, _plain(origin, key, rrset), None) for key, rrset in change.removed)
    yield from ((key, None, _plain(origin, key, rrset)) for key, rrset in change.added)
    yield from ((key, _plain(origin, key, one), _plain(origin, key, two)) for key, one, two in change.changed)


def _row(touched: _Touched) -> _Row:
    (owner, kind), before, after = touched
    return owner.hex(), kind, _side(before), _side(after)


def _side(rrset: RRset | None) -> _Side:
    return None if rrset is None else (rrset.ttl, tuple(data.hex() for data in rrset.rdatas))


def _read(row: _Row, origin: Name) -> _Touched:
    """One line; raises `ValueError` where no zone could hold that."""
    owner, kind = bytes.fromhex(row[0]), row[1]
    if name_end(owner, 0) != len(owner) or owner != owner.lower() or not names.is_under(owner, origin):
        raise ValueError(f"{row[0]!r} is no name of the zone")
    if not 0 < kind <= 0xFFFF or kind in MADE_BY_SERVER:
        raise ValueError(f"nobody declares records of type {kind}")
    before, after = _rrset(kind, row[2]), _rrset(kind, row[3])
    if before == after:
        raise ValueError(f"{row[0]} {kind} does not change")
    return (owner, kind), before, after


def _rrset(kind: int, side: _Side) -> RRset | None:
    if side is None:
        return None
    ttl, rdatas = side[0], tuple(bytes.fromhex(data) for data in side[1])
    if not rdatas or rdatas != tuple(sorted(set(rdatas))) or not 0 <= ttl <= _LONGEST_TTL:
        raise ValueError("an RRset is empty, out of order, or has no TTL")
    if any(len(data) > _LONGEST_DATA or canonical(kind, data) != data for data in rdatas):
        raise ValueError("data is too long, or not in canonical form")
    return RRset(ttl, rdatas)


def _change(origin: Name, touched: Sequence[_Touched]) -> ZoneDifference:
    """The lines as a difference; raises `ValueError` where two are about one RRset."""
    known: Mapping[Key, _Touched] = {each[0]: each for each in touched}
    if len(known) != len(touched):
        raise ValueError("an RRset is said twice")
    return ZoneDifference(
        origin,
        tuple((key, before) for key, before, after in touched if before is not None and after is None),
        tuple((key, after) for key, before, after in touched if before is None and after is not None),
        tuple(Change(key, one, two) for key, one, two in touched if one is not None and two is not None),
    )
