"""Who a name server is, and which zone of it is meant: a view is chosen by the key that signs (RFC 8945)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from netctl.errors import KeyRefused
from netctl.model.zonewrites import ZoneId
from netctl.zones.data import Name
from netctl.zones.names import text, wire
from netctl.zones.tsig import Key


def server_key(name: str, algorithm: str, secret: str) -> Key:
    """A TSIG key from its base64 secret; raises `KeyRefused` where that is none, or the algorithm is not known."""
    try:
        octets = base64.b64decode(secret, validate=True)
    except (binascii.Error, ValueError):
        raise KeyRefused("its secret is not base64", where=f"key {name}", hint="`tsig-keygen` makes one") from None
    return Key(wire(name), algorithm, octets)


@dataclass(frozen=True, slots=True)
class NameServer:
    """One server, by literal addresses in the order in which they are tried."""

    name: str
    addresses: tuple[str, ...]
    port: int = 53
    netns: str = ""  # network namespace its sockets are opened in; "" for this one
    patience: float = 10.0  # seconds for one address to let us in


@dataclass(frozen=True, slots=True)
class ZonePlace:
    """One zone of one view on one server, and the keys that read and write it; without `update` it is only read."""

    server: NameServer
    origin: Name
    view: str = ""
    transfer: Key | None = None
    update: Key | None = None

    @property
    def id(self) -> ZoneId:
        """The same by names, as the store knows it."""
        return ZoneId(self.server.name, self.view, self.zone)

    @property
    def where(self) -> str:
        """Server, zone and view, as errors name them."""
        return str(self.id)

    @property
    def zone(self) -> str:
        """The zone's name without its final dot; the root is ``.``."""
        return text(self.origin).rstrip(".") or "."
