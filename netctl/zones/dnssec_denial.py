"""Whether a signed zone proves what is not there: the circle of NSEC (RFC 4034 section 4) or NSEC3 (RFC 5155).

A circle is whole where each name that the zone speaks for leads to the next one, the last one to the first, nothing
else stands in between, and each says which types its name has.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from netctl.zones import names
from netctl.zones.data import Name, ZoneData
from netctl.zones.dnssec import DS, NSEC, NSEC3, NSEC3PARAM, PRIVATE, RRSIG
from netctl.zones.dnssec_signatures import authoritative, cuts_of
from netctl.zones.embedded import NS, DataMalformed, name_end
from netctl.zones.records import type_text

_MADE_FOR_IT = frozenset({RRSIG, NSEC, NSEC3})
_TO_BASE32HEX = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")
_OPT_OUT = 1
_SHA1_OCTETS = 20
MOST_ITERATIONS = 100
"""Resolvers take a zone with more of them for unsigned, or for broken (RFC 9276 section 3.2)."""


class Hashing(NamedTuple):
    """How NSEC3 hashes names (RFC 5155 section 5): SHA-1, so many more times, with a salt."""

    iterations: int
    salt: bytes

    def label(self, name: Name) -> bytes:
        """The hash of a name as the label it has in the circle."""
        digest = hashlib.sha1(name + self.salt, usedforsecurity=False).digest()
        for _ in range(self.iterations):
            digest = hashlib.sha1(digest + self.salt, usedforsecurity=False).digest()
        return base64.b32encode(digest).translate(_TO_BASE32HEX)


def denial_of(zone: ZoneData) -> str:
    """How absence is proven: "NSEC", "NSEC3", both while one replaces the other, or "" where nothing does."""
    ways = (("NSEC", NSEC), ("NSEC3", NSEC3PARAM))
    return "+".join(name for name, number in ways if (zone.origin, number) in zone.rrsets)


def hashing_of(zone: ZoneData) -> Hashing | None:
    """What the zone's NSEC3PARAM says; None without one, or where it says what nobody knows."""
    found = zone.rrsets.get((zone.origin, NSEC3PARAM))
    for data in found.rdatas if found else ():
        if len(data) >= 5 and data[0] == 1 and len(data) == 5 + data[4]:
            return Hashing(int.from_bytes(data[2:4], "big"), data[5:])
    return None


def gaps(zone: ZoneData, owners: Collection[Name] | None = None) -> Iterator[str]:
    """What is wrong with the proof of absence: the circle whole, and the types of all names, or of `owners` alone."""
    way = denial_of(zone)
    if not way:
        yield f"{names.text(zone.origin)}: neither NSEC nor NSEC3 proves what is not there"
        return
    cuts = cuts_of(zone.origin, zone.rrsets)
    types = _types(zone, cuts)
    if "NSEC" in way.split("+"):
        yield from _nsec_gaps(zone, types, owners)
    hashing = hashing_of(zone)
    if hashing is not None and hashing.iterations > MOST_ITERATIONS:
        yield f"{names.text(zone.origin)}: NSEC3 with {hashing.iterations} iterations is not believed (RFC 9276)"
    elif hashing is not None:
        yield from _nsec3_gaps(zone, _with_nodes_between(types, zone.origin), cuts, hashing, owners)
    elif "NSEC3" in way:
        yield f"{names.text(zone.origin)}: its NSEC3PARAM is not one that is known here"


def _types(zone: ZoneData, cuts: Collection[Name]) -> dict[Name, set[int]]:
    """The names that the zone speaks for, cuts among them, each with its types: what a proof must say of it."""
    found: dict[Name, set[int]] = defaultdict(set)
    for key in zone.rrsets:
        owner, number = key
        if number in _MADE_FOR_IT or not (owner in cuts or authoritative(key, zone.origin, cuts)):
            continue
        if owner not in cuts or number in {NS, DS}:
            found[owner].add(number)
    return found


def _with_nodes_between(types: Mapping[Name, set[int]], origin: Name) -> dict[Name, set[int]]:
    """The same, and the names between them and the apex, which exist and hold nothing (RFC 5155 section 7.1)."""
    found = dict(types)
    for owner in types:
        above = owner
        while above != origin and (above := names.parent(above)) not in found:
            found[above] = set()
    return found


