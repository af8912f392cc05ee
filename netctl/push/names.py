"""The steps of one member, in order. These names stand in journals and receipts: never renamed, never reused."""

from __future__ import annotations

from typing import Final

BEFORE: Final = ("mate-check", "identity", "running-check")  # nothing is written yet
UNDER_FIRST_TOKEN: Final = ("drain", "drained-check", "apply", "read-back", "verify", "confirm")
UNDER_SECOND_TOKEN: Final = ("undrain", "undrain-verify", "undrain-confirm")
AFTER: Final = ("release",)
STEPS: Final = BEFORE + UNDER_FIRST_TOKEN + UNDER_SECOND_TOKEN + AFTER
ROLL_BACK: Final = "roll-back"
COMMITS: Final = frozenset({"drain", "apply", "undrain"})  # these start the clock on the router
WRITES: Final = COMMITS | {"confirm", "undrain-confirm", ROLL_BACK}

FIRST, SECOND, THIRD = 1, 2, 3  # the change, the return of traffic, the way back after the change was confirmed


def token(change: str, target: str, number: int) -> str:
    """The name of one commit on one router, the same from whatever process asks."""
    return f"netctl-{change}-{target}-{number}"
