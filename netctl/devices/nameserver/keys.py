"""What a server says of a zone's keys: SOA, DNSKEY and the DS above, each with its signatures (RFC 4035 section 3)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from netctl.devices.nameserver.asking import Seconds, ask
from netctl.devices.nameserver.messages import question, refusal
from netctl.devices.nameserver.server import NameServer, ZonePlace
from netctl.devices.nameserver.signed import vouched
from netctl.devices.nameserver.transport import Connection
from netctl.errors import NetctlError
from netctl.zones import names
from netctl.zones.data import SOA, Key, Name, RRset
from netctl.zones.difference import ZoneDifference
from netctl.zones.dnssec import DNSKEY, DS, RRSIG, SigningKey, keys_of
from netctl.zones.dnssec_signatures import Signature, SignatureCheck, signature
from netctl.zones.records import type_text
from netctl.zones.serial import serial_of
from netctl.zones.wire import IN, Record

_NXDOMAIN = 3
_WORKERS = 4


class Told(NamedTuple):
    """An RRset as one server answers with it, and its signatures; None where there is none."""

    rrset: RRset | None
    signatures: tuple[Signature, ...]


class Apex(NamedTuple):
    """A zone's SOA and keys on one server."""

    soa: Told
    keys: Told

    @property
    def serial(self) -> int | None:
        """The zone's serial there."""
        return serial_of(self.soa.rrset.rdatas[0]) if self.soa.rrset else None

    @property
    def signers(self) -> frozenset[tuple[int, int]]:
        """Who signs the keys, by algorithm and tag."""
        return frozenset((each.algorithm, each.tag) for each in self.keys.signatures)


class Asked(NamedTuple):
    """A zone at a place: its apex, or with `cut` the DS of a zone below it."""

    place: ZonePlace
    cut: Name = b""


Answer = Apex | Told
Gathered = dict[Asked, Answer | NetctlError]


def gather(asked: Sequence[Asked], seconds: float, workers: int, now: Seconds = time.time) -> Gathered:
    """What every server says, or why it says nothing; servers side by side, each on one connection."""
    by_server: dict[NameServer, list[Asked]] = {}
    for each in asked:
        by_server.setdefault(each.place.server, []).append(each)
    found: Gathered = {}
    if by_server:
        with ThreadPoolExecutor(max_workers=max(1, min(workers, len(by_server))), thread_name_prefix="keys") as pool:
            for answers in pool.map(lambda those: dict(_series(those, seconds, now)), by_server.values()):
                found |= answers
    return found


def _series(asked: Sequence[Asked], seconds: float, now: Seconds) -> Iterator[tuple[Asked, Answer | NetctlError]]:
    """One server's answers. A server that cannot be reached is asked once; one that fails is dialled again."""
    try:
        connection = Connection(asked[0].place.server, seconds, where=asked[0].place.where)
    except NetctlError as error:
        yield from ((each, error) for each in asked)
        return
    with connection:
        for position, each in enumerate(asked):
            try:
                connection.begin(seconds, each.place.where)
                yield each, _answer(connection, each, now)
            except NetctlError as error:
                yield each, error
                try:
                    connection.renew()
                except NetctlError as lost:
                    yield from ((other, lost) for other in asked[position + 1 :])
                    return


def _answer(connection: Connection, asked: Asked, now: Seconds) -> Answer:
    if asked.cut:
        return told(connection, asked.place, asked.cut, DS, now)
    origin = asked.place.origin
    soa = told(connection, asked.place, origin, SOA, now)
    return Apex(soa, told(connection, asked.place, origin, DNSKEY, now))


def told(connection: Connection, place: ZonePlace, name: Name, number: int, now: Seconds = time.time) -> Told:
    """One RRset of a zone, with its signatures."""
    message, _ = ask(connection, question(name, number, signatures=True), place.transfer, place.where, now)
    if message.code not in {0, _NXDOMAIN}:
        raise refusal(message.code, place.where, f"a question for {type_text(number)} of {names.text(name)}")
    records = [each for each in message.answers if each.owner == name and each.class_ == IN]
    signatures = (signature(each.rdata) for each in records if each.type == RRSIG)
    return Told(_rrset(records, number), tuple(each for each in signatures if each and each.covered == number))


def _rrset(records: Sequence[Record], number: int) -> RRset | None:
    found = [each for each in records if each.type == number]
    return RRset(found[0].ttl, tuple(sorted(each.rdata for each in found))) if found else None


class ApexLook(NamedTuple):
    """What is wrong with the apex of a signed zone on one server, and how many seconds are left of its signatures."""

    problems: tuple[str, ...]
    left: int | None


def look_at(origin: Name, apex: Apex, moment: float) -> ApexLook:
    """SOA and keys of one server verified with those keys."""
    keys = keys_of(apex.keys.rrset)
    if not keys:
        return ApexLook(("it serves the zone without keys",), None)
    problems = [
        said
        for number, each in ((SOA, apex.soa), (DNSKEY, apex.keys))
        if (said := flaw_of((origin, number), each, keys, moment))
    ]
    left = [each.seconds_left(moment) for each in (*apex.soa.signatures, *apex.keys.signatures)]
    return ApexLook(tuple(problems), min(left, default=None))


def flaw_of(key: Key, answer: Told, keys: Sequence[SigningKey], moment: float) -> str:
    """Why no signature of an RRset holds; "" where one does."""
    if answer.rrset is None:
        return f"{names.text(key[0])} {type_text(key[1])}: it is not there"
    check = SignatureCheck(_signer(key, answer), keys, moment)
    reasons = [check.flaw(key, answer.rrset, each) for each in answer.signatures]
    if reasons and "" in reasons:
        return ""
    why = "; ".join(dict.fromkeys(reasons)) or "it has none"
    return f"{names.text(key[0])} {type_text(key[1])}: no signature holds: {why}"


def _signer(key: Key, answer: Told) -> Name:
    """Who must have signed: the zone itself, or of a DS the one above, whose keys are given."""
    return key[0] if key[1] != DS or not answer.signatures else answer.signatures[0].signer


def unfollowed(given: Mapping[ZonePlace, RRset], seconds: float, now: Seconds = time.time) -> Iterator[str]:
    """What breaks where zones at these places have these DS above: none is of a key that signs the keys there.

    A zone that its server does not have is somebody else's, and nothing is said of it; nor where nobody answers.
    """
    answers = gather([Asked(place) for place in given], seconds, _WORKERS, now)
    for place, vouchers in given.items():
        answer = answers[Asked(place)]
        if not isinstance(answer, Apex) or answer.soa.rrset is None:
            continue
        if wrong := vouched(place.origin, answer.keys.rrset, vouchers, answer.signers):
            yield f"{names.text(place.origin)}: {wrong}"


def given_by(change: ZoneDifference) -> dict[Name, RRset]:
    """The DS that zones below have after a change, where it makes or alters them."""
    found = {key[0]: rrset for key, rrset in change.added if key[1] == DS}
    return found | {key[0]: after for key, _, after in change.changed if key[1] == DS}
