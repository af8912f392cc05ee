"""A lab raised from nothing, in the order in which a crash leaves only what `kernel.sweep` finds."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from netctl.errors import LabNameTaken
from netctl.lab import hosts, kernel, seed, waiting, wiring
from netctl.lab.place import Place
from netctl.lab.topology import NOC, Topology
from netctl.lab.waiting import Progress
from netctl.model.artefact import Part

_AT_ONCE = 4  # boots side by side: two cores, and each boot waits on the kernel half of the time


def lay_out(
    where: Place, topology: Topology, parts: Mapping[str, tuple[Part, ...]], root: Path, progress: Progress
) -> None:
    """Namespaces, ports and the files of every box; nothing runs yet. Secrets in `parts` are filled."""
    taken = kernel.namespaces(where)
    if taken:
        raise LabNameTaken(
            f"network namespaces {', '.join(path.name for path in taken.values())} are there and are not this lab's",
            where=f"lab {where.name}",
            hint="choose another name with --lab, or remove them with `ip netns delete`",
        )
    kernel.claim(where)
    for router in topology.routers:
        seed.write(where, router.name, seed.router(where, router, parts[router.name], root))
    for server in topology.servers:
        seed.write(where, server.name, seed.server(where, server, parts[server.name]))
    for endpoint in topology.endpoints:
        seed.write(where, endpoint.name, seed.endpoint(endpoint, topology.domain))
    routers = {router.name for router in topology.routers}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for made in [pool.submit(_namespace, where, host, host in routers) for host in (NOC, *topology.hosts)]:
            made.result()
    progress("", "namespaces made")
    wiring.lay(where, topology)
    progress("", "cables laid")


def _namespace(where: Place, host: str, forwards: bool) -> None:  # noqa: FBT001 - handed to a pool by position
    hosts.make_namespace(where, host, forwards=forwards)


def switch_on(where: Place, topology: Topology, deadline: float, progress: Progress) -> None:
    """Boot every host and return once the doors of all routers and name servers answer."""
    for host in topology.hosts:
        hosts.boot(where, host)
    waiting.until_doors_open(where, topology.boxes, deadline, progress)