def _nsec_gaps(zone: ZoneData, types: Mapping[Name, set[int]], owners: Collection[Name] | None) -> Iterator[str]:
    chain = {owner: rrset for (owner, number), rrset in zone.rrsets.items() if number == NSEC}
    order = sorted(types, key=names.order)
    for owner, follower in zip(order, [*order[1:], zone.origin], strict=True):
        found = chain.get(owner)
        if found is None:
            yield f"{names.text(owner)}: no NSEC proves what is not there"
            continue
        data = found.rdatas[0]
        try:
            end = name_end(data, 0)
        except DataMalformed as wrong:
            yield f"{names.text(owner)}: its NSEC cannot be read: {wrong}"
            continue
        if data[:end].lower() != follower:
            yield f"{names.text(owner)}: its NSEC leads to {names.text(data[:end])}, not to {names.text(follower)}"
        if owners is None or owner in owners:
            yield from _types_differ(owner, "NSEC", data[end:], types[owner] | {RRSIG, NSEC})
    for owner in chain.keys() - types.keys():
        yield f"{names.text(owner)}: an NSEC stands where nothing else is"


def _nsec3_gaps(
    zone: ZoneData,
    types: Mapping[Name, set[int]],
    cuts: Collection[Name],
    hashing: Hashing,
    owners: Collection[Name] | None,
) -> Iterator[str]:
    chain = _circle(zone, hashing)
    hashed = {hashing.label(owner): owner for owner in types}
    optional = {label for label, owner in hashed.items() if owner in cuts and DS not in types[owner]}
    opted_out = any(data[1] & _OPT_OUT for data in chain.values())
    missing = hashed.keys() - chain.keys() - (optional if opted_out else set())
    for label in sorted(missing):
        yield f"{names.text(hashed[label])}: no NSEC3 proves what is not there"
    order = sorted(chain)
    for label, follower in zip(order, [*order[1:], *order[:1]], strict=True):
        owner = hashed.get(label)
        shown = names.text(owner) if owner is not None else label.decode()
        if owner is None and not opted_out:
            yield f"{shown}: an NSEC3 stands for a name that is not there"
        follows, said = _after_salt(chain[label])
        if follows != follower:
            yield f"{shown}: its NSEC3 leads to {follows.decode()}, not to {follower.decode()}"
        if owner is not None and (owners is None or owner in owners):
            yield from _types_differ(owner, "NSEC3", said, _hashed_types(types[owner], at_a_cut=owner in cuts))


def _circle(zone: ZoneData, hashing: Hashing) -> dict[bytes, bytes]:
    """The NSEC3 of one way of hashing, by their first label; while it is changed there are those of two."""
    found: dict[bytes, bytes] = {}
    salted = bytes((len(hashing.salt),)) + hashing.salt + bytes((_SHA1_OCTETS,))
    tail = hashing.iterations.to_bytes(2, "big") + salted
    for (owner, number), rrset in zone.rrsets.items():
        if number == NSEC3:
            for data in rrset.rdatas:
                if data[2:].startswith(tail) and len(data) >= 2 + len(tail) + _SHA1_OCTETS:
                    found[owner[1 : 1 + owner[0]]] = data
    return found


def _after_salt(data: bytes) -> tuple[bytes, bytes]:
    """The label an NSEC3 leads to, and its types."""
    start = 6 + data[4]
    follows = base64.b32encode(data[start : start + _SHA1_OCTETS]).translate(_TO_BASE32HEX)
    return follows, data[start + _SHA1_OCTETS :]


def _hashed_types(held: Collection[int], *, at_a_cut: bool) -> set[int]:
    """What an NSEC3 says of a name: signatures are there unless it holds nothing, or is a cut without DS."""
    signed = DS in held if at_a_cut else bool(held)
    return set(held) | ({RRSIG} if signed else set())


def _types_differ(owner: Name, kind: str, bitmap: bytes, held: Collection[int]) -> Iterator[str]:
    said = set(_numbers(bitmap))
    wrong = (said ^ set(held)) - {PRIVATE}
    if wrong:
        listed = ", ".join(type_text(number) for number in sorted(wrong))
        yield f"{names.text(owner)}: its {kind} is wrong about {listed}"


def _numbers(bitmap: bytes) -> Iterator[int]:
    """The types of a bitmap (RFC 4034 section 4.1.2), as far as it can be read."""
    position = 0
    while position + 2 <= len(bitmap):
        window, length = bitmap[position], bitmap[position + 1]
        for index, octet in enumerate(bitmap[position + 2 : position + 2 + length]):
            for bit in range(8):
                if octet & (0x80 >> bit):
                    yield window << 8 | index << 3 | bit
        position += 2 + length
