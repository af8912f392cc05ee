"""Whether a signed zone holds as it is served: every signature, every gap, with the keys of its own apex (RFC 4035).

What links the keys to the zone above, the DS, is not looked at here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import dns.dnssec
import dns.exception
import dns.name
import dns.node
import dns.rdata
import dns.rdataclass
import dns.rdataset
import dns.rdatatype
import dns.rrset
from dns.rdtypes.ANY.NSEC import NSEC
from dns.rdtypes.ANY.RRSIG import RRSIG

from netctl.zones import names
from netctl.zones.data import Key, Name, RRset, ZoneData
from netctl.zones.records import type_text

_NS, _DS, _RRSIG, _NSEC, _DNSKEY = 2, 43, 46, 47, 48
_PRIVATE = 65534  # BIND's notes on its own signing, which it does not sign
_AT_A_CUT = frozenset({_DS, _NSEC})  # what the zone above signs where another zone begins


@dataclass(frozen=True, slots=True)
class Signed:
    """How the signatures of a zone stand. `expires` is when the first of those looked at runs out."""

    algorithms: tuple[int, ...]
    expires: datetime | None
    problems: tuple[str, ...]


def examine(zone: ZoneData, moment: datetime, owners: Collection[Name] | None = None) -> Signed | None:
    """How the signatures of a zone stand at a moment; None for a zone without keys.

    With `owners` only their signatures are verified, and the apex's: verifying 10,000 takes seconds. NSEC chains are
    walked in any case; of NSEC3 the signatures are verified, and not the chain.
    """
    keys = zone.rrsets.get((zone.origin, _DNSKEY))
    if keys is None:
        return None
    cuts = {owner for owner, number in zone.rrsets if number == _NS and owner != zone.origin}
    look = _Look(zone, keys, moment)
    for key, rrset in zone.rrsets.items():
        wanted = owners is None or key[0] in owners or key[0] == zone.origin
        if wanted and key[1] not in {_RRSIG, _PRIVATE} and _authoritative(key, zone.origin, cuts):
            look.verify(key, rrset)
    look.problems += _gaps(zone, cuts)
    algorithms = sorted({data[3] for data in keys.rdatas})
    expires = datetime.fromtimestamp(look.expires, UTC) if look.expires else None
    return Signed(tuple(algorithms), expires, tuple(look.problems))


class _Look:
    """Signatures verified one after the other."""

    def __init__(self, zone: ZoneData, keys: RRset, moment: datetime) -> None:
        self._moment = moment.timestamp()
        self._signatures = _signatures(zone.rrsets)
        self._keys: dict[dns.name.Name, dns.rdataset.Rdataset | dns.node.Node] = {
            dns.name.from_wire(zone.origin, 0)[0]: _rrset((zone.origin, _DNSKEY), keys)
        }
        self.problems: list[str] = []
        self.expires = 0

    def verify(self, key: Key, rrset: RRset) -> None:
        """One RRset has a signature that holds; every one it has is looked at."""
        found = self._signatures.get(key, [])
        reasons = [reason for each in found if (reason := self._flaw(key, rrset, each))]
        if len(reasons) == len(found):  # one that holds is enough: rollovers leave others beside it
            why = "; ".join(dict.fromkeys(reasons)) or "it has none"
            self.problems.append(f"{names.text(key[0])} {type_text(key[1])}: no signature holds: {why}")
        for each in found:
            self.expires = min(self.expires or each.expiration, each.expiration)

    def _flaw(self, key: Key, rrset: RRset, signature: RRSIG) -> str:
        try:
            dns.dnssec.validate_rrsig(_rrset(key, rrset), signature, self._keys, now=self._moment)
        except dns.exception.ValidationFailure as error:
            return str(error) or "it does not verify"
        except dns.exception.UnsupportedAlgorithm:
            return f"algorithm {signature.algorithm} is not known here"
        return ""


def _authoritative(key: Key, origin: Name, cuts: Collection[Name]) -> bool:
    """Whether the zone itself speaks for an RRset: not for what stands at or below a cut (RFC 4035 section 2.2)."""
    owner, number = key
    if owner in cuts:
        return number in _AT_A_CUT
    while owner != origin:
        owner = names.parent(owner)
        if owner in cuts:
            return False
    return True


def _gaps(zone: ZoneData, cuts: Collection[Name]) -> Iterator[str]:
    """What is wrong with the chain of NSEC: each name leads to the next, the last one to the apex."""
    chain = {owner: rrset for (owner, number), rrset in zone.rrsets.items() if number == _NSEC}
    if not chain:
        return
    speaking = {
        key[0]
        for key in zone.rrsets
        if key[1] not in {_RRSIG, _PRIVATE} and (key[0] in cuts or _authoritative(key, zone.origin, cuts))
    }
    order = sorted(speaking, key=names.order)
    for owner, follower in zip(order, [*order[1:], zone.origin], strict=True):
        if owner not in chain:
            yield f"{names.text(owner)}: no NSEC proves what is not there"
            continue
        nsec = _rdata(_NSEC, chain[owner].rdatas[0])
        if isinstance(nsec, NSEC) and nsec.next.to_digestable() != follower:
            yield f"{names.text(owner)}: its NSEC leads to {nsec.next}, not to {names.text(follower)}"


def _signatures(rrsets: Mapping[Key, RRset]) -> dict[Key, list[RRSIG]]:
    found: dict[Key, list[RRSIG]] = defaultdict(list)
    for (owner, number), rrset in rrsets.items():
        if number == _RRSIG:
            for data in rrset.rdatas:
                one = _rdata(_RRSIG, data)
                if isinstance(one, RRSIG):
                    found[owner, int(one.type_covered)].append(one)
    return found


def _rrset(key: Key, rrset: RRset) -> dns.rrset.RRset:
    name = dns.name.from_wire(key[0], 0)[0]
    return dns.rrset.from_rdata_list(name, rrset.ttl, [_rdata(key[1], data) for data in rrset.rdatas])


def _rdata(number: int, data: bytes) -> dns.rdata.Rdata:
    return dns.rdata.from_wire(dns.rdataclass.IN, dns.rdatatype.RdataType.make(number), data, 0, len(data))
