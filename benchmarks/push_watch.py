"""What a side of the push benchmark tells of itself: time, computing time, counted calls, memory."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any


class Watch:
    """Wall and computing time since the last look, and what was counted since."""

    def __init__(self, calls: Counter[str]) -> None:
        self._calls = calls
        self._at = (time.perf_counter(), time.process_time())
        self._seen: Counter[str] = Counter()

    def stop(self) -> dict[str, Any]:
        """Since the last look; computing time is that of all threads."""
        now, cpu = time.perf_counter(), time.process_time()
        counted = self._calls - self._seen
        found = {"wall": now - self._at[0], "cpu": cpu - self._at[1], "calls": dict(counted)}
        self._at, self._seen = (now, cpu), Counter(self._calls)
        return found


def peak_mb() -> int:
    """The largest resident size of this process in MiB. `ru_maxrss` would begin with the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
