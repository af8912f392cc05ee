"""Route filters: what each kind of session may carry, as prefix lists. Every session has one in each direction."""

from __future__ import annotations

from ipaddress import ip_network
from typing import NamedTuple

from netctl.model.intent import Family, PrefixList, PrefixRule
from netctl.model.network import AddressPlan
from netctl.services.routing.addresses import Lan

_LAN_LENGTH_V6 = 64

NETWORK: dict[Family, str] = {4: "network-v4", 6: "network-v6"}
OWN_SITE: dict[Family, str] = {4: "own-site-v4", 6: "own-site-v6"}


class Aggregates(NamedTuple):
    """What the network as a whole may carry, per family, as the permitting rules of a prefix list."""

    v6: tuple[PrefixRule, ...]
    v4: tuple[PrefixRule, ...]


def aggregates(plan: AddressPlan) -> Aggregates:
    """The outermost filter: the plan's aggregates and what lies within them, down to the length of a LAN."""
    longest_v4 = max(plan.site_v4_length, plan.centre_v4_length)
    return Aggregates(_permit(plan.aggregate_v6, _LAN_LENGTH_V6), _permit(plan.aggregate_v4, longest_v4))


def _permit(prefixes: tuple[str, ...], longest: int) -> tuple[PrefixRule, ...]:
    return tuple(
        PrefixRule(10 * place, "permit", prefix, le=longest if ip_network(prefix).prefixlen < longest else 0)
        for place, prefix in enumerate(prefixes, start=1)
    )


def site_list_name(site: str, family: Family) -> str:
    """The list a core accepts from one site by."""
    return f"site-{site}-v{family}"


def backbone_lists(within: Aggregates) -> tuple[PrefixList, ...]:
    """The lists of every core and border router."""
    return PrefixList(NETWORK[4], 4, within.v4), PrefixList(NETWORK[6], 6, within.v6)


def core_lists_for(site: str, lan: Lan) -> tuple[PrefixList, ...]:
    """What a core accepts from one site: that site's own prefixes and nothing else."""
    v6 = PrefixList(site_list_name(site, 6), 6, (PrefixRule(10, "permit", lan.block_v6, le=_LAN_LENGTH_V6),))
    if not lan.v4_prefix:
        return (v6,)
    return PrefixList(site_list_name(site, 4), 4, (PrefixRule(10, "permit", lan.v4_prefix),)), v6


def ce_lists(within: Aggregates, lan: Lan) -> tuple[PrefixList, ...]:
    """The lists of a CE router: the network without its own site, and its own site."""
    network_v6 = PrefixList(NETWORK[6], 6, (PrefixRule(5, "deny", lan.block_v6, le=128), *within.v6))
    own_v6 = PrefixList(OWN_SITE[6], 6, (PrefixRule(10, "permit", lan.block_v6, le=_LAN_LENGTH_V6),))
    if not lan.v4_prefix:
        return network_v6, own_v6
    network_v4 = PrefixList(NETWORK[4], 4, (PrefixRule(5, "deny", lan.v4_prefix, le=32), *within.v4))
    own_v4 = PrefixList(OWN_SITE[4], 4, (PrefixRule(10, "permit", lan.v4_prefix),))
    return network_v4, network_v6, own_v4, own_v6
