"""How a signed zone stands: its keys, who vouches for them, what is being rolled, until when its signatures hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

KeyRole = Literal["ksk", "zsk", "csk"]
KeyState = Literal["published", "active", "retiring", "retired", "removed", "revoked"]
"""As seen from outside (RFC 7583 section 3.2).

`published` is known and signs nothing yet, or has no DS yet; `retiring` still signs what another one signs from now
on; `retired` signs no more and waits until nobody remembers what it signed; `removed` is gone.
"""

ChainState = Literal["unsigned", "secure", "island", "unknown", "broken"]
"""`secure`: a declared anchor leads here. `island`: signed, and nobody above says so. `unknown`: who is above was not
asked, or did not answer. `broken`: whoever validates refuses the zone, now or for some of its names."""

RolloverKind = Literal["first", "zsk", "ksk", "csk", "algorithm", "leaving"]


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """Since when netctl saw a key published, signing, signing everything, and vouched for by a DS; "" for never.

    Each is a moment as text; those with `ended` and `gone` are when it was first seen no more.
    """

    published: str = ""
    signing: str = ""
    signing_all: str = ""
    signing_ended: str = ""
    ds: str = ""
    ds_ended: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class KeySight:
    """One key of a zone. `signatures` counts the RRsets beside DNSKEY that it signs; `ds` None where nobody knows.

    `missing_on` are servers that do not publish it. `ds_text` is its DS with SHA-256, as a master file has it.
    """

    tag: int
    algorithm: str
    role: KeyRole
    state: KeyState
    flags: int
    signs_keys: bool
    signatures: int
    ds: bool | None
    missing_on: tuple[str, ...]
    ds_text: str
    history: KeyHistory


@dataclass(frozen=True, slots=True)
class DsSight:
    """One DS of the zone. `matches` is the tag of the key it vouches for, None where there is none.

    `above` is who was seen to serve it; without anybody it is only declared.
    """

    text: str
    tag: int
    matches: int | None
    declared: bool
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rollover:
    """What is being changed of a zone's keys, as steps that a person can follow; `step` counts from 0.

    `earliest` is when the next step is safe as far as TTLs are concerned, "" where something else is waited for.
    `to_do` are lines for a person; without any, the server goes on by itself.
    """

    kind: RolloverKind
    steps: tuple[str, ...]
    step: int
    waiting: str
    earliest: str
    to_do: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServerSigning:
    """The zone's keys and signatures on one server. `expires` is when the first signature it was asked for ends."""

    server: str
    role: str
    serial: int | None
    expires: str
    problems: tuple[str, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class ZoneSigning:
    """A zone of a view; `zone` has its final dot, `policy` is "" where it is not declared to be signed.

    `denial` is how absence is proven: "NSEC", "NSEC3", "NSEC+NSEC3" or "". `expires` is when the first of all its
    signatures ends, "" for an unsigned zone. `ends_soon` says that this is nearer than the policy lets pass.
    `problems` are what breaks it for those who validate; `notes` what a person may want to know. `error` says why
    nothing is known. `verified` says that every signature was, and not those of the apex alone.
    """

    zone: str
    view: str
    organisation: str
    policy: str
    signed: bool
    chain: ChainState
    anchor: str
    denial: str
    signatures: int
    expires: str
    ends_soon: bool
    keys: tuple[KeySight, ...]
    ds: tuple[DsSight, ...]
    announced: tuple[str, ...]
    rollovers: tuple[Rollover, ...]
    servers: tuple[ServerSigning, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    error: str = ""
    verified: bool = True

    @property
    def refused(self) -> bool:
        """Who validates refuses some of it, by some server, or will sooner than the policy lets pass."""
        servers = any(each.problems for each in self.servers)
        return bool(self.problems or servers or self.ends_soon or self.chain == "broken")

    @property
    def unasked(self) -> bool:
        """The zone could not be read, or some server did not answer."""
        return bool(self.error or any(each.error for each in self.servers))

    @property
    def healthy(self) -> bool:
        """Whoever validates is answered, on every server, for longer than the policy asks."""
        return not (self.refused or self.unasked)

    def as_dict(self) -> dict[str, Any]:
        """As JSON output shows it; keys are part of the command line's contract."""
        return {name: getattr(self, name) for name in self.__slots__} | {"healthy": self.healthy}
