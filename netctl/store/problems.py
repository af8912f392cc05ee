"""Problems: opened, changed and closed by rounds, acknowledged by people. What is told outside follows from both."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import fields
from itertools import count
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, bindparam, case, delete, func, insert, or_, select, true, update

from netctl.errors import ProblemOver, UnknownProblem
from netctl.model.moments import Clock, stamp
from netctl.model.plan import Severity
from netctl.model.problems import SEVERITIES, Alert, AlertKind, Cause, Steps, rank
from netctl.model.watch import Acknowledgement, Problem, ProblemState, Silence
from netctl.store.audit import Audit
from netctl.store.plans import packed, unpacked
from netctl.store.silences import EVERYTHING, Silences, hushed, silenced_until
from netctl.store.tables.problems import problem_targets, problems

_ID = re.compile(r"(?:[Pp]-)?([0-9]{1,15})\Z")
_LIGHT = tuple(column for column in problems.c if column.name != "symptoms")
_WORST_FIRST = (case({each: rank(each) for each in SEVERITIES}, value=problems.c.severity), problems.c.number)
_MANY = 500  # numbers in one query: both databases take more
_PLAIN = tuple(field.name for field in fields(Problem) if field.name in problems.c and field.name != "symptoms")
# Asked for every router's page, and therefore made once.
_OF_TARGETS: Select[Any] = (
    select(*_LIGHT, problem_targets.c.target)
    .join(problem_targets, problem_targets.c.problem == problems.c.number)
    .where(problems.c.closed_at == "", problem_targets.c.target.in_(bindparam("targets", expanding=True)))
    .order_by(problems.c.number)
)
_NOBODY = {"acknowledged_by": "", "acknowledged_at": "", "acknowledged_reason": ""}


class Problems:
    """The problems within one transaction. Lists leave the symptoms out; `symptom_count` says how many there are."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit, silences: Silences) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit
        self._silences = silences

    def open(self, *, whole: bool = False, organisations: Collection[str] | None = None) -> tuple[Problem, ...]:
        """Every open problem, the worst and oldest first; `organisations` keeps those of some."""
        query = _within(self._select(whole=whole).where(problems.c.closed_at == ""), organisations)
        found = self._read(query.order_by(problems.c.number))
        return tuple(sorted(found, key=lambda problem: rank(problem.severity)))

    def all(
        self,
        state: ProblemState | Literal[""] = "",
        *,
        most: int = 1000,
        before: str = "",
        organisations: Collection[str] | None = None,
    ) -> tuple[Problem, ...]:
        """Problems, the newest first; `before` is the id the page before ended with."""
        query = _within(self._select(), organisations)
        if state:
            query = query.where(problems.c.closed_at == "" if state == "open" else problems.c.closed_at != "")
        if before:
            query = query.where(problems.c.number < problem_number(before))
        return self._read(query.order_by(problems.c.number.desc()).limit(most))

    def get(self, problem: str) -> Problem:
        """One problem with its symptoms; raises `UnknownProblem`."""
        number = problem_number(problem)
        for found in self._read(self._select(whole=True).where(problems.c.number == number)):
            return found
        raise UnknownProblem(f"there is no problem {problem_id(number)}")

    def of_targets(self, targets: Collection[str]) -> dict[str, tuple[Problem, ...]]:
        """The open problems that each of these routers shows, the worst first."""
        rows = self._connection.execute(_OF_TARGETS, {"targets": list(targets)}).all()
        silences = self._silences.in_force() if rows else ()
        found: dict[str, list[Problem]] = {}
        for row in rows:
            found.setdefault(row.target, []).append(_problem(row, silences))
        return {name: tuple(sorted(each, key=lambda one: rank(one.severity))) for name, each in found.items()}

    def targets(self, problem: str) -> tuple[str, ...]:
        """The routers that show it."""
        query = select(problem_targets.c.target).where(problem_targets.c.problem == problem_number(problem))
        return tuple(self._connection.execute(query.order_by(problem_targets.c.target)).scalars())

    def tally(self, *, organisations: Collection[str] | None = None, silenced: bool = True) -> dict[Severity, int]:
        """How many problems are open, by severity; without those that a silence covers where `silenced` is false."""
        query = _within(
            select(problems.c.severity, func.count().label("of")).where(problems.c.closed_at == ""), organisations
        )
        found = Counter({row.severity: int(row.of) for row in self._connection.execute(query.group_by("severity"))})
        if not silenced and found:
            found.subtract(self._silenced(organisations))
        return {severity: count for severity, count in found.items() if count}

    def gravest(self, most: int, *, organisations: Collection[str] | None = None) -> tuple[Problem, ...]:
        """The first `most` of the open problems that no silence covers, the worst and oldest first."""
        query = _within(self._select().where(problems.c.closed_at == ""), organisations)
        query = query.order_by(*_WORST_FIRST)
        found: list[Problem] = []
        for page in count():
            batch = self._read(query.limit(most).offset(page * most))
            found += [problem for problem in batch if not problem.silenced_until]
            if len(found) >= most or len(batch) < most:
                return tuple(found[:most])
        raise AssertionError  # the pages never end

    def about(self, subject: str, most: int, *, organisations: Collection[str] | None = None) -> tuple[Problem, ...]:
        """The first `most` open problems with `subject` in theirs, in whatever case, the worst and oldest first."""
        query = _within(self._select().where(problems.c.closed_at == ""), organisations)
        query = query.where(func.lower(problems.c.subject).contains(subject.lower(), autoescape=True))
        return self._read(query.order_by(*_WORST_FIRST).limit(most))

    def _silenced(self, organisations: Collection[str] | None) -> Iterator[Severity]:
        """The severity of every open problem that a silence covers; only rows that name its subject are read."""
        silences = self._silences.in_force()
        named = [
            (problems.c.code == each.code if each.code != EVERYTHING else true())
            & (
                problems.c.places.contains(json.dumps(each.subject), autoescape=True)
                if each.subject != EVERYTHING
                else true()
            )
            for each in silences
        ]
        if not named:
            return
        columns = (problems.c.severity, problems.c.code, problems.c.places)
        query = _within(select(*columns).where(problems.c.closed_at == "", or_(*named)), organisations)
        for row in self._connection.execute(query):
            if silenced_until(json.loads(row.places), row.code, silences):
                yield row.severity

    def acknowledge(self, problem: str, *, user: str, reason: str) -> Problem:
        """Somebody knows of it; raises `UnknownProblem` or `ProblemOver`. Said again, the last word counts."""
        found = self.get(problem)
        if found.closed_at:
            raise ProblemOver(f"it ended at {found.closed_at}", where=found.id)
        values = {
            "acknowledged_by": user,
            "acknowledged_at": stamp(self._clock()),
            "acknowledged_reason": reason,
            "changed_at": stamp(self._clock()),
        }
        self._update(found, values)
        told = {"reason": reason, "code": found.code, "subject": found.subject, "at": str(values["acknowledged_at"])}
        self._audit.append(user, "problem.acknowledge", found.id, told)
        return self.get(found.id)

    def record(self, steps: Steps) -> tuple[Alert, ...]:
        """Write what a round found; returns what is worth telling outside: nothing that somebody knows of already.

        A few statements, however many problems a bad hour opens: the observer holds the store meanwhile.
        """
        now = stamp(self._clock())
        silences = self._silences.in_force()
        alerts: list[Alert] = []
        self._close(steps.closed, now)  # first: their keys may be in use again
        for before in steps.closed:
            _tell(alerts, "closed", now, before)
        self._change(steps.changed, now)
        for before, cause in steps.changed:
            if _worse(before, cause):
                _tell(alerts, "escalated", now, _as_now(before.id, before.opened_at, now, cause, silences))
        for number, cause in self._open(steps.opened, now):
            _tell(alerts, "opened", now, _as_now(problem_id(number), now, now, cause, silences))
        return tuple(alerts)

    def unsilenced(self, since: str, until: str) -> tuple[Alert, ...]:
        """Open problems whose silence ended after `since` and up to `until`, and that nobody else keeps quiet."""
        over = self._silences.ended(since, until)
        if not over:
            return ()
        silences = self._silences.in_force()
        alerts: list[Alert] = []
        for row in self._connection.execute(self._select(whole=True).where(problems.c.closed_at == "")):
            kept_quiet = (each for each in over if (each.ended_at or each.until) > row.opened_at)
            if silenced_until(json.loads(row.places), row.code, kept_quiet):
                _tell(alerts, "opened", stamp(self._clock()), _problem(row, silences))
        return tuple(alerts)

    def _open(self, causes: tuple[Cause, ...], now: str) -> list[tuple[int, Cause]]:
        first = (self._connection.execute(select(func.max(problems.c.number))).scalar() or 0) + 1
        numbered = list(enumerate(causes, first))
        moments = {"opened_at": now, "changed_at": now, "closed_at": ""}
        rows = [_values(cause) | _NOBODY | moments | {"number": number} for number, cause in numbered]
        if rows:
            self._connection.execute(insert(problems), rows)
        self._touch(numbered)
        return numbered

    def _change(self, changed: tuple[tuple[Problem, Cause], ...], now: str) -> None:
        """Worse than what somebody acknowledged is something they do not know of yet."""
        for again in (True, False):
            those = [(before, cause) for before, cause in changed if _worse(before, cause) == again]
            rows = [
                _values(cause) | (_NOBODY if again else {}) | {"changed_at": now, "mine": problem_number(before.id)}
                for before, cause in those
            ]
            if rows:
                names = [name for name in rows[0] if name != "mine"]
                mine = problems.c.number == bindparam("mine")
                self._connection.execute(update(problems).where(mine).values({n: bindparam(n) for n in names}), rows)
        self._touch([(problem_number(before.id), cause) for before, cause in changed])

    def _close(self, closed: tuple[Problem, ...], now: str) -> None:
        rows = [{"mine": problem_number(problem.id)} for problem in closed]
        if rows:
            ended = update(problems).where(problems.c.number == bindparam("mine"))
            self._connection.execute(ended.values(closed_at=now, changed_at=now), rows)

    def _touch(self, numbered: list[tuple[int, Cause]]) -> None:
        """Keep which routers show these problems, and only those."""
        wanted = {(number, target) for number, cause in numbered for target in cause.targets}
        held = self._held([number for number, _ in numbered])
        gone = [{"mine": number, "those": target} for number, target in sorted(held - wanted)]
        if gone:
            those = (problem_targets.c.problem == bindparam("mine")) & (problem_targets.c.target == bindparam("those"))
            self._connection.execute(delete(problem_targets).where(those), gone)
        new = [{"problem": number, "target": target} for number, target in sorted(wanted - held)]
        if new:
            self._connection.execute(insert(problem_targets), new)

    def _held(self, numbers: list[int]) -> set[tuple[int, str]]:
        found: set[tuple[int, str]] = set()
        for begin in range(0, len(numbers), _MANY):
            some = problem_targets.c.problem.in_(numbers[begin : begin + _MANY])
            found.update(
                (row.problem, row.target) for row in self._connection.execute(select(problem_targets).where(some))
            )
        return found

    def _update(self, problem: Problem, values: dict[str, Any]) -> None:
        mine = problems.c.number == problem_number(problem.id)
        self._connection.execute(update(problems).where(mine).values(values))

    @staticmethod
    def _select(*, whole: bool = False) -> Select[Any]:
        return select(problems) if whole else select(*_LIGHT)

    def _read(self, query: Select[Any]) -> tuple[Problem, ...]:
        silences = self._silences.in_force()
        return tuple(_problem(row, silences) for row in self._connection.execute(query))


