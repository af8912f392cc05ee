"""The stage of the push benchmark says what a running configuration gives, and the whole of it works in small."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import push_network, push_stage
from netctl.devices import operational

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def routers(tmp_path_factory):
    return push_network.make(tmp_path_factory.mktemp("push") / "wan", 2, "ssh-ed25519 AAAA")


def answers(monkeypatch, capsys, own, mate):
    """What the stage's vtysh says on a box that runs `own`, its mate running `mate`, as netctl reads it."""
    monkeypatch.setattr(push_stage, "running", {"own": own, "mate": mate}.get)
    monkeypatch.setenv("STAGE_OWN", "own")
    monkeypatch.setenv("STAGE_MATE", "mate")
    words = [word for command in operational.HEALTH_COMMANDS for word in ("-c", command)]
    push_stage.main(["-E", *words])
    said = capsys.readouterr().out.split("box# ")[1:]
    return operational.health("box", dict(answer.split("\n", 1) for answer in said))


def test_both_platform_and_mates_are_as_the_benchmark_needs_them(routers):
    assert [(each.name, each.mate) for each in routers[:2]] == [
        ("site-00001-r1", "site-00001-r2"),
        ("site-00001-r2", "site-00001-r1"),
    ]
    assert all(push_network.OLD in each.old["intended"] for each in routers)
    assert all(push_network.NEW in each.new["intended"] for each in routers)
    assert not any(push_network.OLD in each.new["intended"] for each in routers)


def test_the_first_of_a_pair_is_master_until_it_is_drained(monkeypatch, capsys, routers):
    first, second = routers[:2]
    quiet = answers(monkeypatch, capsys, first.old["intended"], second.old["intended"])
    assert {status.role for status in quiet.vrrp} == {"master"}
    assert {status.family for status in quiet.vrrp} == {4, 6}
    drained = answers(monkeypatch, capsys, first.old["drained"], second.old["intended"])
    assert {(status.role, status.priority) for status in drained.vrrp} == {("backup", 10)}


def test_every_session_of_the_configuration_is_up(monkeypatch, capsys, routers):
    first, second = routers[:2]
    health = answers(monkeypatch, capsys, first.old["intended"], second.old["intended"])
    assert all(session.up for session in health.sessions)
    bgp = [session.peer for session in health.sessions if session.protocol == "bgp"]
    assert len(bgp) == first.old["intended"].count("<session>") == 4


def test_what_the_peer_sends_replaces_every_container(routers):
    sent = push_network.replacing(routers[0].new["intended"])
    assert sent.count('operation="replace"') == 6
    assert "operation" not in push_network.merging(routers[0].new["drain"])


@pytest.mark.live
def test_four_real_servers_are_pushed_and_nothing_is_left(tmp_path):
    if os.geteuid() != 0 or push_network.missing():
        pytest.skip("needs root, netconfd and sshd")
    told = tmp_path / "push.json"
    command = [sys.executable, "-m", "benchmarks.push", "--devices", "4", "--json", str(told)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    figures = {figure["what"]: figure for figure in json.loads(told.read_text())["figures"]}
    assert figures["netctl push"]["devices"] == 4
    assert figures["netctl push"]["operations"] > figures["ncclient pool, as many commits"]["operations"]
    assert "netctl-push-" not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
