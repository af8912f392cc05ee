"""Many devices with one and the same difference, told once."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.model.plan import DiffLine, Plan, TargetKind, TargetPlan


@dataclass(frozen=True, slots=True)
class Fold:
    """Targets whose differences, and the commands to the same end, read alike."""

    targets: tuple[str, ...]
    platform: str
    diff: tuple[DiffLine, ...]
    commands: str = ""
    rollback: str = ""
    kind: TargetKind = "router"


def fold(plan: Plan) -> tuple[Fold, ...]:
    """The plan's differences, each told once, in the order their first target has in the plan.

    Two platforms never fold: the same words mean different things there. Nor do two zones, but one in several views.
    """
    alike: dict[object, list[TargetPlan]] = {}
    for target in plan.targets:
        lines = tuple((line.op, line.part, line.depth, line.text) for line in target.diff)
        alike.setdefault((target.platform, lines, target.commands, target.rollback), []).append(target)
    return tuple(
        Fold(
            tuple(target.target for target in targets),
            targets[0].platform,
            targets[0].diff,
            targets[0].commands,
            targets[0].rollback,
            targets[0].kind,
        )
        for targets in alike.values()
    )
