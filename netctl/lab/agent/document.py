"""The running datastore's XML → what this box must be. What the models do not say is left empty, never guessed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import NamedTuple

INTERFACES = "{urn:ietf:params:xml:ns:yang:ietf-interfaces}"
IP = "{urn:ietf:params:xml:ns:yang:ietf-ip}"
SYSTEM = "{urn:ietf:params:xml:ns:yang:ietf-system}"
BGP = "{urn:netctl:yang:bgp}"
VRRP = "{urn:netctl:yang:vrrp}"
MANAGEMENT = "{urn:netctl:yang:management}"


class Port(NamedTuple):
    name: str
    description: str
    v4: tuple[str, ...]
    v6: tuple[str, ...]
    mtu: int  # 0: as it is


class VirtualRouter(NamedTuple):
    port: str
    family: str  # "ipv4" or "ipv6"
    vrid: str
    address: str
    priority: str
    interval: int  # centiseconds


class Session(NamedTuple):
    address: str
    remote_as: str
    description: str
    import_list: str
    export_list: str
    preference: str
    metric: str
    source: str
    next_hop_self: bool
    bfd: bool
    password: str


class Rule(NamedTuple):
    family: str  # "ip" or "ipv6", FRR's words
    list: str
    sequence: str
    action: str
    prefix: str
    ge: str
    le: str


class Box(NamedTuple):
    """All of one router."""

    hostname: str
    ports: tuple[Port, ...]
    virtual_routers: tuple[VirtualRouter, ...]
    autonomous_system: str
    router_id: str
    graceful_shutdown: bool
    networks: tuple[str, ...]
    sessions: tuple[Session, ...]
    rules: tuple[Rule, ...]
    bfd_interval: str
    bfd_multiplier: str
    syslog_level: str
    syslog_servers: tuple[str, ...]
    ntp_servers: tuple[str, ...]
    banner: str
    allowed: tuple[str, ...]


def read(data: ET.Element) -> Box:
    """What the box must be, by a ``data`` element of RFC 6241."""
    bgp = _child(data, f"{BGP}bgp")
    management = _child(data, f"{MANAGEMENT}management")
    system = _child(data, f"{SYSTEM}system")
    return Box(
        hostname=_text(system, f"{SYSTEM}hostname"),
        ports=tuple(_port(entry) for entry in data.iterfind(f"{INTERFACES}interfaces/{INTERFACES}interface")),
        virtual_routers=tuple(map(_virtual, data.iterfind(f"{VRRP}virtual-routers/{VRRP}virtual-router"))),
        autonomous_system=_text(bgp, f"{BGP}autonomous-system"),
        router_id=_text(bgp, f"{BGP}router-id"),
        graceful_shutdown=_text(bgp, f"{BGP}graceful-shutdown") == "true",
        networks=_texts(bgp, f"{BGP}network"),
        sessions=tuple(_session(entry) for entry in bgp.iterfind(f"{BGP}session")),
        rules=tuple(rule for entry in bgp.iterfind(f"{BGP}prefix-list") for rule in _rules(entry)),
        bfd_interval=_text(management, f"{MANAGEMENT}bfd/{MANAGEMENT}interval"),
        bfd_multiplier=_text(management, f"{MANAGEMENT}bfd/{MANAGEMENT}multiplier"),
        syslog_level=_text(management, f"{MANAGEMENT}syslog/{MANAGEMENT}level"),
        syslog_servers=_texts(management, f"{MANAGEMENT}syslog/{MANAGEMENT}server"),
        ntp_servers=_texts(system, f"{SYSTEM}ntp/{SYSTEM}server/{SYSTEM}udp/{SYSTEM}address"),
        banner=_text(management, f"{MANAGEMENT}login-banner"),
        allowed=_texts(management, f"{MANAGEMENT}allowed-prefix"),
    )


def _port(entry: ET.Element) -> Port:
    mtus = [int(text) for text in (_text(entry, f"{IP}{family}/{IP}mtu") for family in ("ipv4", "ipv6")) if text]
    return Port(
        _text(entry, f"{INTERFACES}name"),
        _text(entry, f"{INTERFACES}description"),
        _addresses(entry, "ipv4"),
        _addresses(entry, "ipv6"),
        max(mtus, default=0),
    )


def _addresses(entry: ET.Element, family: str) -> tuple[str, ...]:
    found = entry.iterfind(f"{IP}{family}/{IP}address")
    return tuple(f"{_text(address, f'{IP}ip')}/{_text(address, f'{IP}prefix-length')}" for address in found)


def _virtual(entry: ET.Element) -> VirtualRouter:
    return VirtualRouter(
        _text(entry, f"{VRRP}interface"),
        _text(entry, f"{VRRP}family"),
        _text(entry, f"{VRRP}vrid"),
        _text(entry, f"{VRRP}virtual-address"),
        _text(entry, f"{VRRP}priority"),
        int(_text(entry, f"{VRRP}advertisement-interval") or 100),
    )


def _session(entry: ET.Element) -> Session:
    return Session(
        address=_text(entry, f"{BGP}address"),
        remote_as=_text(entry, f"{BGP}remote-as"),
        description=_text(entry, f"{BGP}description"),
        import_list=_text(entry, f"{BGP}import-list"),
        export_list=_text(entry, f"{BGP}export-list"),
        preference=_text(entry, f"{BGP}import-preference"),
        metric=_text(entry, f"{BGP}export-metric"),
        source=_text(entry, f"{BGP}update-source"),
        next_hop_self=_text(entry, f"{BGP}next-hop-self") == "true",
        bfd=_text(entry, f"{BGP}bfd") == "true",
        password=_text(entry, f"{BGP}password"),
    )


def _rules(entry: ET.Element) -> list[Rule]:
    name = _text(entry, f"{BGP}name")
    rules = []
    for rule in entry.iterfind(f"{BGP}rule"):
        sequence, action, prefix, ge, le = (
            _text(rule, f"{BGP}{leaf}") for leaf in ("sequence", "action", "prefix", "ge", "le")
        )
        rules.append(Rule("ipv6" if ":" in prefix else "ip", name, sequence, action, prefix, ge, le))
    return rules


def _child(parent: ET.Element, tag: str) -> ET.Element:
    found = parent.find(tag)
    return ET.Element(tag) if found is None else found


def _text(parent: ET.Element, path: str) -> str:
    return (parent.findtext(path) or "").strip()


def _texts(parent: ET.Element, path: str) -> tuple[str, ...]:
    return tuple((entry.text or "").strip() for entry in parent.iterfind(path))
