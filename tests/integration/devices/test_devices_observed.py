"""One look at real boxes of both platforms: what daemons run is told, what does not run is not made up."""

from __future__ import annotations


import pytest

from integration.devices.scratch_boxes import Scratch, poll, possible
from netctl.errors import DeviceError

pytestmark = pytest.mark.skipif(bool(possible()), reason=possible() or "everything is there")


@pytest.fixture(scope="module", params=["frr", "netconf"])
def box(request, tmp_path_factory):
    made = Scratch("rx-1", tmp_path_factory.mktemp(request.param), request.param)
    try:
        yield made.up()
    finally:
        made.down()


def test_one_look_tells_what_the_box_is(box):
    with box.target() as target:
        found = target.observe()
        health, facts = target.health(), target.facts()
    assert [one[:2] for one in found.health.sessions] == [one[:2] for one in health.sessions]  # their state moves on
    assert found.health.interfaces_down == health.interfaces_down
    assert found.version == facts["os_version"]
    assert {port.name for port in found.interfaces} >= {"lan0", "far0", "lo"}
    assert 0 <= found.cpu <= 1
    assert 0 < found.memory < 1
    assert 0 < found.uptime < facts["uptime"]  # of the box, not of the machine below it


def test_counters_move_when_packets_do(box):
    with box.target() as target:
        before = {port.name: port for port in target.observe().interfaces}["lan0"]
        box.run("ping -c 2 -i 0.2 -W 1 -I lan0 192.0.2.14")  # nobody is there: neighbours are asked for all the same
        after = {port.name: port for port in target.observe().interfaces}["lan0"]
    assert after.tx_bytes > before.tx_bytes
    assert after.rx_errors == 0


def test_a_port_that_goes_down_is_told_and_so_is_one_that_is_gone(box):
    with box.target() as target:
        box.run("ip link set far0 down")
        try:
            found = poll(lambda: [one for one in [target.observe()] if "lan0" in one.health.interfaces_down])[0]
            assert not {port.name: port for port in found.interfaces}["lan0"].up
        finally:
            box.run("ip link set far0 up")
        assert poll(lambda: "lan0" not in target.observe().health.interfaces_down)


def test_a_clock_nobody_keeps_is_told_until_chronyd_runs(box):
    with box.target() as target:
        assert target.observe().clock == (False, "", None, None)
        box.run("printf 'local stratum 3\\ncmdport 0\\nport 0\\n' > /etc/chrony/chrony.conf; chronyd -x")
        clock = target.observe().clock
        assert (clock.synchronised, clock.stratum, clock.offset) == (True, 3, 0.0)
        box.run("kill $(cat /run/chrony/chronyd.pid)")
        assert poll(lambda: not target.observe().clock.synchronised)


def test_a_target_stays_usable_and_says_when_its_session_broke(box):
    with box.target() as target:
        looks = [target.observe() for _ in range(5)]
        assert [look.uptime for look in looks] == sorted(look.uptime for look in looks)
        for pid in box.run("pgrep -f 'sshd: netctl'").split():
            box.run(f"kill -9 {pid}")
        with pytest.raises(DeviceError) as caught:
            target.observe()
        assert caught.value.where == "rx-1"
    with box.target() as target:
        assert target.observe().health.target == "rx-1"
