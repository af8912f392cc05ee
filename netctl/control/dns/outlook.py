"""What a promotion would do, for a person to read first: who turns, what may be lost, what stands against it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

from netctl.model.plain import to_plain
from netctl.model.plan import DiffLine

Way = Literal[
    "takeover",  # the one that wrote is gone
    "handover",  # both are there: the one that wrote stands back first
    "others",  # it writes already: servers that were away have their turn
    "nothing",  # it writes already, and nobody owes anything
]
Turn = Literal[
    "writes",  # becomes the one that takes updates
    "copies, then writes",  # back from being away: first level, then the writer
    "stands back",  # wrote until now, becomes a copy
    "copies",  # is made a copy of the one that writes
    "follows",  # is told where to copy from
    "stays",  # nothing of it depends on who writes, or it has had its turn
    "owed",  # cannot be reached: to be done when it is back
    "by others",  # netctl does not configure it
    "left",  # it is not what is declared, whoever writes: push that first
]


@dataclass(frozen=True, slots=True)
class ServerTurn:
    """One server's share. `writes` says whether it is configured as the one that takes updates, None where unknown."""

    server: str
    software: str
    role: str
    answers: bool | None
    writes: bool | None
    turn: Turn
    diff: tuple[DiffLine, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class ZoneSerials:
    """One zone, named with its final dot, of one view: (server, serial or None, why there is none)."""

    zone: str
    view: str
    serials: tuple[tuple[str, int | None, str], ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """Changes of a zone that only `holder` has, or had when it was last read: they go unless somebody waits for them.

    `zone` is ``ZONE@VIEW``. `lines` is what would have to be done again, None where nobody can read it any more.
    """

    zone: str
    holder: str
    serial: int
    serial_here: int | None
    remembered: bool
    lines: tuple[DiffLine, ...] | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What `netctl dns promote` would do. `refusals` say why not; `warnings` do not stand against it.

    `under_way` is true where it was begun, and stopped or died in the middle: it goes on.
    """

    server: str
    former: str
    way: Way
    servers: tuple[ServerTurn, ...]
    zones: tuple[ZoneSerials, ...]
    losses: tuple[Loss, ...]
    open_writes: tuple[str, ...]
    refusals: tuple[str, ...]
    warnings: tuple[str, ...]
    order: tuple[str, ...]
    under_way: bool = False

    @property
    def digest(self) -> str:
        """SHA-256, hex, over what is decided: not over serials, which move, nor over words of errors."""
        turns = [[each.server, each.turn, to_plain(each.diff)] for each in self.servers]
        losses = [[each.zone, each.holder, to_plain(each.lines or ())] for each in self.losses]
        decided = [self.server, self.former, self.way, turns, losses, list(self.refusals)]
        text = json.dumps(decided, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def losing(self) -> tuple[str, ...]:
        """The zones whose changes would be lost, each once."""
        return tuple(dict.fromkeys(each.zone for each in self.losses))

    def as_dict(self) -> dict[str, Any]:
        """The outlook as JSON output shows it; keys are part of the command line's contract."""
        return {
            "server": self.server,
            "former": self.former,
            "way": self.way,
            "digest": self.digest,
            "under_way": self.under_way,
            "servers": self.servers,
            "zones": self.zones,
            "losses": self.losses,
            "losing": self.losing,
            "open_writes": self.open_writes,
            "refusals": self.refusals,
            "warnings": self.warnings,
            "order": self.order,
        }
