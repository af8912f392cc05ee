"""Where a record comes from: a place in a file, or the fact that it follows from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

from netctl.inventory.findings import KeyPath
from netctl.inventory.yamlreader import Positions, Unreadable, parse_with_positions
from netctl.zones.data import Key


class Origin(NamedTuple):
    """A place in `file`: the path of keys that leads there, the RRset of a bulk file, or a line (0 for all of it).

    `derived` says in words what a record follows from; "" where a person declared it.
    """

    file: str
    at: KeyPath | Key | int = 0
    derived: str = ""


class Places:
    """The lines that origins stand on, looked up when somebody asks: most never are."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._positions: dict[str, Positions] = {}
        self._readers: dict[str, Callable[[], Mapping[Key, int]]] = {}
        self._lines: dict[str, Mapping[Key, int]] = {}

    def add(self, file: str, lines: Callable[[], Mapping[Key, int]]) -> None:
        """Know a bulk file, and how to find the lines of its RRsets."""
        self._readers[file] = lines
        self._lines.pop(file, None)

    def line(self, origin: Origin) -> int:
        """The line, from 1; the nearest that is known where the exact one is not, 0 for a whole file."""
        at = origin.at
        if isinstance(at, int):
            return at
        if origin.file in self._readers:
            return self._bulk_lines(origin.file).get(cast("Key", at), 0)
        if origin.file not in self._positions:
            self._positions[origin.file] = self._read(origin.file)
        positions = self._positions[origin.file]
        for length in range(len(at), 0, -1):
            if (found := positions.get(cast("KeyPath", at[:length]))) is not None:
                return found[0]
        return 1

    def text(self, origin: Origin) -> str:
        """The origin as people read it: ``dns/zones/a.yaml:7``, or ``derived from router x, inventory/….yaml:1``."""
        line = self.line(origin) if origin.file else 0
        place = f"{origin.file}:{line}" if line else origin.file
        if not origin.derived:
            return place
        return f"derived from {origin.derived}{', ' if place else ''}{place}"

    def _bulk_lines(self, file: str) -> Mapping[Key, int]:
        if file not in self._lines:
            self._lines[file] = self._readers[file]()
        return self._lines[file]

    def _read(self, file: str) -> Positions:
        try:
            return parse_with_positions(self._texts.get(file, ""), file)[1]
        except Unreadable:
            return {}
