"""What the papers of one change tell, in no layout and no language but the names of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from netctl.model.audit import AuditEntry
from netctl.model.change import Approval, Change, MemberState, ReceiptLine
from netctl.model.counts import TargetCount
from netctl.model.places import LEAVING
from netctl.model.plan import DiffLine, Finding, TargetKind, ZoneAllowance
from netctl.plan.phases import Phase
from netctl.plan.records import RecordRow

Kind = Literal["plan", "procedure", "report"]
Language = Literal["ja", "en"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the audit log was proven whole; `broken` says what is wrong, "" for nothing."""

    verified_to: int
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds that a push waits, by the settings of the host that carries it out."""

    confirm: int
    settle: int


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the approvals: who stands in it and since when; both "" while it waits for somebody."""

    role: Literal["author", "approval", "operator", "reviewer"]
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Target:
    """One target's share. `state` is "" before the push began; `began` and `ended` are of its steps.

    `place` is a router's site or centre, "" for others: a zone is everywhere.
    """

    name: str
    kind: TargetKind
    phase: Phase
    platform: str
    group: str
    place: str
    organisation: str
    wave: int
    added: int
    removed: int
    state: MemberState | Literal[""]
    detail: str
    began: str
    ended: str
    seconds: int
    steps: tuple[ReceiptLine, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A redundancy group's members that change, one after the other."""

    id: str
    place: str
    members: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class WaveOrder:
    """Groups that are changed side by side; `phases` are what of the order the wave is."""

    number: int
    phases: tuple[Phase, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, told once for all targets that share it; a zone's in `records`, of which some may be left out."""

    number: int
    targets: tuple[str, ...]
    kind: TargetKind
    platform: str
    diff: tuple[DiffLine, ...]
    rollback: tuple[str, ...]
    records: tuple[RecordRow, ...] = ()
    left_out: int = 0

    @property
    def leaving(self) -> bool:
        """True of what goes before the routers change."""
        return self.kind == "zone" and self.targets[0].endswith(LEAVING)


@dataclass(frozen=True, slots=True)
class Vote:
    """One word said on the change; it `stands` where it is the person's last, and about the plan of now."""

    approval: Approval
    stands: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a paper may tell. `as_of` is the moment of the last thing that was done about the change."""

    change: Change
    network: str
    network_digest: str
    as_of: str
    planned_at: str
    targets: tuple[Target, ...]
    count: TargetCount
    zones: tuple[tuple[str, tuple[str, ...]], ...]  # by name, with their views
    servers: tuple[str, ...]
    allowances: tuple[ZoneAllowance, ...]
    places: tuple[str, ...]
    organisations: tuple[str, ...]
    waves: tuple[WaveOrder, ...]
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    votes: tuple[Vote, ...]
    boxes: tuple[Box, ...]
    deviations: tuple[Target, ...]
    entries: tuple[AuditEntry, ...]
    altered: tuple[int, ...]  # entries whose content and hash do not agree
    chain: Chain
    began: str
    ended: str
    tally: tuple[tuple[MemberState, int], ...]
    deadlines: Deadlines
    left_out: int  # targets that ended as planned, whose steps and entries a long paper leaves out
    most_at_once: int  # groups that run on one router at the same time

    @property
    def routers(self) -> tuple[Target, ...]:
        """Those of its targets that are routers."""
        return tuple(target for target in self.targets if target.kind == "router")

    @property
    def kinds(self) -> frozenset[TargetKind]:
        """What kinds of targets there are."""
        return frozenset(target.kind for target in self.targets)
