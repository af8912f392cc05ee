"""Since when the keys of signed zones are published, sign, and are vouched for: what one look cannot tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, true

from netctl.model.names import ViewZone
from netctl.model.signing import KeyHistory
from netctl.store.tables.keys import key_histories

_FIELDS = tuple(KeyHistory.__slots__)


class Keys:
    """Histories of keys within one transaction. They are what was seen, and enter no audit log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, zone: ViewZone) -> dict[str, KeyHistory]:
        """What is remembered of one zone's keys."""
        return self._read(and_(key_histories.c.view == zone.view, key_histories.c.zone == zone.zone)).get(zone, {})

    def all(self) -> dict[ViewZone, dict[str, KeyHistory]]:
        """What is remembered of every zone's keys."""
        return self._read(true())

    def keep(self, zones: Mapping[ViewZone, Mapping[str, KeyHistory]]) -> None:
        """Remember this of these zones' keys, instead of what was remembered before."""
        for zone, histories in zones.items():
            here = and_(key_histories.c.view == zone.view, key_histories.c.zone == zone.zone)
            self._connection.execute(delete(key_histories).where(here))
            rows = [
                {"view": zone.view, "zone": zone.zone, "key": key, **asdict(each)} for key, each in histories.items()
            ]
            if rows:
                self._connection.execute(insert(key_histories), rows)

    def _read(self, where: ColumnElement[bool]) -> dict[ViewZone, dict[str, KeyHistory]]:
        found: dict[ViewZone, dict[str, KeyHistory]] = defaultdict(dict)
        for row in self._connection.execute(select(key_histories).where(where)):
            found[ViewZone(row.view, row.zone)][row.key] = KeyHistory(*(getattr(row, name) for name in _FIELDS))
        return found
