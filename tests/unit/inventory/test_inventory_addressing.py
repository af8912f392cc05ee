"""The address plan of a network, as declared."""

from netctl.inventory import load
from unit.inventory.declared import edit


def test_a_network_without_a_plan_is_what_it_was(root):
    for name in ("addressing", "ledger"):
        (root / f"inventory/{name}.yaml").unlink()
    network = load(root)
    assert network.addressing is None
    assert "inventory/addressing.yaml" not in network.meanings


def test_a_plan_knows_its_pools_and_levels_and_their_lines(root):
    plan = load(root).addressing
    assert list(plan.pools) == ["agencies", "sensors", "guests"]
    assert plan.pools["agencies"].levels["region"].line == 13
    assert [(block.reason, block.line) for block in plan.pools["agencies"].reserved] == [
        ("agencies that do not exist yet", 21)
    ]
    assert (plan.pools["guests"].vrf, plan.pools["sensors"].scope, plan.rest_days) == ("guests", "ula", 90)


def test_what_is_kept_knows_the_plan(root, tmp_path):
    first = load(root, cache=tmp_path / "cache")
    assert load(root, cache=tmp_path / "cache") == first
    edit(root, "inventory/addressing.yaml", "rest_days: 90", "rest_days: 91")
    again = load(root, cache=tmp_path / "cache")
    assert again.addressing.rest_days == 91
    assert again.digest != first.digest


def test_an_allocation_changes_nothing_that_routers_hold(root, tmp_path):
    first = load(root, cache=tmp_path / "cache")
    (root / "inventory/ledger.yaml").unlink()
    assert load(root, cache=tmp_path / "cache").digest == first.digest
