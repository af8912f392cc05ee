"""Where names stand within record data, and the one way of writing such data: canonical form (RFC 4034 section 6.2).

Types that are not listed here hold no names, or names that are neither compressed nor folded (RFC 3597 section 4,
RFC 6840 section 5.1): their data is what it is.
"""

from __future__ import annotations

from typing import NamedTuple

from netctl.zones.data import SOA, Name

A, NS, CNAME, PTR, MX, TXT, AAAA, SRV, NAPTR, DNAME = 1, 2, 5, 12, 15, 16, 28, 33, 35, 39


class Shape(NamedTuple):
    """`skip` octets, then `names` names, then `rest` octets; None: any number of them."""

    skip: int
    names: int
    rest: int | None


SHAPES: dict[int, Shape] = {
    NS: Shape(0, 1, 0),
    CNAME: Shape(0, 1, 0),
    SOA: Shape(0, 2, 20),
    PTR: Shape(0, 1, 0),
    MX: Shape(2, 1, 0),
    17: Shape(0, 2, 0),  # RP
    18: Shape(2, 1, 0),  # AFSDB
    21: Shape(2, 1, 0),  # RT
    24: Shape(18, 1, None),  # SIG
    26: Shape(2, 2, 0),  # PX
    SRV: Shape(6, 1, 0),
    36: Shape(2, 1, 0),  # KX
    DNAME: Shape(0, 1, 0),
    46: Shape(18, 1, None),  # RRSIG
}
"""All but NAPTR, whose name stands behind three strings."""

NAMED = frozenset(SHAPES) | {NAPTR}


class DataMalformed(ValueError):
    """Record data is shorter or longer than its type says."""


def shape_of(type_: int, data: bytes, start: int, end: int) -> Shape | None:
    """The shape of `data[start:end]`; None where there are no names in it. Raises DataMalformed."""
    if type_ != NAPTR:
        return SHAPES.get(type_)
    position = start + 4
    for _ in range(3):
        if position >= end:
            raise DataMalformed("NAPTR data ends within its strings")
        position += 1 + data[position]
    return Shape(position - start, 1, 0)


def canonical(type_: int, data: bytes) -> bytes:
    """`data`, uncompressed, in canonical form: its names in lower case. Raises DataMalformed."""
    shape = shape_of(type_, data, 0, len(data))
    if shape is None:
        return data
    end = _end_of_names(data, shape)
    return data[: shape.skip] + data[shape.skip : end].lower() + data[end:]


def names_in(type_: int, data: bytes) -> tuple[Name, ...]:
    """The names that canonical data holds: targets of NS, CNAME, PTR, MX, SRV, both of an SOA. Raises DataMalformed."""
    shape = shape_of(type_, data, 0, len(data))
    if shape is None:
        return ()
    _end_of_names(data, shape)
    found: list[Name] = []
    position = shape.skip
    for _ in range(shape.names):
        end = name_end(data, position)
        found.append(data[position:end])
        position = end
    return tuple(found)


def _end_of_names(data: bytes, shape: Shape) -> int:
    position = shape.skip
    for _ in range(shape.names):
        position = name_end(data, position)
    if shape.rest is not None and len(data) - position != shape.rest:
        raise DataMalformed(f"{len(data) - position} octets follow the names instead of {shape.rest}")
    return position


def name_end(data: bytes, start: int) -> int:
    """Where an uncompressed name that starts at `start` ends. Raises DataMalformed."""
    position = start
    size = len(data)
    while position < size:
        length = data[position]
        if length > 63:
            raise DataMalformed("a name is compressed, or a label has more than 63 octets")
        position += 1 + length
        if not length:
            if position - start > 255:
                raise DataMalformed("a name has more than 255 octets")
            return position
    raise DataMalformed("data ends within a name")
