"""What servers said of a signed zone → how it stands: verified, held against the zone above, told as a story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from netctl.control.dns.dnssec_advice import advice
from netctl.control.dns.dnssec_chain import Chain, Link, chain_of
from netctl.control.dns.names import Intended
from netctl.devices.nameserver.keys import Apex, look_at
from netctl.devices.nameserver.signed import examine
from netctl.devices.nameserver.transfer import Reading
from netctl.errors import NetctlError
from netctl.model import dns as model
from netctl.model.moments import stamp
from netctl.model.names import ViewZone
from netctl.model.signing import DsSight, KeyHistory, KeyRole, KeySight, ServerSigning, ZoneSigning
from netctl.services.dns.declared import DeclaredDns, DeclaredZone
from netctl.services.dns.signing import STANDARD, algorithm_number
from netctl.zones.data import RRset, ZoneData
from netctl.zones.dnssec import (
    CDNSKEY,
    CDS,
    DNSKEY,
    DS,
    WEAK,
    SigningKey,
    Voucher,
    algorithm_text,
    ds_data,
    keys_of,
    vouchers_of,
    vouches,
)
from netctl.zones.dnssec_denial import denial_of, hashing_of
from netctl.zones.dnssec_history import Seen, remember
from netctl.zones.dnssec_signatures import Tally, tally
from netctl.zones.dnssec_stages import Outlook, Timing, role_of, rollovers, state_of
from netctl.zones.records import rdata_text, type_text

__all__ = ["Evidence", "Link", "Story", "tell"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was declared and what was answered; `apexes` is in the order of servers, the one that writes first."""

    intended: Intended
    declared: DeclaredDns
    apexes: tuple[tuple[model.NameServer, Apex | NetctlError], ...]
    link: Link

    @property
    def policy(self) -> model.SigningPolicy:
        """How the zone is to be signed; where it is not, what standard timing says."""
        known = self.declared.policy.signing
        return known.get(self.intended.zone.signing) or known[STANDARD]


class Story(NamedTuple):
    """How a zone stands, and what is remembered of its keys; None where nothing new was seen."""

    of: ViewZone
    signing: ZoneSigning
    histories: Mapping[str, KeyHistory] | None


def tell(
    evidence: Evidence,
    reading: Reading | NetctlError | None,
    histories: Mapping[ViewZone, Mapping[str, KeyHistory]],
    moment: datetime,
    *,
    whole: bool,
) -> Story:
    """How a zone stands at a moment, every signature verified with `whole`, else those of the apex."""
    zone, view = evidence.intended.zone, evidence.intended.view
    of = ViewZone(view, zone.name.rstrip(".") or ".")
    try:
        if reading is None or isinstance(reading, NetctlError):
            raise reading or NetctlError("no primary serves this view")
        data = reading.data
    except NetctlError as error:
        nothing = _nothing(zone, view, str(error))
        return Story(of, replace(nothing, servers=tuple(_servers(evidence, None, moment))), None)
    look = _Look(evidence, data, histories.get(of, {}), moment, whole)
    return Story(of, look.signing(), look.histories)


def _nothing(zone: DeclaredZone, view: str, error: str) -> ZoneSigning:
    return ZoneSigning(
        zone.name, view, zone.organisation, zone.signing, False, "unknown", "", "", 0, "", False,
        (), (), (), (), (), (), (), error,
    )  # fmt: skip


