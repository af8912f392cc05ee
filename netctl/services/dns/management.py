"""Where name servers are configured: each by a name and a management address of its own, by known host keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_address, ip_network

from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import Problem
from netctl.model.network import Network
from netctl.services.dns import codes
from netctl.services.dns.documents import ServerDocument
from netctl.services.dns.reading import HOST_KEYS, SERVERS


def addresses(servers: Mapping[str, ServerDocument], network: Network) -> tuple[dict[str, str], list[Problem]]:
    """Server → its management address as text of RFC 5952, and what is wrong with those that are left out."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    declared = {name: body.management for name, body in servers.items() if body.management is not None}
    taken = _taken(network) if declared else {}
    for name, text in declared.items():
        at = ("servers", name, "management")
        try:
            address = str(ip_address(text))
        except ValueError:
            problems.append(Problem("NETCTL-E0120", SERVERS, at, text, f"{text!r} is not an address", ""))
            continue
        reason, hint = _refusal(address, taken, network)
        if reason:
            problems.append(Problem(codes.NOT_MANAGED_HERE, SERVERS, at, text, reason, hint))
            continue
        found[name] = address
        taken[address] = f"name server {name}"
    return found, problems


def routers_names(servers: Iterable[str], network: Network) -> Iterator[Problem]:
    """A problem for each server that is called as a router is: plans, locks and receipts know boxes by their names."""
    routers = {name.casefold(): device for name, device in network.devices.items()}
    for name in servers:
        if (router := routers.get(name.casefold())) is not None:
            message = f"a router is named {router.name} too, in {router.source}"
            hint = "take a name that no router has, such as ns1"
            yield Problem(codes.NAME_OF_A_ROUTER, SERVERS, ("servers", name), name, message, hint)


def strangers_among_keys(host_keys: Mapping[str, object], servers: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for each host key of a server that is not declared."""
    for name in host_keys:
        if name not in servers:
            hint = did_you_mean(name, servers) or "remove the key of a server that is gone"
            yield Problem("NETCTL-E0111", HOST_KEYS, (name,), name, f"no name server is named {name!r}", hint)


def _taken(network: Network) -> dict[str, str]:
    """Address → who has it already; the first address of the prefix is the operations room's."""
    taken = {device.management_address: f"router {device.name}" for device in network.devices.values()}
    taken[str(ip_network(network.addresses.management_v6)[1])] = "the management station"
    return taken


def _refusal(address: str, taken: Mapping[str, str], network: Network) -> tuple[str, str]:
    """Why this cannot be a name server's management address, and what to do; two empty texts where it can."""
    prefix = ip_network(network.addresses.management_v6)
    if ip_address(address) not in prefix:
        return f"{address} is not on the management network", f"take a free address of {prefix}"
    if address in taken:
        return f"{address} is the address of {taken[address]}", f"take a free address of {prefix}"
    return "", ""
