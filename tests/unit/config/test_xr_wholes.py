"""IOS XR: a policy is a text kept whole where it is defined, and a line where it is bound."""

from __future__ import annotations

from netctl.config.engine import Engine
from netctl.devices.rules import load_rules
from netctl.inventory import reference_root

BOUND = "router bgp 64500\n neighbor 192.0.2.129\n  address-family ipv4 unicast\n   route-policy UP(200) in\n"
DEFINED = "route-policy UP($preference)\n  set local-preference $preference\nend-policy\n"


def test_a_policy_bound_above_its_definition_swallows_nothing() -> None:
    tree = Engine(load_rules((reference_root(),), "cisco_iosxr")).parse(BOUND + DEFINED)
    assert [node.line for _, node in tree.walk()] == [*map(str.strip, BOUND.splitlines()), DEFINED.rstrip("\n")]
