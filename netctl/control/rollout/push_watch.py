"""A push as it goes on, from what the store holds: any number of people may watch, and come back later."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from netctl.change.scope import permit_change
from netctl.control.changes.sheets import SHEETS, Sheet
from netctl.control.rollout.pace import Expected, expected
from netctl.model.change import Change, MemberState, MemberVerdict, ReceiptLine
from netctl.model.moments import read_moment, stamp
from netctl.model.plan import TargetKind
from netctl.model.review import Start
from netctl.plan.phases import Phase
from netctl.push.liveness import workers_of
from netctl.push.names import COMMITS, ROLL_BACK
from netctl.settings import Settings
from netctl.store import Books, Store
from netctl.store.starts import GOOD_FOR

__all__ = ["MemberView", "PushView", "StepView", "WaveView", "begins", "deadline", "member", "watch"]

LOOKS_AROUND = timedelta(seconds=15)  # of a process that took its order, until it says that it works on the change
_ENDS_THE_TIMER = frozenset({"confirm", "undrain-confirm", ROLL_BACK})


@dataclass(frozen=True, slots=True)
class StepView:
    """One step on one target; `ended_at` and `outcome` are "" while it lasts."""

    step: str
    began_at: str
    ended_at: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """Where one target stands. `steps` are told of those in flight, and of one that is asked for by itself.

    `reverts_at` is when an unconfirmed commit is taken back, "" where none waits: by the box itself, for a zone by
    whoever looks after the store. It is counted from the moment the commit was begun, so it is never later than that.
    """

    target: str
    state: MemberState
    detail: str
    steps: tuple[StepView, ...] = ()
    reverts_at: str = ""
    kind: TargetKind = "router"

    @property
    def now(self) -> StepView | None:
        """The step it is at."""
        return self.steps[-1] if self.steps else None


@dataclass(frozen=True, slots=True)
class WaveView:
    """One wave: groups side by side, their members one after the other."""

    number: int
    groups: tuple[tuple[str, tuple[MemberView, ...]], ...]
    tally: Counter[MemberState]
    phases: tuple[Phase, ...]

    @property
    def members(self) -> int:
        """How many targets it changes."""
        return sum(self.tally.values())

    @property
    def ended(self) -> int:
        """How many of them nothing more will happen to."""
        return self.members - self.tally.get("waiting", 0) - self.tally.get("in_flight", 0)

    @property
    def under_way(self) -> bool:
        """True while something happens in it."""
        return self.tally.get("in_flight", 0) > 0 or 0 < self.ended < self.members


@dataclass(frozen=True, slots=True)
class PushView:
    """A change's push. `workers` are the living processes that drive it; `at` is the server's clock."""

    change: Change
    waves: tuple[WaveView, ...]
    tally: Mapping[MemberState, int]
    enrolled: bool  # a push began, once
    workers: tuple[str, ...]
    stop_requested: bool
    start: Start | None  # the last one that was asked for from a page
    expected: Expected
    at: str

    @property
    def under_way(self) -> bool:
        """True while a process works on it, or was told to a moment ago."""
        return bool(self.workers) or (self.start is not None and begins(self.start, self.at))

    @property
    def failed(self) -> bool:
        """True where the last start from a page did not get there, and nothing since then has."""
        if self.start is None or not self.start.code or self.under_way:
            return False
        return self.change.state not in (
            ("rolled_back",) if self.start.going == "rollback" else ("done", "rolled_back")
        )

    @property
    def orphaned(self) -> bool:
        """True where its process died in the middle: a person has to say that it goes on."""
        return not self.under_way and (self.change.state == "pushing" or self.tally.get("in_flight", 0) > 0)


def watch(store: Store, settings: Settings, change: str, *, user: str) -> PushView:
    """The push of a change; raises `UnknownChange`, `NotAllowed` or `PlanTampered`."""
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        sheet = SHEETS.of(books, found.plan_digest)
        mark = f"{settings.confirm_deadline} {books.marks((f'change:{found.id}',))}"
        waves = _KEPT.of((store.where, found.id), mark, lambda: _waves(books, settings, found, sheet))
        tally = sum((wave.tally for wave in waves), Counter[MemberState]())
        now = books.now()
        starts = books.starts.of(found.id)
        return PushView(
            change=found,
            waves=waves,
            tally=tally,
            enrolled=found.state not in {"proposed", "approved", "rejected"},
            workers=workers_of(books.workers.all(), found.id, lambda: now),
            stop_requested=books.changes.stop_requested(found.id),
            start=starts[0] if starts else None,
            expected=expected(books, sheet, settings.fetch_workers),
            at=stamp(now),
        )


def member(store: Store, settings: Settings, change: str, target: str, *, user: str) -> MemberView | None:
    """One target of a push with all of its steps; `None` where the change has no such target or was not pushed."""
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        for each in books.rollout.members(found.id):
            if each.target == target:
                kind = SHEETS.of(books, found.plan_digest).kinds[target]
                return _told(each, kind, books.rollout.lines(found.id, target), settings)
    return None


class _Kept:
    """The waves of the changes that are watched, until something of a change moves: many watch one push."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], tuple[str, tuple[WaveView, ...]]] = OrderedDict()
        self._turn = threading.Lock()

    def of(self, key: tuple[str, str], mark: str, make: Callable[[], tuple[WaveView, ...]]) -> tuple[WaveView, ...]:
        """The waves as of this mark."""
        with self._turn:
            kept = self._kept.get(key)
        if kept is not None and kept[0] == mark:
            return kept[1]
        made = make()
        with self._turn:
            self._kept[key] = mark, made
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


