"""The records of a whole zone read off the wire without an object per record: 100,000 in a fifth of a second.

The quick way is for what zones are full of: owners that are one label and a pointer, data without names or with one.
Everything else goes through `wire`, with the same result and the same errors.
"""

from __future__ import annotations

from collections.abc import Mapping

from netctl.errors import TransferMalformed
from netctl.zones import names
from netctl.zones.data import SOA, Key, Name, RRset, ZoneData
from netctl.zones.embedded import AAAA, CNAME, DNAME, MX, NAMED, NS, PTR, SRV, A
from netctl.zones.gathering import Gathering
from netctl.zones.wire import FIXED, Record, name_at, rdata_at

_ONE_NAME = {NS: 0, CNAME: 0, PTR: 0, DNAME: 0, MX: 2, SRV: 6}
"""How many octets stand before the one name that ends the data of these types."""
_LONGEST_TTL = 0x7FFFFFFF
_make = tuple.__new__  # RRset(...) without its constructor: half the cost, 100,000 times


class Bulk:
    """The records of one answer, message by message. An RRset that `alike` has, too, is that one: held once."""

    def __init__(self, origin: Name, alike: Mapping[Key, RRset] | None = None) -> None:
        self._origin = origin
        self._alike = alike or {}
        self._gathering = Gathering(origin)
        self._ttls: dict[int, int] = {}

    def zone(self) -> ZoneData:
        """The zone so far."""
        return self._gathering.zone()

    def add(self, record: Record) -> None:
        """One record that was read elsewhere."""
        self._gathering.add(record.key, record.ttl if record.ttl <= _LONGEST_TTL else 0, record.rdata)

    def take(self, message: bytes, position: int, count: int) -> tuple[int, Record | None]:  # noqa: C901, PLR0912
        """`count` records from `position` on: where they end, and the SOA if it was the last of them.

        One loop without calls, since each call costs a fifth of a record. `inside` has the names of this message that
        are in the zone by where they begin, `outside` the others: a pointer to one of them is a look-up.
        """
        rrsets, more, unpack, size = self._gathering.rrsets, self._gathering.add, FIXED.unpack_from, len(message)
        inside: dict[int, Name] = {}
        outside: dict[int, Name] = {}
        lookup, share, alike = inside.get, self._ttls.setdefault, self._alike.get
        for left in range(count - 1, -1, -1):
            start = position
            length = message[position]
            owner: Name | None = None
            if length >= 0xC0:
                owner = lookup((length & 0x3F) << 8 | message[position + 1])
                position += 2
            elif 0 < length < 64:
                end = position + 1 + length
                high = message[end]
                if high >= 0xC0 and (base := lookup((high & 0x3F) << 8 | message[end + 1])) is not None:
                    owner = inside[position] = message[position:end].lower() + base
                    position = end + 2
                    if len(owner) > 255:
                        raise TransferMalformed(f"a name of more than 255 octets at octet {start}")
            if owner is None:
                owner, position = self._owner(message, start, inside)
            type_, class_, ttl, length = unpack(message, position)
            position += 10
            end = position + length
            if end > size or class_ != 1:
                raise TransferMalformed(f"a record that is cut short, or not of class IN, at octet {start}")
            if type_ not in NAMED:
                data = message[position:end]
                if (type_ == A and length != 4) or (type_ == AAAA and length != 16):
                    raise TransferMalformed(f"an address of {length} octets at octet {position}")
            elif type_ in _ONE_NAME:
                data = _data(message, position, end, _ONE_NAME[type_], (inside, outside))
            elif type_ == SOA:
                record = Record(owner, type_, class_, ttl, rdata_at(message, type_, position, end), start)
                if left or owner != self._origin:
                    raise TransferMalformed(f"an SOA in the middle of the zone, at {names.text(owner)}")
                return end, record
            else:
                data = rdata_at(message, type_, position, end)
            position = end
            ttl = share(ttl, ttl) if ttl <= _LONGEST_TTL else 0  # one number for all records: 3 MiB of 100,000
            key = (owner, type_)
            if key in rrsets:
                more(key, ttl, data)
            else:
                made = _make(RRset, (ttl, (data,)))
                rrsets[key] = known if (known := alike(key, made)) == made else made
        return position, None

    def _owner(self, message: bytes, start: int, inside: dict[int, Name]) -> tuple[Name, int]:
        """An owner in full: every part of it that is in the zone can be pointed to later."""
        owner, end = name_at(message, start)
        if not names.is_under(owner, self._origin):
            raise TransferMalformed(f"{names.text(owner)} is not in the zone")
        rest, position = owner, start
        while len(rest) >= len(self._origin) and position < end and 0 < message[position] < 64:
            inside[position] = rest
            position += 1 + rest[0]
            rest = rest[1 + rest[0] :]
        if len(rest) >= len(self._origin) and message[position] >= 0xC0:
            inside[_target(message, position)] = rest
        return owner, end


def _data(message: bytes, start: int, end: int, skip: int, known: tuple[dict[int, Name], dict[int, Name]]) -> bytes:
    """Data that ends in one name; names in it can be pointed to later, too."""
    inside, outside = known
    position = start + skip
    if position >= end:
        raise TransferMalformed(f"data at octet {start} is not as long as it says")
    length = message[position]
    base: Name | None = None
    if length >= 0xC0 and position + 2 == end:
        pointer = (length & 0x3F) << 8 | message[position + 1]
        base = inside.get(pointer) or outside.get(pointer)
        if base is not None:
            return message[start:position] + base if skip else base
    elif 0 < length < 64 and position + 3 + length == end and message[end - 2] >= 0xC0:
        pointer = (message[end - 2] & 0x3F) << 8 | message[end - 1]
        place = inside if pointer in inside else outside
        base = place.get(pointer)
        if base is not None and len(base) + length < 255:
            name = place[position] = message[position : end - 2].lower() + base
            return message[start:position] + name if skip else name
    name, after = name_at(message, position)
    if after != end:
        raise TransferMalformed(f"data at octet {start} is not as long as it says")
    rest = name
    while position < end and 0 < message[position] < 64:
        outside[position] = rest
        position += 1 + rest[0]
        rest = rest[1 + rest[0] :]
    if message[position] >= 0xC0:
        outside[_target(message, position)] = rest
    return message[start : start + skip] + name if skip else name


def _target(message: bytes, position: int) -> int:
    """Where a pointer leads."""
    return (message[position] & 0x3F) << 8 | message[position + 1]
