"""The parts of a /64 that no link or loopback is given: they are, or look like, anycast addresses."""

from __future__ import annotations

from netctl.addressing.prefix import Prefix

_SUBNET = 64


def kept_free(within: Prefix) -> list[Prefix]:
    """What to leave out when links and loopbacks are cut from `within`: a /64 of IPv6, or a part of one.

    The Subnet-Router anycast address is the first of a /64 (RFC 4291 section 2.6.1), the reserved anycast addresses
    are its last 128 (RFC 2526). RFC 6164 section 5 wants both left out when /127 links are cut from one; it counts one
    address more at the end, so that the last /120 is left out here.
    """
    if within.version == 4 or within.length < _SUBNET:
        return []
    subnet = within.within(_SUBNET)
    ends = Prefix(6, subnet.value, 127), Prefix(6, subnet.last, 128).within(120)
    return [end for end in ends if within.overlaps(end)]
