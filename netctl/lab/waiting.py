"""Waiting for a lab, by polling with a deadline: until its doors answer, until its sessions are up."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from netctl.devices.reach import dial
from netctl.errors import DeviceError, LabNotReady
from netctl.lab import hosts
from netctl.lab.nameservers import Server
from netctl.lab.place import Place
from netctl.lab.topology import BOXES, NOC, Router, Topology
from netctl.model.intent import RouterIntent, VrrpGroup

Progress = Callable[[str, str], None]  # host, what is true of it now

SERVER_DOORS = (22,)
_QUESTIONS = (
    "show bgp ipv4 unicast summary json",
    "show bgp ipv6 unicast summary json",
    "show isis neighbor json",
    "show vrrp json",
)


def until_doors_open(where: Place, boxes: Iterable[Router | Server], deadline: float, progress: Progress) -> None:
    """Return once every box answers on its management ports from the NOC; else raise `LabNotReady`."""
    until = time.monotonic() + deadline
    chosen = tuple(boxes)
    with ThreadPoolExecutor(max(1, len(chosen))) as pool:
        closed = [name for name in pool.map(lambda box: _door(where, box, until, progress), chosen) if name]
    if closed:
        said = hosts.log_of(where, closed[0]).strip().splitlines()[-3:]
        raise LabNotReady(
            f"no answer from {', '.join(closed)} within {deadline:.0f} s",
            where=f"lab {where.name}",
            hint=f"{closed[0]} said while booting: {' / '.join(said) or 'nothing'}",
        )


def _door(where: Place, box: Router | Server, until: float, progress: Progress) -> str:
    """The box's name where a port stayed shut, else ""."""
    address = box.management.partition("/")[0]
    for port in BOXES[box.platform] if isinstance(box, Router) else SERVER_DOORS:
        while not _answers(where, address, port):
            if time.monotonic() > until:
                return box.name
            time.sleep(0.2)
    progress(box.name, "up")
    return ""


def _answers(where: Place, address: str, port: int) -> bool:
    try:
        with dial(address, port, 2, netns=where.namespace(NOC)) as door:
            return door.recv(4) == b"SSH-"
    except (DeviceError, OSError):
        return False


def until_converged(
    where: Place, topology: Topology, intents: Mapping[str, RouterIntent], deadline: float, progress: Progress
) -> None:
    """Return once every session and virtual router the lab can have is up; else raise `LabNotReady` naming some."""
    until = time.monotonic() + deadline
    waiting = [router.name for router in topology.routers]
    missing: dict[str, list[str]] = {}
    while waiting:
        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(lambda name: not_up(where, topology, intents, name), waiting))
        missing = {name: lacks for name, lacks in zip(waiting, found, strict=True) if lacks}
        for name in waiting:
            if name not in missing:
                progress(name, "converged")
        waiting = list(missing)
        if waiting and time.monotonic() > until:
            some = "; ".join(f"{name}: {', '.join(lacks[:3])}" for name, lacks in list(missing.items())[:5])
            raise LabNotReady(f"not converged within {deadline:.0f} s: {some}", where=f"lab {where.name}")
        if waiting:
            time.sleep(0.5)


def until_traffic_flows(where: Place, topology: Topology, deadline: float) -> None:
    """Return once every host has an answer from its neighbour in the list, in the families both have; else raise
    `LabNotReady`.

    Sessions are up before the routes they carry are: only packets show that a network is there.
    """
    until = time.monotonic() + deadline
    ends = topology.endpoints
    journeys = [
        (one.name, address.partition("/")[0])
        for one, other in zip(ends, (*ends[1:], *ends[:1]), strict=True)
        for address in other.addresses
        if any((":" in address) == (":" in own) for own in one.addresses)
    ]
    while journeys:
        with ThreadPoolExecutor(4) as pool:
            arrived = list(pool.map(lambda journey: _arrives(where, *journey), journeys))
        journeys = [journey for journey, good in zip(journeys, arrived, strict=True) if not good]
        if journeys and time.monotonic() > until:
            some = "; ".join(f"{host} to {address}" for host, address in journeys[:5])
            raise LabNotReady(f"no echo within {deadline:.0f} s: {some}", where=f"lab {where.name}")


