"""Whose an address is: an organisation's where it is within one of its sites, else the network's own."""

from __future__ import annotations

from netctl.model.network import Network
from netctl.services.routing.addresses import pools, site_lan

_BLOCK = 6  # octets of a site's /48


class Holders:
    """The sites of a network by their prefixes."""

    def __init__(self, network: Network) -> None:
        pool = pools(network.addresses)
        self._shift = 32 - pool.site_v4_length
        self._v6: dict[bytes, str] = {}
        self._v4: dict[int, str] = {}
        for site in network.sites.values():
            lan = site_lan(pool, site)
            self._v6[lan.v6_base.to_bytes(16, "big")[:_BLOCK]] = site.organisation
            if lan.v4_prefix:
                self._v4[lan.v4_base >> self._shift] = site.organisation

    def of(self, packed: bytes) -> str:
        """The organisation that holds an address of 4 or 16 octets; "" for the network's own and for all others."""
        if len(packed) == 4:
            return self._v4.get(int.from_bytes(packed, "big") >> self._shift, "")
        return self._v6.get(packed[:_BLOCK], "")
