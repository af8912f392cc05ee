"""Elements of nftables sets as `nft list` prints them, so that filter and artefact can be compared as text."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

_A_LINE = {4: 2, 6: 1}  # how many elements nft 1.0 prints on one line of an interval set


@lru_cache(maxsize=1024)
def set_lines(prefixes: tuple[str, ...], family: int) -> tuple[str, ...]:
    """The prefixes of one family in ascending order, grouped by printed line; what lies within another is left out.

    nftables refuses a set whose intervals overlap. A host is printed without its length.
    """
    networks = sorted({network for prefix in prefixes if (network := ip_network(prefix)).version == family}, key=_order)
    kept: list[IPv4Network | IPv6Network] = []
    for network in networks:
        if not kept or int(network.broadcast_address) > int(kept[-1].broadcast_address):
            kept.append(network)
    words = [str(network.network_address if network.num_addresses == 1 else network) for network in kept]
    size = _A_LINE[family]
    return tuple(", ".join(words[start : start + size]) for start in range(0, len(words), size))


def _order(network: IPv4Network | IPv6Network) -> tuple[int, int]:
    return int(network.network_address), network.prefixlen
