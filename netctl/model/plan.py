"""A plan: for every target the difference between what it holds and what it must hold, in one digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal, Self, cast, get_args

from netctl.model.artefact import Part
from netctl.model.plain import from_plain, to_plain

Severity = Literal["info", "low", "medium", "high"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # from what is good to know to what two people must say yes to

TargetKind = Literal["router", "server", "zone"]
"""`server` is a name server's configuration; `zone` is one zone of one view where it is written."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One risk a reviewer should know; `code` is stable (``RISK-…``), `target` "" for the plan as a whole."""

    code: str
    severity: Severity
    target: str
    message: str


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a diff with the template line (`origin`) that wrote it; `depth` is its section depth."""

    op: Literal["add", "remove", "context"]
    part: str
    depth: int
    text: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """One target's share of a plan.

    `intended` is what the target must hold after the change, `drained` the same with traffic led to the mate, `drain`
    the merge that drains it first. `running_digest` is the state the diff was made against (safety law 4). `commands`
    is what a person would say to the router to the same end, one line a command, and `rollback` what leads back; both
    are proven by prediction, and empty for platforms that are compared as documents. `organisation` owns the target's
    site, "" for the backbone: who may decide follows from it.

    A `server` has one rendering, its `intended`: nothing is led away from it. A `zone` has one part in `intended`,
    which says of every RRset it touches what is before and after it (`netctl.plan.zonepart`); what it leaves alone may
    be large, and is not in the plan. Its `running_digest` is over what people declare, not what servers make.
    """

    target: str
    platform: str
    group: str
    running_digest: str
    intended: tuple[Part, ...]
    drained: tuple[Part, ...]
    drain: tuple[Part, ...]
    diff: tuple[DiffLine, ...]
    commands: str = ""
    rollback: str = ""
    organisation: str = ""
    kind: TargetKind = "router"

    @property
    def changed(self) -> bool:
        """True where there is something to push."""
        return any(line.op != "context" for line in self.diff)


@dataclass(frozen=True, slots=True)
class Wave:
    """Redundancy groups that may be changed side by side; inside each, one member at a time."""

    number: int
    groups: tuple[tuple[str, tuple[str, ...]], ...]  # (group id, members in order)


@dataclass(frozen=True, slots=True)
class ZoneAllowance:
    """What a plan says it may do to one zone, in all its views, beyond the policy's limits; 0 and False for no more.

    `zone` has its final dot; `deletions` are records, `deleted_percent` is of those that run.
    """

    zone: str
    deletions: int = 0
    deleted_percent: int = 0
    apex_ns: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What one approval is about. `digest` covers everything but the moment it was made.

    `names_digest` is of what `dns/` declares, "" where that is no part of the plan.
    """

    network: str
    network_digest: str
    created_at: str  # RFC 3339, UTC
    targets: tuple[TargetPlan, ...]  # only targets with differences
    waves: tuple[Wave, ...]
    findings: tuple[Finding, ...]
    unreachable: tuple[tuple[str, str], ...] = ()  # (target, error); such a plan cannot be proposed
    names_digest: str = ""
    allowances: tuple[ZoneAllowance, ...] = ()

    @property
    def empty(self) -> bool:
        """True where nothing differs anywhere."""
        return not self.targets

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as written to the plan file. What a plan of routers alone does not need is not in it."""
        content = cast("dict[str, Any]", to_plain(self))
        for key in ("names_digest", "allowances"):
            if not content[key]:
                del content[key]
        for target in content["targets"]:
            if target["kind"] == "router":
                del target["kind"]
        return content

    @classmethod
    def from_dict(cls, data: object) -> Self:
        """The plan `as_dict` gave; raises `ValueError` naming the place where `data` is not exactly a plan."""
        return from_plain(cls, data)

    @property
    def digest(self) -> str:
        """SHA-256, hex, over `canonical`."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def canonical(self) -> bytes:
        """Canonical JSON of everything but `created_at`: equal plans give equal bytes."""
        content = self.as_dict()
        del content["created_at"]
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
