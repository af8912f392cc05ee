"""Whether a signed zone holds as it is served: every signature, every gap, with the keys of its own apex (RFC 4035).

What links the keys to the zone above, the DS, is `control.dns.dnssec`'s to ask for; `vouched` says whether it fits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from netctl.zones import names
from netctl.zones.data import Key, Name, RRset, ZoneData
from netctl.zones.dnssec import (
    DNSKEY,
    NSEC,
    NSEC3,
    PRIVATE,
    RRSIG,
    SigningKey,
    algorithm_text,
    keys_of,
    vouchers_of,
    vouches,
)
from netctl.zones.dnssec_denial import gaps
from netctl.zones.dnssec_signatures import Signature, SignatureCheck, authoritative, cuts_of, signatures_of
from netctl.zones.records import type_text

_CIRCLES = frozenset({NSEC, NSEC3})


@dataclass(frozen=True, slots=True)
class Signed:
    """How the signatures of a zone stand. `expires` is when the first of those looked at runs out."""

    algorithms: tuple[int, ...]
    expires: datetime | None
    problems: tuple[str, ...]


def examine(
    zone: ZoneData, moment: datetime, owners: Collection[Name] | None = None, *, before: ZoneData | None = None
) -> Signed | None:
    """How the signatures of a zone stand at a moment; None for a zone without keys.

    With `owners` only their signatures are verified, the apex's, and those of each NSEC and NSEC3 that is not as it was
    `before`: the neighbours of what was touched. Verifying 10,000 takes a second. The circle is walked in any case.
    """
    keys = keys_of(zone.rrsets.get((zone.origin, DNSKEY)))
    if not keys:
        return None
    cuts = cuts_of(zone.origin, zone.rrsets)
    wanted = {
        key: rrset
        for key, rrset in zone.rrsets.items()
        if key[1] not in {RRSIG, PRIVATE}
        and (owners is None or key[0] in owners or key[0] == zone.origin or _is_fresh(key, rrset, before))
        and authoritative(key, zone.origin, cuts)
    }
    look = _Look(zone, keys, moment, None if owners is None else {owner for owner, _ in wanted})
    for key, rrset in wanted.items():
        look.verify(key, rrset)
    touched = None if owners is None else {*owners, zone.origin}
    problems = (*look.problems, *look.algorithms_missing(keys), *gaps(zone, touched))
    algorithms = sorted({each.algorithm for each in keys})
    return Signed(tuple(algorithms), look.expires, problems)


def vouched(origin: Name, keys: RRset | None, above: RRset | None, signers: Collection[tuple[int, int]]) -> str:
    """What is wrong with the DS of the zone above; "" where one is of a key that signs DNSKEY, or there is none.

    `signers` are algorithm and tag of those that do. A DS alone breaks a zone that is not signed (RFC 4035 section 5).
    """
    vouchers = vouchers_of(above)
    if not vouchers:
        return ""
    if not keys:
        return "the zone above has a DS, and the zone has no keys"
    signing = [each for each in keys_of(keys) if (each.algorithm, each.tag) in signers and each.usable]
    if any(vouches(voucher, origin, each) for voucher in vouchers for each in signing):
        return ""
    tags = ", ".join(f"{each.tag}/{algorithm_text(each.algorithm)}" for each in vouchers)
    return f"no DS of the zone above ({tags}) is of a key that signs the keys"


def _is_fresh(key: Key, rrset: RRset, before: ZoneData | None) -> bool:
    return key[1] in _CIRCLES and before is not None and before.rrsets.get(key) != rrset


class _Look:
    """Signatures verified one after the other."""

    def __init__(
        self, zone: ZoneData, keys: Collection[SigningKey], moment: datetime, owners: Collection[Name] | None
    ) -> None:
        self._moment = moment.timestamp()
        self._origin = zone.origin
        found = zone.rrsets
        if owners is not None:
            signed = ((owner, RRSIG) for owner in owners)
            found = {key: zone.rrsets[key] for key in signed if key in zone.rrsets}
        self._signatures: Mapping[Key, list[Signature]] = signatures_of(found)
        self._check = SignatureCheck(zone.origin, keys, self._moment)
        self._left: int | None = None
        self.problems: list[str] = []

    @property
    def expires(self) -> datetime | None:
        """When the first of what was looked at runs out."""
        return None if self._left is None else datetime.fromtimestamp(int(self._moment) + self._left, UTC)

    def verify(self, key: Key, rrset: RRset) -> None:
        """One RRset has a signature that holds; every one it has is looked at."""
        found = self._signatures.get(key, [])
        reasons = [reason for each in found if (reason := self._check.flaw(key, rrset, each))]
        if len(reasons) == len(found):  # one that holds is enough: rollovers leave others beside it
            why = "; ".join(dict.fromkeys(reasons)) or "it has none"
            self.problems.append(f"{names.text(key[0])} {type_text(key[1])}: no signature holds: {why}")
        for each in found:
            left = each.seconds_left(self._moment)
            self._left = left if self._left is None else min(self._left, left)

    def algorithms_missing(self, keys: Collection[SigningKey]) -> Iterator[str]:
        """A key that signs the keys by an algorithm which nothing else is signed by (RFC 6840 section 5.11)."""
        signers = {each.algorithm for each in self._signatures.get((self._origin, DNSKEY), ())}
        data = {
            each.algorithm
            for key, those in self._signatures.items()
            if key[1] != DNSKEY and key[0] == self._origin
            for each in those
        }
        for algorithm in sorted({each.algorithm for each in keys if each.usable} & signers - data):
            yield f"{names.text(self._origin)}: keys of {algorithm_text(algorithm)} sign keys and nothing else"
