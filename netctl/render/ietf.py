"""Intent → a document of ietf-interfaces, ietf-ip, ietf-routing, ietf-system and netctl's own small modules.

The platform has no templates: the tables below say which leaf takes which fact, and an element's origin is the line of
this file that wrote it.
"""

from __future__ import annotations

import sys
from typing import Any

from netctl.config.yang import BGP, IF_TYPE, INTERFACES, IP, MANAGEMENT, NETCONF, PREFIXES, ROUTING, SYSTEM, VRRP
from netctl.credentials.placeholders import placeholder
from netctl.errors import NotWritable
from netctl.model.intent import Interface, Neighbour, PrefixList, RouterIntent, VrrpGroup
from netctl.render.draft import Draft, write

PART = "config.xml"

_FAMILY = {4: "ipv4", 6: "ipv6"}
_FORWARDING = frozenset({"backbone", "access", "lan"})
THIS_FILE = "netctl/render/ietf.py"


def document(intent: RouterIntent) -> str:
    """All containers netctl owns on the router."""
    try:
        return write(_Writer().whole(intent)).text
    except ValueError as error:  # XML 1.0 has no way to write a control character
        hint = "a text in inventory/ (a banner, a name) holds it"
        raise NotWritable(
            f"a control character cannot stand in a document: {error}", where=intent.device, hint=hint
        ) from error


def drain_document(drained: RouterIntent) -> str:
    """Only what drains the router, for a merging edit."""
    return write(_Writer().drain(drained)).text


def origins(intent: RouterIntent) -> dict[str, list[str]]:
    """``file:line`` for each line of the document; a closing tag has the origin of its opening one."""
    return {PART: write(_Writer(marking=True).whole(intent)).origins}


