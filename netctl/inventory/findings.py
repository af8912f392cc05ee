"""What is wrong with a declared network: every finding with its stable code and its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

Place = tuple[int, int]
KeyPath = tuple[str | int, ...]

CODES: Mapping[str, str] = MappingProxyType({
    "NETCTL-E0101": "a file or folder is missing",
    "NETCTL-E0102": "a file cannot be read, or is larger than netctl takes",
    "NETCTL-E0103": "a file is not UTF-8",
    "NETCTL-E0104": "a file is not YAML",
    "NETCTL-E0105": "anchors, aliases or nesting that netctl does not take",
    "NETCTL-E0106": "a key stands twice",
    "NETCTL-E0107": "an unknown key",
    "NETCTL-E0108": "a key is missing",
    "NETCTL-E0109": "a value of the wrong type",
    "NETCTL-E0110": "a value out of range or form",
    "NETCTL-E0111": "a reference to something that is not declared",
    "NETCTL-E0112": "a name used twice",
    "NETCTL-E0113": "a number used twice",
    "NETCTL-E0114": "an unknown platform",
    "NETCTL-E0115": "a name that cannot be a router's hostname",
    "NETCTL-E0120": "not an address or prefix",
    "NETCTL-E0121": "an address of the wrong family",
    "NETCTL-E0122": "prefixes that overlap",
    "NETCTL-E0123": "a pool too small for a number",
    "NETCTL-E0124": "a pool outside the network's aggregates",
    "NETCTL-E0125": "a length that a pool or a level of the address plan cannot have",
    "NETCTL-E0126": "a scope that a pool's prefix does not have",
    "NETCTL-E0127": "a line of the ledger that does not hold",
    "NETCTL-E0130": "a site or core without two routers",
    "NETCTL-E0131": "a site without two lines",
    "NETCTL-E0132": "both lines of a site share a risk",
    "NETCTL-E0133": "both lines of a site go to one centre",
    "NETCTL-E0134": "not two centres, one main and one backup",
    "NETCTL-E0135": "the backbone is not connected",
    "NETCTL-E0136": "the backbone does not survive the loss of one router",
    "NETCTL-E0137": "a backbone link from a router to itself",
})  # fmt: skip
"""Every code of the inventory, in one place. Never renumbered, never reused."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong. `file` is relative to the network's folder; `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    code: str
    value: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.file}:{self.line}:{self.column}: {self.message}"

    def as_dict(self) -> dict[str, str | int]:
        """The finding as JSON output shows it; keys are part of the command line's contract."""
        return {
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "message": self.message,
            "hint": self.hint,
        }


class Problem(NamedTuple):
    """A finding before its place is known: `at` is a place, or the path of keys that leads to it."""

    code: str
    file: str
    at: Place | KeyPath
    value: Any
    message: str
    hint: str = ""
