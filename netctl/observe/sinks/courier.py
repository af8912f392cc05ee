"""Carrying letters from the outbox to the sinks, beside the rounds: a sink that hangs keeps nobody waiting."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from netctl.errors import AlertNotTaken, StoreError
from netctl.store import Store

if TYPE_CHECKING:
    from netctl.observe.sinks.open import Sink

_BATCH = 500  # letters a sink is given at once
_PATIENCE = 5.0  # seconds between looks where nobody wakes the courier: what failed becomes due again


def deliver(store: Store, sinks: Sequence[Sink], *, stop: threading.Event | None = None) -> dict[str, str]:
    """Give every sink what is due; returns what went wrong, by sink. A sink that fails is left alone until later."""
    wrong: dict[str, str] = {}
    for sink in sinks:
        while not (stop and stop.is_set()):
            with store.reading() as books:
                letters = books.outbox.due(sink.name, _BATCH)
            if not letters:
                break
            try:
                sink.send([letter.alert for letter in letters])
            except AlertNotTaken as error:
                wrong[sink.name] = str(error)
                with store.writing() as books:
                    books.outbox.failed(letters, error.message)
                break
            with store.writing() as books:
                books.outbox.delivered(letters)
    return wrong


class Courier:
    """A thread that delivers whenever it is woken, and now and then what failed before. A context manager."""

    def __init__(self, store: Store, sinks: Sequence[Sink]) -> None:
        self._store = store
        self._sinks = tuple(sinks)
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="alerts", daemon=True)

    def __enter__(self) -> Self:
        if self._sinks:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._wake.set()
        if self._sinks:
            self._thread.join()

    def wake(self) -> None:
        """Something is in the outbox."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(_PATIENCE)
            self._wake.clear()
            try:
                deliver(self._store, self._sinks, stop=self._stop)
            except StoreError:
                continue  # the round that writes to the same store says so; letters stay where they are