def problem_number(problem: str) -> int:
    """The number in ``P-000123``, ``p-123`` or ``123``; raises `UnknownProblem`."""
    found = _ID.match(problem)
    if not found:
        raise UnknownProblem(f"{problem!r} is not the number of a problem")
    return int(found.group(1))


def problem_id(number: int) -> str:
    """``P-000123``."""
    return f"P-{number:06}"


def _within(query: Select[*tuple[Any, ...]], organisations: Collection[str] | None) -> Select[*tuple[Any, ...]]:
    return query if organisations is None else query.where(problems.c.organisation.in_(organisations))


def _worse(before: Problem, cause: Cause) -> bool:
    return rank(cause.severity) < rank(before.severity)


def _as_now(number: str, opened_at: str, now: str, cause: Cause, silences: tuple[Silence, ...]) -> Problem:
    """The problem as it stands with a cause that nobody has acknowledged."""
    return Problem(
        id=number,
        key=cause.key,
        code=cause.code,
        service=cause.service,
        severity=cause.severity,
        kind=cause.kind,
        subject=cause.subject,
        organisation=cause.organisation,
        detail=cause.detail,
        symptoms=cause.symptoms,
        opened_at=opened_at,
        changed_at=now,
        closed_at="",
        silenced_until=silenced_until(cause.places, cause.code, silences),
        symptom_count=len(cause.symptoms),
    )


