"""What FRR's daemons say about themselves in JSON, read as health. Pure: texts in, nouns out.

What is configured but absent is listed as not up: FRR's BGP summary, BFD and VRRP lists hold all that is configured;
IS-IS shows neighbours only, so its circuits are taken from its own configuration.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from netctl.errors import ReplyMalformed
from netctl.model.health import Health, Session, VrrpStatus

BGP = "show bgp summary json"
ISIS = "show isis neighbor json"
ISIS_CONFIGURATION = "show running-config isisd"
BFD = "show bfd peers json"
VRRP = "show vrrp json"
INTERFACES = "show interface brief json"
HEALTH_COMMANDS = (BGP, ISIS, ISIS_CONFIGURATION, BFD, VRRP, INTERFACES)

_FAMILIES = {"ipv4Unicast": 4, "ipv6Unicast": 6}
_INTERFACE = re.compile(r"^interface (\S+)\n((?: .*\n)*)", re.MULTILINE)


def health(name: str, outputs: Mapping[str, str]) -> Health:
    """The health of router `name` from the outputs of `HEALTH_COMMANDS`; raises `ReplyMalformed` naming the command."""
    try:
        return _health(name, outputs)
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise ReplyMalformed(f"FRR's state has an unexpected shape: {error}", where=name) from error


def _health(name: str, outputs: Mapping[str, str]) -> Health:
    sessions = (
        *_bgp(_decoded(name, BGP, outputs, {})),
        *_isis(_decoded(name, ISIS, outputs, {}), outputs[ISIS_CONFIGURATION]),
        *_bfd(_decoded(name, BFD, outputs, [])),
    )
    ports = _decoded(name, INTERFACES, outputs, {})
    return Health(
        target=name,
        sessions=tuple(sorted(sessions)),
        vrrp=tuple(sorted(_vrrp(_decoded(name, VRRP, outputs, [])))),
        interfaces_down=tuple(sorted(port for port, state in ports.items() if state.get("status") != "up")),
    )


def bgp_neighbours(outputs: Mapping[str, str]) -> dict[str, Any]:
    """NAPALM's `get_bgp_neighbors` from the output of `BGP`."""
    families = _decoded("", BGP, outputs, {})
    peers: dict[str, Any] = {}
    router_id = ""
    for key, family in families.items():
        router_id = family.get("routerId", router_id)
        for address, peer in family.get("peers", {}).items():
            counters = {
                "received_prefixes": peer.get("pfxRcd", 0),
                "accepted_prefixes": peer.get("pfxRcd", 0),
                "sent_prefixes": peer.get("pfxSnt", 0),
            }
            entry = peers.setdefault(address, _neighbour(peer))
            entry["address_family"][f"ipv{_FAMILIES.get(key, 4)}"] = counters
    return {"global": {"router_id": router_id, "peers": peers}}


def interface_names(outputs: Mapping[str, str]) -> list[str]:
    """All ports, from the output of `INTERFACES`."""
    return sorted(_decoded("", INTERFACES, outputs, {}))


def _neighbour(peer: Mapping[str, Any]) -> dict[str, Any]:
    established = peer.get("state") == "Established"
    return {
        "local_as": peer.get("localAs", 0),
        "remote_as": peer.get("remoteAs", 0),
        "remote_id": "",  # not in the summary
        "is_up": established,
        "is_enabled": "Admin" not in str(peer.get("state", "")),
        "description": peer.get("desc", ""),
        "uptime": peer.get("peerUptimeMsec", 0) // 1000 if established else -1,
        "address_family": {},
    }


def _decoded(name: str, command: str, outputs: Mapping[str, str], empty: Any) -> Any:
    text = outputs[command].strip()
    if not text or text.endswith("is not running"):  # vtysh says nothing, or this, for a daemon that is not there
        return empty
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReplyMalformed(f"`{command}` is not JSON: {text[:80]!r}", where=name) from error
    if type(value) is not type(empty):
        raise ReplyMalformed(f"`{command}` has an unexpected shape: {text[:80]!r}", where=name)
    return value


def _bgp(families: Mapping[str, Any]) -> Iterator[Session]:
    for key, family in _FAMILIES.items():
        for address, peer in families.get(key, {}).get("peers", {}).items():
            state = str(peer.get("state", "unknown"))
            yield Session("bgp", address, state, state == "Established", family)


def _isis(neighbours: Mapping[str, Any], configuration: str) -> Iterator[Session]:
    missing = {
        interface: "no neighbour"
        for interface, body in _INTERFACE.findall(configuration)
        if "router isis" in body and "isis passive" not in body
    }
    for area in neighbours.get("areas", []):
        for circuit in area.get("circuits", []):
            if "adj" in circuit:
                missing.pop(circuit.get("interface", ""), None)
                yield Session("isis", circuit["adj"], circuit.get("state", "unknown"), circuit.get("state") == "Up")
    for interface, state in missing.items():
        yield Session("isis", interface, state, up=False)


def _bfd(peers: list[Any]) -> Iterator[Session]:
    for peer in peers:
        yield Session("bfd", peer.get("peer", ""), peer.get("status", "unknown"), peer.get("status") == "up")


def _vrrp(routers: list[Any]) -> Iterator[VrrpStatus]:
    for router in routers:
        for family, part in ((4, router.get("v4", {})), (6, router.get("v6", {}))):
            role = str(part.get("status", "")).lower()
            if not part.get("addresses"):
                continue
            yield VrrpStatus(
                router.get("interface", ""),
                int(router.get("vrid", 0)),
                family,
                "master" if role == "master" else "backup" if role == "backup" else "initialize",
                int(part.get("effectivePriority", 0)),
            )
