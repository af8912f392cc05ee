"""The four name servers' drivers against the real daemons behind a real sshd."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

import pytest

from integration.daemons.scratch_servers import PROGRAMS, SECRET, ScratchServer, elsewhere, refused, serving
from integration.devices.scratch_boxes import ROOT, poll
from netctl.errors import CandidateRejected, CommitGone, ForeignPendingCommit, RevertIncomplete
from netctl.model.artefact import Part

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@pytest.fixture(scope="module", params=sorted(PROGRAMS))
def box(request, tmp_path_factory):
    """A box whose daemon serves one.example, confirmed."""
    kind = request.param
    if shutil.which(PROGRAMS[kind], path="/usr/sbin:/usr/bin") is None:
        pytest.skip(f"{PROGRAMS[kind]} is not installed")
    made = ScratchServer(f"{kind}-1", tmp_path_factory.mktemp(kind), kind)
    try:
        made.up()
        with made.target() as target:
            target.stage(serving(kind, "one.example"))
            target.commit("netctl-first", 60)
            target.confirm("netctl-first")
        yield made
    finally:
        made.down()


@pytest.fixture
def target(box):
    with box.target() as made:
        yield made
        pending = made.pending()
        if pending is not None:
            made.roll_back(pending.token)


def test_what_is_committed_is_served_and_read_back_and_reverts_on_request(box, target):
    before = target.fetch()
    assert before.parts == serving(box.kind, "one.example")
    wanted = serving(box.kind, "one.example", "two.example")
    diff = target.stage(wanted)
    assert any(line.startswith("+") and "two.example" in line for line in diff.splitlines())
    assert target.fetch() == before
    assert not box.serves("two.example")
    target.commit("netctl-C-1-box-1", 60)
    assert target.fetch().parts == wanted
    poll(lambda: box.serves("two.example"))
    assert box.serves("one.example")
    pending = target.pending()
    assert pending.token == "netctl-C-1-box-1"
    assert 50 < pending.seconds_left <= 60
    target.roll_back("netctl-C-1-box-1")
    assert target.fetch() == before
    poll(lambda: not box.serves("two.example"))
    assert box.serves("one.example")


def test_the_secret_is_on_the_box_and_in_nothing_that_leaves_it(box, target):
    if box.kind == "unbound":
        pytest.skip("netctl gives it no secret")
    main = serving(box.kind)[0].name
    path = f"/etc/{box.kind}/{main}"
    assert SECRET in box.run(f"cat {path}")
    assert box.run(f"stat -c '%U %a' {path}").split() == ["root", "640"]
    assert SECRET not in str(target.fetch())
    wanted = tuple(
        Part(part.name, part.text.replace("k.example", "other.example")) for part in serving(box.kind, "one.example")
    )
    diff = target.stage(wanted)
    assert "other.example" in diff
    assert SECRET not in diff
    box.run(f"cp -p {path} /run/kept; sed -i 's#{SECRET}#c29tZWJvZHkgZWxzZSB3cm90ZSB0aGlzIGtleQ==#' {path}")
    assert "<secret-fingerprint:" in target.fetch().parts[0].text
    box.run(f"mv /run/kept {path}")


def test_a_candidate_the_daemon_s_own_check_refuses_is_told_and_changes_nothing(box, target):
    before, daemons = target.fetch(), box.daemons()
    with pytest.raises(CandidateRejected) as told:
        target.stage(refused(box.kind))
    assert any(word in told.value.message for word in ("optoins", "zoen", "prot", "syntax", "invalid item"))
    assert SECRET not in told.value.message
    with pytest.raises(CandidateRejected, match="nothing is loaded"):
        target.commit("netctl-C-2-box-1", 60)
    assert target.fetch() == before
    assert box.daemons() == daemons


def test_nothing_is_merged_into_whole_files(box, target):
    with pytest.raises(CandidateRejected, match="nothing can be merged"):
        target.stage(serving(box.kind, "one.example"), merge=True)


def test_what_only_a_start_reads_is_in_force_and_goes_back(box, target):
    before = target.fetch()
    target.stage(serving(box.kind, "one.example", port=5353))
    target.commit("netctl-C-3-box-1", 60)
    poll(lambda: box.serves("one.example", port=5353))
    target.roll_back("netctl-C-3-box-1")
    assert target.fetch() == before
    poll(lambda: box.serves("one.example"))


def test_what_the_check_takes_and_the_daemon_cannot_do_is_taken_back_at_once(box, target):
    before = target.fetch()
    target.stage(elsewhere(box.kind))
    with pytest.raises(CandidateRejected, match="taken back") as told:
        target.commit("netctl-C-20-box-1", 600)
    assert box.kind not in {"bind", "knot"} or "does not listen on 2001:db8::66 port 53" in told.value.message
    assert target.pending() is None
    assert target.fetch() == before
    poll(lambda: box.serves("one.example"))
    assert not box.serves("elsewhere.example")


VANISH = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from integration.daemons.scratch_servers import ScratchServer, serving
box = ScratchServer({name!r}, Path({work!r}), {kind!r})
box.netns = {netns!r}
target = box.target()
target.stage(serving({kind!r}, "one.example", "alone.example"))
target.commit("netctl-C-4-box-1", 3)
print("committed", flush=True)
import time
time.sleep(60)
"""


