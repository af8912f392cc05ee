"""Ask again until nothing is wrong or a deadline has passed."""

from __future__ import annotations

import time
from collections.abc import Callable

PAUSE = 0.5  # seconds between two looks; routers settle in seconds, not in milliseconds


def wait_until_clean(
    look: Callable[[], list[str]],
    deadline: float,
    *,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> list[str]:
    """The problems of the last look; empty as soon as one look finds none. Looks at least once."""
    ends = clock() + deadline
    while True:
        problems = look()
        if not problems or clock() >= ends:
            return problems
        pause(PAUSE)
