"""Beside the rounds: writes to zones that nobody confirmed in time are taken back, and what becomes of them is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from netctl.control.dns.overdue import TakenBack, take_back_overdue_writes
from netctl.errors import NetctlError
from netctl.model.moments import Clock
from netctl.settings import Settings
from netctl.store import Store

__all__ = ["OverdueWatch"]

Say = Callable[[str], None]


class OverdueWatch:
    """One look at a time, in a thread of its own: a name server that is silent must not hold up a round."""

    def __init__(self, root: Path, settings: Settings, store: Store, clock: Clock) -> None:
        self._root = root
        self._settings = settings
        self._store = store
        self._clock = clock
        self._thread: threading.Thread | None = None
        self._told: dict[str, str] = {}

    def begin(self, say: Say) -> None:
        """Look now, unless the last look is still under way."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self.look, args=(say,), name="overdue writes", daemon=True)
            self._thread.start()

    def look(self, say: Say) -> None:
        """Take back what is overdue; what could not be is said once, until it is said otherwise."""
        try:
            found = take_back_overdue_writes(self._root, self._settings, self._store, self._clock)
        except NetctlError as error:
            self._tell("", f"writes to zones that are overdue cannot be taken back now: {error}", say)
            return
        for each in found:
            self._tell(each.write.token, sentence(each), say)

    def close(self) -> None:
        """Wait for a look under way: it may be in the middle of taking something back."""
        if self._thread is not None:
            self._thread.join(self._settings.command_timeout)

    def _tell(self, token: str, told: str, say: Say) -> None:
        if self._told.get(token) != told:
            say(told)
        self._told[token] = told


def sentence(each: TakenBack) -> str:
    """What became of one write."""
    who = f"{each.write.place}: what {each.write.owner} wrote ({each.write.token})"
    if each.error is not None:
        return f"{who} was not confirmed by {each.write.revert_at}, and is not taken back yet: {each.error}"
    return f"{who} was not confirmed by {each.write.revert_at}, and was taken back"
