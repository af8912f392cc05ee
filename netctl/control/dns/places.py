"""Where each zone is served, and the keys that lead to it there: declared in `dns/`, the secrets from this host."""

from __future__ import annotations

from collections.abc import Iterator

from netctl import credentials
from netctl.credentials.sources import require
from netctl.devices.nameserver.server import NameServer, ZonePlace, server_key
from netctl.model import dns as model
from netctl.services.dns.declared import DeclaredDns
from netctl.settings import Settings
from netctl.zones.data import Name
from netctl.zones.tsig import Key


class Places:
    """The places of zones; each secret is looked up once. Raises `SecretMissing` where this host does not have one.

    A host that only reads needs no key for updates: without its secret, a place is one that cannot be written, unless
    `writes` says that it is to be.
    A view that names keys is reached with one of those: with that of the purpose, else with its `view` key, which the
    server must let read or write then. Any other view is chosen by our address, with a key that no view names.
    `writer` is the primary that takes updates (`netctl.control.dns.writer`), "" for the main one of each view.
    """

    def __init__(self, declared: DeclaredDns, settings: Settings, writer: str = "", *, writes: bool = False) -> None:
        self._declared = declared
        self._writer = writer
        self._writes = writes
        self._source = credentials.open_source(settings)
        self._netns, self._patience = settings.management_netns, float(settings.connect_timeout)
        self._keys: dict[str, Key] = {}

    def place(self, server: model.NameServer, view: str, origin: Name) -> ZonePlace:
        """One zone of one view on one server; `update` is there only where it is a primary, and can be written."""
        update = self._key(view, "update") if server.role == "primary" else None
        way = NameServer(server.name, server.addresses, server.port, self._netns, self._patience)
        return ZonePlace(way, origin, view, self._key(view, "transfer"), update)

    def main(self, view: str, origin: Name) -> ZonePlace | None:
        """The zone where it is written; None where no primary serves the view."""
        primaries = self._primaries(view)
        return self.place(primaries[0], view, origin) if primaries else None

    def everywhere(self, view: str, origin: Name) -> Iterator[tuple[model.NameServer, ZonePlace]]:
        """The zone on every server that serves it, the one where it is written first; resolvers hold no zones."""
        for server in (*self._primaries(view), *self._declared.secondaries(view)):
            yield server, self.place(server, view, origin)

    def _primaries(self, view: str) -> list[model.NameServer]:
        """Those that serve the view, the one that writes first."""
        return sorted(self._declared.primaries(view), key=lambda each: each.name != self._writer)

    def _key(self, view: str, purpose: model.Purpose) -> Key | None:
        found = self._declared.key_for(view, purpose)
        if found is None:
            return None
        if found.name not in self._keys:
            if purpose == "update" and not self._writes and self._source.get(found.secret) is None:
                return None
            secret = require(self._source, found.secret, where=f"key {found.name}")
            self._keys[found.name] = server_key(found.name, found.algorithm, secret)
        return self._keys[found.name]
