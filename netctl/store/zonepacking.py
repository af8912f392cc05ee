"""Zones as bytes: one form for the same records, so that its SHA-256 says whether two zones are one. Pure."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import NamedTuple, Self

import msgspec

from netctl.config.quiet import collector_resting
from netctl.errors import DatabaseFailed
from netctl.zones.data import Key, Name, RRset, ZoneData

Touched = Mapping[Key, tuple[RRset | None, RRset | None]]
"""RRsets that a write touches: each as it is before and after; None where there is none."""

_DECODER = msgspec.msgpack.Decoder(list[tuple[Key, RRset]])
_LEVEL = 1


class ZoneCopy(NamedTuple):
    """A zone as it is kept. Making one takes a while for a great zone: do it before you write."""

    serial: int
    digest: str
    content: bytes

    @classmethod
    def of(cls, data: ZoneData) -> Self:
        """The copy of a zone."""
        packed = _pack(data.rrsets)
        return cls(data.serial or 0, hashlib.sha256(packed).hexdigest(), zlib.compress(packed, _LEVEL))


def unpack_zone(origin: Name, digest: str, content: bytes) -> ZoneData | None:
    """What `ZoneCopy.of` was given; None where the copy is damaged: it can be read from the server again."""
    try:
        packed = zlib.decompress(content)
    except (TypeError, zlib.error):
        return None
    if hashlib.sha256(packed).hexdigest() != digest:
        return None
    return ZoneData(origin, _unpack(packed))


def pack_touched(touched: Touched) -> bytes:
    """What a write touches, as bytes."""
    before = _pack({key: sides[0] for key, sides in touched.items() if sides[0] is not None})
    after = _pack({key: sides[1] for key, sides in touched.items() if sides[1] is not None})
    return zlib.compress(len(before).to_bytes(4, "big") + before + after, _LEVEL)


def unpack_touched(content: bytes) -> Touched:
    """What `pack_touched` was given; raises `DatabaseFailed` where it is damaged: a way back must not be guessed."""
    try:
        packed = zlib.decompress(content)
    except (TypeError, zlib.error) as error:
        raise DatabaseFailed("the record of a zone's update is damaged") from error
    middle = 4 + int.from_bytes(packed[:4], "big")
    before, after = _unpack(packed[4:middle]), _unpack(packed[middle:])
    return {key: (before.get(key), after.get(key)) for key in before | after}


@collector_resting()
def _pack(rrsets: Mapping[Key, RRset]) -> bytes:
    return msgspec.msgpack.encode([(key, rrsets[key]) for key in sorted(rrsets)])


@collector_resting()
def _unpack(packed: bytes) -> dict[Key, RRset]:
    return dict(_DECODER.decode(packed))
