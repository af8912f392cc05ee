"""The receipts as a push writes them: each call is one transaction, on disk when it returns."""

from __future__ import annotations

from typing import Literal

from netctl.model.artefact import RunningState
from netctl.model.change import MemberState, MemberVerdict, ReceiptLine
from netctl.store.database import Store


class Receipts:
    """Safe to call again after a crash: what was written already is not written twice. `actor` enters the audit log."""

    def __init__(self, store: Store, actor: str) -> None:
        self._store = store
        self._actor = actor

    def begin(self, change: str, target: str, step: str, worker: str) -> ReceiptLine:
        """Say that a step begins, before it does."""
        return self._write(ReceiptLine(change, target, step, "begun", "", worker, ""))

    def end(
        self,
        change: str,
        target: str,
        step: str,
        worker: str,
        *,
        outcome: Literal["ok", "failed", "skipped"],
        detail: str = "",
    ) -> ReceiptLine:
        """Say how a step ended, after it did."""
        return self._write(ReceiptLine(change, target, step, outcome, detail, worker, ""))

    def lines(self, change: str, target: str = "") -> tuple[ReceiptLine, ...]:
        """Receipt lines in the order they were written."""
        with self._store.reading() as books:
            return books.rollout.lines(change, target)

    def members(self, change: str) -> tuple[MemberVerdict, ...]:
        """Where each member stands, in the order of the plan; empty before the push began."""
        with self._store.reading() as books:
            return books.rollout.members(change)

    def set_member(self, change: str, target: str, state: MemberState, detail: str = "") -> None:
        """Put a member into a state; raises `GroupBusy` where a member of its group is in flight (safety law 1)."""
        with self._store.writing() as books:
            books.rollout.set_member(change, target, state, detail, self._actor)

    def keep(self, change: str, state: RunningState) -> None:
        """Keep what a target held before the change; the first one kept stays."""
        with self._store.writing() as books:
            books.rollout.keep(change, state)

    def kept(self, change: str, target: str) -> RunningState | None:
        """What a target held before the change, if the change came to touch it."""
        with self._store.reading() as books:
            return books.rollout.kept(change, target)

    def stop_requested(self, change: str) -> bool:
        """True since somebody asked the rollout under way to stop."""
        with self._store.reading() as books:
            return books.changes.stop_requested(change)

    def _write(self, line: ReceiptLine) -> ReceiptLine:
        with self._store.writing() as books:
            return books.rollout.write(line)
