"""What watching name servers gives: which of them answers, who is behind with which zone, how long signatures hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from netctl.model.signing import ChainState
from netctl.model.zonewrites import Sighting, ZoneId

LapseKind = Literal["behind", "unserved"]


class ViewZone(NamedTuple):
    """One zone of one view; `zone` has no final dot, and ``.`` is the root."""

    view: str
    zone: str


@dataclass(frozen=True, slots=True)
class NamesMark:
    """One round over the name servers. `interval` is the time between two, in seconds; `asked` counts its questions."""

    began_at: str
    ended_at: str
    interval: float
    asked: int


@dataclass(frozen=True, slots=True)
class ServerSeen:
    """Whether one server answered when it was asked last, and since when that is so.

    `tries` are looks in a row that it did not answer, `why` says how; `seen_at` is its last answer, "" for never.
    """

    server: str
    answers: bool
    since: str
    seen_at: str
    tries: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lapse:
    """One zone that one server, which answers, does not serve as its source does.

    Behind: the server has not reached the serial `wanted` since `since`, and was `lag` numbers away when it was asked
    last. A secondary that follows a busy zone at a distance reaches each serial, and its lapse begins anew each time.
    Unserved: it does not answer for the zone, and `why` says how.
    """

    place: ZoneId
    kind: LapseKind
    since: str
    lag: int = 0
    wanted: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class ZoneSignatures:
    """How a zone that is declared to be signed stood when it was looked at last, in short.

    `serial` is that of the zone where it is written. `expires` is when the first of all its signatures runs out, ""
    where it has none; `flaw` says what those who validate refuse, `chain` who vouches for its keys.
    """

    of: ViewZone
    serial: int
    expires: str
    looked_at: str
    flaw: str = ""
    chain: ChainState = "unknown"


@dataclass(frozen=True, slots=True)
class NamesState:
    """All that is known of name servers and their zones after a round; nothing of what is no longer declared.

    `sightings` say which serial each server was last seen to serve, and since when.
    """

    mark: NamesMark | None
    servers: Mapping[str, ServerSeen]
    lapses: Mapping[ZoneId, Lapse]
    signatures: Mapping[ViewZone, ZoneSignatures]
    sightings: Mapping[ZoneId, Sighting]
