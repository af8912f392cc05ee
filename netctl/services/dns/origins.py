"""Where a record comes from: a place in a file, or the fact that it follows from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from netctl.inventory.findings import KeyPath
from netctl.inventory.yamlreader import Positions, Unreadable, parse_with_positions


class Origin(NamedTuple):
    """A place in `file`: the path of keys that leads there, or a line (0 where only the file is known).

    `derived` says in words what a record follows from; "" where a person declared it.
    """

    file: str
    at: KeyPath | int = 0
    derived: str = ""


class Places:
    """The lines that origins stand on, looked up when somebody asks: most never are."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._positions: dict[str, Positions] = {}

    def line(self, origin: Origin) -> int:
        """The line, from 1; the nearest that is known where the exact one is not, 0 for a whole file."""
        if isinstance(origin.at, int):
            return origin.at
        if origin.file not in self._positions:
            self._positions[origin.file] = self._read(origin.file)
        positions = self._positions[origin.file]
        for length in range(len(origin.at), 0, -1):
            if (found := positions.get(origin.at[:length])) is not None:
                return found[0]
        return 1

    def text(self, origin: Origin) -> str:
        """The origin as people read it: ``dns/zones/a.yaml:7``, or ``derived from router x, inventory/….yaml:1``."""
        line = self.line(origin) if origin.file else 0
        place = f"{origin.file}:{line}" if line else origin.file
        if not origin.derived:
            return place
        return f"derived from {origin.derived}{', ' if place else ''}{place}"

    def _read(self, file: str) -> Positions:
        try:
            return parse_with_positions(self._texts.get(file, ""), file)[1]
        except Unreadable:
            return {}
