"""What netctl remembers of zones: what it read last, and every write until it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WriteState = Literal["begun", "applied", "confirmed", "taken_back", "refused", "unknown"]
"""`begun` and `applied` are open: the first may have sent anything, the second waits for its confirmation."""

OPEN: tuple[WriteState, ...] = ("begun", "applied")


@dataclass(frozen=True, slots=True)
class ZoneId:
    """One zone of one view on one server, by names; `zone` has no final dot, `view` is "" where there are none."""

    server: str
    view: str
    zone: str

    def __str__(self) -> str:
        return f"{self.server} {self.zone}" + (f" ({self.view})" if self.view else "")


@dataclass(frozen=True, slots=True)
class HeldZone:
    """What a zone held when it was last read whole: its serial then, and the SHA-256 of its contents."""

    serial: int
    digest: str
    at: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """Which serial a server was last seen to serve, and since when it was seen to."""

    serial: int
    since: str


@dataclass(frozen=True, slots=True)
class ChunkMark:
    """How one update message of a write stands. `back` says that it takes back what others applied."""

    number: int
    back: bool
    state: Literal["begun", "done", "refused"]
    serial: int  # the zone's before it was sent, or after it was done
    at: str


@dataclass(frozen=True, slots=True)
class ZoneWrite:
    """One write to one zone. `revert_at` is when it must be taken back unless it is confirmed; "" for never."""

    token: str
    place: ZoneId
    owner: str
    state: WriteState
    begun_at: str
    revert_at: str
    ended_at: str
    serial: int  # the zone's before the first message
    note: str
