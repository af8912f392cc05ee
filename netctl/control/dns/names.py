"""Every name of a network as it must be: declared, derived, by view and zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from netctl import inventory
from netctl.config.quiet import collector_resting
from netctl.errors import DnsNotDeclared, UsageError, ZoneNameInvalid
from netctl.inventory.explain import did_you_mean
from netctl.model.network import Network
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.derive import ViewZone, derive
from netctl.services.dns.intended import Intended
from netctl.services.dns.load import load
from netctl.services.dns.meaning import names_digest
from netctl.services.dns.reverse import NoCut, zone_of_prefix
from netctl.zones import names

__all__ = ["DeclaredDns", "Intended", "Names", "ViewZone", "names_digest", "names_of", "names_of_network", "zone_name"]


@dataclass(frozen=True, slots=True)
class Names:
    """What `dns/` declares, and every zone of every view that follows from it and from the network."""

    declared: DeclaredDns
    zones: Mapping[ViewZone, Intended]


def names_of(root: Path, *, cache: Path | None = None) -> Names:
    """The names of the network declared in `root`; raises `DnsNotDeclared`, or `InvalidNetwork` with all findings."""
    return names_of_network(inventory.load(root, cache=cache))


def names_of_network(network: Network) -> Names:
    """The names of a network; raises as `names_of` does."""
    with collector_resting():
        declared = load(network)
        if declared is None:
            raise DnsNotDeclared("this network declares no names", where=f"{network.root}/dns")
        return Names(declared, derive(declared, network))


def zone_name(found: Names, asked: str) -> str:
    """The zone that is asked for by name, with or without its final dot, or by prefix; "" for all.

    Raises `UsageError` for one that is not declared.
    """
    if not asked:
        return ""
    known = dict.fromkeys(zone for _, zone in found.zones)
    try:
        name = names.text(zone_of_prefix(asked)[0]) if "/" in asked and asked[:1] in _DIGITS else ""
        name = name if name in known else names.text(names.wire(asked))
    except (NoCut, ZoneNameInvalid) as error:
        raise UsageError(f"{asked!r} is no zone: {error}") from error
    if name not in known:
        hint = did_you_mean(name.rstrip("."), (each.rstrip(".") for each in known)) or "`netctl dns zones` lists them"
        raise UsageError(f"no zone is named {asked!r}", hint=hint)
    return name


_DIGITS = frozenset("0123456789abcdefABCDEF:")
