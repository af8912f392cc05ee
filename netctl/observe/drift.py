"""Does a router hold what is declared, and if it holds something new: which change caused it?"""

from __future__ import annotations

import threading
from collections.abc import Callable

from netctl.config.diff import diff_parts, same
from netctl.devices.rules import RulesOf
from netctl.errors import NetctlError
from netctl.model.artefact import Artefact, Part, RunningState, digest_of_parts
from netctl.model.plan import Plan
from netctl.model.watch import Drift
from netctl.store import Store

_CANDIDATES = 5  # changes of one router that are asked whether they caused what it holds


class Comparer:
    """Compares by meaning, as plans do; the same two texts are compared once. Used by many threads."""

    def __init__(self, intended: Callable[[str], Artefact], rules: RulesOf) -> None:
        self._intended = intended
        self._rules = rules
        self._rendering = threading.Lock()
        self._known: dict[str, tuple[str, str, int]] = {}  # router → both digests, lines that differ

    def compare(self, state: RunningState) -> tuple[Drift, int]:
        """How many lines differ; "unknown" where what is declared cannot be rendered."""
        try:
            with self._rendering:
                artefact = self._intended(state.target)
            running, wanted = state.digest, artefact.digest
            known = self._known.get(state.target)
            if known is None or known[:2] != (running, wanted):
                lines = diff_parts(state.parts, artefact.parts, self._rules(artefact.platform))
                known = (running, wanted, sum(line.op != "context" for line in lines))
                self._known[state.target] = known
        except NetctlError:
            return "unknown", 0
        return ("drifted" if known[2] else "none"), known[2]


class Causes:
    """Looks among the changes that touched a router for the one that made it hold what it holds."""

    def __init__(self, store: Store, rules: RulesOf) -> None:
        self._store = store
        self._rules = rules
        self._plan: tuple[str, Plan] | None = None  # the last one: after a push many routers ask for it

    def of(self, state: RunningState, since: str) -> str:
        """The change, "" for none of ours; `since` is when the router held something else for the last time."""
        with self._store.reading() as books:
            traces = [trace for trace in books.traces.of([state.target], _CANDIDATES) if trace.at >= since]
            for trace in traces:
                kept = books.rollout.kept(trace.change, state.target) if trace.member != "done" else None
                if kept is not None and self._is(state, kept.parts):
                    return trace.change  # it was taken back
                plan = self._read(trace.digest, books.plans.get)
                for target in plan.targets:
                    if target.target == state.target and any(
                        self._is(state, parts) for parts in (target.intended, target.drained) if parts
                    ):
                        return trace.change
        # In the middle of a push a router holds what neither rendering says: its own lines and those that drain it.
        return next((trace.change for trace in traces if trace.member == "in_flight"), "")

    def _is(self, state: RunningState, parts: tuple[Part, ...]) -> bool:
        return digest_of_parts(parts) == state.digest or same(state.parts, parts, self._rules(state.platform))

    def _read(self, digest: str, get: Callable[[str], Plan]) -> Plan:
        if self._plan is None or self._plan[0] != digest:
            self._plan = (digest, get(digest))
        return self._plan[1]
