"""What a server does with update messages: RFC 2136 section 3, before any of them is sent.

A server answers NOERROR to changes that it leaves out: a CNAME over other data and other data over a CNAME, the last
apex NS, an SOA that does not rise. What would be left out is said here, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from netctl.zones import names
from netctl.zones.data import MADE_BY_SERVER, SOA, Key, Name, RRset, ZoneData
from netctl.zones.difference import with_serial
from netctl.zones.embedded import CNAME, DNAME, NS
from netctl.zones.serial import next_serial, rises, serial_of
from netctl.zones.wire import ANY, IN, NONE, Message, Record, read

NOERROR, FORMERR, NXDOMAIN, YXDOMAIN, YXRRSET, NXRRSET, NOTAUTH, NOTZONE = 0, 1, 3, 6, 7, 8, 9, 10
_QUESTIONS_ONLY = range(128, 256)
_SINGLE = frozenset({CNAME, DNAME})
_WKS = 11
_NEVER_WILD = frozenset({NS, DNAME})
_WILDCARD = b"\x01*"


class Ignored(NamedTuple):
    """One record of an update that a server passes over without a word."""

    key: Key
    rdata: bytes
    why: str


@dataclass(frozen=True, slots=True)
class Simulated:
    """The zone after the messages up to the first refused one, the answer's code, and what was passed over."""

    zone: ZoneData
    code: int
    ignored: tuple[Ignored, ...]


def simulate(zone: ZoneData, messages: Iterable[bytes]) -> Simulated:
    """The messages applied one after the other; the first that is refused stops them. Raises TransferMalformed."""
    working = _Working(zone)
    for message in messages:
        code = working.take(read(message))
        if code != NOERROR:
            return Simulated(working.data(), code, tuple(working.ignored))
    return Simulated(working.data(), NOERROR, tuple(working.ignored))


class _Held:
    """An RRset while it changes."""

    __slots__ = ("rdatas", "ttl")

    def __init__(self, ttl: int, rdatas: Iterable[bytes]) -> None:
        self.ttl = ttl
        self.rdatas = set(rdatas)


