"""Controllers as forked processes: the heavy imports are paid once, and each may be killed."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.simulation import controller


class Ended(NamedTuple):
    """How a controller ended. `status` is negative for a signal."""

    status: int
    events: list[dict[str, Any]]

    @property
    def report(self) -> dict[str, Any]:
        return next(event["report"] for event in self.events if "report" in event)

    @property
    def error(self) -> dict[str, Any]:
        return next(event["error"] for event in self.events if "error" in event)

    @property
    def states(self) -> dict[str, str]:
        return {member["target"]: member["state"] for member in self.report["members"]}


class Running:
    """A controller that was begun."""

    def __init__(self, home: Path, *words: str, main: Callable[[], int] = controller.main, **environ: str) -> None:
        self._main = main
        self.output = home / f"out-{time.monotonic_ns()}"
        self.ended: Any = None
        self.pid = os.fork()
        if self.pid == 0:
            self._child(home, words, environ)

    def _child(self, home: Path, words: tuple[str, ...], environ: dict[str, str]) -> None:
        status = 99
        try:
            os.environ.update({"NETCTL_HOME": str(home), **environ})
            sys.argv = ["controller", *words]
            sys.stdout = self.output.open("w")
            status = self._main()
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def alive(self) -> bool:
        return not self.ended and not self._reap()

    def _reap(self) -> bool:
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            self.ended = Ended(os.waitstatus_to_exitcode(status), self._events())
        return bool(pid)

    def _events(self) -> list[dict[str, Any]]:
        lines = self.output.read_text().splitlines() if self.output.exists() else []
        return [json.loads(line) for line in lines if line.endswith("}")]

    def wait(self, timeout: float = 60) -> Ended:
        deadline = time.monotonic() + timeout
        while True:
            if self.ended or self._reap():
                return self.ended
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                raise AssertionError(f"the controller did not end: {self.output.read_text()[-2000:]}")
            time.sleep(0.02)

    def until(self, found: Any, timeout: float = 60) -> None:
        """Wait for an event that `found` is true of."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if any(found(event) for event in self._events()):
                return
            time.sleep(0.02)
        raise AssertionError("the event never came")


def run(home: Path, *words: str, main: Callable[[], int] = controller.main, **environ: str) -> Ended:
    return Running(home, *words, main=main, **environ).wait()