class _Writer:
    """Builds elements; when marking, each carries the line of this file that asked for it."""

    def __init__(self, *, marking: bool = False) -> None:
        self._marking = marking

    def whole(self, intent: RouterIntent) -> Draft:
        if intent.igp is not None:
            raise NotWritable(
                f"{intent.device} takes part in IS-IS, for which platform ietf_netconf has no model here",
                where=intent.device,
                hint="routers of role core and border need another platform, such as frr",
            )
        data = self._data()
        self._interfaces(data, intent)
        self._routing(data, intent)
        self._system(data, intent)
        self._virtual_routers(data, intent)
        self._bgp(data, intent)
        self._management(data, intent)
        return data

    def drain(self, drained: RouterIntent) -> Draft:
        data = self._data()
        top = self._add(data, "virtual-routers", namespace=VRRP)
        for port in drained.interfaces:
            for group in port.vrrp:
                entry = self._virtual_router_keys(top, port, group)
                self._add(entry, "priority", group.priority)
        bgp = self._add(data, "bgp", namespace=BGP)
        self._add(bgp, "graceful-shutdown", value=True)
        return data

    def _interfaces(self, data: Draft, intent: RouterIntent) -> None:
        top = self._add(data, "interfaces", namespace=INTERFACES)
        for port in intent.interfaces:
            entry = self._add(top, "interface")
            self._add(entry, "name", port.name)
            self._add(entry, "description", port.description)
            kind = "softwareLoopback" if port.kind == "loopback" else "ethernetCsmacd"
            self._identity(entry, "type", IF_TYPE, kind)
            self._addresses(entry, port, "ipv4", port.v4)
            self._addresses(entry, port, "ipv6", port.v6)

    def _addresses(self, entry: Draft, port: Interface, family: str, addresses: tuple[str, ...]) -> None:
        if not addresses:
            return
        holder = self._add(entry, family, namespace=IP)
        if port.kind in _FORWARDING:
            self._add(holder, "forwarding", value=True)
            self._add(holder, "mtu", port.mtu)
        for address in addresses:
            ip, _, length = address.partition("/")
            element = self._add(holder, "address")
            self._add(element, "ip", ip)
            self._add(element, "prefix-length", length)

    def _routing(self, data: Draft, intent: RouterIntent) -> None:
        routing = self._add(data, "routing", namespace=ROUTING)
        self._add(routing, "router-id", intent.router_id)
        protocol = self._add(self._add(routing, "control-plane-protocols"), "control-plane-protocol")
        self._identity(protocol, "type", BGP, "bgp")
        self._add(protocol, "name", "wan")

    def _system(self, data: Draft, intent: RouterIntent) -> None:
        system = self._add(data, "system", namespace=SYSTEM)
        self._add(system, "hostname", intent.device)
        if not intent.ntp_servers:
            return
        ntp = self._add(system, "ntp")
        for server in intent.ntp_servers:
            entry = self._add(ntp, "server")
            self._add(entry, "name", server)
            self._add(self._add(entry, "udp"), "address", server)
            self._add(entry, "iburst", value=True)

    def _virtual_routers(self, data: Draft, intent: RouterIntent) -> None:
        top = self._add(data, "virtual-routers", namespace=VRRP)
        for port in intent.interfaces:
            for group in port.vrrp:
                entry = self._virtual_router_keys(top, port, group)
                self._add(entry, "virtual-address", group.virtual_address)
                self._add(entry, "priority", group.priority)
                self._add(entry, "advertisement-interval", group.interval)

    def _virtual_router_keys(self, top: Draft, port: Interface, group: VrrpGroup) -> Draft:
        entry = self._add(top, "virtual-router")
        self._add(entry, "interface", port.name)
        self._add(entry, "family", _FAMILY[group.family])
        self._add(entry, "vrid", group.vrid)
        return entry

    def _bgp(self, data: Draft, intent: RouterIntent) -> None:
        bgp = self._add(data, "bgp", namespace=BGP)
        self._add(bgp, "autonomous-system", intent.asn)
        self._add(bgp, "router-id", intent.router_id)
        self._add(bgp, "graceful-shutdown", value=intent.drained)
        for prefix in intent.originated:
            self._add(bgp, "network", prefix)
        for neighbour in intent.neighbours:
            self._session(bgp, neighbour)
        for entry in intent.prefix_lists:
            self._prefix_list(bgp, entry)

    def _session(self, bgp: Draft, neighbour: Neighbour) -> None:
        session = self._add(bgp, "session")
        self._add(session, "address", neighbour.address)
        self._add(session, "remote-as", neighbour.remote_as)
        self._add(session, "kind", neighbour.kind)
        self._add(session, "description", neighbour.description)
        self._add(session, "import-list", neighbour.import_list)
        self._add(session, "export-list", neighbour.export_list)
        self._add_if(session, "import-preference", neighbour.import_preference)
        self._add_if(session, "export-metric", neighbour.export_metric)
        self._add_if(session, "update-source", neighbour.update_source)
        self._add_if(session, "next-hop-self", neighbour.next_hop_self)
        self._add(session, "bfd", value=neighbour.bfd)
        self._add_if(session, "password", placeholder(neighbour.secret) if neighbour.secret else "")

    def _prefix_list(self, bgp: Draft, entry: PrefixList) -> None:
        element = self._add(bgp, "prefix-list")
        self._add(element, "name", entry.name)
        for rule in entry.rules:
            line = self._add(element, "rule")
            self._add(line, "sequence", rule.sequence)
            self._add(line, "action", rule.action)
            self._add(line, "prefix", rule.prefix)
            self._add_if(line, "ge", rule.ge)
            self._add_if(line, "le", rule.le)

    def _management(self, data: Draft, intent: RouterIntent) -> None:
        top = self._add(data, "management", namespace=MANAGEMENT)
        self._add_if(top, "login-banner", intent.login_banner.rstrip("\n"))
        for prefix in intent.management_prefixes:
            self._add(top, "allowed-prefix", prefix)
        syslog = self._add(top, "syslog")
        self._add(syslog, "level", intent.syslog_level)
        for server in intent.syslog_servers:
            self._add(syslog, "server", server)
        bfd = self._add(top, "bfd")
        self._add(bfd, "interval", intent.bfd_interval)
        self._add(bfd, "multiplier", intent.bfd_multiplier)
        if intent.snmp is not None:
            snmp = self._add(top, "snmp")
            self._add(snmp, "user", intent.snmp.user)
            self._add(snmp, "authentication-key", placeholder(intent.snmp.auth_secret))
            self._add(snmp, "privacy-key", placeholder(intent.snmp.privacy_secret))

    def _data(self) -> Draft:
        return Draft("data", NETCONF, origin=f"{THIS_FILE}:{_Writer.whole.__code__.co_firstlineno}")

    def _add(self, parent: Draft, name: str, value: Any = None, namespace: str = "") -> Draft:
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        draft = Draft(name, namespace or parent.namespace, text)
        if self._marking:
            draft.origin = f"{THIS_FILE}:{_line_asking()}"
        parent.children.append(draft)
        return draft

    def _add_if(self, parent: Draft, name: str, value: Any) -> None:
        if value:
            self._add(parent, name, value)

    def _identity(self, parent: Draft, name: str, module: str, value: str) -> None:
        prefix = PREFIXES[module]
        self._add(parent, name, f"{prefix}:{value}").declares = f' xmlns:{prefix}="{module}"'


def _line_asking() -> int:
    """The line of this file, outside the adding methods, that is being executed."""
    frame = sys._getframe(2)  # noqa: SLF001 (the documented way to a caller's line)
    while frame.f_code.co_name in ("_add", "_add_if", "_identity") and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_lineno