class _Look:
    """One zone, taken apart once."""

    def __init__(
        self,
        evidence: Evidence,
        data: ZoneData,
        known: Mapping[str, KeyHistory],
        moment: datetime,
        whole: bool,  # noqa: FBT001 - handed through
    ) -> None:
        self._evidence, self._data, self._moment, self._whole = evidence, data, moment, whole
        self._zone = evidence.intended.zone
        self._tally: Tally = tally(data, moment.timestamp())
        self._keys = keys_of(data.rrsets.get((data.origin, DNSKEY)))
        self._chain: Chain = chain_of(evidence.link, moment.timestamp())
        vouchers = self._chain.vouchers
        self._seen = Seen(
            data.origin, self._keys, self._published(), self._tally,
            None if vouchers is None else vouchers_of(vouchers), self._chain.everywhere,
        )  # fmt: skip
        self.histories = remember(known, self._seen, moment)
        policy = evidence.policy
        ds_ttl = vouchers.ttl if vouchers and vouchers.ttl else policy.ds_ttl
        timing = Timing(_ttl(data, DNSKEY, policy.key_ttl), ds_ttl, policy.delay)
        self._outlook = Outlook(
            self._seen, self.histories, timing, moment, algorithm_number(policy.algorithm) if self._zone.dnssec else 0,
            self._able(), advice(evidence.declared, evidence.intended, evidence.link),
        )  # fmt: skip

    def signing(self) -> ZoneSigning:
        """All of it."""
        data, moment, evidence = self._data, self._moment, self._evidence
        found = examine(data, moment, None if self._whole else ())
        servers = tuple(_servers(evidence, _keys_in(data), moment))
        problems = list(found.problems) if found else []
        if self._zone.dnssec and not self._keys:
            problems.append("it is declared to be signed, and served without keys")
        problems += self._chain.problems
        expires = "" if self._tally.expires is None else _moment(self._tally.expires)
        ends = [each for each in (expires, *(server.expires for server in servers)) if each]
        return ZoneSigning(
            zone=self._zone.name,
            view=evidence.intended.view,
            organisation=self._zone.organisation,
            policy=self._zone.signing,
            signed=bool(self._keys),
            chain="broken" if problems and self._keys else self._chain.state,
            anchor=self._chain.anchor,
            denial=denial_of(data) if self._keys else "",
            signatures=self._tally.total if self._keys else 0,
            verified=self._whole,
            expires=expires,
            ends_soon=bool(ends) and min(ends) < stamp(moment + timedelta(seconds=evidence.policy.alarm)),
            keys=(*map(self._key, self._keys), *self._removed()),
            ds=tuple(self._vouchers()),
            announced=tuple(_texts(data, CDS, CDNSKEY)),
            rollovers=rollovers(self._outlook) if self._keys else (),
            servers=servers,
            problems=tuple(problems),
            notes=tuple(self._notes()),
        )

    def _published(self) -> frozenset[str]:
        """The keys that every server has that answers."""
        served = [_ids(answer) for _, answer in self._evidence.apexes if isinstance(answer, Apex)]
        return frozenset(key.id for key in self._keys if all(key.id in each for each in served))

    def _able(self) -> bool:
        """Whether somebody above could vouch for the zone: a zone of ours that is signed, or whoever `ds` is for."""
        above = self._evidence.link.above
        return above is not None and above.zone.dnssec

    def _key(self, key: SigningKey) -> KeySight:
        outlook = self._outlook
        answers = [(server, answer) for server, answer in self._evidence.apexes if isinstance(answer, Apex)]
        return KeySight(
            tag=key.tag,
            algorithm=algorithm_text(key.algorithm),
            role=role_of(outlook, key),
            state=state_of(outlook, key),
            flags=key.flags,
            signs_keys=outlook.signs_keys(key),
            signatures=outlook.signed(key),
            ds=outlook.vouched(key),
            missing_on=tuple(server.name for server, answer in answers if key.id not in _ids(answer)),
            ds_text=rdata_text(DS, ds_data(self._data.origin, key)),
            history=outlook.history(key),
        )

    def _removed(self) -> Iterator[KeySight]:
        """Keys that were there not long ago."""
        there = {key.id for key in self._keys}
        for name, history in self.histories.items():
            if name not in there:
                algorithm, tag, _ = name.split("/")
                role: KeyRole = "ksk" if history.ds else "zsk"
                yield KeySight(
                    int(tag), algorithm_text(int(algorithm)), role, "removed", 0, False, 0, None, (), "", history
                )  # fmt: skip

    def _vouchers(self) -> Iterator[DsSight]:
        """Every DS that is declared or served above."""
        declared = set(vouchers_of(RRset(0, self._zone.ds)))
        served = self._chain.served
        found: dict[Voucher, None] = dict.fromkeys([*declared, *(each for those in served.values() for each in those)])
        for each in found:
            matching = [key.tag for key in self._keys if vouches(each, self._data.origin, key)]
            text = f"{each.tag} {each.algorithm} {each.digest} {each.value.hex()}"
            above = tuple(server for server, those in served.items() if each in those)
            yield DsSight(text, each.tag, matching[0] if matching else None, each in declared, above)

    def _notes(self) -> Iterator[str]:
        if self._keys and not self._whole:
            yield f"of {self._tally.total} RRsets the signatures of the apex were verified; --whole verifies all"
        if self._keys and not self._zone.signing:
            yield "it is signed, and not declared to be"
        weak = sorted({algorithm_text(key.algorithm) for key in self._keys if key.algorithm in WEAK})
        if weak:
            yield f"{', '.join(weak)} is too weak to sign with (RFC 8624)"
        hashing = hashing_of(self._data)
        if hashing is not None and (hashing.iterations or hashing.salt):
            yield "NSEC3 with iterations or salt costs and protects nothing (RFC 9276)"
        wanted = "NSEC3" if self._evidence.policy.nsec3 else "NSEC"
        if self._keys and self._zone.dnssec and denial_of(self._data) not in {wanted, ""}:
            yield f"absence is proven by {denial_of(self._data)}, and the policy says {wanted}"
        yield from self._chain.notes


def _servers(evidence: Evidence, main: frozenset[bytes] | None, moment: datetime) -> Iterator[ServerSigning]:
    """Each server's own word: its keys and the signatures of its apex."""
    first = next((answer for _, answer in evidence.apexes if isinstance(answer, Apex)), None)
    for server, answer in evidence.apexes:
        role = f"{server.role} ({server.standing})" if server.standing else server.role
        if isinstance(answer, NetctlError):
            yield ServerSigning(server.name, role, None, "", (), str(answer))
            continue
        problems: tuple[str, ...] = ()
        expires = ""
        if main or answer.keys.rrset:
            problems, left = look_at(evidence.intended.zone.origin, answer, moment.timestamp())
            expires = "" if left is None else _moment(int(moment.timestamp()) + left)
        level = first is not None and first.serial == answer.serial
        if main is not None and level and answer.keys.rrset and frozenset(answer.keys.rrset.rdatas) != main:
            problems = (*problems, "its keys are not those of the primary, at the same serial")
        yield ServerSigning(server.name, role, answer.serial, expires, problems)


def _keys_in(data: ZoneData) -> frozenset[bytes]:
    found = data.rrsets.get((data.origin, DNSKEY))
    return frozenset(found.rdatas) if found else frozenset()


def _ids(answer: Apex) -> frozenset[str]:
    return frozenset(key.id for key in keys_of(answer.keys.rrset))


def _ttl(data: ZoneData, number: int, otherwise: int) -> int:
    found = data.rrsets.get((data.origin, number))
    return found.ttl if found else otherwise


def _texts(data: ZoneData, *numbers: int) -> Iterator[str]:
    for number in numbers:
        found = data.rrsets.get((data.origin, number))
        for each in found.rdatas if found else ():
            yield f"{type_text(number)} {rdata_text(number, each)}"


def _moment(seconds: int) -> str:
    return stamp(datetime.fromtimestamp(seconds, UTC))
