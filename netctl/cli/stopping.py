"""Programs that go on until told to stop, and then end in good order."""

from __future__ import annotations

import signal
import threading
from typing import Any


class stopping:  # noqa: N801  reads as a verb where it is used
    """The first SIGINT or SIGTERM asks to stop; a second one has its usual effect."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._before: dict[int, Any] = {}

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._ask)

    def _ask(self, number: int, _frame: object) -> None:
        self._stop.set()
        signal.signal(number, self._before[number])

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
