"""The ietf_netconf driver against a real NETCONF server (yuma123's netconfd) behind a real sshd."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from lxml import etree

from integration.devices.scratch_boxes import ROOT, Scratch, poll, possible
from netctl.devices.netconf.session import NetconfSession, element
from netctl.errors import (
    CandidateRejected,
    CommitGone,
    ForeignPendingCommit,
    HostKeyRefused,
    IdentityMismatch,
    LockHeld,
)
from netctl.model.artefact import Part

pytestmark = pytest.mark.skipif(bool(possible()), reason=possible() or "everything is there")

NAME = "rivers-east-r1"
GOLDEN = ROOT / "tests/golden/render" / NAME


def golden(which):
    return (Part("config.xml", (GOLDEN / which / "config.xml").read_text()),)


def described(which, text):
    """A golden document with another login banner."""
    document = etree.fromstring(golden(which)[0].text.encode())
    banner = document.find("{*}management/{*}login-banner")
    banner.text = text
    return (Part("config.xml", etree.tostring(document, encoding="unicode")),)


def banner(state):
    return etree.fromstring(state.parts[0].text.encode()).findtext("{*}management/{*}login-banner")


@pytest.fixture(scope="module")
def box(tmp_path_factory):
    made = Scratch(NAME, tmp_path_factory.mktemp("nc"), "netconf")
    try:
        made.up()
        with made.target() as target:
            target.stage(golden("intended"))
            target.commit("netctl-C-0-x-1", 60)
            target.confirm("netctl-C-0-x-1")
        yield made
    finally:
        made.down()


@pytest.fixture
def target(box):
    with box.target() as made:
        before = made.fetch()
        yield made
        pending = made.pending()
        if pending is not None:
            made.roll_back(pending.token)
        assert made.fetch() == before


@contextmanager
def raw(box):
    """A NETCONF session of somebody else."""
    session = NetconfSession(box.access(), 10)
    session.open(10)
    try:
        yield session
    finally:
        session.close()


def edit_banner(session, text):
    management = "urn:netctl:yang:management"
    leaf = element("login-banner", text, namespace=management)
    config = element("config", element("management", leaf, namespace=management))
    session.rpc(element("edit-config", element("target", element("candidate")), config))


def test_the_golden_document_is_read_back_as_it_was_written(target):
    assert target.fetch().parts == golden("intended")


def test_a_drained_router_goes_back_on_request(target):
    before = target.fetch()
    diff = target.stage(golden("drained"))
    assert "graceful-shutdown" in diff
    target.commit("netctl-C-1-x-1", 60)
    assert target.fetch().parts == golden("drained")
    assert target.pending().token == "netctl-C-1-x-1"
    target.roll_back("netctl-C-1-x-1")
    assert target.fetch() == before


def test_a_merge_drains_what_runs(target):
    target.stage(golden("drain"), merge=True)
    target.commit("netctl-C-2-x-1", 60)
    assert target.fetch().parts == golden("drained")
    target.roll_back("netctl-C-2-x-1")


VANISH = """
import sys, time
sys.path[:0] = {paths!r}
from pathlib import Path
from integration.devices.scratch_boxes import Scratch
from integration.devices.test_devices_netconf_box import described
box = Scratch({name!r}, Path({work!r}), "netconf")
box.netns = {netns!r}
target = box.target()
target.stage(described("intended", "left alone"))
target.commit("netctl-C-3-x-1", 3)
print("committed", flush=True)
time.sleep(60)
"""


def test_when_the_controller_is_killed_the_server_takes_the_commit_back_by_itself(box, target):
    script = VANISH.format(paths=[str(ROOT), str(ROOT / "tests")], work=str(box.work), netns=box.netns, name=NAME)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as controller:
        assert controller.stdout.readline() == "committed\n"
        controller.send_signal(signal.SIGKILL)
        controller.wait(10)
    assert banner(target.fetch()) == "left alone"
    # netconfd looks at its timers only when nobody has spoken to it for a second: asking faster would keep the commit.
    poll(lambda: target.fetch().parts == golden("intended"), seconds=30, pause=2)
    assert target.pending() is None
    with pytest.raises(CommitGone):
        target.confirm("netctl-C-3-x-1")


def test_another_session_confirms(box, target):
    with box.target() as other:
        other.stage(described("intended", "for good"))
        other.commit("netctl-C-4-x-1", 60)
    target.confirm("netctl-C-4-x-1")
    assert target.pending() is None
    assert banner(target.fetch()) == "for good"
    target.stage(golden("intended"))
    target.commit("netctl-C-4-x-2", 60)
    target.confirm("netctl-C-4-x-2")


def test_the_same_token_again_restarts_the_clock_and_keeps_the_first_state(box, target):
    before = target.fetch()
    target.stage(golden("drain"), merge=True)
    target.commit("netctl-C-5-x-1", 4)
    with box.target() as other:
        other.stage(described("drained", "second"))
        other.commit("netctl-C-5-x-1", 60)
    time.sleep(5)
    assert banner(target.fetch()) == "second"
    assert target.pending().seconds_left > 40
    target.roll_back("netctl-C-5-x-1")
    assert target.fetch() == before


def test_a_foreign_commit_is_reported_with_its_owner_and_left_untouched(box, target):
    with raw(box) as other:
        edit_banner(other, "theirs")
        commit = element(
            "commit", element("confirmed"), element("confirm-timeout", "60"), element("persist", "their-token")
        )
        other.rpc(commit)
        assert target.pending().owner == "netctl@::1"
        assert target.pending().token == ""
        target.stage(described("intended", "ours"))
        for attempt in (
            lambda: target.commit("netctl-C-6-x-1", 60),
            lambda: target.confirm("netctl-C-6-x-1"),
            lambda: target.roll_back("netctl-C-6-x-1"),
        ):
            with pytest.raises(ForeignPendingCommit, match="netctl@::1"):
                attempt()
        assert banner(target.fetch()) == "theirs"
        other.rpc(element("cancel-commit", element("persist-id", "their-token")))


def test_a_held_lock_is_reported_with_its_owner_and_not_broken(box, target):
    with raw(box) as other:
        other.rpc(element("lock", element("target", element("candidate"))))
        with pytest.raises(LockHeld, match=rf"netctl@::1 \(session {other.session_id}, since 20"):
            target.stage(golden("drained"))
        other.rpc(element("unlock", element("target", element("candidate"))))
    target.stage(golden("drained"))


def test_a_lock_on_running_is_reported_when_it_stops_the_commit(box, target):
    with raw(box) as other:
        target.stage(golden("drained"))
        other.rpc(element("lock", element("target", element("running"))))
        with pytest.raises(LockHeld, match="netctl@::1"):
            target.commit("netctl-C-7-x-1", 60)
    assert target.fetch().parts == golden("intended")


def test_somebody_elses_uncommitted_changes_are_reported_and_kept(box, target):
    with raw(box) as other:
        edit_banner(other, "unfinished")
        with pytest.raises(LockHeld, match="uncommitted changes"):
            target.stage(golden("drained"))
        other.rpc(element("discard-changes"))


def test_nothing_of_a_candidate_is_left_when_its_session_ends(box, target):
    with box.target() as other:
        other.stage(golden("drained"))
    target.stage(golden("drained"))  # neither a lock nor changes are in the way


def test_a_lost_session_leaves_neither_lock_nor_candidate(box, target):
    other = box.target()
    other.stage(golden("drained"))
    other._driver._session._transport.close()
    other.close()

    def staged():
        try:
            return target.stage(golden("drained"))
        except LockHeld:
            return ""

    poll(staged)


def test_a_candidate_that_is_refused_changes_nothing(target):
    text = (
        golden("intended")[0]
        .text.replace("<login-banner>", "<no-such-leaf>")
        .replace("</login-banner>", "</no-such-leaf>")
    )
    with pytest.raises(CandidateRejected, match="no-such-leaf"):
        target.stage((Part("config.xml", text),))
    assert target.fetch().parts == golden("intended")
    target.stage(golden("intended"))


def test_what_a_person_added_is_replaced(box, target):
    management = "urn:ietf:params:xml:ns:yang:ietf-system"
    with raw(box) as other:
        contact = element("system", element("contact", "by hand", namespace=management), namespace=management)
        other.rpc(element("edit-config", element("target", element("candidate")), element("config", contact)))
        other.rpc(element("commit"))
    assert "by hand" in target.fetch().parts[0].text
    target.stage(golden("intended"))
    target.commit("netctl-C-8-x-1", 60)
    target.confirm("netctl-C-8-x-1")
    assert target.fetch().parts == golden("intended")


def test_secrets_go_out_as_values_and_come_back_as_references(box, target):
    document = etree.fromstring(golden("intended")[0].text.encode())
    session = document.find("{*}bgp/{*}session")
    etree.SubElement(session, f"{{{etree.QName(session).namespace}}}password").text = "<secret:bgp/test>"
    diff = target.stage((Part("config.xml", etree.tostring(document, encoding="unicode")),))
    assert "secret:bgp/test" in diff
    assert "walrus" not in diff
    target.commit("netctl-C-9-x-1", 60)
    with raw(box) as other:
        reply = other.rpc(element("get-config", element("source", element("running"))))
    assert b"walrus-7-walrus" in etree.tostring(reply)
    text = target.fetch().parts[0].text
    assert "<password>&lt;secret:bgp/test&gt;</password>" in text
    assert "walrus" not in text
    target.roll_back("netctl-C-9-x-1")


def test_a_server_that_calls_itself_otherwise_is_refused(box):
    with pytest.raises(IdentityMismatch, match=NAME):
        box.target(name="rivers-east-r2")


def test_without_its_key_in_the_inventory_the_server_is_refused(box):
    with pytest.raises(HostKeyRefused):
        box.target(host_keys=())


def test_facts_health_and_probes_come_from_the_box(target):
    facts = target.facts()
    assert facts["hostname"] == NAME
    assert "lan0" in facts["interface_list"]
    assert target.health().sessions
    assert target.probe("192.0.2.1", count=1).received == 1
