"""What the API gives and takes of names, in types; see `nouns`. Names have no final dot; the root is ``.``."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from netctl.control.pages.zone_list import ZoneState
from netctl.control.watching.names_seen import ZoneCell
from netctl.model.dns import ServerRole, Software
from netctl.model.signing import ZoneSigning
from netctl.web.api.nouns import PageAsked, Word
from netctl.web.api.operation import Given

AfterName = Annotated[str, Meta(max_length=1200, description="Begin behind this one: `next` of the page before.")]


class ZonesAsked(PageAsked, frozen=True):
    """Zones of one view, organisation or state."""

    after: AfterName = ""
    view: Word = ""
    organisation: Word = ""
    state: Literal[ZoneState, ""] = ""


class RecordsAsked(PageAsked, frozen=True):
    """Records of one type, or whose name as it is written in the zone has a word in it."""

    after: AfterName = ""
    name: Word = ""
    type: Word = ""


class ZoneSummary(Given, frozen=True):
    """One zone of one view, and how each of its servers stands with it, the one where it is written first.

    `serial` is null where nobody has seen one; `expires` is when its first signature ends, "" for none; `covered` is
    the share of a reverse zone's addresses in use that have a PTR. Findings are those of the rules that nobody waived.
    """

    zone: str
    view: str
    organisation: str
    kind: str
    records: int
    signed: bool
    state: ZoneState
    serial: int | None
    servers: tuple[ZoneCell, ...]
    expires: str
    covered: float | None
    errors: int
    warnings: int


class Zones(Given, frozen=True):
    """One page of zones, by view and name. `asked_at` is when servers were asked; `stale` where that is too old."""

    items: tuple[ZoneSummary, ...]
    asked_at: str
    stale: bool
    next: str = ""


class ZoneFinding(Given, frozen=True):
    """What a rule says of a zone; `waived` is why that is lived with, "" where nobody said so."""

    rule: str
    severity: str
    name: str
    message: str
    hint: str
    place: str
    waived: str


class ZoneDetail(Given, frozen=True):
    """Everything about one zone but its records. `uncovered` are addresses in use of a reverse zone without a PTR.

    `signing` is what was seen of a signed zone's keys, signatures and DS when somebody looked at `signing_at`, and null
    for others; `problems` are those about this zone alone.
    """

    zone: ZoneSummary
    ttl: int
    file: str
    signing: ZoneSigning | None
    signing_at: str
    uncovered: tuple[str, ...]
    findings: tuple[ZoneFinding, ...]
    problems: tuple[str, ...]


class RecordSet(Given, frozen=True):
    """The records of one name and type as they are declared or follow; `origins` go with `data`."""

    name: str
    type: str
    ttl: int
    data: tuple[str, ...]
    origins: tuple[str, ...]


class Records(Given, frozen=True):
    """One page of record sets, in canonical order; names as they are written in the zone."""

    items: tuple[RecordSet, ...]
    next: str = ""


class NameServerLine(Given, frozen=True):
    """One name server that holds zones. `answers` is null where that is not known now, `since` is how long it is so."""

    name: str
    software: Software
    role: ServerRole
    standing: str
    centre: str
    addresses: tuple[str, ...]
    views: tuple[str, ...]
    answers: bool | None
    since: str
    why: str
    zones: int
    behind: int
    unserved: int


class NameServers(Given, frozen=True):
    """One page of name servers, by name."""

    items: tuple[NameServerLine, ...]
    next: str = ""
