"""What the address plan's engine is measured on is the same work on both sides."""

import pytest

from benchmarks import addressing


def test_the_children_are_always_the_same_and_within_the_parent():
    children = addressing.in_use(50)
    assert children == addressing.in_use(50)
    assert len(set(children)) == 50
    assert all(addressing.PARENT.holds(child) for child in children)


def test_both_sides_give_the_same_prefix():
    pytest.importorskip("netaddr", reason="netaddr is a peer to measure, installed by `make bench`")
    children = addressing.in_use(200)
    assert str(addressing.one_more(children)) == addressing.one_more_of_netaddr(children)[1]()


def test_every_child_is_given_and_every_address_looked_up():
    assert addressing.given(8, "sparse").size == 256
    assert addressing.found(50, 1000).seconds > 0


def test_ratios_are_to_netctl_on_the_same_work():
    figures = [
        addressing.Figure("one more", 10, side, seconds, 0) for side, seconds in (("netctl", 1e-6), ("peer", 5e-5))
    ]
    table = addressing.show(figures).splitlines()
    assert table[1].split()[-1] == "1.00"
    assert table[2].split()[-2:] == ["50.00", "50.0"]
