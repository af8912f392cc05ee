"""What a network declares of names, loaded and cross-checked; nothing derived from it yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from netctl.model.dns import NameServer, Purpose, SigningPolicy, TransactionKey, View
from netctl.services.dns.holders import Holders
from netctl.services.dns.origins import Origin, Places
from netctl.zones.data import Name, ZoneData

ZoneKind = Literal["forward", "reverse"]


@dataclass(frozen=True, slots=True)
class DeclaredSet:
    """Records of one owner and type as one line of a file says them; wire data, in the file's order.

    `ttl` is None where the zone's holds; `views` is None where those of the zone hold. `origins` go with `rdatas`.
    """

    owner: Name
    type: int
    ttl: int | None
    rdatas: tuple[bytes, ...]
    views: tuple[str, ...] | None
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Delegation:
    """Leave to make a zone of `name`, or of names below it, given to an organisation by the zone above."""

    name: Name
    organisation: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class DeclaredZone:
    """One zone as one file declares it. `organisation` is "" for the network's own.

    `views` are those it is seen in, `default_views` those of a record that does not say: closed views are not among
    them unless the zone is for closed views alone. `servers` stand in its NS records. `prefix` is the classless prefix
    (RFC 2317) it serves, else "". `bulk` is what its bulk file holds, already in wire form.
    `signing` names the policy it is signed by; "insecure" where signatures are being taken away.
    """

    origin: Name
    name: str  # with its final dot
    kind: ZoneKind
    organisation: str
    views: tuple[str, ...]
    default_views: tuple[str, ...]
    ttl: int
    servers: tuple[str, ...]
    dnssec: bool
    ds: tuple[bytes, ...]
    prefix: str
    delegations: tuple[Delegation, ...]
    records: tuple[DeclaredSet, ...]
    bulk: ZoneData | None
    bulk_file: str
    source: Origin
    signing: str = ""


@dataclass(frozen=True, slots=True)
class Timers:
    """What every SOA says but its serial; `mailbox` is a name on the wire, times are in seconds."""

    mailbox: Name
    refresh: int
    retry: int
    expire: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What a plan may delete of one zone before it has to say so: records, and percent of those that run."""

    deletions: int
    deleted_percent: int


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that is known and lived with up to the day `until`, that day included; `name` is b"" for any."""

    rule: str
    zone: Name
    name: Name
    until: date
    reason: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for all zones; `ttl` in seconds. `signing` are ways of signing by name."""

    timers: Timers
    ttl: int
    limits: Limits
    delegations: tuple[Delegation, ...]
    waivers: tuple[Waiver, ...]
    signing: Mapping[str, SigningPolicy] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeclaredDns:
    """Everything `dns/` declares, and what it is judged by.

    `views` are in their order; `holders` knows whose an address is, `places` where each origin stands.
    """

    servers: Mapping[str, NameServer]
    keys: Mapping[str, TransactionKey]
    views: Mapping[str, View]
    policy: Policy
    zones: tuple[DeclaredZone, ...]
    domain: Name
    holders: Holders
    places: Places

    def primaries(self, view: str) -> tuple[NameServer, ...]:
        """The servers a view's zones are written to, the main one first."""
        found = [each for each in self.servers.values() if each.role == "primary" and view in each.views]
        return tuple(sorted(found, key=lambda each: (each.standing != "main", each.name)))

    def secondaries(self, view: str) -> tuple[NameServer, ...]:
        """The servers that copy a view's zones."""
        return tuple(each for each in self.servers.values() if each.role == "secondary" and view in each.views)

    def key_for(self, view: str, purpose: Purpose) -> TransactionKey | None:
        """The key for a purpose: one that the view names, else its `view` key; else the first that no view names."""
        keys = self.keys.values()
        if named := self.views[view].keys:
            own = [key for key in keys if key.name in named]
            fitting = [key for key in own if key.purpose == purpose] or [key for key in own if key.purpose == "view"]
            return fitting[0] if fitting else None
        elsewhere = {key for each in self.views.values() for key in each.keys}
        return next((key for key in keys if key.purpose == purpose and key.name not in elsewhere), None)
