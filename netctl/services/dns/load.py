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
        first, others = found[0], len(found) - 1
        count, more = ("1 error", "") if not others else (f"{others + 1} errors", f", and {others} more")
        message = f"{count} in dns/: {first.file}:{first.line}: {first.message}{more}"
        raise InvalidNetwork(message, findings=found, where=network.root)
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
