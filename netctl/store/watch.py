"""How routers stand, as the last rounds left it; what it was like before is told by `history`.

Lists are light: what was seen whole is read for one router at a time. Nothing here enters the audit log: watching
changes nothing, and says too much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from netctl.model.artefact import RunningState
from netctl.model.moments import Clock
from netctl.model.watch import Episode, KeptConfiguration, Point, RoundMark, Standing, Trail
from netctl.store.configurations import Configurations
from netctl.store.episodes import Episodes
from netctl.store.packing import pack_counts, pack_look, pack_reasons, unpack_counts, unpack_look, unpack_reasons
from netctl.store.points import Points
from netctl.store.tables import watch as tables

_MANY = 500  # names in one query: both databases take more

# Asked for every page, or for every router's, and therefore made once.
_MARK = select(func.max(tables.rounds.c.number))
_LOOK = select(tables.looks.c.content).where(tables.looks.c.target == bindparam("target"))
_STANDINGS = select(tables.standings).order_by(tables.standings.c.target)
_SOME_STANDINGS = _STANDINGS.where(tables.standings.c.target.in_(bindparam("targets", expanding=True)))


class Watch:
    """What watching keeps, within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._episodes = Episodes(connection)
        self._configurations = Configurations(connection)
        self._points = Points(connection, clock)

    # ── what is read ─────────────────────────────────────────────────────────────────────────────────────────────────

    def round(self) -> RoundMark | None:
        """The last whole round that was finished; `None` before the first."""
        rounds = tables.rounds.c
        query = select(tables.rounds).where(rounds.whole.is_(True)).order_by(rounds.number.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else RoundMark(row.number, row.began_at, row.ended_at, row.interval, row.targets)

    def ends(self) -> tuple[str, str]:
        """When the round before the last one ended, and the last one; "" where there was none."""
        query = select(tables.rounds.c.ended_at).order_by(tables.rounds.c.number.desc()).limit(2)
        last, before = (*self._connection.execute(query).scalars(), "", "")[:2]
        return before, last

    def mark(self) -> int:
        """A number that rises whenever standings may have changed."""
        return int(self._connection.execute(_MARK).scalar() or 0)

    def standings(self, targets: Collection[str] | None = None) -> dict[str, Standing]:
        """How all routers stand, or these, by name; without what was seen. Routers never looked at are not there."""
        return {row[0]: _standing(row) for row in self._rows(targets)}

    def standing(self, target: str) -> Standing | None:
        """How one router stands, with what was seen last and the rates of its ports."""
        row = next(self._rows((target,)), None)
        if row is None:
            return None
        return _standing(row, self._connection.execute(_LOOK, {"target": target}).scalar())

    def trails(self) -> dict[str, Trail]:
        """All standings whole, with what they were about to become: for whoever begins to watch, once."""
        looks = {row[0]: row[1] for row in self._connection.execute(select(tables.looks))}
        return {row[0]: Trail(_standing(row, looks.get(row[0])), unpack_counts(row.counts)) for row in self._rows(None)}

    def episodes(self, target: str, since: str = "", most: int = 200) -> tuple[Episode, ...]:
        """What one router went through, newest first: all that had not ended by `since`."""
        return self._episodes.of(target, since, most)

    def points(self, target: str, since: str, until: str = "", most: int = 400) -> tuple[Point, ...]:
        """One router's metrics over time, oldest first, as fine as `most` points and the history allow."""
        return self._points.of(target, since, until, most)

    def configurations(self, target: str, most: int = 100) -> tuple[KeptConfiguration, ...]:
        """What one router held, newest first."""
        return self._configurations.of(target, most)

    def configuration(self, target: str, digest: str) -> RunningState | None:
        """One configuration that a router held."""
        return self._configurations.text(target, digest)

    def exposition(self, parts: int = 1) -> tuple[int, tuple[bytes, ...]]:
        """What Prometheus reads of the routers: the round it was written in, and the first packed parts of the text."""
        table = tables.exposition.c
        query = select(table.round, table.content).where(table.id <= parts).order_by(table.id)
        rows = self._connection.execute(query).all()
        return (rows[0].round if rows else 0), tuple(row.content for row in rows)

    # ── what a round writes ──────────────────────────────────────────────────────────────────────────────────────────

    def keep(
        self, mark: RoundMark, trails: Collection[Trail], points: Mapping[str, Mapping[str, float]], *, whole: bool
    ) -> RoundMark:
        """Keep what a round gave, and give it its number; `whole` is false for a second look at a few routers."""
        number = self.mark() + 1
        values = {"number": number, "began_at": mark.began_at, "ended_at": mark.ended_at, "interval": mark.interval}
        self._connection.execute(insert(tables.rounds).values(values | {"targets": mark.targets, "whole": whole}))
        standings = [trail.standing for trail in trails]
        self._episodes.follow(standings)
        self._write(tables.standings, [_row(trail) for trail in trails])
        looks = [{"target": each.target, "content": pack_look(each.observation, each.rates)} for each in standings]
        self._write(tables.looks, looks)
        self._points.add(mark.began_at, points)
        return RoundMark(number, mark.began_at, mark.ended_at, mark.interval, mark.targets)

    def keep_configuration(self, state: RunningState, at: str, change: str) -> None:
        """Keep what a router holds since `at`; nothing where that is what is kept last."""
        self._configurations.keep(state, at, change)

    def digests(self) -> dict[str, KeptConfiguration]:
        """The configuration kept last of every router: for whoever begins to watch, once."""
        return self._configurations.last()

    def expose(self, number: int, parts: Sequence[bytes]) -> None:
        """Keep what Prometheus reads, packed."""
        self._connection.execute(delete(tables.exposition))
        rows = [{"id": place, "round": number, "content": content} for place, content in enumerate(parts, 1)]
        self._connection.execute(insert(tables.exposition), rows)

    def forget(self, targets: Collection[str], at: str) -> None:
        """Routers that are no longer declared stand nowhere; their history stays until it is too old."""
        for names in _some(sorted(targets)):
            for table in (tables.standings, tables.looks):
                self._connection.execute(delete(table).where(table.c.target.in_(names)))
        self._episodes.end(targets, at)

    def condense(self, raw_hours: int, fine_days: int, days: int) -> None:
        """Means over 5 minutes and over an hour are made of what is over; what is too old goes."""
        self._points.condense(raw_hours * 3600, fine_days * 86400, days * 86400)
        rounds, last = tables.rounds.c, self.round()
        if last is not None:  # only single looks are found by their rounds
            old = self._points.text_before(raw_hours * 3600)
            gone = delete(tables.rounds).where(rounds.began_at < old, rounds.number < last.number)
            self._connection.execute(gone)
        before = self._points.text_before(days * 86400)
        self._episodes.drop_before(before)
        self._configurations.drop_before(before)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _rows(self, targets: Collection[str] | None) -> Iterator[Row[Any]]:
        if targets is None:
            yield from self._connection.execute(_STANDINGS)
            return
        for names in _some(sorted(set(targets))):
            yield from self._connection.execute(_SOME_STANDINGS, {"targets": names})

    def _write(self, table: Any, rows: list[dict[str, Any]]) -> None:
        """Rows by target, new or not, each in one statement for all."""
        known: set[str] = set()
        for names in _some([row["target"] for row in rows]):
            known.update(self._connection.execute(select(table.c.target).where(table.c.target.in_(names))).scalars())
        new = [row for row in rows if row["target"] not in known]
        if new:
            self._connection.execute(insert(table), new)
        old = [{**row, "old": row["target"]} for row in rows if row["target"] in known]
        if old:
            columns: dict[str, Any] = {name: bindparam(name) for name in old[0] if name not in ("old", "target")}
            for row in old:
                del row["target"]
            self._connection.execute(update(table).where(table.c.target == bindparam("old")).values(columns), old)


def _row(trail: Trail) -> dict[str, Any]:
    standing = trail.standing
    return {
        "target": standing.target,
        "state": standing.state,
        "since": standing.since,
        "tried_at": standing.tried_at,
        "seen_at": standing.seen_at,
        "reasons": pack_reasons(standing.reasons),
        "version": standing.version,
        "drift": standing.drift,
        "drift_lines": standing.drift_lines,
        "drift_at": standing.drift_at,
        "clock_offset": standing.clock_offset,
        "counts": pack_counts(trail.counts),
    }


def _standing(row: Row[Any], look: bytes | None = None) -> Standing:
    observation, rates = unpack_look(look) if look else (None, ())
    values: Any = row  # by place, in the order of the columns: thousands of rows are read by name in twice the time
    target, state, since, tried_at, seen_at, reasons, version, drift, drift_lines, drift_at, offset, _ = values
    return Standing(
        target,
        state,
        since,
        tried_at,
        seen_at,
        unpack_reasons(reasons),
        version,
        drift,
        drift_lines,
        drift_at,
        offset,
        observation,
        rates,
    )


def _some(names: list[str]) -> Iterable[list[str]]:
    return (names[start : start + _MANY] for start in range(0, len(names), _MANY))
