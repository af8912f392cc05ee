"""Topology → the `ip` commands that lay it out, as text for ``ip -batch``."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from netctl.lab.kernel import run
from netctl.lab.nameservers import Server, ways_in
from netctl.lab.place import Place
from netctl.lab.topology import LAN_PORT_INDEX, NOC, Endpoint, Router, Topology

BRIDGE = "lan0"
MANAGEMENT_BRIDGE = "mgmt"
SERVER_PORT = "lan0"


def lay(where: Place, topology: Topology) -> None:
    """Make every port, bridge and virtual port; all namespaces are there already and empty."""
    run("ip", "-batch", "-", stdin="\n".join(port_lines(where, topology)) + "\n")
    for name, lines in _inside(topology):
        run("ip", "-n", where.namespace(name), "-batch", "-", stdin="\n".join(lines) + "\n")


def port_lines(where: Place, topology: Topology) -> Iterator[str]:
    """What makes all pairs of ports, each end born in its namespace."""
    noc = where.namespace(NOC)
    for number, router in enumerate(topology.routers):
        yield _pair(where.namespace(router.name), "mgmt0", noc, f"m{number}", 1500)
        for port in router.loose:
            inside = f"netns {where.namespace(router.name)}"
            yield f"link add {port} {inside} type veth peer name far-{port[:11]} {inside}"
    for cable in topology.cables:
        yield _pair(where.namespace(cable.a), cable.a_port, where.namespace(cable.b), cable.b_port, cable.mtu)
    for segment in topology.segments:
        for number, (router_name, port, mtu) in enumerate(segment.members, 1):
            far = where.namespace(segment.endpoint.name)
            yield _pair(where.namespace(router_name), port, far, f"p{number}", mtu, index=LAN_PORT_INDEX)
    hosts = {segment.id: segment.endpoint.name for segment in topology.segments}
    for number, server in enumerate(topology.servers):
        own = where.namespace(server.name)
        yield _pair(own, "mgmt0", noc, f"n{number}", 1500)
        yield _pair(own, SERVER_PORT, where.namespace(hosts[server.segment]), f"s{number}", server.mtu)


def _pair(a: str, a_port: str, b: str, b_port: str, mtu: int, *, index: int = 0) -> str:
    fixed = f"index {index} " if index else ""
    return f"link add {a_port} netns {a} mtu {mtu} {fixed}type veth peer name {b_port} netns {b} mtu {mtu}"


def _inside(topology: Topology) -> Iterator[tuple[str, list[str]]]:
    """Host → what is done within its namespace."""
    noc = [f"link add {MANAGEMENT_BRIDGE} type bridge mcast_snooping 0", "link set lo up"]
    noc += [line for number in range(len(topology.routers)) for line in _attach(f"m{number}", MANAGEMENT_BRIDGE)]
    noc += [line for number in range(len(topology.servers)) for line in _attach(f"n{number}", MANAGEMENT_BRIDGE)]
    noc += [f"link set {MANAGEMENT_BRIDGE} up", _address(topology.noc, MANAGEMENT_BRIDGE), *ways_in_lines(topology)]
    yield NOC, noc
    for server in topology.servers:
        yield server.name, server_lines(server)
    for router in topology.routers:
        yield router.name, router_lines(router, topology)
    for segment in topology.segments:
        lines = [f"link add {BRIDGE} type bridge mcast_snooping 0", "link set lo up"]
        for number in range(1, len(segment.members) + 1):
            lines += _attach(f"p{number}", BRIDGE)
        for number, server in enumerate(topology.servers):
            lines += _attach(f"s{number}", BRIDGE) if server.segment == segment.id else []
        yield segment.endpoint.name, lines + endpoint_lines(segment.endpoint)


def ways_in_lines(topology: Topology, off: Collection[str] = ()) -> Iterator[str]:
    """The operations room's routes to LANs on which name servers stand: through the routers of those LANs alone.

    The network out of band knows which of them are `off`: where all are, so are the servers' own addresses.
    """
    routers = {router.name: router.management.partition("/")[0] for router in topology.routers}
    prefixes = ways_in(topology.servers)
    for segment in topology.segments:
        living = [routers[name] for name, _, _ in segment.members if name not in off]
        hops = " ".join(f"nexthop via {address} dev {MANAGEMENT_BRIDGE}" for address in living)
        for prefix in prefixes.get(segment.id, ()):
            yield f"route replace {prefix} {hops}" if living else f"route replace unreachable {prefix}"


def _attach(port: str, bridge: str) -> list[str]:
    return [f"link set {port} master {bridge}", f"link set {port} up"]


def router_lines(router: Router, topology: Topology) -> list[str]:
    """What is done inside a router: every port of the lab up, virtual ports made."""
    lines = ["link set lo up", "link set mgmt0 up"]
    for cable in topology.cables:
        lines += [f"link set {cable.a_port} up"] if cable.a == router.name else []
        lines += [f"link set {cable.b_port} up"] if cable.b == router.name else []
    for segment in topology.segments:
        lines += [f"link set {port} up" for name, port, _ in segment.members if name == router.name]
    for virtual in router.virtual_ports:
        lines += [
            f"link add name {virtual.name} link {virtual.parent} address {virtual.mac} type macvlan mode bridge",
            _address(virtual.address, virtual.name),
            f"link set {virtual.name} up",
        ]
    return lines


def endpoint_lines(endpoint: Endpoint) -> list[str]:
    """What is done inside a host on a LAN, whose bridge is the LAN itself and stays when the host is off."""
    lines = [f"link set {BRIDGE} up"]
    lines += [_address(address, BRIDGE) for address in (*endpoint.addresses, *endpoint.time)]
    lines += [f"route add {_default(gateway)} via {gateway} dev {BRIDGE}" for gateway in endpoint.gateways]
    return lines


def server_lines(server: Server) -> list[str]:
    """What is done inside a name server: both ports up and addressed, and the ways out."""
    lines = ["link set lo up", "link set mgmt0 up", _address(server.management, "mgmt0"), f"link set {SERVER_PORT} up"]
    lines += [_address(address, SERVER_PORT) for address in server.addresses]
    lines += [f"route add {_default(gateway)} via {gateway} dev {SERVER_PORT}" for gateway in server.gateways]
    return lines


def _address(address: str, port: str) -> str:
    return f"addr add {address} dev {port}" + (" nodad" if ":" in address else "")


def _default(gateway: str) -> str:
    return "::/0" if ":" in gateway else "0.0.0.0/0"
