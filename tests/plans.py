"""An address plan for tests: one wide pool with every kind of level, a small one of IPv4, and one in a VRF."""

from __future__ import annotations

from netctl.model.addressing import Addressing, AddressLevel, AddressPool, ReservedBlock


def level(name, length, within="", kind="block", order="sparse"):
    return AddressLevel(name, length, within, kind, order, 1)


def pool(name, prefix, *levels, vrf="", scope="", reserved=()):
    blocks = tuple(ReservedBlock(each, "kept", 1) for each in reserved)
    return AddressPool(name, prefix, vrf, scope, {each.name: each for each in levels}, blocks, 1)


WAN = pool(
    "wan",
    "3fff:800::/24",
    level("organisation", 32),
    level("region", 40, "organisation"),
    level("site", 48, "region"),
    level("lan", 64, "site", "lan", "sequential"),
    level("links", 64, "site"),
    level("link", 127, "links", "link", "sequential"),
    level("loopbacks", 64, "site"),
    level("loopback", 128, "loopbacks", "loopback", "sequential"),
    scope="gua",
    reserved=("3fff:8f0::/28",),
)
OLD = pool("old", "203.0.113.0/24", level("site", 28, order="sequential"))
GUESTS = pool("guests", "3fff:800::/24", level("site", 32), vrf="guests")
PLAN = Addressing({"wan": WAN, "old": OLD, "guests": GUESTS}, rest_days=30)
