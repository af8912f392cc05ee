"""A change, its plan, its receipts and its audit entries, put together for paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from netctl.change.approvals import standing_votes
from netctl.documents.facts import (
    Box,
    Chain,
    Deadlines,
    Difference,
    Facts,
    Language,
    Pair,
    Target,
    Vote,
    WaveOrder,
)
from netctl.model.audit import AuditEntry
from netctl.model.change import Change, MemberState, MemberVerdict, ReceiptLine
from netctl.model.moments import read_moment
from netctl.model.network import Network
from netctl.model.plan import Plan, TargetPlan
from netctl.plan import Fold, fold
from netctl.plan.phases import Phase, phases
from netctl.plan.radius import Radius, radius
from netctl.plan.records import record_rows

DETAILED = 40
"""Targets up to which a report tells every step on every one."""

RECORDS = 1000
"""Rows of one zone's records that a paper tells; the digest is over all of them."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What is put together: all of it read in one transaction, but for the declared network and its names."""

    change: Change
    plan: Plan
    members: Sequence[MemberVerdict]
    receipts: Sequence[ReceiptLine]
    entries: Sequence[AuditEntry]
    network: Network | None
    chain: Chain
    deadlines: Deadlines


def gather(sources: Sources, language: Language) -> Facts:
    """The facts of one change; the same change gives the same facts, whenever and wherever it is asked."""
    change, plan, entries = sources.change, sources.plan, tuple(sources.entries)
    names = _Names(sources.network, language)
    targets = _targets(sources, names)
    reach = radius(plan)
    entries, targets, left_out = _as_long_as_useful(entries, targets)
    begun = [entry for entry in entries if entry.action in ("change.push", "change.resume")]
    ended = [entry for entry in entries if entry.action in ("change.done", "change.stopped", "change.unknown")]
    tally: Counter[MemberState] = Counter(member.state for member in sources.members)
    return Facts(
        change=change,
        network=names.network(plan.network),
        network_digest=plan.network_digest,
        as_of=sources.entries[-1].at if sources.entries else change.created_at,
        planned_at=plan.created_at,
        targets=targets,
        count=reach.count,
        zones=reach.zones,
        servers=reach.servers,
        allowances=plan.allowances,
        places=tuple(dict.fromkeys(target.place for target in targets if target.place)),
        organisations=tuple(dict.fromkeys(target.organisation for target in targets if target.organisation)),
        waves=_waves(plan, targets),
        findings=plan.findings,
        differences=_differences(plan),
        votes=_votes(change),
        boxes=_boxes(change, begun),
        deviations=tuple(target for target in targets if target.state not in ("", "waiting", "done")),
        entries=entries,
        altered=tuple(entry.number for entry in sources.entries if entry.hash != entry.sealed()),
        chain=sources.chain,
        began=begun[0].at if begun else "",
        ended=ended[-1].at if ended else "",
        tally=tuple(tally.items()),
        deadlines=sources.deadlines,
        left_out=left_out,
        most_at_once=_most_at_once(reach),
    )


def _most_at_once(reach: Radius) -> int:
    waves = Counter(group.wave for group in reach.groups if group.kind == "router")
    return max(waves.values(), default=0)


def _as_long_as_useful(
    entries: tuple[AuditEntry, ...], targets: tuple[Target, ...]
) -> tuple[tuple[AuditEntry, ...], tuple[Target, ...], int]:
    """The same for a change that fits on some sheets; of a large one, in detail only what did not end as planned."""
    if len(targets) <= DETAILED:
        return entries, targets, 0
    plain = {target.name for target in targets if target.state in ("", "waiting", "done")}
    kept = tuple(entry for entry in entries if entry.detail.get("target", "") not in plain)
    cut = tuple(replace(target, steps=()) if target.name in plain else target for target in targets)
    return kept, cut, len(plain)


class _Names:
    """Names of places as people know them; what is not declared any more keeps the name it has in the plan."""

    def __init__(self, network: Network | None, language: Language) -> None:
        self._network = network
        self._japanese = language == "ja"

    def network(self, name: str) -> str:
        if self._network is None or self._network.name != name:
            return name
        return self._network.title_ja if self._japanese and self._network.title_ja else self._network.title

    def place(self, group: str, target: str) -> str:
        """The site or centre that a router of a redundancy group stands at."""
        device = self._network.devices.get(target) if self._network else None
        if self._network is None or device is None:
            return group
        found = self._network.sites.get(device.site) or self._network.centres.get(device.centre)
        return self._of(found.name, found.name_ja) if found else group

    def organisation(self, name: str) -> str:
        found = self._network.organisations.get(name) if self._network else None
        return self._of(found.name, found.name_ja) if found else name

    def _of(self, name: str, name_ja: str) -> str:
        return name_ja if self._japanese and name_ja else name


