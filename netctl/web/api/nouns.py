"""What the API gives and takes, in types: the document, the checks and the answers are all made of these.

Fields that are nouns of `netctl.model` are given as they are. Moments are RFC 3339 in UTC, "" for never; rates are in
bit/s, offsets and spans in seconds, shares from 0 to 1.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from netctl.control.pages.device_page import Observed
from netctl.control.pages.device_parts import Neighbour, Port, VirtualRouter
from netctl.control.pages.lines import Redundancy
from netctl.control.pages.tiles import Tile
from netctl.control.watching.problems import Suspect
from netctl.model.audit import AuditEntry
from netctl.model.change import ChangeState
from netctl.model.plan import Severity
from netctl.model.watch import DeviceState, Drift, Point, Problem, Reason, RoundMark, Silence
from netctl.web.api.operation import Asked, Given

# ── what is asked for ────────────────────────────────────────────────────────────────────────────────────────────────

Limit = Annotated[int, Meta(ge=1, le=500, description="At most so many.")]
_BEHIND = "Begin behind this one: `next` of the page before."
After = Annotated[str, Meta(max_length=128, description=_BEHIND)]
AfterId = Annotated[str, Meta(pattern="^([A-Z]-[0-9]{1,15})?$", description=_BEHIND)]
AfterNumber = Annotated[str, Meta(pattern="^([0-9]{1,15})?$", description=_BEHIND)]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Word = Annotated[str, Meta(max_length=128)]


class PageAsked(Asked, frozen=True):
    """One page of a list."""

    after: After = ""
    limit: Limit = 100


class NumberedAsked(Asked, frozen=True):
    """One page of a list of what has numbers of its own."""

    after: AfterId = ""
    limit: Limit = 100


class CountedAsked(Asked, frozen=True):
    """One page of a list that is counted through."""

    after: AfterNumber = ""
    limit: Limit = 100


class DevicesAsked(PageAsked, frozen=True):
    """Routers of one state, organisation or site."""

    state: Literal[DeviceState, ""] = ""
    organisation: Word = ""
    site: Word = ""


class SitesAsked(PageAsked, frozen=True):
    """Sites of one organisation, or with one way out left."""

    organisation: Word = ""
    redundancy: Literal[Redundancy, ""] = ""


class PointsAsked(Asked, frozen=True):
    """How far back."""

    span: Literal["3h", "day", "week", "month", "year"] = "day"


class ProblemsAsked(NumberedAsked, frozen=True):
    """Open problems, closed ones, or all."""

    state: Literal["open", "closed", "all"] = "open"
    severity: Literal[Severity, ""] = ""


class ChangesAsked(NumberedAsked, frozen=True):
    """Changes in one state."""

    state: Literal[ChangeState, ""] = ""


class AuditAsked(CountedAsked, frozen=True):
    """Entries by who, about what, when; `action` may be a whole room such as ``change``."""

    actor: Word = ""
    subject: Word = ""
    device: Word = ""
    action: Word = ""
    since: Annotated[datetime, Meta(tz=True)] | UnsetType = UNSET
    until: Annotated[datetime, Meta(tz=True)] | UnsetType = UNSET


class ReasonAsked(Asked, frozen=True):
    """A step with its reason."""

    reason: Text


class StopAsked(Asked, frozen=True):
    """A stop may go without a reason: whoever sees a push go wrong must not look for words."""

    reason: Annotated[str, Meta(max_length=4000)] = ""


class SilenceAsked(Asked, frozen=True):
    """No noise about a router, a site, a line, or ``*``; and about one code, or ``*``."""

    subject: Annotated[str, Meta(min_length=1, max_length=128)]
    reason: Text
    until: Annotated[datetime, Meta(tz=True)]
    code: Annotated[str, Meta(min_length=1, max_length=64)] = "*"


class CommentAsked(Asked, frozen=True):
    """A remark on a change (0 and 0), on one of its groups, or on a line of one; both are counted from 1."""

    text: Text
    group: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    line: Annotated[int, Meta(ge=0, le=10_000_000)] = 0


# ── what is given: watching ──────────────────────────────────────────────────────────────────────────────────────────


class Overview(Given, frozen=True):
    """How the network stands: routers by state, a tile for each service, sites that lost redundancy, open problems."""

    devices: int
    states: dict[DeviceState, int]
    services: tuple[Tile, ...]
    sites: int
    lost: tuple[LostSite, ...]
    problems: dict[Severity, int]
    round: RoundMark | None


class LostSite(Given, frozen=True):
    """A site with one way out left, or none."""

    id: str
    redundancy: Redundancy


class DeviceSummary(Given, frozen=True):
    """One router; `state` is what may be said now, "unknown" where nobody has looked for too long.

    `stale` is true where `version`, `drift` and `clock_offset` are from `seen_at`, before the router stopped answering
    or anybody looking.
    """

    name: str
    role: str
    platform: str
    site: str
    centre: str
    organisation: str
    region: str
    state: DeviceState
    since: str
    tried_at: str
    seen_at: str
    stale: bool
    version: str
    drift: Drift
    clock_offset: float | None
    reasons: tuple[Reason, ...]


class Devices(Given, frozen=True):
    """One page of routers, by name."""

    items: tuple[DeviceSummary, ...]
    next: str = ""


class DeviceDetail(Given, frozen=True):
    """Everything about one router but its configurations; `stale` where nobody has looked for too long.

    Ports, neighbours and the rest are as they were seen last: `observed` says of each part when that was, and whether
    it may be something else by now, which is so as long as the router does not answer.
    """

    device: DeviceSummary
    mate: str
    mate_state: DeviceState
    management_address: str
    stale: bool
    observed: Observed
    problems: tuple[str, ...]
    ports: tuple[Port, ...]
    neighbours: tuple[Neighbour, ...]
    virtual_routers: tuple[VirtualRouter, ...]


class Points(Given, frozen=True):
    """Metrics of one router, oldest first."""

    device: str
    items: tuple[Point, ...]


class SiteSummary(Given, frozen=True):
    """One site and its two routers, in their order."""

    id: str
    name: str
    name_ja: str
    organisation: str
    region: str
    redundancy: Redundancy
    routers: tuple[str, ...]
    states: tuple[DeviceState, ...]


class Sites(Given, frozen=True):
    """One page of sites, by their names in files."""

    items: tuple[SiteSummary, ...]
    next: str = ""


class SiteDetail(Given, frozen=True):
    """One site with its addresses, IPv6 first, and what is wrong there."""

    site: SiteSummary
    prefixes: tuple[str, ...]
    cores: tuple[str, ...]
    problems: tuple[str, ...]


# ── what is given: problems ──────────────────────────────────────────────────────────────────────────────────────────


class Problems(Given, frozen=True):
    """One page of problems, newest first, without their symptoms."""

    items: tuple[Problem, ...]
    next: str = ""


class ProblemDetail(Given, frozen=True):
    """One problem, the routers that show it, and what was changed just before."""

    problem: Problem
    targets: tuple[str, ...]
    suspects: tuple[Suspect, ...]


class Silences(Given, frozen=True):
    """One page of silences, newest first; those that are over as well."""

    items: tuple[Silence, ...]
    next: str = ""


class SilenceGiven(Given, frozen=True):
    """One silence."""

    silence: Silence


# ── what is given: the audit log ──────────────────────────────────────────────────────────────────────────────────────


class AuditGiven(Given, frozen=True):
    """One page of the audit log, oldest first."""

    items: tuple[AuditEntry, ...]
    next: str = ""
