"""What a plan says, cut down to what a page of its change shows, and kept while people look at it.

A plan of thousands of routers takes a second to read from the store and holds every configuration twice. What a
reviewer sees of it is its differences, each once. A digest says everything about a plan, so what was read once under
the store's own check stays true; nothing is kept that was not checked.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from netctl.model.plan import DiffLine, Finding, Plan, TargetKind, Wave, ZoneAllowance
from netctl.plan import fold
from netctl.plan.radius import Radius, radius
from netctl.store import Books

__all__ = ["SHEETS", "Group", "Sheet", "Sheets", "sheet_of"]

MOST = 32  # plans that are kept
LINES = 500_000  # of their differences together: some 100 MB


@dataclass(frozen=True, slots=True)
class Group:
    """Targets of one kind with one and the same difference; `number` counts from 1 in the plan's order."""

    number: int
    targets: tuple[str, ...]
    platform: str
    diff: tuple[DiffLine, ...]
    commands: str
    rollback: str
    organisations: tuple[str, ...]
    kind: TargetKind = "router"

    @property
    def added(self) -> int:
        """How many lines come."""
        return sum(line.op == "add" for line in self.diff)

    @property
    def removed(self) -> int:
        """How many lines go."""
        return sum(line.op == "remove" for line in self.diff)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plan as a reviewer reads it."""

    digest: str
    network: str
    network_digest: str
    created_at: str
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]
    waves: tuple[Wave, ...]
    radius: Radius
    allowances: tuple[ZoneAllowance, ...]
    kinds: Mapping[str, TargetKind]  # of every target
    names_digest: str = ""

    @property
    def lines(self) -> int:
        """How many lines its differences have, each told once."""
        return sum(len(group.diff) for group in self.groups)

    def group(self, number: int) -> Group | None:
        """The group with this number."""
        return self.groups[number - 1] if 0 < number <= len(self.groups) else None


def sheet_of(plan: Plan, digest: str) -> Sheet:
    """The sheet of a plan whose digest is known."""
    owners = {target.target: target.organisation for target in plan.targets}
    groups = tuple(
        Group(
            number,
            each.targets,
            each.platform,
            each.diff,
            each.commands,
            each.rollback,
            tuple(sorted({owners[name] for name in each.targets})),
            each.kind,
        )
        for number, each in enumerate(fold(plan), start=1)
    )
    return Sheet(
        digest=digest,
        network=plan.network,
        network_digest=plan.network_digest,
        created_at=plan.created_at,
        groups=groups,
        findings=plan.findings,
        waves=plan.waves,
        radius=radius(plan),
        allowances=plan.allowances,
        kinds={target.target: target.kind for target in plan.targets},
        names_digest=plan.names_digest,
    )


class Sheets:
    """The sheets that were asked for last; may be shared by threads."""

    def __init__(self, most: int = MOST, lines: int = LINES) -> None:
        self._most = most
        self._lines = lines
        self._kept: OrderedDict[str, Sheet] = OrderedDict()
        self._turn = threading.Lock()

    def of(self, books: Books, digest: str) -> Sheet:
        """The sheet of the plan with this digest; raises `PlanTampered` where the store does not hold that plan."""
        kept = self._look_up(digest)
        if kept is not None:
            return kept
        made = sheet_of(books.plans.without_renderings(digest), digest)
        with self._turn:
            self._kept[digest] = made
            while len(self._kept) > 1 and (len(self._kept) > self._most or self._held() > self._lines):
                self._kept.popitem(last=False)
        return made

    def _held(self) -> int:
        return sum(sheet.lines for sheet in self._kept.values())

    def _look_up(self, digest: str) -> Sheet | None:
        with self._turn:
            kept = self._kept.get(digest)
            if kept is not None:
                self._kept.move_to_end(digest)
            return kept


SHEETS = Sheets()
"""Those of this process: a digest means the same plan in every store."""