class _Working:
    """A zone while it changes: the RRsets nobody touched as they were, the others in `_touched`."""

    def __init__(self, zone: ZoneData) -> None:
        self._origin = zone.origin
        self._before = zone.rrsets
        self._touched: dict[Key, _Held | None] = {}
        self._was: dict[Key, RRset | None] = {}  # before the message at hand, whatever it touches
        self._owners: dict[Name, set[int]] | None = None
        self.ignored: list[Ignored] = []

    def data(self) -> ZoneData:
        """The zone as it is now."""
        rrsets = dict(self._before)
        for key, held in self._touched.items():
            if held is None:
                rrsets.pop(key, None)
            else:
                rrsets[key] = RRset(held.ttl, tuple(sorted(held.rdatas)))
        return ZoneData(self._origin, rrsets)

    def take(self, message: Message) -> int:
        """One message: its code, and where that is NOERROR everything it says is done."""
        if len(message.questions) != 1 or message.questions[0][1:] != (SOA, IN):
            return FORMERR
        if message.questions[0][0] != self._origin:
            return NOTAUTH
        code = self._prerequisites(message.answers) or self._scan(message.authority)
        if code != NOERROR:
            return code
        soa = (self._origin, SOA)
        before = self._rrset(soa)
        self._was.clear()
        for record in message.authority:
            self._apply(record)
        # What comes and goes within one message is no change, and the serial stays.
        changed = any(self._rrset(key) != rrset for key, rrset in self._was.items())
        if changed and before and before == self._rrset(soa):
            self._set(soa, with_serial(before, next_serial(serial_of(before.rdatas[0]))))
        return NOERROR

    # ── what must hold (RFC 2136 section 3.2, 3.4.1) ─────────────────────────────────────────────────────────────────

    def _prerequisites(self, records: Iterable[Record]) -> int:
        wanted: dict[Key, set[bytes]] = {}
        for record in records:
            if record.ttl or (record.class_ in {ANY, NONE} and record.rdata):
                return FORMERR
            if not names.is_under(record.owner, self._origin):
                return NOTZONE
            if record.class_ == IN:
                wanted.setdefault(record.key, set()).add(record.rdata)
            elif record.class_ not in {ANY, NONE}:
                return FORMERR
            elif code := self._existence(record):
                return code
        for key, rdatas in wanted.items():
            held = self._rrset(key)
            if held is None or set(held.rdatas) != rdatas:
                return NXRRSET
        return NOERROR

    def _existence(self, record: Record) -> int:
        """A prerequisite that something is there, or is not."""
        if record.type == ANY:
            there, missing, present = bool(self._types(record.owner)), NXDOMAIN, YXDOMAIN
        else:
            there, missing, present = self._rrset(record.key) is not None, NXRRSET, YXRRSET
        if record.class_ == ANY:
            return NOERROR if there else missing
        return present if there else NOERROR

    def _scan(self, records: Iterable[Record]) -> int:
        for record in records:
            if not names.is_under(record.owner, self._origin):
                return NOTZONE
            questions_only = record.type in _QUESTIONS_ONLY and not (record.class_ == ANY and record.type == ANY)
            wrong = {
                IN: False,
                ANY: bool(record.ttl or record.rdata),
                NONE: bool(record.ttl),
            }.get(record.class_, True)
            if wrong or questions_only or not record.type:
                return FORMERR
        return NOERROR

    # ── what is done (RFC 2136 section 3.4.2) ────────────────────────────────────────────────────────────────────────

    def _apply(self, record: Record) -> None:
        if record.class_ == IN:
            self._add(record)
        elif record.class_ == NONE:
            self._remove_record(record)
        elif record.type != ANY:
            self._remove_rrset(record.key, named=True)
        else:
            for type_ in sorted(self._types(record.owner)):
                self._remove_rrset((record.owner, type_), named=False)

    def _add(self, record: Record) -> None:
        key = record.key
        if why := self._against(record):
            self.ignored.append(Ignored(key, record.rdata, why))
            return
        held = self._held(key)
        if held is None:
            self._set(key, RRset(record.ttl, (record.rdata,)))
            return
        if record.type in _SINGLE or record.type == SOA:
            held.rdatas.clear()
        elif record.type == _WKS:
            held.rdatas = {data for data in held.rdatas if data[:5] != record.rdata[:5]}
        held.rdatas.add(record.rdata)
        held.ttl = record.ttl  # of the whole RRset: RFC 2181 section 5.2, and what servers do

    def _against(self, record: Record) -> str:
        """Why an addition is passed over; empty where it is not."""
        if record.type == SOA:
            held = self._rrset(record.key)
            if held is None:
                return "an SOA stands at the apex only"
            before, after = serial_of(held.rdatas[0]), serial_of(record.rdata)
            return "" if rises(before, after) else f"serial {after} is not later than {before}"
        if record.type == CNAME:
            others = self._types(record.owner) - MADE_BY_SERVER - {CNAME, 25}
            return "a CNAME where other data is" if others else ""
        if record.type in _NEVER_WILD and record.owner.startswith(_WILDCARD):
            return "NS or DNAME of a wildcard, which BIND leaves out"
        if record.type in MADE_BY_SERVER or record.type == 25:
            return ""
        return "other data where a CNAME is" if self._rrset((record.owner, CNAME)) else ""

    def _remove_record(self, record: Record) -> None:
        held = self._held(record.key)
        if held is None or record.rdata not in held.rdatas:
            return
        why = ""
        if record.key == (self._origin, SOA):
            why = "the SOA stays"
        elif record.key == (self._origin, NS) and len(held.rdatas) == 1:
            why = "the last NS of the apex stays"
        if why:
            self.ignored.append(Ignored(record.key, record.rdata, why))
            return
        held.rdatas.remove(record.rdata)
        if not held.rdatas:
            self._unset(record.key)

    def _remove_rrset(self, key: Key, *, named: bool) -> None:
        if self._rrset(key) is None:
            return
        if key[0] != self._origin or key[1] not in {SOA, NS}:
            self._unset(key)
        elif named:
            self.ignored.append(Ignored(key, b"", "SOA and NS of the apex stay"))

    # ── RRsets ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _rrset(self, key: Key) -> RRset | None:
        if key in self._touched:
            held = self._touched[key]
            return None if held is None else RRset(held.ttl, tuple(sorted(held.rdatas)))
        return self._before.get(key)

    def _held(self, key: Key) -> _Held | None:
        """An RRset to be changed in place."""
        self._note(key)
        if key not in self._touched:
            rrset = self._before.get(key)
            self._touched[key] = None if rrset is None else _Held(*rrset)
        return self._touched[key]

    def _note(self, key: Key) -> None:
        if key not in self._was:
            self._was[key] = self._rrset(key)

    def _set(self, key: Key, rrset: RRset) -> None:
        self._note(key)
        self._touched[key] = _Held(*rrset)
        if self._owners is not None:
            self._owners.setdefault(key[0], set()).add(key[1])

    def _unset(self, key: Key) -> None:
        self._note(key)
        self._touched[key] = None
        if self._owners is not None:
            self._owners.get(key[0], set()).discard(key[1])

    def _types(self, owner: Name) -> set[int]:
        """The types an owner has. All owners are indexed when the first is asked for: few updates ask."""
        if self._owners is None:
            self._owners = {}
            gone = {key for key, held in self._touched.items() if held is None}
            for name, type_ in (self._before.keys() | self._touched.keys()) - gone:
                self._owners.setdefault(name, set()).add(type_)
        return self._owners.get(owner, set())
