"""The frr driver against real FRR daemons behind a real sshd."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from integration.devices.scratch_boxes import ROOT, Scratch, poll, possible
from netctl.devices.target import PendingCommit
from netctl.errors import CandidateRejected, CommitGone, ForeignPendingCommit, HostKeyRefused, IdentityMismatch
from netctl.model.artefact import Part

pytestmark = pytest.mark.skipif(bool(possible()), reason=possible() or "everything is there")

NFT = """\
table inet netctl {
	chain management {
		type filter hook input priority filter; policy accept;
		tcp dport 22 ip6 saddr != { ::1 } drop
	}
}
"""


@pytest.fixture(scope="module")
def box(tmp_path_factory):
    made = Scratch("rx-1", tmp_path_factory.mktemp("rx-1"), "frr")
    try:
        yield made.up()
    finally:
        made.down()


@pytest.fixture
def target(box):
    with box.target() as made:
        yield made
        pending = made.pending()
        if pending is not None:
            made.roll_back(pending.token)


def described(state, text="a neighbour"):
    """The state with one more line in frr.conf, and the other parts with something in them."""
    line = " neighbor 192.0.2.2 remote-as 64501\n"
    conf = state.parts[0].text
    assert line in conf
    kept = "\n".join(row for row in conf.split("\n") if "description" not in row and "password" not in row)
    return (
        Part("frr.conf", kept.replace(line, line + f" neighbor 192.0.2.2 description {text}\n")),
        Part("management.nft", NFT),
        Part("chrony.sources", f"# {text}\n"),
        Part("rsyslog.conf", f"# {text}\n"),
        Part("banner", f"{text}\n"),
    )


def test_what_is_committed_is_read_back_and_reverts_on_request(target):
    before = target.fetch()
    wanted = described(before)
    diff = target.stage(wanted)
    assert "neighbor 192.0.2.2 description a neighbour" in diff
    assert "+# a neighbour" in diff
    assert target.fetch() == before  # staging changes nothing
    target.commit("netctl-C-1-rx-1-1", 60)
    assert target.fetch().parts == wanted
    pending = target.pending()
    assert pending.token == "netctl-C-1-rx-1-1"
    assert 50 < pending.seconds_left <= 60
    target.roll_back("netctl-C-1-rx-1-1")
    assert target.fetch() == before
    assert target.pending() is None


def test_a_merge_adds_to_what_runs_and_goes_back(target):
    before = target.fetch()
    drain = "router bgp 64500\n bgp graceful-shutdown\nexit\n"
    assert target.stage((Part("frr.conf", drain),), merge=True) == drain
    target.commit("netctl-C-2-rx-1-1", 60)
    assert " bgp graceful-shutdown\n" in target.fetch().parts[0].text
    target.roll_back("netctl-C-2-rx-1-1")
    assert target.fetch() == before


VANISH = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from integration.devices.scratch_boxes import Scratch
box = Scratch("rx-1", Path({work!r}), "frr")
box.netns = {netns!r}
target = box.target()
from integration.devices.test_devices_frr_box import described
target.stage(described(target.fetch(), "left alone"))
target.commit("netctl-C-3-rx-1-1", 3)
print("committed", flush=True)
import time
time.sleep(60)
"""


def test_when_the_controller_is_killed_the_box_takes_the_commit_back_by_itself(box, target):
    before = target.fetch()
    script = VANISH.format(paths=[str(ROOT), str(ROOT / "tests")], work=str(box.work), netns=box.netns)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as controller:
        assert controller.stdout.readline() == "committed\n"
        controller.send_signal(signal.SIGKILL)
        controller.wait(10)
    assert target.fetch() != before
    poll(lambda: target.pending() is None)
    assert target.fetch() == before
    assert "expired" in box.run("cat /var/lib/netctl/commit/last")
    with pytest.raises(CommitGone):
        target.confirm("netctl-C-3-rx-1-1")


def test_another_session_confirms_and_a_reboot_would_load_it(box, target):
    before = target.fetch()
    with box.target() as other:
        other.stage(described(before, "for good"))
        other.commit("netctl-C-4-rx-1-1", 60)
    target.confirm("netctl-C-4-rx-1-1")
    assert target.pending() is None
    assert "description for good" in box.run("cat /etc/frr/frr.conf")
    assert target.fetch().parts == described(before, "for good")


def test_the_same_token_again_restarts_the_clock_and_keeps_the_first_state(target):
    before = target.fetch()
    token = "netctl-C-5-rx-1-1"
    target.stage(described(before, "first"))
    target.commit(token, 5)
    target.stage(described(before, "second"))
    target.commit(token, 60)
    assert target.pending().seconds_left > 50
    assert target.fetch().parts == described(before, "second")
    target.roll_back(token)
    assert target.fetch() == before


