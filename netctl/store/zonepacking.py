"""Zones as bytes: one form for the same records, so that its SHA-256 says whether two zones are one. Pure."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Self

import msgspec

from netctl.config.quiet import collector_resting
from netctl.errors import DatabaseFailed
from netctl.zones.data import Key, Name, RRset, ZoneData

Touched = Mapping[Key, tuple[RRset | None, RRset | None]]
"""RRsets that a write touches: each as it is before and after; None where there is none."""

_DECODER = msgspec.msgpack.Decoder(list[tuple[Key, RRset]])
_LEVEL = 1
_PIECE = 2_000  # RRsets that are packed at once
_LENGTH = 4  # octets that say how long a piece is


class ZoneCopy(NamedTuple):
    """A zone as it is kept. Making one takes a while for a great zone: do it before you write."""

    serial: int
    digest: str
    content: bytes

    @classmethod
    @collector_resting()
    def of(cls, data: ZoneData) -> Self:
        """The copy of a zone."""
        digest, packer, content = hashlib.sha256(), zlib.compressobj(_LEVEL), []
        for piece in _pieces(data.rrsets):
            digest.update(piece)
            content.append(packer.compress(piece))
        content.append(packer.flush())
        return cls(data.serial or 0, digest.hexdigest(), b"".join(content))


@collector_resting()
def unpack_zone(origin: Name, digest: str, content: bytes, alike: ZoneData | None = None) -> ZoneData | None:
    """What `ZoneCopy.of` was given; None where the copy is damaged: it can be read from the server again.

    `alike` is a zone with much the same records: what is equal is held once.
    """
    try:
        packed = zlib.decompress(content)
    except (TypeError, zlib.error):
        return None
    if hashlib.sha256(packed).hexdigest() != digest:
        return None
    try:
        return ZoneData(origin, _joined(packed, alike.rrsets if alike else {}))
    except msgspec.DecodeError:  # whole, and written by a netctl that packed in another way
        return None


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


def _pieces(rrsets: Mapping[Key, RRset]) -> Iterator[bytes]:
    """All RRsets in order, some at a time, as msgpack behind its length: a great zone is never there twice."""
    encoder, keys = msgspec.msgpack.Encoder(), sorted(rrsets)
    for start in range(0, len(keys), _PIECE):
        piece = encoder.encode([(key, rrsets[key]) for key in keys[start : start + _PIECE]])
        yield len(piece).to_bytes(_LENGTH, "big") + piece


def _joined(packed: bytes, alike: Mapping[Key, RRset]) -> dict[Key, RRset]:
    """What `_pieces` were made of."""
    found: dict[Key, RRset] = {}
    position = 0
    while position < len(packed):
        begin = position + _LENGTH
        position = begin + int.from_bytes(packed[position:begin], "big")
        for key, rrset in _DECODER.decode(packed[begin:position]):
            found[key] = known if (known := alike.get(key, rrset)) == rrset else rrset
    return found


@collector_resting()
def _pack(rrsets: Mapping[Key, RRset]) -> bytes:
    return msgspec.msgpack.encode([(key, rrsets[key]) for key in sorted(rrsets)])


@collector_resting()
def _unpack(packed: bytes) -> dict[Key, RRset]:
    return dict(_DECODER.decode(packed))