def _tell(alerts: list[Alert], event: AlertKind, at: str, problem: Problem) -> None:
    if not hushed(problem):
        alerts.append(Alert.of(event, at, problem))


def _values(cause: Cause) -> dict[str, Any]:
    return {
        "key": cause.key,
        "code": cause.code,
        "service": cause.service,
        "severity": cause.severity,
        "kind": cause.kind,
        "subject": cause.subject,
        "organisation": cause.organisation,
        "detail": cause.detail,
        "places": json.dumps(cause.places),
        "symptom_count": len(cause.symptoms),
        "symptoms": packed(cause.symptoms),
    }


def _problem(row: Row[Any], silences: tuple[Silence, ...]) -> Problem:
    held = row._mapping  # noqa: SLF001  SQLAlchemy's name for it
    values = {name: held[name] for name in _PLAIN}
    who = held["acknowledged_by"]
    if silences and not values["closed_at"]:
        values["silenced_until"] = silenced_until(json.loads(held["places"]), values["code"], silences)
    if who:
        values["acknowledged"] = Acknowledgement(who, held["acknowledged_at"], held["acknowledged_reason"])
    symptoms = tuple(unpacked(held["symptoms"])) if "symptoms" in held else ()
    return Problem(id=problem_id(held["number"]), symptoms=symptoms, **values)
