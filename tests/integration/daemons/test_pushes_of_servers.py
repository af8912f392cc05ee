"""Name servers and their zones pushed to real daemons over a real sshd, by processes that are killed in the middle."""

from __future__ import annotations

import os
import shutil
import signal

import pytest
from fleet import Fleet
from zone_pushes import Office, crash

from integration.daemons.promotion_lan import SECRETS
from integration.daemons.scratch_servers import PROGRAMS
from integration.daemons.test_plans_of_servers import CATALOG, MARSHES, EmptyLan
from netctl.control.changes import making
from netctl.inventory import load
from netctl.push.names import COURSES

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.skipif(
        os.geteuid() != 0 or any(shutil.which(each, path="/usr/sbin:/usr/bin") is None for each in PROGRAMS.values()),
        reason="needs root, BIND, Knot, NSD and Unbound",
    ),
]
NEW = "marshes.gov-wan.example"


@pytest.fixture(scope="module")
def lan(tmp_path_factory):
    made = EmptyLan(tmp_path_factory.mktemp("lan"))
    try:
        yield made.up()
    finally:
        made.down()


@pytest.fixture(scope="module")
def staffed(lan) -> Office:
    office = Office(lan.root, lan.home)
    office.staff()
    return office


@pytest.fixture
def office(lan, staffed, monkeypatch) -> Office:
    """The people of the network; its routers are as declared."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    fleet = Fleet(load(lan.root), lan.root)
    monkeypatch.setattr(making, "connector", lambda *_: lambda device: fleet.connect(device.name))
    return staffed


def test_one_push_leads_from_servers_without_a_configuration_to_zones_that_are_proven(lan, office) -> None:
    made = office.plan()
    assert not made.unreachable
    change = office.approved(made)
    killed = office.run("push", change, seconds=200, **crash("ns1", "verify", "after"))
    assert killed.status == -signal.SIGKILL
    ended = office.run("resume", change, seconds=300)
    assert ended.status == 0, ended.events[-1]
    assert set(ended.states.values()) == {"done"}
    assert "it does not answer itself: nothing is lost" in office.told(change, "ns2", "mate-check")
    assert "the only one of its role" in office.told(change, "resolve1", "mate-check")
    steps = [(line.step, line.outcome) for line in office.lines(change, "ns3")]
    assert steps == [(step, end) for step in COURSES["server"].steps for end in ("begun", "ok")]
    assert all(f"{name} serves" in office.told(change, CATALOG, "converge") for name in ("ns1", "ns2", "ns3"))
    assert "ns4" not in office.told(change, CATALOG, "converge")
    proof = office.told(change, "rivers.gov-wan.example@internal", "converge")
    assert all(f"{name} serves" in proof for name in ("ns1", "ns2", "ns3", "ns4"))
    assert office.plan().empty


def test_a_new_zone_is_pushed_to_every_server_killed_at_a_commit_and_taken_back_whole(lan, office) -> None:
    if office.plan().targets:
        pytest.skip("the servers were not filled")
    (lan.root / "dns" / "zones" / "marshes.yaml").write_text(MARSHES)
    made = office.plan()
    change = office.approved(made)
    killed = office.run("push", change, seconds=200, **crash("ns2", "apply", "after"))
    assert killed.status == -signal.SIGKILL
    ended = office.run("resume", change, seconds=300)
    assert ended.status == 0, ended.events[-1]
    for name in ("ns1", "ns2", "ns3", "ns4"):
        assert lan.ask(name, f"www.{NEW}.", "AAAA").answer, name
    assert office.plan().empty
    back = office.run("rollback", change, seconds=300)
    assert (back.status, back.report["state"]) == (0, "rolled_back"), back.events[-1]
    for name in ("ns1", "ns2", "ns4"):
        assert not lan.ask(name, f"www.{NEW}.", "AAAA").answer, name
    again = office.plan()
    assert [target.target for target in again.targets] == [target.target for target in made.targets]
    (lan.root / "dns" / "zones" / "marshes.yaml").unlink()
    assert office.plan().empty


def test_a_server_is_left_alone_while_no_other_one_of_its_role_answers(lan, office) -> None:
    if office.plan().targets:
        pytest.skip("the servers were not filled")
    policy = lan.root / "dns" / "policy.yaml"
    before = policy.read_text()
    policy.write_text(before.replace("minimum: 300", "minimum: 301"))
    made = office.plan("ns2")
    assert [target.target for target in made.targets] == ["ns2"]
    change = office.approved(made)
    lan.boxes["ns1"].run("pkill -STOP named")
    try:
        ended = office.run("push", change, seconds=200)
    finally:
        lan.boxes["ns1"].run("pkill -CONT named")
        policy.write_text(before)
    assert (ended.status, ended.states) == (7, {"ns2": "failed"}), ended.events[-1]
    assert "mate-check: ns1" in ended.report["members"][0]["detail"]
