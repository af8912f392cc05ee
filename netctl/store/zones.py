"""What name servers held when they were last read, and every write to their zones until it is settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, bindparam, delete, insert, select, update

from netctl.errors import ZoneBusy
from netctl.model.moments import Clock, stamp
from netctl.model.zonewrites import OPEN, ChunkMark, HeldZone, Sighting, WriteState, ZoneId, ZoneWrite
from netctl.store.audit import Audit
from netctl.store.tables import zones as tables
from netctl.store.zonepacking import Touched, ZoneCopy, unpack_touched, unpack_zone
from netctl.zones.data import Name, ZoneData

_MANY = 500  # values in one query


class Zones:
    """Zones within one transaction. Writes enter the audit log, readings do not."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit

    # ── what was read ────────────────────────────────────────────────────────────────────────────────────────────────

    def held(self, place: ZoneId) -> HeldZone | None:
        """What a zone held when it was last read whole."""
        query = select(tables.zones_held).where(_at(tables.zones_held, place))
        row = self._connection.execute(query).one_or_none()
        return None if row is None else HeldZone(row.serial, row.digest, row.at)

    def all_held(self) -> dict[ZoneId, HeldZone]:
        """`held` of every zone."""
        rows = self._connection.execute(select(tables.zones_held))
        return {ZoneId(row.server, row.view, row.zone): HeldZone(row.serial, row.digest, row.at) for row in rows}

    def content(self, origin: Name, digest: str) -> ZoneData | None:
        """A zone by its digest; None where it is not kept, or its copy is damaged."""
        query = select(tables.zone_contents.c.content).where(tables.zone_contents.c.digest == digest)
        content = self._connection.execute(query).scalar_one_or_none()
        return None if content is None else unpack_zone(origin, digest, content)

    def copies(self, digests: Collection[str]) -> dict[str, bytes]:
        """Zones as they are kept, by their digests; missing are those that are not."""
        contents = tables.zone_contents.c
        found: dict[str, bytes] = {}
        for some in _by_hundreds(digests):
            rows = self._connection.execute(select(contents.digest, contents.content).where(contents.digest.in_(some)))
            found.update({row.digest: row.content for row in rows})
        return found

    def keep(self, copies: Mapping[ZoneId, ZoneCopy]) -> None:
        """Keep what zones hold now, instead of what they held before."""
        contents, held, now = tables.zone_contents, tables.zones_held, stamp(self._clock())
        before = self._digests_before(copies)
        by_digest = {copy.digest: copy.content for copy in copies.values()}
        # A copy that was found damaged is written again; else the same content is kept once, whoever holds it.
        for some in _by_hundreds(by_digest):
            self._connection.execute(delete(contents).where(contents.c.digest.in_(some)))
        rows: list[dict[str, Any]] = [{"digest": digest, "content": packed} for digest, packed in by_digest.items()]
        self._connection.execute(insert(contents), rows)
        self._replace(held, {
            place: {"serial": copy.serial, "digest": copy.digest, "at": now} for place, copy in copies.items()
        })  # fmt: skip
        for some in _by_hundreds(before - by_digest.keys()):
            unheld = ~select(held.c.digest).where(held.c.digest == contents.c.digest).exists()
            self._connection.execute(delete(contents).where(contents.c.digest.in_(some), unheld))

    def _digests_before(self, places: Collection[ZoneId]) -> set[str]:
        """What these zones held when they were last read."""
        held = tables.zones_held.c
        found: set[str] = set()
        for some in _by_hundreds({place.zone for place in places}):
            for row in self._connection.execute(select(tables.zones_held).where(held.zone.in_(some))):
                if ZoneId(row.server, row.view, row.zone) in places:
                    found.add(row.digest)
        return found

    def sightings(self) -> dict[ZoneId, Sighting]:
        """Which serial each server was last seen to serve, and since when."""
        rows = self._connection.execute(select(tables.zone_sightings))
        return {ZoneId(row.server, row.view, row.zone): Sighting(row.serial, row.since) for row in rows}

    def sight(self, serials: Mapping[ZoneId, int]) -> None:
        """Servers serve these serials now, for the first time."""
        now = stamp(self._clock())
        self._replace(
            tables.zone_sightings, {place: {"serial": serial, "since": now} for place, serial in serials.items()}
        )

    def _replace(self, table: Table, rows: Mapping[ZoneId, Mapping[str, object]]) -> None:
        """One row for each of these zones, instead of the one that was there."""
        if not rows:
            return
        at = [{"at_server": place.server, "at_view": place.view, "at_zone": place.zone} for place in rows]
        here = table.c.server == bindparam("at_server"), table.c.view == bindparam("at_view")
        self._connection.execute(delete(table).where(*here, table.c.zone == bindparam("at_zone")), at)
        named = [{"server": place.server, "view": place.view, "zone": place.zone} for place in rows]
        self._connection.execute(
            insert(table), [name | dict(row) for name, row in zip(named, rows.values(), strict=True)]
        )

    # ── what is written ──────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, token: str, place: ZoneId, owner: str, touched: bytes, *, serial: int, seconds: int) -> ZoneWrite:
        """Note a write before its first message, to be taken back `seconds` from now; 0 for never.

        Raises `ZoneBusy` while another write of this zone is open.
        """
        now = self._clock()
        busy = and_(_at(tables.zone_writes, place), tables.zone_writes.c.ended_at == "")
        if other := self._connection.execute(select(tables.zone_writes).where(busy)).first():
            said = f"{other.owner} writes to it since {other.begun_at}"
            raise ZoneBusy(said, where=str(place), hint=f"its token is {other.token}")
        values: dict[str, Any] = {"server": place.server, "view": place.view, "zone": place.zone, "owner": owner}
        values |= {"token": token, "state": "begun", "begun_at": stamp(now), "ended_at": "", "serial": serial}
        values |= {"revert_at": stamp(now + timedelta(seconds=seconds)) if seconds else "", "note": ""}
        self._connection.execute(insert(tables.zone_writes).values(values | {"touched": touched}))
        self._audit.append(owner, "zone.write", str(place), {"token": token, "serial": str(serial)})
        return self.write(token)

    def applied(self, token: str) -> bool:
        """All messages of a write are done and read back; it waits to be confirmed. False where it is over already."""
        return self._turn(token, "begun", state="applied")

    def confirm(self, token: str) -> bool:
        """An applied write stays for good. False where it is not applied, or is over already."""
        if not self._turn(token, "applied", state="confirmed", ended_at=stamp(self._clock())):
            return False
        found = self.write(token)
        self._audit.append(found.owner, "zone.settle", str(found.place), {"token": token, "state": "confirmed"})
        return True

    def settle(self, token: str, state: WriteState, note: str = "") -> ZoneWrite:
        """A write is over: taken back, refused, or for a person to look at. One that is over already stays as it is."""
        ended = {"state": state, "ended_at": stamp(self._clock()), "note": note}
        turned = [each for each in OPEN if self._turn(token, each, **ended)]
        found = self.write(token)
        if not turned:
            return found
        told = {"token": token, "state": state} | ({"note": note} if note else {})
        self._audit.append(found.owner, "zone.settle", str(found.place), told)
        return found

    def write(self, token: str) -> ZoneWrite:
        """One write; raises `LookupError` for a token that nobody began."""
        row = self._connection.execute(select(tables.zone_writes).where(tables.zone_writes.c.token == token)).first()
        if row is None:
            raise LookupError(token)
        return _write(row)

    def touched(self, token: str) -> Touched:
        """The RRsets a write touches, before and after. Raises `DatabaseFailed` where the record is damaged."""
        query = select(tables.zone_writes.c.touched).where(tables.zone_writes.c.token == token)
        return unpack_touched(self._connection.execute(query).scalar_one())

    def open(self) -> tuple[ZoneWrite, ...]:
        """All writes that are not settled, oldest first."""
        writes = tables.zone_writes
        query = select(writes).where(writes.c.ended_at == "").order_by(writes.c.number)
        return tuple(_write(row) for row in self._connection.execute(query))

    def mark(
        self, token: str, number: int, state: Literal["begun", "done", "refused"], *, serial: int, back: bool
    ) -> None:
        """Note one message of a write: before it is sent, and when it was answered."""
        query = select(tables.zone_writes.c.number).where(tables.zone_writes.c.token == token)
        write = self._connection.execute(query).scalar_one()
        values = {"write": write, "chunk": number, "back": back, "state": state, "serial": serial}
        self._connection.execute(insert(tables.zone_chunks).values(values | {"at": stamp(self._clock())}))

    def marks(self, token: str) -> tuple[ChunkMark, ...]:
        """All that was noted of a write's messages, oldest first."""
        chunks, writes = tables.zone_chunks, tables.zone_writes
        query = select(chunks).join(writes, writes.c.number == chunks.c.write).where(writes.c.token == token)
        rows = self._connection.execute(query.order_by(chunks.c.number))
        return tuple(ChunkMark(row.chunk, row.back, row.state, row.serial, row.at) for row in rows)

    def _turn(self, token: str, before: WriteState, **values: str) -> bool:
        writes = tables.zone_writes
        mine = and_(writes.c.token == token, writes.c.state == before)
        return self._connection.execute(update(writes).where(mine).values(**values)).rowcount == 1


def _by_hundreds(values: Iterable[str]) -> Iterator[list[str]]:
    whole = list(values)
    for start in range(0, len(whole), _MANY):
        yield whole[start : start + _MANY]


def _at(table: Any, place: ZoneId) -> ColumnElement[bool]:
    return and_(table.c.server == place.server, table.c.view == place.view, table.c.zone == place.zone)


def _write(row: Row[Any]) -> ZoneWrite:
    place = ZoneId(row.server, row.view, row.zone)
    ended = (row.state, row.begun_at, row.revert_at, row.ended_at, row.serial, row.note)
    return ZoneWrite(row.token, place, row.owner, *ended)
