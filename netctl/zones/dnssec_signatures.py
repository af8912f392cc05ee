"""Signatures of a zone (RFC 4034 section 3): whose they are, until when they hold, and whether they do.

Data of a zone is in canonical form already, so what was signed is put together without taking anything apart. Keys are
dnspython's, made once: 10,000 signatures take about a second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

import dns.exception
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.DNSKEY

from netctl.zones import names
from netctl.zones.data import SOA, Key, Name, RRset, ZoneData
from netctl.zones.dnssec import CDNSKEY, CDS, DNSKEY, DS, NSEC, PRIVATE, RRSIG, SigningKey, algorithm_text
from netctl.zones.embedded import NS, DataMalformed, name_end

if TYPE_CHECKING:
    from dns.dnssecalgs.base import GenericPublicKey

_HEAD = Struct("!HBBIIIH")
_ALL, _HALF = 0xFFFFFFFF, 1 << 31
_WILDCARD = b"\x01*"
_OF_KEYS = frozenset({DNSKEY, CDS, CDNSKEY})
_AT_A_CUT = frozenset({DS, NSEC})  # what the zone above signs where another zone begins


class Signature(NamedTuple):
    """One RRSIG; `head` is what of it is signed as well: all but the signature itself."""

    covered: int
    algorithm: int
    labels: int
    ttl: int
    expiration: int
    inception: int
    tag: int
    signer: Name
    head: bytes
    value: bytes

    def seconds_left(self, moment: float) -> int:
        """Until it ends, on the circle of RFC 1982; negative once it has."""
        left = (self.expiration - int(moment)) & _ALL
        return left if left < _HALF else left - _ALL - 1

    def begun(self, moment: float) -> bool:
        """It holds already."""
        return (int(moment) - self.inception) & _ALL < _HALF


def signatures_of(rrsets: Mapping[Key, RRset]) -> dict[Key, list[Signature]]:
    """Every signature by the RRset it is for; those that cannot be read are passed over, and sign nothing."""
    found: dict[Key, list[Signature]] = defaultdict(list)
    for (owner, number), rrset in rrsets.items():
        if number == RRSIG:
            for data in rrset.rdatas:
                if (one := signature(data)) is not None:
                    found[owner, one.covered].append(one)
    return found


def signature(data: bytes) -> Signature | None:
    """One RRSIG by its data; None for what is none."""
    try:
        end = name_end(data, _HEAD.size)
    except DataMalformed:
        return None
    covered, algorithm, labels, *numbers = _HEAD.unpack_from(data)
    ttl, expiration, inception, tag = numbers
    signer, head, value = data[_HEAD.size : end], data[:end], data[end:]
    return Signature(covered, algorithm, labels, ttl, expiration, inception, tag, signer, head, value)


def authoritative(key: Key, origin: Name, cuts: Collection[Name]) -> bool:
    """Whether the zone itself speaks for an RRset: not for what stands at or below a cut (RFC 4035 section 2.2)."""
    owner, number = key
    if not cuts:
        return True
    if owner in cuts:
        return number in _AT_A_CUT
    while owner != origin:
        owner = names.parent(owner)
        if owner in cuts:
            return False
    return True


def cuts_of(origin: Name, rrsets: Mapping[Key, RRset]) -> set[Name]:
    """Where other zones begin; what is declared below a cut cuts nothing."""
    found = {owner for owner, number in rrsets if number == NS and owner != origin}
    return {owner for owner in found if authoritative((names.parent(owner), 0), origin, found)}


class Tally(NamedTuple):
    """What signs a zone, by algorithm and tag, without verifying anything.

    `signed` counts RRsets of `total`: all that must be signed but DNSKEY and what announces keys. `keys` sign DNSKEY;
    `fresh` sign the SOA, which every change signs anew. `expires` is the first end of any signature, as seconds since
    1970, `ttl` the greatest TTL.
    """

    total: int
    signed: Mapping[tuple[int, int], int]
    keys: frozenset[tuple[int, int]]
    fresh: frozenset[tuple[int, int]]
    expires: int | None
    ttl: int


def tally(zone: ZoneData, moment: float) -> Tally:
    """Who signs how much of a zone."""
    found = signatures_of(zone.rrsets)
    cuts = cuts_of(zone.origin, zone.rrsets)
    signed: Counter[tuple[int, int]] = Counter()
    total = 0
    for key in zone.rrsets:
        if key[1] not in _OF_KEYS and key[1] not in {RRSIG, PRIVATE} and authoritative(key, zone.origin, cuts):
            total += 1
            signed.update({(each.algorithm, each.tag) for each in found.get(key, ())})
    left = min((each.seconds_left(moment) for those in found.values() for each in those), default=None)
    ttl = max((rrset.ttl for rrset in zone.rrsets.values()), default=0)
    expires = None if left is None else int(moment) + left
    return Tally(total, signed, _signers(found, zone.origin, DNSKEY), _signers(found, zone.origin, SOA), expires, ttl)


def _signers(found: Mapping[Key, Iterable[Signature]], origin: Name, number: int) -> frozenset[tuple[int, int]]:
    return frozenset((each.algorithm, each.tag) for each in found.get((origin, number), ()))


class SignatureCheck:
    """Says of signatures whether they hold, with the keys of the apex, at one moment."""

    def __init__(self, origin: Name, keys: Collection[SigningKey], moment: float) -> None:
        self._origin = origin
        self._moment = moment
        self._keys: dict[tuple[int, int], list[SigningKey]] = defaultdict(list)
        self._made: dict[bytes, GenericPublicKey | None] = {}
        for key in keys:
            # A revoked key still proves its own revocation, and nothing else (RFC 5011 section 2.1).
            self._keys[key.algorithm, key.tag].append(key)

    def flaw(self, key: Key, rrset: RRset, one: Signature) -> str:
        """Why a signature does not hold; "" where it does."""
        if said := self._out_of_time(one):
            return said
        candidates = [
            each for each in self._keys[one.algorithm, one.tag] if each.usable or (each.revoked and key[1] == DNSKEY)
        ]
        if not candidates or one.signer != self._origin:
            signer = "" if one.signer == self._origin else f" of {names.text(one.signer)}"
            return f"no key {one.tag}/{algorithm_text(one.algorithm)}{signer} stands at the apex"
        owner = _signed_owner(key[0], one.labels)
        data = _signed_data(owner, key[1], rrset, one) if owner is not None else b""
        made = [public for each in candidates if (public := self._public(each)) is not None]
        if not made:
            return f"algorithm {algorithm_text(one.algorithm)} is not known here"
        return "" if any(_holds(public, one.value, data) for public in made) else "it does not verify"

    def _out_of_time(self, one: Signature) -> str:
        if one.seconds_left(self._moment) < 0:
            return "it has expired"
        return "" if one.begun(self._moment) else "it does not hold yet"

    def _public(self, key: SigningKey) -> GenericPublicKey | None:
        if key.data not in self._made:
            self._made[key.data] = _public_key(key.data)
        return self._made[key.data]


def _public_key(data: bytes) -> GenericPublicKey | None:
    """A key as cryptography takes it; None for an algorithm or a key that cannot be used."""
    from dns.dnssecalgs import get_algorithm_cls_from_dnskey  # noqa: PLC0415 (loads all of `cryptography`)

    try:
        found = dns.rdata.from_wire(dns.rdataclass.IN, dns.rdatatype.DNSKEY, data, 0, len(data))
        if not isinstance(found, dns.rdtypes.ANY.DNSKEY.DNSKEY):
            return None
        return get_algorithm_cls_from_dnskey(found).public_cls.from_dnskey(found)
    except (dns.exception.DNSException, ValueError):
        return None


def _holds(public: GenericPublicKey, value: bytes, data: bytes) -> bool:
    try:
        public.verify(value, data)
    except Exception:  # noqa: BLE001 - cryptography's InvalidSignature, dnspython's and ValueError for odd lengths: all say no
        return False
    return True


def _signed_owner(owner: Name, labels: int) -> Name | None:
    """The name that was signed: the wildcard's, where one was expanded (RFC 4035 section 5.3.2)."""
    name, count = owner, len(names.labels(owner)) - owner.startswith(_WILDCARD)
    if labels > count:
        return None
    if labels == count:
        return owner
    for _ in range(count - labels):
        name = names.parent(name)
    return _WILDCARD + name


def _signed_data(owner: Name, number: int, rrset: RRset, one: Signature) -> bytes:
    """What is signed: the RRSIG's own head and each record in order (RFC 4034 section 3.1.8.1)."""
    before = owner + number.to_bytes(2, "big") + b"\0\1" + one.ttl.to_bytes(4, "big")
    return one.head + b"".join(before + len(data).to_bytes(2, "big") + data for data in sorted(rrset.rdatas))
