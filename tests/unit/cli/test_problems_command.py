"""`netctl problems` as a person and a program run it."""

import json
import os
import pwd

import pytest
from outages import standings, world
from unit.cli.program import netctl

from netctl.model.people import Grant
from netctl.observe.correlate import correlate
from netctl.observe.follow import follow
from netctl.store import Store

ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def home(tmp_path):
    topology = world()[1]
    with Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True) as store, store.writing() as books:
        books.users.add(ME, [Grant("operator"), Grant("auditor")], ME)
        outage = standings(world(), dead=["rivers-hq-r1"], cut=["harbours-hq:1", "harbours-hq:2"])
        books.problems.record(follow(topology, (), correlate(topology, outage)))
    return tmp_path


def test_problems_are_listed_the_worst_first(home):
    done = netctl("problems", "list", home=home)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "WATCH-SITE-CUT-OFF  harbours-hq" in lines[1]
    assert "WATCH-DEVICE-DOWN   rivers-hq-r1" in lines[2]
    found = json.loads(netctl("problems", "list", "--json", home=home).stdout)
    assert [problem["severity"] for problem in found] == ["high", "medium"]
    assert json.loads(netctl("problems", "list", "--state", "closed", "--json", home=home).stdout) == []


def test_one_problem_is_shown_with_what_follows_from_it(home):
    done = netctl("problems", "show", "P-1", home=home)
    assert "P-000001 medium WATCH-DEVICE-DOWN rivers-hq-r1" in done.stdout
    assert "nothing was changed in the hour before" in done.stdout
    view = json.loads(netctl("problems", "show", "P-1", "--json", home=home).stdout)
    assert len(view["problem"]["symptoms"]) == view["problem"]["symptom_count"]


def test_acknowledging_and_silencing_are_in_the_audit_log(home):
    assert netctl("problems", "acknowledge", "P-1", "--reason", "known", home=home).returncode == 0
    assert netctl("problems", "silence", "rivers-hq", "--hours", "2", "--reason", "works", home=home).returncode == 0
    standing = {each["id"]: each for each in json.loads(netctl("problems", "list", "--json", home=home).stdout)}
    assert standing["P-000001"]["acknowledged"]["reason"] == "known"
    (silence,) = json.loads(netctl("problems", "silences", "--json", home=home).stdout)
    assert silence["subject"] == "rivers-hq"
    assert netctl("problems", "end-silence", silence["id"], "--reason", "done", home=home).returncode == 0
    assert netctl("audit", "verify", home=home).returncode == 0
    log = json.loads(netctl("audit", "log", "--json", home=home).stdout)
    assert [entry["action"] for entry in log[-3:]] == ["problem.acknowledge", "silence.add", "silence.end"]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("show", "P-99"), 5, "NETCTL-E0930"),
        (("acknowledge", "P-1", "--reason", " "), 5, "NETCTL-E0935"),
        (("silence", "nowhere", "--hours", "1", "--reason", "x"), 5, "NETCTL-E0934"),
        (("silence", "rivers-hq", "--until", "tomorrow", "--reason", "x"), 5, "NETCTL-E0934"),
        (("silence", "rivers-hq", "--reason", "x"), 2, "--hours or --until"),
        (("end-silence", "S-9"), 5, "NETCTL-E0932"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(home, words, status, told):
    done = netctl("problems", *words, home=home)
    assert done.returncode == status
    assert told in done.stderr
    assert "Traceback" not in done.stderr
