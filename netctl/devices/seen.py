"""What one look gave, as an observation: from FRR and Linux over a shell, or from one of NAPALM's drivers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from netctl.devices import chrony, linux, operational
from netctl.devices.look import Look
from netctl.devices.platform import Told
from netctl.errors import CapabilityMissing, CommandFailed
from netctl.model.health import Clock, Health, Interface, Observation


def by_shell(name: str, look: Look) -> Observation:
    """The observation of router `name`; raises `ReplyMalformed` where something is not in its own form."""
    box = look.box.get
    health = operational.health(name, look.frr)
    known = {port: port not in health.interfaces_down for port in operational.interface_names(look.frr)}
    ports = linux.interfaces(name, box("links", ""), box("speeds", ""), known)
    # FRR calls a port up that has no carrier; the kernel knows better.
    down = {*health.interfaces_down, *(port.name for port in ports if not port.up)}
    return Observation(
        health=health._replace(interfaces_down=tuple(sorted(down))),
        interfaces=ports,
        cpu=linux.load(box("load", ""), box("processors", "")),
        memory=linux.memory(box("memory", "")),
        clock=chrony.clock(box("clock", "")),
        version=look.version,
        uptime=linux.uptime(box("uptime", ""), box("first_process", "")),
    )


def by_napalm(driver: Any, health: Health, tells: Collection[Told]) -> Observation:
    """The observation of a router that one of NAPALM's drivers reads; it is asked for what its platform tells."""

    def asked(what: Told, question: Callable[[], Any]) -> Any:
        if what not in tells:
            return None
        try:
            return question()
        except (CapabilityMissing, CommandFailed):  # this box, or this release, does not tell it after all
            return None

    facts = driver.get_facts()
    ports = asked("interfaces", driver.get_interfaces) or {}
    environment = asked("environment", driver.get_environment) or {}
    return Observation(
        health=health._replace(interfaces_down=tuple(_down(ports))),
        interfaces=tuple(_ports(ports, asked("counters", driver.get_interfaces_counters) or {})),
        cpu=_busy(environment),
        memory=_used(environment),
        clock=_clock(asked("clock", driver.get_ntp_stats)),
        version=str(facts.get("os_version", "")),
        uptime=_known(facts.get("uptime")),
    )


def _down(ports: Mapping[str, Any]) -> list[str]:
    """Ports that should be up and are not; one that was switched off is no trouble."""
    return sorted(name for name, port in ports.items() if port.get("is_enabled", True) and not port["is_up"])


def _ports(ports: Mapping[str, Any], counters: Mapping[str, Any]) -> Iterable[Interface]:
    for name, port in sorted(ports.items()):
        counted = counters.get(name, {})
        speed = _known(port.get("speed"))
        yield Interface(
            name,
            bool(port["is_up"]),
            int(speed) if speed else None,
            rx_bytes=_count(counted, "rx_octets"),
            tx_bytes=_count(counted, "tx_octets"),
            rx_errors=_count(counted, "rx_errors"),
            tx_errors=_count(counted, "tx_errors"),
            rx_dropped=_count(counted, "rx_discards"),
            tx_dropped=_count(counted, "tx_discards"),
        )


def _count(counted: Mapping[str, Any], key: str) -> int | None:
    found = _known(counted.get(key))
    return None if found is None else int(found)


def _known(value: Any) -> float | None:
    """NAPALM's drivers write -1 (or nothing) for a figure they do not have."""
    return float(value) if isinstance(value, int | float) and value >= 0 else None


def _busy(environment: Mapping[str, Any]) -> float | None:
    """The mean of all processors; NAPALM has per cent."""
    shares = [_known(one.get("%usage")) for one in environment.get("cpu", {}).values()]
    told = [share for share in shares if share is not None]
    return min(1.0, sum(told) / len(told) / 100) if told else None


def _used(environment: Mapping[str, Any]) -> float | None:
    """NAPALM's `available_ram` is all there is."""
    memory = environment.get("memory", {})
    total, used = _known(memory.get("available_ram")), _known(memory.get("used_ram"))
    return min(1.0, used / total) if total and used is not None else None


def _clock(peers: Any) -> Clock | None:
    if peers is None:
        return None
    followed = next((peer for peer in peers if peer.get("synchronized")), None)
    if followed is None:
        return Clock(synchronised=False, source="", stratum=None, offset=None)
    return Clock(
        synchronised=True,
        source=str(followed.get("remote", "")),
        stratum=int(followed["stratum"]),
        offset=float(followed["offset"]) / 1000,  # NAPALM has milliseconds
    )
