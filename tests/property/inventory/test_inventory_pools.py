"""The room that loading sees in a pool is the room that derivation takes."""

import shutil
import tempfile
from ipaddress import ip_interface, ip_network
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.inventory import check, load
from netctl.services import routing
from unit.inventory.declared import SITE, copy_inventory, edit


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    return copy_inventory(tmp_path_factory.mktemp("pristine") / "wan")


POOLS = {
    "sites_v6": ("3fff:100::/32", 24, 48),
    "sites_v4": ("10.0.0.0/8", 8, 28),
    "loopbacks_v6": ("3fff:300::/64", 64, 128),
    "loopbacks_v4": ("172.16.0.0/16", 16, 32),
    "access_v6": ("3fff:400::/64", 64, 127),
    "access_v4": ("172.17.0.0/16", 16, 31),
    "management_v6": ("3fff:600::/64", 64, 128),
}
REFERENCE = {
    "sites_v6": "3fff:100::/32",
    "sites_v4": "192.0.2.0/24",
    "loopbacks_v6": "3fff:300::/64",
    "loopbacks_v4": "198.51.100.0/25",
    "access_v6": "3fff:400::/64",
    "access_v4": "203.0.113.0/25",
    "management_v6": "3fff:600::/64",
}


def with_pool(root, name, prefix):
    edit(root, "inventory/network.yaml", f"  {name}: {REFERENCE[name]}", f"  {name}: {prefix}")
    edit(root, "inventory/network.yaml", "aggregate_v4: [192.0.2.0/24,", "aggregate_v4: [10.0.0.0/8, 192.0.2.0/24,")


def outside(network, pools):
    """Derived addresses that are in no pool."""
    ranges = [ip_network(prefix) for prefix in pools]
    return [
        address
        for intent in routing.derive(network).values()
        for port in intent.interfaces
        for address in (*port.v6, *port.v4)
        if not any(ip_interface(address).ip in each for each in ranges if each.version == ip_interface(address).version)
    ]


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(sorted(POOLS)),
    length=st.data(),
    number=st.integers(8, 70) | st.sampled_from([255, 256, 1000, 65535]),
)
def test_a_network_that_passes_has_all_its_addresses_inside_its_pools(pristine, name, length, number):
    wide, shortest, longest = POOLS[name]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(pristine, Path(folder) / "wan"))
        for other, (prefix, _, _) in POOLS.items():
            chosen = (
                f"{prefix.partition('/')[0]}/{length.draw(st.integers(shortest, longest))}" if other == name else prefix
            )
            if other == "sites_v6" and other == name:
                chosen = f"3fff:100::/{max(32, int(chosen.rpartition('/')[2]))}"
            with_pool(root, other, chosen) if other == "sites_v4" else edit(
                root, "inventory/network.yaml", f"  {other}: {REFERENCE[other]}", f"  {other}: {chosen}"
            )
        edit(root, SITE, "number: 1\n", f"number: {number}\n")
        findings = check(root)
        assert {finding.code for finding in findings} <= {"NETCTL-E0123"}
        if not findings:
            network = load(root)
            plan = network.addresses
            pools = [
                value
                for field in plan.__slots__
                if field[-3:] in {"_v6", "_v4"} and isinstance(value := getattr(plan, field), str)
            ]
            assert outside(network, pools) == []


@pytest.mark.parametrize(("number", "fits"), [(15, True), (16, False)])
def test_the_last_site_of_the_reference_network_s_smallest_pool(pristine, tmp_path, number, fits):
    root = Path(shutil.copytree(pristine, tmp_path / "wan"))
    edit(root, SITE, "number: 1\n", f"number: {number}\n")
    assert (check(root) == ()) is fits
