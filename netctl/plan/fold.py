"""Many devices with one and the same difference, told once."""

from __future__ import annotations

from dataclasses import dataclass

from netctl.model.plan import DiffLine, Plan


@dataclass(frozen=True, slots=True)
class Fold:
    """Targets whose differences read alike."""

    targets: tuple[str, ...]
    platform: str
    diff: tuple[DiffLine, ...]


def fold(plan: Plan) -> tuple[Fold, ...]:
    """The plan's differences, each told once, in the order their first target has in the plan.

    Two platforms never fold: the same words mean different things there.
    """
    alike: dict[tuple[str, tuple[tuple[str, str, int, str], ...]], list[str]] = {}
    first: dict[str, tuple[DiffLine, ...]] = {}
    for target in plan.targets:
        key = (target.platform, tuple((line.op, line.part, line.depth, line.text) for line in target.diff))
        alike.setdefault(key, []).append(target.target)
        first[target.target] = target.diff
    return tuple(Fold(tuple(names), platform, first[names[0]]) for (platform, _), names in alike.items())
