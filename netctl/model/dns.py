"""Who serves names, to whom, and with which keys: what `dns/servers.yaml` and `dns/views.yaml` declare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from netctl.model.network import Source

Software = Literal["bind", "knot", "nsd", "unbound"]
ServerRole = Literal["primary", "secondary", "resolver"]
Algorithm = Literal["hmac-sha256", "hmac-sha384", "hmac-sha512"]
Purpose = Literal["transfer", "update", "notify", "view"]


@dataclass(frozen=True, slots=True)
class NameServer:
    """One server. `host` is its name with a final dot; `standing` is "" where it is no primary, `centre` may be "".

    `views` are those it serves, in the order in which a server tries them. One without a `management_address` is not
    configured by netctl; `host_keys` are as a router's.
    """

    name: str
    host: str
    software: Software
    role: ServerRole
    standing: Literal["main", "backup", ""]
    centre: str
    addresses: tuple[str, ...]
    port: int
    views: tuple[str, ...]
    source: Source
    management_address: str = ""
    host_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransactionKey:
    """A TSIG key (RFC 8945): called `name` on the wire, with a final dot; `secret` is a reference, never a value."""

    name: str
    algorithm: Algorithm
    secret: str
    purpose: Purpose
    source: Source


@dataclass(frozen=True, slots=True)
class View:
    """What one kind of asker sees. It is chosen by a key of `keys`, else by the source address in `clients`.

    A `closed` view shows only what is declared for it, and the names of the servers that serve it: nothing derived.
    """

    name: str
    order: int
    closed: bool
    clients: tuple[str, ...]
    keys: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class SigningPolicy:
    """One way of signing zones; times are in seconds, and a lifetime of 0 has no end.

    With `split` keys and data are signed by different keys. A signature holds for `validity` and is made anew when less
    than `refresh` is left of it; less than `alarm` is a fault. `delay` and `ds_delay` are what changes take to reach
    every server, of the zone and of the one above.
    """

    name: str
    algorithm: str
    split: bool
    ksk_lifetime: int
    zsk_lifetime: int
    nsec3: bool
    validity: int
    refresh: int
    alarm: int
    key_ttl: int
    max_ttl: int
    delay: int
    ds_ttl: int
    ds_delay: int
    safety: int
