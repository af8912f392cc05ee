"""Every address of a network is arithmetic on its pools and numbers: nothing is allocated, nothing is remembered.

Plain integers, because a tier L network needs some 100,000 addresses and `ipaddress` objects cost ten times as much.
"""

from __future__ import annotations

from ipaddress import ip_network
from socket import AF_INET6, inet_ntoa, inet_ntop, inet_pton
from typing import NamedTuple

from netctl.model.network import AccessLine, AddressPlan, Role, Site

_V4_MAPPED = 1 << 48  # below it `inet_ntop` may write dotted quads, which RFC 5952 leaves to special ranges
_EARLY_NUMBERS = 8  # cores and borders 1..8 share the first 18 loopbacks, below those of CE routers
_LATER_OFFSET: dict[Role, int] = {"core": 0x40000, "border": 0x50000}  # beyond the last CE router's 0x2000f
_FIRST_CE_LOOPBACK = 16


def v6_text(value: int) -> str:
    """The RFC 5952 form of an IPv6 address."""
    if value < _V4_MAPPED:
        from ipaddress import IPv6Address  # noqa: PLC0415 (never on the way of a real network)

        return str(IPv6Address(value))
    return inet_ntop(AF_INET6, value.to_bytes(16, "big"))


def v4_text(value: int) -> str:
    """The dotted form of an IPv4 address."""
    return inet_ntoa(value.to_bytes(4, "big"))


class Pools(NamedTuple):
    """The first address of each pool as an integer, and the lengths that derived prefixes have."""

    sites_v6: int
    sites_v4: int
    site_v4_length: int
    centres_v6: int
    centres_v4: int
    centre_v4_length: int
    loopbacks_v6: int
    loopbacks_v4: int
    access_v6: int
    access_v4: int
    backbone_v6: int
    backbone_v4: int
    management_length: int


class Ends(NamedTuple):
    """Both ends of a link, each as (IPv6, IPv4) without length: the core's or end `a`, then the CE's or end `b`.

    Of a link without IPv4 each end is (IPv6,).
    """

    near: tuple[str, ...]
    far: tuple[str, ...]


class Lan(NamedTuple):
    """A LAN of one pair: prefixes as text and the integers its hosts count from; `v4_prefix` is "" without IPv4."""

    v6_prefix: str
    v6_base: int
    v4_prefix: str
    v4_base: int
    v4_length: int
    block_v6: str  # the /48 the LAN is the first /64 of

    def v6(self, host: int) -> str:
        """An address within, without length."""
        return v6_text(self.v6_base + host)

    def v4(self, host: int) -> str:
        """An address within, without length."""
        return v4_text(self.v4_base + host)

    def each(self, host: int) -> tuple[str, ...]:
        """The host's address of every family the LAN has, IPv6 first."""
        return (self.v6(host), self.v4(host)) if self.v4_prefix else (self.v6(host),)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What the pair announces, IPv4 first."""
        return (self.v4_prefix, self.v6_prefix) if self.v4_prefix else (self.v6_prefix,)


def pools(plan: AddressPlan) -> Pools:
    """The plan's pools as integers."""

    def base(prefix: str) -> int:
        return int(ip_network(prefix).network_address)

    return Pools(
        sites_v6=base(plan.sites_v6),
        sites_v4=base(plan.sites_v4),
        site_v4_length=plan.site_v4_length,
        centres_v6=base(plan.centres_v6),
        centres_v4=base(plan.centres_v4),
        centre_v4_length=plan.centre_v4_length,
        loopbacks_v6=base(plan.loopbacks_v6),
        loopbacks_v4=base(plan.loopbacks_v4),
        access_v6=base(plan.access_v6),
        access_v4=base(plan.access_v4),
        backbone_v6=base(plan.backbone_v6),
        backbone_v4=base(plan.backbone_v4),
        management_length=ip_network(plan.management_v6).prefixlen,
    )


def site_lan(pool: Pools, site: Site) -> Lan:
    """The LAN of a site: by its number, or of its block in the ledger."""
    lan = _lan(pool.sites_v6, pool.sites_v4, pool.site_v4_length, site.number)
    if site.block:
        base = int.from_bytes(inet_pton(AF_INET6, site.lan.partition("/")[0]), "big")
        lan = lan._replace(v6_prefix=site.lan, v6_base=base, block_v6=site.block)
    return lan if site.ipv4 else lan._replace(v4_prefix="")


def centre_lan(pool: Pools, number: int) -> Lan:
    """The LAN of the centre with this number."""
    return _lan(pool.centres_v6, pool.centres_v4, pool.centre_v4_length, number)


def _lan(v6_pool: int, v4_pool: int, v4_length: int, number: int) -> Lan:
    v6_base = v6_pool + (number << 80)
    v4_base = v4_pool + (number << (32 - v4_length))
    text = v6_text(v6_base)
    return Lan(f"{text}/64", v6_base, f"{v4_text(v4_base)}/{v4_length}", v4_base, v4_length, f"{text}/48")


def loopback(pool: Pools, role: Role, number: int) -> tuple[str, str]:
    """The loopbacks (IPv6, IPv4) of one router, without length."""
    offset = _loopback_offset(role, number)
    return v6_text(pool.loopbacks_v6 + offset), v4_text(pool.loopbacks_v4 + offset)


def _loopback_offset(role: Role, number: int) -> int:
    if role == "ce":
        return _FIRST_CE_LOOPBACK + number
    if number > _EARLY_NUMBERS:
        return _LATER_OFFSET[role] + number
    return number if role == "core" else _EARLY_NUMBERS + number


def access_index(site_number: int, position: int) -> int:
    """Which link of the access pools a line has."""
    return 2 * site_number + position - 1


def access_link(pool: Pools, index: int) -> Ends:
    """The ends of an access link: the core's, then the CE's."""
    return _link(pool.access_v6, pool.access_v4, index)


def line_ends(pool: Pools, site: Site, line: AccessLine) -> Ends:
    """The ends of a site's line: the core's, then the CE's; without IPv4 where the site has none."""
    near, far = access_link(pool, access_index(site.number, line.position))
    return Ends(near, far) if site.ipv4 else Ends(near[:1], far[:1])


def backbone_link(pool: Pools, number: int) -> Ends:
    """The ends of a backbone link: end `a`, then end `b`."""
    return _link(pool.backbone_v6, pool.backbone_v4, number)


def _link(v6_pool: int, v4_pool: int, index: int) -> Ends:
    v6, v4 = v6_pool + 2 * index, v4_pool + 2 * index
    return Ends((v6_text(v6), v4_text(v4)), (v6_text(v6 + 1), v4_text(v4 + 1)))


def system_id(router_id: str) -> str:
    """The IS-IS NSAP entity title that names a router by its IPv4 loopback, area 49.0001."""
    digits = "".join(f"{int(octet):03}" for octet in router_id.split("."))
    return f"49.0001.{digits[:4]}.{digits[4:8]}.{digits[8:]}.00"