def _targets(sources: Sources, names: _Names) -> tuple[Target, ...]:
    """The plan's targets, in the order they come up."""
    plan = sources.plan
    order = phases(plan)
    planned = {target.target: target for target in plan.targets}
    verdicts = {member.target: member for member in sources.members}
    steps: dict[str, list[ReceiptLine]] = {}
    for line in sources.receipts:
        steps.setdefault(line.target, []).append(line)
    return tuple(
        _target(planned[name], (wave.number, order[name]), verdicts.get(name), tuple(steps.get(name, ())), names)
        for wave in plan.waves
        for _, members in wave.groups
        for name in members
        if name in planned
    )


def _target(
    target: TargetPlan,
    at: tuple[int, Phase],
    verdict: MemberVerdict | None,
    steps: tuple[ReceiptLine, ...],
    names: _Names,
) -> Target:
    began, ended = (steps[0].at, steps[-1].at) if steps else ("", "")
    return Target(
        name=target.target,
        kind=target.kind,
        phase=at[1],
        platform=target.platform,
        group=target.group,
        place=names.place(target.group, target.target) if target.kind == "router" else "",
        organisation=names.organisation(target.organisation),
        wave=at[0],
        added=sum(line.op == "add" for line in target.diff),
        removed=sum(line.op == "remove" for line in target.diff),
        state=verdict.state if verdict else "",
        detail=verdict.detail if verdict else "",
        began=began,
        ended=ended,
        seconds=round((read_moment(ended) - read_moment(began)).total_seconds()) if steps else 0,
        steps=_ended(steps),
    )


def _ended(steps: tuple[ReceiptLine, ...]) -> tuple[ReceiptLine, ...]:
    """Steps as they ended; one that only began is the one a worker died in."""
    over = {line.step for line in steps if line.outcome != "begun"}
    return tuple(line for line in steps if line.outcome != "begun" or line.step not in over)


def _waves(plan: Plan, targets: tuple[Target, ...]) -> tuple[WaveOrder, ...]:
    known = {target.name: target for target in targets}
    waves = []
    for wave in plan.waves:
        pairs = [
            Pair(
                group,
                " / ".join(dict.fromkeys(known[name].place for name in members)),
                tuple(known[name] for name in members),
            )
            for group, members in wave.groups
        ]
        found: tuple[Phase, ...] = tuple(
            dict.fromkeys(known[name].phase for _, members in wave.groups for name in members)
        )
        waves.append(WaveOrder(wave.number, found, tuple(pairs)))
    return tuple(waves)


def _differences(plan: Plan) -> tuple[Difference, ...]:
    return tuple(_difference(number, each) for number, each in enumerate(fold(plan), start=1))


def _difference(number: int, fold: Fold) -> Difference:
    rows = tuple(islice(record_rows(fold.diff), RECORDS)) if fold.kind == "zone" else ()
    told = sum(len(row.numbers) for row in rows)
    return Difference(
        number=number,
        targets=fold.targets,
        kind=fold.kind,
        platform=fold.platform,
        diff=fold.diff,
        rollback=tuple(fold.rollback.splitlines()),
        records=rows,
        left_out=sum(line.op != "context" for line in fold.diff) - told if rows else 0,
    )


def _votes(change: Change) -> tuple[Vote, ...]:
    standing = standing_votes(change)
    return tuple(Vote(vote, any(vote is each for each in standing)) for vote in change.approvals)


def _boxes(change: Change, begun: list[AuditEntry]) -> tuple[Box, ...]:
    """Who proposed, who approved (empty boxes for those who still must), who carries it out, who looks at the end."""
    approved = [vote for vote in standing_votes(change) if vote.verdict == "approve"]
    waiting = max(0, change.approvals_needed - len(approved))
    operator = begun[0] if begun else None
    return (
        Box("author", change.author, change.created_at),
        *(Box("approval", vote.user, vote.at) for vote in approved),
        *(Box("approval", "", "") for _ in range(waiting)),
        Box("operator", operator.actor if operator else "", operator.at if operator else ""),
        Box("reviewer", "", ""),
    )