def test_when_the_controller_is_killed_the_box_takes_the_commit_back_by_itself(box, target):
    before = target.fetch()
    script = VANISH.format(
        paths=[str(ROOT), str(ROOT / "tests")], name=box.name, work=str(box.work), kind=box.kind, netns=box.netns
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as controller:
        assert controller.stdout.readline() == "committed\n"
        controller.send_signal(signal.SIGKILL)
        controller.wait(10)
    assert target.fetch() != before
    poll(lambda: target.pending() is None)
    assert target.fetch() == before
    poll(lambda: not box.serves("alone.example"))
    assert box.run("cat /var/lib/netctl/commit/last").split() == ["netctl-C-4-box-1", "expired"]
    with pytest.raises(CommitGone):
        target.confirm("netctl-C-4-box-1")


def test_another_session_confirms_and_the_daemon_starts_with_it(box, target):
    wanted = serving(box.kind, "one.example", "kept.example")
    with box.target() as other:
        other.stage(wanted)
        other.commit("netctl-C-5-box-1", 60)
    target.confirm("netctl-C-5-box-1")
    assert target.pending() is None
    assert target.fetch().parts == wanted
    poll(lambda: box.serves("kept.example"))
    target.stage(serving(box.kind, "one.example"))
    target.commit("netctl-C-6-box-1", 60)
    target.confirm("netctl-C-6-box-1")


def test_a_foreign_commit_is_left_untouched(box, target):
    with box.target() as other:
        other._driver._options["owner"] = "someone@elsewhere:9"
        other.stage(serving(box.kind, "one.example", "theirs.example"))
        other.commit("netctl-C-7-box-1", 60)
    held = target.fetch()
    target.stage(serving(box.kind, "one.example", "ours.example"))
    for attempt in (
        lambda: target.commit("netctl-C-8-box-1", 60),
        lambda: target.confirm("netctl-C-8-box-1"),
        lambda: target.roll_back("netctl-C-8-box-1"),
    ):
        with pytest.raises(ForeignPendingCommit, match="netctl-C-7-box-1 of someone@elsewhere:9"):
            attempt()
    assert target.fetch() == held


def test_the_same_token_again_restarts_the_clock_and_keeps_the_first_state(box, target):
    before, token = target.fetch(), "netctl-C-9-box-1"
    target.stage(serving(box.kind, "one.example", "a.example"))
    target.commit(token, 5)
    target.stage(serving(box.kind, "one.example", "b.example"))
    target.commit(token, 60)
    assert target.pending().seconds_left > 50
    poll(lambda: box.serves("b.example") and not box.serves("a.example"))
    target.roll_back(token)
    assert target.fetch() == before


def test_after_a_loss_of_power_the_files_of_before_are_there_before_the_daemon_starts(box, target):
    before = target.fetch()
    target.stage(serving(box.kind, "one.example", "lost.example"))
    target.commit("netctl-C-10-box-1", 600)
    box.run("kill -9 $(cat /var/lib/netctl/commit/pending/watcher); sh /var/lib/netctl/commit.sh boot")
    assert target.fetch() == before
    assert box.run("cat /var/lib/netctl/commit/last").split() == ["netctl-C-10-box-1", "rebooted"]
    target.stage(serving(box.kind, "one.example", "fresh.example"))  # the daemon holds what was lost, and reads again
    target.commit("netctl-C-11-box-1", 60)
    poll(lambda: box.serves("fresh.example") and not box.serves("lost.example"))


def test_a_dead_daemon_is_started_by_the_commit_and_ended_by_its_end(box, target):
    box.run(f"kill -9 $(pidof {PROGRAMS[box.kind]})")
    poll(lambda: not box.daemons())
    target.stage(serving(box.kind, "one.example", "again.example"))
    target.commit("netctl-C-12-box-1", 60)
    poll(lambda: box.serves("again.example"))
    target.roll_back("netctl-C-12-box-1")
    poll(lambda: not box.daemons())
    target.stage(serving(box.kind, "one.example"))
    target.commit("netctl-C-13-box-1", 60)
    target.confirm("netctl-C-13-box-1")
    poll(lambda: box.serves("one.example"))


def test_where_the_daemon_cannot_come_back_it_is_told(box, target):
    program = f"/usr/sbin/{PROGRAMS[box.kind]}"
    before = target.fetch()
    target.stage(serving(box.kind, "one.example", "x.example"))
    target.commit("netctl-C-14-box-1", 60)
    box.run(f"kill -9 $(pidof {PROGRAMS[box.kind]}); mount --bind /bin/false {program}")
    try:
        with pytest.raises(RevertIncomplete):
            target.roll_back("netctl-C-14-box-1")
    finally:
        box.run(f"umount {program}")
    assert target.fetch() == before  # the files are back; only the daemon is not
    target.stage(serving(box.kind, "one.example", "y.example"))
    target.commit("netctl-C-15-box-1", 60)
    target.roll_back("netctl-C-15-box-1")
    target.stage(serving(box.kind, "one.example"))
    target.commit("netctl-C-16-box-1", 60)
    target.confirm("netctl-C-16-box-1")
    poll(lambda: box.serves("one.example"))


def test_its_facts_are_told(box, target):
    facts = target.facts()
    assert facts["hostname"] == box.name
    assert facts["os_version"].count(".") == 2
    assert target.health().sessions == ()