def test_a_foreign_commit_is_reported_with_its_owner_and_left_untouched(box, target):
    before = target.fetch()
    with box.target() as other:
        other._driver._options["owner"] = "someone@elsewhere:9"
        other.stage(described(before, "theirs"))
        other.commit("netctl-C-6-rx-1-1", 60)
    held = target.fetch()
    target.stage(described(before, "ours"))
    for attempt in (
        lambda: target.commit("netctl-C-7-rx-1-1", 60),
        lambda: target.confirm("netctl-C-7-rx-1-1"),
        lambda: target.roll_back("netctl-C-7-rx-1-1"),
    ):
        with pytest.raises(ForeignPendingCommit, match="netctl-C-6-rx-1-1 of someone@elsewhere:9"):
            attempt()
    assert target.fetch() == held
    assert target.pending().token == "netctl-C-6-rx-1-1"


def test_a_commit_that_is_not_netctls_stops_the_staging_already(box, target):
    with box.target() as other:
        other._driver.load_merge_candidate(config="router bgp 64500\n bgp graceful-shutdown\nexit\n")
        other._driver.commit_config("by-hand", 60)
    with pytest.raises(ForeignPendingCommit, match="by-hand"):
        target.stage(described(target.fetch()))


def test_of_two_commits_at_the_same_moment_one_wins(box):
    targets = [box.target() for _ in range(2)]
    outcomes = {}

    def commit(number):
        try:
            targets[number].commit(f"netctl-C-8-rx-1-{number}", 60)
            outcomes[number] = "won"
        except ForeignPendingCommit as error:
            outcomes[number] = str(error)

    try:
        before = targets[0].fetch()
        for number, made in enumerate(targets):
            made.stage(described(before, f"number {number}"))
        threads = [threading.Thread(target=commit, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        winner = next(number for number, outcome in outcomes.items() if outcome == "won")
        assert f"netctl-C-8-rx-1-{winner}" in outcomes[1 - winner]
        assert targets[0].fetch().parts == described(before, f"number {winner}")
        targets[0].roll_back(f"netctl-C-8-rx-1-{winner}")
        assert targets[0].fetch() == before
    finally:
        for made in targets:
            made.close()


def test_a_session_lost_in_the_middle_of_a_commit_harms_nothing(box, target):
    before = target.fetch()
    other = box.target()
    other.stage(described(before, "cut"))

    def cut():
        poll(lambda: "netctl-C-9" in box.run("cat /var/lib/netctl/commit/pending/token"))
        other._driver._shell._transport.close()

    cutter = threading.Thread(target=cut)
    cutter.start()
    with pytest.raises(Exception, match="SSH session"):
        other.commit("netctl-C-9-rx-1-1", 4)
    cutter.join(10)
    other.close()
    poll(lambda: target.fetch().parts == described(before, "cut"))  # the box went on with it ...
    poll(lambda: target.pending() is None)  # ... and took it back, as nobody confirmed
    assert target.fetch() == before


def test_when_the_timer_itself_is_killed_the_next_question_finds_the_commit_overdue(box, target):
    before = target.fetch()
    target.stage(described(before, "unwatched"))
    target.commit("netctl-C-10-rx-1-1", 2)
    poll(lambda: box.run("cat /var/lib/netctl/commit/pending/watcher").strip().isdigit())
    box.run("kill -9 $(cat /var/lib/netctl/commit/pending/watcher)")
    poll(lambda: target.pending() is None)
    assert target.fetch() == before


def test_after_a_loss_of_power_an_unconfirmed_commit_is_gone(box, target):
    before = target.fetch()
    startup = box.run("cat /etc/frr/frr.conf")
    target.stage(described(before, "unsaved"))
    target.commit("netctl-C-11-rx-1-1", 60)
    box.run("kill -9 $(cat /var/lib/netctl/commit/pending/watcher); sh /var/lib/netctl/commit.sh boot")
    assert box.run("cat /etc/frr/frr.conf") == startup
    after = target.fetch()
    assert after.parts[1:] == before.parts[1:]
    assert target.pending() is None
    assert "rebooted" in box.run("cat /var/lib/netctl/commit/last")
    target.stage(before.parts)  # the daemons did not really restart here: bring them back
    target.commit("netctl-C-12-rx-1-1", 60)
    target.confirm("netctl-C-12-rx-1-1")
    assert target.fetch() == before


@pytest.mark.parametrize(
    ("part", "text", "word"),
    [
        ("frr.conf", "router bgp 64500\n neighbour 192.0.2.2\n", "Unknown command"),
        ("management.nft", "table inet netctl {\n\tchain x {\n\t\ttcp flort 22 drop\n\t}\n}\n", "flort"),
    ],
)
def test_a_candidate_that_is_refused_changes_nothing(target, part, text, word):
    before = target.fetch()
    parts = tuple(Part(part, text) if one.name == part else one for one in described(before))
    with pytest.raises(CandidateRejected, match=word):
        target.stage(parts)
    assert target.fetch() == before
    assert target.pending() is None


def test_a_part_nobody_knows_is_refused(target):
    with pytest.raises(CandidateRejected, match="unknown part"):
        target.stage((Part("passwd", "root::0:0::/:/bin/sh\n"),))


def test_a_commit_that_fails_on_the_way_is_taken_back_at_once(target):
    before = target.fetch()
    parts = list(described(before))
    # FRR's parser takes the line, its daemon does not.
    parts[0] = replace(parts[0], text=parts[0].text.replace(
        "description a neighbour", "local-as 64500"))  # fmt: skip
    target.stage(tuple(parts))
    with pytest.raises(CandidateRejected, match="taken back"):
        target.commit("netctl-C-13-rx-1-1", 60)
    assert target.fetch() == before
    assert target.pending() is None


def test_a_line_frr_drops_silently_is_missing_when_it_is_read_back(target):
    before = target.fetch()
    parts = list(described(before))
    line = " bgp router-id 198.51.100.1\n"
    parts[0] = replace(parts[0], text=parts[0].text.replace(line, line + " bgp default local-preference 100\n"))
    assert parts[0] != described(before)[0]
    target.stage(tuple(parts))
    target.commit("netctl-C-14-rx-1-1", 60)
    assert target.fetch().parts == described(before)


def test_a_filter_changed_by_hand_shows_though_its_file_did_not(box, target):
    before = target.fetch()
    target.stage(described(before))
    target.commit("netctl-C-17-rx-1-1", 60)
    assert target.fetch().parts[1].text == NFT
    box.run("nft add rule inet netctl management udp dport 161 accept")
    assert "udp dport 161 accept" in target.fetch().parts[1].text
    target.roll_back("netctl-C-17-rx-1-1")
    assert target.fetch() == before


def test_secrets_go_out_as_values_and_come_back_as_references(box, target):
    before = target.fetch()
    parts = list(described(before))
    line = " neighbor 192.0.2.2 remote-as 64501\n"
    parts[0] = replace(
        parts[0], text=parts[0].text.replace(line, line + " neighbor 192.0.2.2 password <secret:bgp/test>\n")
    )
    diff = target.stage(tuple(parts))
    assert "password <secret:bgp/test>" in diff
    assert "walrus" not in diff
    target.commit("netctl-C-15-rx-1-1", 60)
    assert "password walrus-7-walrus" in box.run("vtysh -c 'show running-config'")
    state = target.fetch()
    assert "password <secret:bgp/test>" in state.parts[0].text
    assert not any("walrus" in part.text for part in state.parts)
    target.roll_back("netctl-C-15-rx-1-1")


def test_a_box_that_calls_itself_otherwise_is_refused(box):
    with pytest.raises(IdentityMismatch, match="rx-1"):
        box.target(name="rx-2")


def test_without_its_key_in_the_inventory_the_box_is_refused(box):
    with pytest.raises(HostKeyRefused):
        box.target(host_keys=())


def test_facts_health_and_probes_come_from_the_box(target):
    facts = target.facts()
    assert facts["hostname"] == "rx-1"
    assert facts["os_version"].startswith("8.")
    assert "lan0" in facts["interface_list"]
    (session,) = target.health().sessions
    assert (session.protocol, session.peer, session.up, session.family) == ("bgp", "192.0.2.2", False, 4)
    assert target.probe("192.0.2.1", count=2).received == 2
    assert target.probe("198.51.100.77", count=1).received == 0


def test_reading_leaves_nothing_on_the_box(tmp_path_factory):
    fresh = Scratch("rx-3", tmp_path_factory.mktemp("rx-3"), "frr")
    try:
        with fresh.up().target() as target:
            target.fetch()
            assert target.pending() is None
        assert "No such file" in fresh.run("ls /var/lib/netctl")
        assert fresh.run("ls /run | grep netctl") == ""
    finally:
        fresh.down()


def test_the_token_of_a_pending_commit_is_told_to_every_session(box, target):
    target.stage(described(target.fetch(), "seen"))
    target._driver._options["owner"] = "ana@noc:1"
    target.commit("netctl-C-16-rx-1-1", 60)
    with box.target() as other:
        pending = other.pending()
    assert pending == PendingCommit("netctl-C-16-rx-1-1", "ana@noc:1", pending.seconds_left)


def test_dialling_into_another_namespace_leaves_the_caller_where_it_was(box):
    import os

    from netctl.devices.reach import dial

    before, threads = os.readlink("/proc/thread-self/ns/net"), threading.active_count()
    with dial("::1", 22, 5, netns=box.netns) as connection:
        assert connection.recv(4) == b"SSH-"
    assert os.readlink("/proc/thread-self/ns/net") == before
    assert threading.active_count() == threads
