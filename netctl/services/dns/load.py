"""A network's `dns/` → what it declares, or everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from netctl.errors import InvalidNetwork
from netctl.inventory.findings import Finding
from netctl.inventory.places import findings
from netctl.model.network import Network
from netctl.services.dns import zonefiles
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.holders import Holders
from netctl.services.dns.leave import Leave
from netctl.services.dns.reading import declares_dns, read
from netctl.services.dns.resolve import Resolver


def load(network: Network) -> DeclaredDns | None:
    """What the network declares of names, None where it declares nothing; raises `InvalidNetwork` with all findings."""
    declared, found = check(network)
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        message = f"{len(found)} error{'s' if len(found) > 1 else ''} in dns/: {found[0].file}:{found[0].line}: "
        raise InvalidNetwork(f"{message}{found[0].message}{more}", findings=found, where=network.root)
    return declared


def check(network: Network) -> tuple[DeclaredDns | None, tuple[Finding, ...]]:
    """What the network declares of names, as far as it can be told, and everything that is wrong with it."""
    root = Path(network.root)
    if not declares_dns(root):
        return None, ()
    reading = read(root)
    resolver = Resolver(reading, network)
    servers, keys = resolver.servers(), resolver.keys()
    views, policy = resolver.views(keys), resolver.policy()
    declared = None
    if policy is not None:
        zones = tuple(zonefiles.zones(resolver, servers, views, policy))
        resolver.problems += Leave(zones, policy, resolver.places).problems()
        holders = Holders(network)
        declared = DeclaredDns(servers, keys, views, policy, zones, resolver.domain, holders, resolver.places)
    found = [*reading.problems, *resolver.problems]
    return declared, findings(found, reading.texts) if found else ()
