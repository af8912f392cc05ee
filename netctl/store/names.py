"""What watching the name servers found last. Only what is another thing than before is written; no history is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, Table, and_, bindparam, delete, insert, select

from netctl.model.names import Lapse, NamesMark, NamesState, ServerSeen, ViewZone, ZoneSignatures
from netctl.model.signing import ZoneSigning
from netctl.model.zonewrites import ZoneId
from netctl.store.tables import names as tables
from netctl.store.zones import Zones

K = TypeVar("K")
V = TypeVar("V")

_NONE: Mapping[ViewZone, ZoneSigning] = MappingProxyType({})
_LONGEST = 500  # characters of what a server said


class NamesSeen:
    """What is known of name servers, within one transaction. Serials are in the book of zones."""

    def __init__(self, connection: Connection, zones: Zones) -> None:
        self._connection = connection
        self._zones = zones

    def mark(self) -> NamesMark | None:
        """The last round over the name servers; None before the first."""
        row = self._connection.execute(select(tables.names_rounds)).one_or_none()
        return None if row is None else NamesMark(row.began_at, row.ended_at, row.interval, row.asked)

    def servers(self) -> dict[str, ServerSeen]:
        """Whether each server answers."""
        rows = self._connection.execute(select(tables.names_servers))
        return {
            row.server: ServerSeen(row.server, row.answers, row.since, row.seen_at, row.tries, row.why) for row in rows
        }

    def lapses(self) -> dict[ZoneId, Lapse]:
        """Zones that a server which answers does not serve as its source does."""
        return {
            place: Lapse(place, row.kind, row.since, row.lag, row.wanted, row.why)
            for row in self._connection.execute(select(tables.names_lapses))
            for place in (ZoneId(row.server, row.view, row.zone),)
        }

    def signatures(self) -> dict[ViewZone, ZoneSignatures]:
        """How the signatures of each signed zone stand."""
        signatures = tables.names_signatures.c
        rows = self._connection.execute(select(*(each for each in signatures if each is not signatures.whole)))
        return {ViewZone(row.view, row.zone): _signatures(row) for row in rows}

    def signing(self, of: ViewZone) -> ZoneSigning | None:
        """Everything that was seen of a zone's keys and signatures; None where nobody looked."""
        signatures = tables.names_signatures.c
        query = select(signatures.whole).where(signatures.view == of.view, signatures.zone == of.zone)
        found = self._connection.execute(query).scalar_one_or_none()
        return msgspec.json.decode(found, type=ZoneSigning) if found else None

    def state(self, *, serials: bool = True) -> NamesState:
        """All of it; the serials that were seen are as many as zones on servers, and may be left out."""
        sightings = self._zones.sightings() if serials else {}
        return NamesState(self.mark(), self.servers(), self.lapses(), self.signatures(), sightings)

    def keep(self, found: NamesState, signings: Mapping[ViewZone, ZoneSigning] = _NONE) -> None:
        """Keep what a round found, its mark and its serials; what it does not hold is forgotten, but for serials.

        `signings` are those behind the signatures that were looked at anew.
        """
        if found.mark is not None:
            values = {"id": 1, "began_at": found.mark.began_at, "ended_at": found.mark.ended_at}
            values |= {"interval": found.mark.interval, "asked": found.mark.asked}
            self._connection.execute(delete(tables.names_rounds))
            self._connection.execute(insert(tables.names_rounds).values(values))
        self._replace(tables.names_servers, self.servers(), found.servers, lambda key: {"server": key}, _server_row)
        self._replace(tables.names_lapses, self.lapses(), found.lapses, _place_row, _lapse_row)
        whole = {of: msgspec.json.encode(each) for of, each in signings.items()}
        self._replace(
            tables.names_signatures,
            self.signatures(),
            found.signatures,
            _zone_row,
            lambda each: _signatures_row(each, whole.get(each.of, b"")),
        )
        known = self._zones.sightings()
        fresh = {
            place: seen.serial
            for place, seen in found.sightings.items()
            if place not in known or known[place].serial != seen.serial
        }
        self._zones.sight(fresh)

    def _replace(
        self,
        table: Table,
        before: Mapping[K, V],
        after: Mapping[K, V],
        key_row: Callable[[K], dict[str, Any]],
        row: Callable[[V], dict[str, Any]],
    ) -> None:
        """The rows of `after`, and no others."""
        gone = [key for key, value in before.items() if after.get(key) != value]
        new = [key for key, value in after.items() if before.get(key) != value]
        if gone:
            names = key_row(gone[0])
            where = and_(*(table.c[name] == bindparam(f"at_{name}") for name in names))
            keys = [{f"at_{name}": value for name, value in key_row(key).items()} for key in gone]
            self._connection.execute(delete(table).where(where), keys)
        if new:
            self._connection.execute(insert(table), [key_row(key) | row(after[key]) for key in new])


def _place_row(place: ZoneId) -> dict[str, Any]:
    return {"server": place.server, "view": place.view, "zone": place.zone}


def _zone_row(of: ViewZone) -> dict[str, Any]:
    return {"view": of.view, "zone": of.zone}


def _server_row(seen: ServerSeen) -> dict[str, Any]:
    values = {"answers": seen.answers, "since": seen.since, "seen_at": seen.seen_at}
    return values | {"tries": seen.tries, "why": seen.why[:_LONGEST]}


def _lapse_row(lapse: Lapse) -> dict[str, Any]:
    values = {"kind": lapse.kind, "since": lapse.since, "lag": lapse.lag}
    return values | {"wanted": lapse.wanted, "why": lapse.why[:_LONGEST]}


def _signatures_row(found: ZoneSignatures, whole: bytes) -> dict[str, Any]:
    values = {"serial": found.serial, "expires": found.expires, "looked_at": found.looked_at}
    return values | {"flaw": found.flaw[:_LONGEST], "chain": found.chain, "whole": whole}


def _signatures(row: Row[Any]) -> ZoneSignatures:
    return ZoneSignatures(ViewZone(row.view, row.zone), row.serial, row.expires, row.looked_at, row.flaw, row.chain)
