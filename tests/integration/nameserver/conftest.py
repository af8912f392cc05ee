"""A store, a BIND of the test's own, and the ways to its zones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nameservers import RIVERS, TRANSFER, UPDATE, ZONE, NameServer, bind, key
from ports import LOOPBACK
from served_names import network, served, settings, store  # noqa: F401  fixtures

from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.server import NameServer as Server
from netctl.devices.nameserver.server import ZonePlace
from netctl.store import Store
from netctl.zones.names import wire

Place = Callable[..., ZonePlace]


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    with Store.open(f"sqlite:///{tmp_path / 'netctl.db'}", create=True) as store:
        yield Notes(store)


@pytest.fixture
def primary(tmp_path: Path) -> Iterator[NameServer]:
    with bind(tmp_path / "bind", {RIVERS: ZONE}) as server:
        yield server


@pytest.fixture
def place() -> Place:
    """A zone of a server, with the keys that every server of a test knows, or others."""

    def at(server: NameServer | int, zone: str = RIVERS, *, name: str = "ns1", view: str = "", **keys) -> ZonePlace:
        port = server if isinstance(server, int) else server.port
        keys = {"transfer": key(TRANSFER), "update": key(UPDATE)} | keys
        return ZonePlace(Server(name, (LOOPBACK,), port), wire(zone), view, **keys)

    return at
