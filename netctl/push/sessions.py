"""Sessions into routers that several steps of one member share: a change spends its time on routers, not on logins.

A session ends with any error in it and after every write: what follows a commit comes in by a new session, which proves
that the management path survived it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, cast

from netctl.devices.target import Target
from netctl.errors import NetctlError


class Sessions:
    """Open sessions by router. Used by one thread at a time."""

    def __init__(self, connect: Callable[[str], Target]) -> None:
        self._connect = connect
        self._open: dict[str, Target] = {}

    def lend(self, name: str) -> Target:
        """A connected target for one ``with``; it stays open after it, unless the ``with`` ended in an error."""
        if name not in self._open:
            target = self._connect(name)
            target.__enter__()
            self._open[name] = target
        return cast("Target", _Lent(self, self._open[name]))

    def end(self, name: str) -> None:
        """Close one router's session, if one is open. One that cannot be closed in order is gone all the same."""
        target = self._open.pop(name, None)
        if target is not None:
            try:
                target.__exit__(None, None, None)
            except NetctlError:
                return

    def end_all(self) -> None:
        """Close them all."""
        for name in list(self._open):
            self.end(name)


class _Lent:
    """A target that its borrower does not close."""

    def __init__(self, sessions: Sessions, target: Target) -> None:
        self._sessions = sessions
        self._target = target

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._sessions.end(self._target.name)
