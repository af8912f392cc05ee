"""What the box must be → FRR's configuration: the same policy that netctl's FRR templates write for an FRR router."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Box, Session, VirtualRouter

_GRACEFUL = "GSHUT"


def configuration(box: Box) -> str:
    """The text of ``frr.conf``; every stanza closed by ``exit``, which FRR 8.4 wants after ``router``."""
    lines = ["frr defaults traditional", f"hostname {box.hostname or 'router'}", "service integrated-vtysh-config"]
    lines.append("no zebra nexthop kernel enable")  # else routes over two lines stay refused when the lines come back
    if box.syslog_level:
        lines.append(f"log syslog {box.syslog_level}")
    lines += ["!", *_ports(box), *_bgp(box), *_filters(box), *_policies(box), *_bfd(box)]
    return "\n".join(lines) + "\n"


def _ports(box: Box) -> Iterator[str]:
    for port in box.ports:
        yield f"interface {port.name}"
        if port.description:
            yield f" description {port.description}"
        yield from (f" ip address {address}" for address in port.v4)
        yield from (f" ipv6 address {address}" for address in port.v6)
        yield from _vrrp([entry for entry in box.virtual_routers if entry.port == port.name])
        yield from ("exit", "!")


def _vrrp(entries: list[VirtualRouter]) -> Iterator[str]:
    """FRR holds one priority and one interval for both families of a virtual router: the cautious ones win."""
    for vrid in dict.fromkeys(entry.vrid for entry in entries):
        both = [entry for entry in entries if entry.vrid == vrid]
        yield f" vrrp {vrid}"
        yield f" vrrp {vrid} priority {min(int(entry.priority) for entry in both)}"
        yield f" vrrp {vrid} advertisement-interval {max(entry.interval for entry in both) * 10}"
        for entry in both:
            yield f" vrrp {vrid} {'ip' if entry.family == 'ipv4' else 'ipv6'} {entry.address}"


def _bgp(box: Box) -> Iterator[str]:
    if not box.autonomous_system:
        return
    yield f"router bgp {box.autonomous_system}"
    if box.router_id:
        yield f" bgp router-id {box.router_id}"
    yield from (" bgp log-neighbor-changes", " no bgp default ipv4-unicast", " timers bgp 10 30")
    if box.graceful_shutdown:
        yield " bgp graceful-shutdown"
    for session in box.sessions:
        yield from _session(session)
    for family, mark in (("ipv4", False), ("ipv6", True)):
        yield f" address-family {family} unicast"
        yield from (f"  network {prefix}" for prefix in box.networks if (":" in prefix) is mark)
        for session in box.sessions:
            if (":" in session.address) is mark:
                yield from _session_policy(session)
        yield " exit-address-family"
    yield from ("exit", "!")


def _session(session: Session) -> Iterator[str]:
    begin = f" neighbor {session.address}"
    yield f"{begin} remote-as {session.remote_as}"
    if session.description:
        yield f"{begin} description {session.description}"
    if session.bfd:
        yield f"{begin} bfd"
        yield f"{begin} bfd profile wan"
    if session.password:
        yield f"{begin} password {session.password}"
    if session.source:
        yield f"{begin} update-source {session.source}"
    yield f"{begin} timers connect 5"


def _session_policy(session: Session) -> Iterator[str]:
    begin = f"  neighbor {session.address}"
    yield f"{begin} activate"
    if session.next_hop_self:
        yield f"{begin} next-hop-self"
    yield f"{begin} prefix-list {session.import_list} in"
    yield f"{begin} prefix-list {session.export_list} out"
    yield f"{begin} route-map {_import_name(session.preference)} in"
    if session.metric:
        yield f"{begin} route-map export-{session.metric} out"


def _filters(box: Box) -> Iterator[str]:
    for rule in box.rules:
        bounds = (f" ge {rule.ge}" if rule.ge else "") + (f" le {rule.le}" if rule.le else "")
        yield f"{rule.family} prefix-list {rule.list} seq {rule.sequence} {rule.action} {rule.prefix}{bounds}"
    yield "!"


def _policies(box: Box) -> Iterator[str]:
    """Routes about to go away (RFC 8326) are taken last, on every session."""
    yield f"bgp community-list standard {_GRACEFUL} seq 5 permit graceful-shutdown"
    yield "!"
    for preference in sorted({session.preference for session in box.sessions}):
        name = _import_name(preference)
        yield from (f"route-map {name} permit 10", f" match community {_GRACEFUL}", " set local-preference 0", "exit")
        yield f"route-map {name} permit 20"
        if preference:
            yield f" set local-preference {preference}"
        yield from ("exit", "!")
    for metric in sorted({session.metric for session in box.sessions if session.metric}):
        yield from (f"route-map export-{metric} permit 10", f" set metric {metric}", "exit", "!")


def _import_name(preference: str) -> str:
    return f"import-{preference or 'as-told'}"


def _bfd(box: Box) -> Iterator[str]:
    yield from ("bfd", " profile wan")
    if box.bfd_multiplier:
        yield f"  detect-multiplier {box.bfd_multiplier}"
    if box.bfd_interval:
        yield f"  transmit-interval {box.bfd_interval}"
        yield f"  receive-interval {box.bfd_interval}"
    yield from (" exit", "exit", "!")
