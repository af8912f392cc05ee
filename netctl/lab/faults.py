"""Breaking a lab on purpose, and mending it."""

from __future__ import annotations

import json

from netctl.errors import LabUnknown
from netctl.lab import hosts, kernel, wiring
from netctl.lab.kernel import run
from netctl.lab.nameservers import Server
from netctl.lab.place import Place
from netctl.lab.topology import NOC, Cable, Endpoint, Router, Topology

_TABLE = "netctl_lab_cut"


def power_loss(where: Place, topology: Topology, host: str) -> None:
    """Every process of the host ends at once and its ports go dark; what it had written to disk stays.

    The LAN itself, which is a bridge in the namespace of the host on it, goes on.
    """
    found = host_named(topology, host)
    file = kernel.NAMESPACES / where.namespace(host)
    kernel.kill(lambda: kernel.inside([file]))
    lines = [f"addr flush dev {wiring.BRIDGE}"] if isinstance(found, Endpoint) else _darkening(where, found)
    run("ip", "-n", file.name, "-force", "-batch", "-", stdin="\n".join(lines) + "\n", check=False)
    run("nsenter", f"--net={file}", "nft", "flush", "ruleset")


def power_back(where: Place, topology: Topology, host: str) -> None:
    """Cable the host again and switch it on; it starts from what it had saved."""
    found = host_named(topology, host)
    run(
        "ip",
        "-n",
        where.namespace(host),
        "-force",
        "-batch",
        "-",
        stdin="\n".join(_cabling(found, topology)) + "\n",
        check=False,
    )
    hosts.boot(where, host)


def _cabling(host: Router | Server | Endpoint, topology: Topology) -> list[str]:
    if isinstance(host, Router):
        return wiring.router_lines(host, topology)
    return wiring.server_lines(host) if isinstance(host, Server) else wiring.endpoint_lines(host)


def lead_ways_in(where: Place, topology: Topology) -> None:
    """Let the operations room reach name servers through those routers that have power."""
    if topology.servers:
        files = {router.name: kernel.NAMESPACES / where.namespace(router.name) for router in topology.routers}
        pids = kernel.processes(files.values())
        off = [name for name, file in files.items() if kernel.init_of(pids[file]) is None]
        lines = [f"{line}\n" for line in wiring.ways_in_lines(topology, off)]
        run("ip", "-n", where.namespace(NOC), "-batch", "-", stdin="".join(lines))


def is_off(where: Place, host: str) -> bool:
    """True for a host without power."""
    return hosts.init(where, host) is None


def cut(where: Place, cable: Cable, *, silent: bool) -> None:
    """Take a line down at both ends; a silent cut loses every packet while both ports still look well."""
    for host, port in ((cable.a, cable.a_port), (cable.b, cable.b_port)):
        if silent:
            hook = f"type filter hook ingress device {port} priority -500; policy drop;"
            rules = f"table netdev {_TABLE}_{port} {{ chain in {{ {hook} }}; }};"
            run("nsenter", f"--net={kernel.NAMESPACES / where.namespace(host)}", "nft", rules)
        else:
            run("ip", "-n", where.namespace(host), "link", "set", port, "down")


def mend(where: Place, cable: Cable) -> None:
    """Undo either kind of cut; ports of routers without power are left alone."""
    for host, port in ((cable.a, cable.a_port), (cable.b, cable.b_port)):
        namespace = f"--net={kernel.NAMESPACES / where.namespace(host)}"
        if _silent(where, host, port):
            run("nsenter", namespace, "nft", "delete", "table", "netdev", f"{_TABLE}_{port}")
        if not is_off(where, host):
            run("ip", "-n", where.namespace(host), "link", "set", port, "up")


def is_cut(where: Place, cable: Cable) -> str:
    """``silent``, ``down`` or "" for a line that works (as far as its powered ends are concerned)."""
    ends = [
        (host, port) for host, port in ((cable.a, cable.a_port), (cable.b, cable.b_port)) if not is_off(where, host)
    ]
    if any(_silent(where, host, port) for host, port in ends):
        return "silent"
    return "down" if any(not _is_up(where, host, port) for host, port in ends) else ""


def host_named(topology: Topology, name: str) -> Router | Server | Endpoint:
    """The router, name server or host on a LAN of this name; raises `LabUnknown`."""
    known: tuple[Router | Server | Endpoint, ...] = (*topology.routers, *topology.servers, *topology.endpoints)
    for host in known:
        if host.name == name:
            return host
    raise LabUnknown(f"the lab has no host {name!r}", hint="`netctl lab status` lists them")


def cable_named(topology: Topology, name: str) -> Cable:
    """The line of this id; raises `LabUnknown`."""
    for cable in topology.cables:
        if cable.id == name:
            return cable
    known = ", ".join(cable.id for cable in topology.cables)
    raise LabUnknown(f"the lab has no line {name!r}", hint=f"its lines are {known}")


def _darkening(where: Place, box: Router | Server) -> list[str]:
    lines = [f"link delete {virtual.name}" for virtual in box.virtual_ports] if isinstance(box, Router) else []
    for port in _ports(where, box.name):
        if not port.startswith("vrrp"):
            lines += [f"link set {port} down", f"addr flush dev {port}"]
    return lines


def _ports(where: Place, host: str) -> list[str]:
    found = json.loads(run("ip", "-n", where.namespace(host), "-json", "link") or "[]")
    return [entry["ifname"] for entry in found]


def _is_up(where: Place, host: str, port: str) -> bool:
    (entry,) = json.loads(run("ip", "-n", where.namespace(host), "-json", "link", "show", "dev", port))
    return "UP" in entry["flags"]


def _silent(where: Place, host: str, port: str) -> bool:
    tables = run("nsenter", f"--net={kernel.NAMESPACES / where.namespace(host)}", "nft", "list", "tables", "netdev")
    return f"{_TABLE}_{port}" in tables.split()
