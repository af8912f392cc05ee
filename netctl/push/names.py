"""The steps of one member, in order. These names stand in journals and receipts: never renamed, never reused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from netctl.model.plan import TargetKind

BEFORE: Final = ("mate-check", "identity", "running-check")  # nothing is written yet
UNDER_FIRST_TOKEN: Final = ("drain", "drained-check", "apply", "read-back", "verify", "confirm")
UNDER_SECOND_TOKEN: Final = ("undrain", "undrain-verify", "undrain-confirm")
AFTER: Final = ("release",)
STEPS: Final = BEFORE + UNDER_FIRST_TOKEN + UNDER_SECOND_TOKEN + AFTER
ROLL_BACK: Final = "roll-back"


class Course(NamedTuple):
    """The steps of one kind of target. Under each token its commit waits for confirmation; most have only one."""

    before: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """All of them."""
        return self.before + self.first + self.second + self.after


COURSES: Final[Mapping[TargetKind, Course]] = {
    "router": Course(BEFORE, UNDER_FIRST_TOKEN, UNDER_SECOND_TOKEN, AFTER),
    "server": Course(BEFORE, ("apply", "read-back", "verify", "confirm"), (), AFTER),
    "zone": Course(("running-check",), ("apply", "converge", "verify", "confirm"), (), AFTER),
}
COMMITS: Final = frozenset({"drain", "apply", "undrain"})  # these start the clock on the router
WRITES: Final = COMMITS | {"confirm", "undrain-confirm", ROLL_BACK}

FIRST, SECOND, THIRD = 1, 2, 3  # the change, the return of traffic, the way back after the change was confirmed


def token(change: str, target: str, number: int) -> str:
    """The name of one commit on one router, the same from whatever process asks."""
    return f"netctl-{change}-{target}-{number}"