def _arrives(where: Place, host: str, address: str) -> bool:
    return hosts.enter(where, host, ["ping", "-c", "1", "-W", "1", address]).returncode == 0


def not_up(where: Place, topology: Topology, intents: Mapping[str, RouterIntent], name: str) -> list[str]:
    """What of router `name` should be up in this lab and is not, a few words each."""
    intent = intents[name]
    command = ["vtysh"]
    for question in _QUESTIONS:
        command += ["-c", question]
    answers = _documents(hosts.enter(where, name, command).stdout)
    if len(answers) != len(_QUESTIONS):
        return ["FRR does not answer"]
    bgp4, bgp6, isis, vrrp = answers
    return [
        *_sessions_missing(topology, intent, {**bgp4.get("peers", {}), **bgp6.get("peers", {})}),
        *_neighbours_missing(topology, intent, isis),
        *_virtual_missing(intents, topology, name, vrrp),
    ]


def _sessions_missing(topology: Topology, intent: RouterIntent, peers: Mapping[str, Any]) -> list[str]:
    present = {router.name for router in topology.routers}
    expected = [neighbour for neighbour in intent.neighbours if neighbour.description in present]
    return [
        f"BGP {neighbour.description} (IPv{neighbour.family})"
        for neighbour in expected
        if peers.get(neighbour.address, {}).get("state") != "Established"
    ]


def _neighbours_missing(topology: Topology, intent: RouterIntent, isis: Mapping[str, Any]) -> list[str]:
    cabled = {
        port for cable in topology.cables for port in _ports_of(cable.a, cable.a_port, cable.b, cable.b_port, intent)
    }
    up = {
        circuit.get("interface") if isinstance(circuit.get("interface"), str) else circuit["interface"]["name"]
        for area in isis.get("areas", [])
        for circuit in area.get("circuits", [])
        if circuit.get("interface") and "Up" in json.dumps(circuit)
    }
    return [f"IS-IS {port.name}" for port in intent.interfaces if port.igp == "active" and port.name in cabled - up]


def _ports_of(a: str, a_port: str, b: str, b_port: str, intent: RouterIntent) -> list[str]:
    return [port for host, port in ((a, a_port), (b, b_port)) if host == intent.device]


def _virtual_missing(intents: Mapping[str, RouterIntent], topology: Topology, name: str, vrrp: Any) -> list[str]:
    """Virtual routers that do not have the role that priorities give them among the routers of the lab."""
    found = {
        (router["interface"], router["vrid"], family): router.get(f"v{family}", {}).get("status")
        for router in (vrrp if isinstance(vrrp, list) else [])
        for family in (4, 6)
    }
    wanted = {
        (port.name, group.vrid, group.family): _role(intents, topology, name, group)
        for port in intents[name].interfaces
        for group in port.vrrp
    }
    return [f"VRRP {key[0]} (IPv{key[2]}) as {role}" for key, role in wanted.items() if found.get(key) != role]


def _role(intents: Mapping[str, RouterIntent], topology: Topology, name: str, group: VrrpGroup) -> str:
    """``Master`` for the router with the highest priority on the LAN, ``Backup`` for any other."""
    members = next(
        segment.members for segment in topology.segments if name in {member[0] for member in segment.members}
    )
    rivals = [
        rival.priority
        for member, port, _ in members
        for interface in intents[member].interfaces
        if interface.name == port
        for rival in interface.vrrp
        if (rival.vrid, rival.family) == (group.vrid, group.family)
    ]
    return "Master" if group.priority == max(rivals) else "Backup"


def _documents(text: str) -> list[Any]:
    """The JSON documents that stand one after the other in `text`; none where it is not JSON."""
    decoder, documents, position = json.JSONDecoder(), [], 0
    try:
        while (position := _skip_space(text, position)) < len(text):
            document, position = decoder.raw_decode(text, position)
            documents.append(document)
    except ValueError:
        return []
    return documents


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
