"""Waiting for a lab's name servers: until each answers a question at its own address, asked by the operations room."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from netctl.devices.nameserver.messages import question, require_answer
from netctl.devices.nameserver.server import NameServer
from netctl.devices.nameserver.transport import Connection
from netctl.errors import DeviceError, LabNotReady
from netctl.lab.nameservers import Server
from netctl.lab.place import Place
from netctl.lab.topology import NOC, Topology
from netctl.zones.data import SOA
from netctl.zones.names import wire

_PATIENCE = 3.0


def until_servers_answer(where: Place, topology: Topology, deadline: float) -> None:
    """Return once every name server answers, whatever it says: of its zones it may know nothing yet.

    Raises `LabNotReady`, which names those that do not.
    """
    until = time.monotonic() + deadline
    silent = list(topology.servers)
    while silent:
        silent = _silent(where, topology.domain, silent)
        if silent and time.monotonic() > until:
            names = ", ".join(server.name for server in silent)
            raise LabNotReady(
                f"no answer from name server {names} within {deadline:.0f} s",
                where=f"lab {where.name}",
                hint=f"`netctl --lab {where.name} lab exec {silent[0].name} cat /run/netctl-lab/start.log`",
            )
        if silent:
            time.sleep(0.3)


def _silent(where: Place, domain: str, servers: Iterable[Server]) -> list[Server]:
    asked = list(servers)
    with ThreadPoolExecutor(4) as pool:
        good = list(pool.map(lambda server: _answers(where, domain, server), asked))
    return [server for server, answered in zip(asked, good, strict=True) if not answered]


def _answers(where: Place, domain: str, server: Server) -> bool:
    addresses = tuple(address.partition("/")[0] for address in server.addresses)
    way = NameServer(server.name, addresses, server.port, where.namespace(NOC), _PATIENCE)
    asked = question(wire(domain), SOA)
    try:
        with Connection(way, _PATIENCE) as connection:
            connection.send(asked)
            require_answer(connection.receive(), asked, server.name)
    except DeviceError:
        return False
    return True
