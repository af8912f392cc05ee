"""Hard deadlines: a moment on the monotonic clock after which an operation has failed, however busy the line is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from netctl.errors import DeviceTimeout


@dataclass(frozen=True, slots=True)
class Deadline:
    """One operation's last moment. `what` is said in the error, `where` names the router."""

    moment: float
    seconds: float
    what: str
    where: str

    @classmethod
    def after(cls, seconds: float, what: str, where: str) -> Deadline:
        """The deadline `seconds` from now."""
        return cls(time.monotonic() + seconds, seconds, what, where)

    @property
    def left(self) -> float:
        """Seconds left; raises `DeviceTimeout` where there are none."""
        left = self.moment - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> DeviceTimeout:
        """The error that says this deadline has passed."""
        return DeviceTimeout(f"{self.what}: no end within {self.seconds:g} s", where=self.where)

    @contextmanager
    def enforced(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """The block ends by the deadline: `interrupt` is called then, and what it raises becomes `DeviceTimeout`.

        `interrupt` must make the block end, as closing its connection does. It runs in a thread of its own.
        """
        fired = threading.Event()

        def fire() -> None:
            fired.set()
            interrupt()

        timer = threading.Timer(self.left, fire)
        timer.daemon = True
        timer.name = f"deadline of {self.where}"
        timer.start()
        try:
            yield
        except Exception as error:
            if fired.is_set():
                raise self.passed() from error
            raise
        finally:
            timer.cancel()
            timer.join()
        if fired.is_set():
            raise self.passed()