_KEPT = _Kept(most=16)


def _waves(books: Books, settings: Settings, change: Change, sheet: Sheet) -> tuple[WaveView, ...]:
    standing = {each.target: each for each in books.rollout.members(change.id)}
    phases: dict[int, list[Phase]] = {}
    for reach in sheet.radius.groups:
        phases.setdefault(reach.wave, []).append(reach.phase)

    def told(target: str) -> MemberView:
        each = standing.get(target, MemberVerdict(target, "waiting", ""))
        lines = books.rollout.lines(change.id, target) if each.state == "in_flight" else ()
        return _told(each, sheet.kinds[target], lines, settings)

    found = []
    for wave in sheet.waves:
        groups = tuple((group, tuple(map(told, members))) for group, members in wave.groups)
        tally: Counter[MemberState] = Counter(each.state for _, shown in groups for each in shown)
        found.append(WaveView(wave.number, groups, tally, tuple(dict.fromkeys(phases[wave.number]))))
    return tuple(found)


def _told(each: MemberVerdict, kind: TargetKind, lines: tuple[ReceiptLine, ...], settings: Settings) -> MemberView:
    reverts_at = deadline(lines, settings.confirm_deadline) if each.state == "in_flight" else ""
    return MemberView(each.target, each.state, each.detail, _steps(lines), reverts_at, kind)


def _steps(lines: tuple[ReceiptLine, ...]) -> tuple[StepView, ...]:
    """Steps in the order they began; one that was begun again after a crash is one more."""
    found: list[StepView] = []
    for line in lines:
        if line.outcome == "begun":
            found.append(StepView(line.step, line.at, "", "", ""))
        elif found and found[-1].step == line.step and not found[-1].ended_at:
            found[-1] = StepView(line.step, found[-1].began_at, line.at, line.outcome, line.detail)
        else:
            found.append(StepView(line.step, line.at, line.at, line.outcome, line.detail))
    return tuple(found)


def deadline(lines: tuple[ReceiptLine, ...], seconds: int) -> str:
    """When its commit is taken back, "" where no commit waits there for confirmation."""
    began = ""
    for line in lines:
        if line.step in COMMITS and line.outcome == "begun":
            began = line.at
        elif (line.step in COMMITS and line.outcome == "skipped") or (
            line.step in _ENDS_THE_TIMER and line.outcome in {"ok", "skipped"}
        ):
            began = ""
    return stamp(read_moment(began) + timedelta(seconds=seconds)) if began else ""


def begins(start: Start, at: str) -> bool:
    """True while the process of a start is about to say that it lives: it has to be started, then to look around."""
    since, patience = (start.taken_at, LOOKS_AROUND) if start.taken_at else (start.at, GOOD_FOR)
    return not start.ended_at and read_moment(at) - read_moment(since) < patience
