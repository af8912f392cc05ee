"""How far the audit log was proven whole, known without waiting for it: the proof is made in the background.

The whole log is walked, and held against the tables, when a process first asks and then once an hour; in between only
what was added since. A long log takes seconds, and no page waits for that.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from netctl.errors import StoreError
from netctl.model.audit import BEGINNING, Head, check_chain
from netctl.model.moments import Clock, stamp
from netctl.store import Store
from netctl.store.verify import verify

_LOG = logging.getLogger("netctl.audit")

WHOLE_EVERY = timedelta(hours=1)
BROKEN_EVERY = timedelta(minutes=1)
PATIENCE = 0.2  # seconds a page waits for a proof that is quick


@dataclass(frozen=True, slots=True)
class Proof:
    """The log held up to `head`, as found at `at` ("" before the first proof ended); `broken` says what is wrong.

    `behind` is true while there are entries that were not looked at yet.
    """

    head: Head
    at: str
    broken: str
    broken_at: int
    behind: bool


class ChainWatch:
    """The last proof of one store's audit log, shared by the threads of one process."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._proof = Proof(BEGINNING, "", "", 0, behind=True)
        self._whole_at: datetime | None = None
        self._running: threading.Thread | None = None

    def ask(self, patience: float = PATIENCE) -> Proof:
        """The last proof; where the log went on since, another one begins, and is waited for `patience` seconds."""
        with self._store.reading() as books:
            head = books.audit.head()
        if self._is_due(head):
            self._begin().join(patience)
        proof = self._proof
        return Proof(proof.head, proof.at, proof.broken, proof.broken_at, behind=proof.head != head)

    def _is_due(self, head: Head) -> bool:
        if self._whole_at is None:
            return True
        age = self._clock() - self._whole_at
        if self._proof.broken:
            return age > BROKEN_EVERY
        return self._proof.head != head or age > WHOLE_EVERY

    def _begin(self) -> threading.Thread:
        with self._lock:
            if self._running is None or not self._running.is_alive():
                self._running = threading.Thread(target=self._prove, name="audit-chain", daemon=True)
                self._running.start()
            return self._running

    def _prove(self) -> None:
        try:
            self._proof = self._proven()
        except StoreError as error:  # the store was closed, or is gone for a while; the next page asks again
            _LOG.warning("the audit log could not be verified: %s", error)

    def _proven(self) -> Proof:
        now = self._clock()
        known = self._proof
        whole = self._whole_at is None or bool(known.broken) or now - self._whole_at > WHOLE_EVERY
        with self._store.reading() as books:
            head = books.audit.head()
            whole = whole or head.number <= known.head.number  # an end that was there before is gone
            if whole:
                report = verify(books, (known.head,))
            else:
                report = check_chain(books.audit.entries(after=known.head.number), (head,), start=known.head)
        if whole:
            self._whole_at = now
        return Proof(report.head, stamp(now), report.broken, report.broken_at, behind=False)
