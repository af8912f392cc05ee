"""One zone: its records and where each comes from, what every server serves of it, and what was changed in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import islice
from typing import Literal, NamedTuple

from netctl.change.roles import reach
from netctl.control.changes.touched import within
from netctl.control.dns.book import NamesBook
from netctl.control.dns.coverage import Covered
from netctl.control.dns.lint import RuleFinding
from netctl.control.dns.writer import writer_of
from netctl.control.network.atlas import Reach
from netctl.control.network.declared import Declared
from netctl.control.pages.zone_list import ZoneLine, sees, servers_of, zone_line
from netctl.control.watching.names_seen import NamesSeen, names_seen
from netctl.errors import RecordInvalid, UnknownZone, ZoneNameInvalid
from netctl.model.dns import NameServer
from netctl.model.names import ViewZone, ZoneSignatures
from netctl.model.places import LEAVING, ZoneTargetName
from netctl.model.signing import ZoneSigning
from netctl.model.watch import Problem
from netctl.services.dns.hosts import AAAA, A
from netctl.services.dns.intended import Intended
from netctl.services.dns.origins import Origin
from netctl.store import Books, Store
from netctl.store.traces import Trace
from netctl.zones import names
from netctl.zones.data import Key, Name
from netctl.zones.records import rdata_text, type_number, type_text

MOST_TRACES = 20
MOST_MISSING = 50
LARGE = 10_000  # records
LeadsTo = Literal["device", "site", ""]


class ZoneRecord(NamedTuple):
    """One record; `origin` is a place in a file or what it follows from, `leads` and `place` whose address it is."""

    name: str
    type: str
    ttl: int
    data: str
    origin: str
    leads: LeadsTo
    place: str


class RecordSetLine(NamedTuple):
    """The records of one name and type; `key` is what the page after this one begins behind."""

    key: str
    name: str
    type: str
    ttl: int
    data: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZonePage:
    """Everything about one zone. `records` are in canonical order; `covered` is there for reverse zones.

    `signing` is what was seen of its keys and signatures, where somebody looked.
    """

    line: ZoneLine
    zone: Intended
    servers: tuple[NameServer, ...]
    signatures: ZoneSignatures | None
    signing: ZoneSigning | None
    covered: Covered | None
    findings: tuple[RuleFinding, ...]
    problems: tuple[Problem, ...]
    traces: tuple[Trace, ...]
    found: NamesSeen
    book: NamesBook
    seen: Reach

    @property
    def records(self) -> tuple[ZoneRecord, ...]:
        """All records, made once while nothing is declared anew."""
        return self.book.once(("records", self.line.of), lambda: tuple(_records(self.book, self.zone)))


def zone_page(store: Store, declared: Declared, view: str, zone: str, *, user: str) -> ZonePage:
    """One zone by its name without the final dot; raises `UnknownZone` for none of this name within reach."""
    of, book = ViewZone(view, zone), declared.names()
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        intended = book.zones.get(of) if book is not None else None
        if book is None or intended is None or not sees(seen, intended):
            raise UnknownZone(f"no zone {zone[:200]!r} to show in view {view[:64]!r}")
        found = names_seen(store, books)
        writer = writer_of(books)
        findings = book.findings(books.now().date()).get(of, ())
        target = ZoneTargetName(of.zone, of.view)
        traces = books.traces.of((str(target), f"{target}{LEAVING}"), MOST_TRACES)
        severities = [each.severity for each in findings if not each.waived]
        return ZonePage(
            line=zone_line(book, found, of, severities, writer),
            zone=intended,
            servers=servers_of(book, view, writer),
            signatures=found.signatures(of),
            signing=books.names.signing(of),
            covered=book.coverage.zones.get((view, intended.zone.name)),
            findings=findings,
            problems=_problems(books, of, seen),
            traces=within(books, seen, traces),
            found=found,
            book=book,
            seen=seen,
        )


def record_sets(page: ZonePage, *, after: str = "", name: str = "", type_: str = "") -> Iterator[RecordSetLine]:
    """The record sets of a zone behind a key, in canonical order: those with `name` in theirs, of one type, or all.

    A key that no longer is anybody's is as good: what comes behind it is told by its order.
    """
    data = page.zone.data
    order = page.book.once(("order", page.line.of), lambda: sorted(data.rrsets, key=_order))
    begin = bisect_right(order, _after(after, data.origin), key=_order) if after else 0
    wanted, kind = name.casefold(), type_.upper()
    for owner, number in islice(order, begin, None):
        text, word = names.relative(owner, data.origin), type_text(number)
        if wanted in text and kind in ("", word):
            rrset, key = data.rrsets[owner, number], (owner, number)
            places = page.book.names.declared.places
            yield RecordSetLine(
                f"{text} {word}",
                text,
                word,
                rrset.ttl,
                tuple(rdata_text(number, each) for each in rrset.rdatas),
                tuple(places.text(page.zone.origin_of(key, index)) for index in range(len(rrset.rdatas))),
            )


def _order(key: Key) -> tuple[tuple[bytes, ...], int]:
    return names.order(key[0]), key[1]


def _after(text: str, origin: Name) -> tuple[tuple[bytes, ...], int]:
    """What a key of a page stands behind; the beginning for what is no such key."""
    name, _, kind = text.rpartition(" ")
    try:
        return names.order(names.wire(name, origin)), type_number(kind)
    except (ZoneNameInvalid, RecordInvalid):
        return (), -1


def _problems(books: Books, of: ViewZone, seen: Reach) -> tuple[Problem, ...]:
    """Open problems about the zone alone; those of servers are on the list of problems."""
    name = f"{of.zone}@{of.view}"
    found = books.problems.about(name, 10, organisations=seen)
    return tuple(each for each in found if each.subject == name and not each.closed_at)


def _records(book: NamesBook, zone: Intended) -> Iterator[ZoneRecord]:
    places = book.names.declared.places
    rrsets, small = zone.data.rrsets, zone.count <= LARGE
    origin_of = zone.data.origin
    for owner, kind in sorted(rrsets, key=_order):
        rrset, word, name = rrsets[owner, kind], type_text(kind), names.relative(owner, origin_of)
        for index, data in enumerate(rrset.rdatas):
            origin, text = zone.origin_of((owner, kind), index), rdata_text(kind, data)
            leads, place = _whose(book, kind, text, origin, small=small)
            yield ZoneRecord(name, word, rrset.ttl, text, places.text(origin), leads, place)


def _whose(book: NamesBook, kind: int, text: str, origin: Origin, *, small: bool) -> tuple[LeadsTo, str]:
    """The router or site that a record is about; sites are only looked for in a small zone, it takes a while."""
    what, _, name = origin.derived.partition(" ")
    network = book.atlas.network
    if what == "router" and name in network.devices:
        return "device", name
    if what == "site" and name in network.sites:
        return "site", name
    if kind not in {A, AAAA}:
        return "", ""
    if at := book.atlas.directory.places.get(text):
        return "device", at[0].device
    within = book.atlas.directory.site_of(ip_address(text)) if small else None
    return ("site", within[0].id) if within is not None else ("", "")
