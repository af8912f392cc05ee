"""All zones with how each server stands with them, a line each; and the servers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from netctl.change.roles import reach
from netctl.control.dns.book import NamesBook
from netctl.control.dns.coverage import Uncovered
from netctl.control.dns.writer import Writing, writer_of, writing_now
from netctl.control.network.atlas import Reach
from netctl.control.network.declared import Declared
from netctl.control.watching.names_seen import NamesSeen, ZoneCell, names_seen
from netctl.model.dns import NameServer
from netctl.model.names import ServerSeen, ViewZone
from netctl.services.dns.intended import Intended
from netctl.store import Store

ZoneState = Literal["down", "degraded", "unknown", "up"]
"""`down` where no server serves it, `degraded` where some do not as they should."""


_STATES: tuple[ZoneState, ...] = ("down", "degraded", "unknown", "up")  # worst first


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """One zone of one view; `cells` are its servers, the one where it is written first.

    `expires` is when its first signature ends, "" where it has none or nobody looked; `covered` is the share of a
    reverse zone's addresses in use that have a PTR, None for other zones. Findings count those nobody waived.
    """

    of: ViewZone
    organisation: str
    kind: str
    records: int
    signed: bool
    state: ZoneState
    cells: tuple[ZoneCell, ...]
    expires: str
    covered: float | None
    errors: int
    warnings: int

    @property
    def serial(self) -> int | None:
        """The serial where the zone is written."""
        return self.cells[0].serial if self.cells else None


@dataclass(frozen=True, slots=True)
class ServerLine:
    """One name server; `zones` that it holds, `behind` and `unserved` of them are not as they should be."""

    server: NameServer
    seen: ServerSeen | None
    zones: int
    behind: int
    unserved: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the addresses in use that one may see lead back to a name; `outside` lie in no reverse zone."""

    used: int
    named: int
    outside: int


@dataclass(frozen=True, slots=True)
class ZoneList:
    """The zones within reach, the view's order first, and all servers that hold zones.

    `book` is None where the network declares no names, or they cannot be used; `writing` says who writes where the
    declared main primary does not.
    """

    lines: tuple[ZoneLine, ...]
    servers: tuple[ServerLine, ...]
    share: Share
    seen: Reach
    found: NamesSeen
    book: NamesBook | None
    writing: Writing | None

    @property
    def outside(self) -> tuple[tuple[str, Uncovered], ...]:
        """Addresses in use that lie in no reverse zone, by view; for who sees everything."""
        if self.book is None or self.seen is not None:
            return ()
        return tuple((view, each) for view, some in self.book.coverage.outside.items() for each in some)


def zone_list(store: Store, declared: Declared, *, user: str) -> ZoneList:
    """Every zone the user may see: those of their organisations, or all."""
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        found, day = names_seen(store, books), books.now().date()
        writing, writer = writing_now(books), writer_of(books)
    book = declared.names()
    if book is None:
        return ZoneList((), (), Share(0, 0, 0), seen, found, None, writing)
    findings = book.findings(day)

    def lines() -> tuple[ZoneLine, ...]:
        counted = {of: [each.severity for each in some if not each.waived] for of, some in findings.items()}
        return tuple(
            zone_line(book, found, of, counted.get(of, []), writer)
            for of, each in book.zones.items()
            if sees(seen, each)
        )

    whole = found.once(("zones", seen, book.mark, day, writer), lines)
    return ZoneList(whole, server_lines(book, found), _share(book, seen), seen, found, book, writing)


@dataclass(frozen=True, slots=True)
class ZonesTile:
    """All zones within reach as one: the worst state of any, how many are in it, and when servers were asked."""

    state: ZoneState
    count: int
    zones: int
    asked_at: str


def zones_tile(store: Store, declared: Declared, *, user: str) -> ZonesTile | None:
    """The zones the user may see at a glance; None where there are none, or the names are still being read."""
    if declared.names_ready is None:
        return None
    found = zone_list(store, declared, user=user)
    if not found.lines:
        return None
    states: Counter[ZoneState] = Counter(line.state for line in found.lines)
    worst: ZoneState = next(state for state in _STATES if state in states)
    mark = found.found.mark
    return ZonesTile(worst, states[worst], len(found.lines), mark.ended_at if mark is not None else "")


def sees(seen: Reach, zone: Intended) -> bool:
    """True where a reader may see a zone: whose reach is some organisations sees what is theirs."""
    return seen is None or zone.zone.organisation in seen


def zone_line(book: NamesBook, found: NamesSeen, of: ViewZone, severities: Sequence[str], writer: str) -> ZoneLine:
    """One zone as it stands."""
    zone = book.zones[of]
    cells = tuple(found.cell(of, server.name) for server in servers_of(book, of.view, writer))
    signatures = found.signatures(of)
    covered = book.coverage.zones.get((of.view, zone.zone.name))
    return ZoneLine(
        of=of,
        organisation=zone.zone.organisation,
        kind=zone.zone.kind,
        records=zone.count,
        signed=zone.zone.dnssec,
        state=state_of(cells),
        cells=cells,
        expires=signatures.expires if signatures is not None else "",
        covered=covered.share if covered is not None else None,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
    )


def servers_of(book: NamesBook, view: str, writer: str = "") -> tuple[NameServer, ...]:
    """The servers that hold a view's zones, the primaries first; of those the one that writes, "" for the main one."""
    declared = book.names.declared
    primaries = sorted(declared.primaries(view), key=lambda each: each.name != writer)
    return (*primaries, *declared.secondaries(view))


def state_of(cells: Iterable[ZoneCell]) -> ZoneState:
    """How a zone stands on all its servers."""
    states = {cell.state for cell in cells}
    if not states or states == {"unknown"}:
        return "unknown"
    if states <= {"silent", "unserved"}:
        return "down"
    if states & {"behind", "silent", "unserved"}:
        return "degraded"
    return "unknown" if "unknown" in states else "up"


def server_lines(book: NamesBook, found: NamesSeen) -> tuple[ServerLine, ...]:
    """All servers that hold zones, as they stand. That there are servers, and whether they answer, is no secret."""

    def lines() -> tuple[ServerLine, ...]:
        zones: dict[str, int] = {}
        for of in book.zones:
            for server in servers_of(book, of.view):
                zones[server.name] = zones.get(server.name, 0) + 1
        lapses = [] if found.stale else [(each.place.server, each.kind) for each in found.state.lapses.values()]
        return tuple(
            ServerLine(
                server,
                found.server(name),
                zones.get(name, 0),
                lapses.count((name, "behind")),
                lapses.count((name, "unserved")),
            )
            for name, server in book.names.declared.servers.items()
            if server.role != "resolver"
        )

    return found.once(("servers", book.mark), lines)


def _share(book: NamesBook, seen: Reach) -> Share:
    """Of the whole network, or of the reverse zones within reach: what lies in none of them is nobody's."""
    coverage = book.coverage
    if seen is None:
        return Share(coverage.used, coverage.named, sum(map(len, coverage.outside.values())))
    own = [covered for (view, zone), covered in coverage.zones.items() if sees(seen, book.names.zones[view, zone])]
    return Share(sum(each.used for each in own), sum(each.named for each in own), 0)
