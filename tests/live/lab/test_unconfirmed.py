"""What was never confirmed is gone: after its deadline, after a power loss, and from the packets' way too."""

from __future__ import annotations

import json

import pytest

from netctl import credentials, inventory
from netctl.devices import register
from netctl.devices.platform import load_platform
from netctl.render import render, render_drain
from netctl.services.routing import derive

pytestmark = pytest.mark.live

ROUTERS = ["rivers-hq-r2", "rivers-east-r2"]  # one on each platform


def connected(lab, name):
    device = inventory.load(lab.root).devices[name]
    secrets = credentials.open_source(lab.settings)
    return register.connect(device, lab.settings, load_platform(lab.root, device.platform), secrets, purpose="push")


def drain_of(lab, name):
    return render_drain(derive(inventory.load(lab.root))[name], lab.root)


def priority(lab, name):
    """The VRRP priority that FRR in the box really uses."""
    (virtual,) = json.loads(lab.vtysh(name, "show vrrp json"))
    return virtual["v4"]["effectivePriority"]


def pending(lab, name):
    with connected(lab, name) as target:
        return target.pending()


@pytest.mark.parametrize("name", ROUTERS)
def test_a_commit_is_in_force_in_the_box_and_its_revert_too(lab, name):
    with connected(lab, name) as target:
        target.stage(drain_of(lab, name), merge=True)
        target.commit("lab-test-1", 3)
    lab.until(lambda: priority(lab, name) == 10, "the drain is in force", 5)
    lab.until(lambda: priority(lab, name) == 100, "the deadline took the drain back", 15)
    # FRR holds the old state a moment before the box is done with all of its parts; netconfd must be asked seldom.
    lab.until(lambda: pending(lab, name) is None, "the box has ended the commit", 15, pause=2)
    with connected(lab, name) as target:
        declared = render(derive(inventory.load(lab.root))[name], lab.root)
        assert target.fetch().parts == declared.parts
    lab.wait_converged()


@pytest.mark.parametrize("name", ROUTERS)
def test_a_power_loss_forgets_what_was_not_confirmed(lab, name):
    with connected(lab, name) as target:
        target.stage(drain_of(lab, name), merge=True)
        target.commit("lab-test-2", 300)
    lab.until(lambda: priority(lab, name) == 10, "the drain is in force", 5)
    lab.fail(name)
    lab.heal(name)
    lab.until(lambda: priority(lab, name) == 100, "the box starts from what was confirmed last", 15)
    with connected(lab, name) as target:
        assert target.pending() is None
    lab.wait_converged()


@pytest.mark.parametrize("name", ROUTERS)
def test_a_power_loss_keeps_what_was_confirmed(lab, name):
    with connected(lab, name) as target:
        target.stage(drain_of(lab, name), merge=True)
        target.commit("lab-test-3", 60)
        target.confirm("lab-test-3")
    lab.fail(name)
    lab.heal(name)
    lab.until(lambda: priority(lab, name) == 10, "the box starts from what was confirmed last", 15)
    with connected(lab, name) as target:
        target.stage(render(derive(inventory.load(lab.root))[name], lab.root).parts)
        target.commit("lab-test-4", 60)
        target.confirm("lab-test-4")
    lab.until(lambda: priority(lab, name) == 100, "the declared configuration is back", 5)
    lab.wait_converged()
