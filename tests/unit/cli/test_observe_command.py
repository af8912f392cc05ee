"""`netctl observe` as a person and a program run it, where no router has to answer."""

import json
import os
import pwd
from datetime import UTC, datetime

import pytest
from networks import ROOT, reference
from seeds import Seeds
from unit.cli.program import netctl

from netctl.model.moments import stamp
from netctl.model.people import Grant
from netctl.store import Store

ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def home(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True) as store, store.writing() as books:
        books.users.add(ME, [Grant("viewer", "rivers")], ME)
    return tmp_path


def seeded(home, **broken) -> None:
    with Store.open(f"sqlite:///{home}/netctl.db") as store:
        Seeds(reference()).rounds(store, broken.pop("end", datetime.now(UTC)), count=3, **broken)


def test_the_last_round_is_shown_within_ones_reach_with_every_reason(home):
    seeded(home, dead=["rivers-hq-r1"], interval=600.0)
    done = netctl("observe", "--last", home=home, cwd=ROOT)
    assert done.returncode == 6, done.stderr
    assert done.stderr.startswith("looked at last 20")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["rivers-hq-r1", "down"] in [line[:2] for line in lines]
    assert "WATCH-VRRP" in done.stdout
    assert "core-main-1" not in done.stdout, "the backbone is nobody's but the whole network's"


def test_the_last_round_is_plain_data_for_programs(home):
    seeded(home, interval=600.0)
    found = json.loads(netctl("observe", "--last", "--json", "rivers-hq", home=home, cwd=ROOT).stdout)
    assert [each["target"] for each in found["standings"]] == ["rivers-hq-r1", "rivers-hq-r2"]
    assert {each["state"] for each in found["standings"]} == {"up"}
    assert found["mark"]["targets"] == len(reference().devices)


def test_what_is_old_is_unknown_whatever_it_was(home):
    end = datetime(2026, 1, 1, tzinfo=UTC)
    seeded(home, end=end)
    found = json.loads(netctl("observe", "--last", "--json", home=home, cwd=ROOT).stdout)
    assert found["mark"]["ended_at"] == stamp(end)
    assert {each["state"] for each in found["standings"]} == {"unknown"}


def test_a_network_nobody_has_looked_at_says_so(home):
    done = netctl("observe", "--last", home=home, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "nobody has looked at them yet\n")


@pytest.mark.parametrize(("words", "status"), [(("--once", "--last"), 2), (("--last", "rivers-hq-r9"), 2)])
def test_words_that_do_not_fit_are_named(home, words, status):
    done = netctl("observe", *words, home=home, cwd=ROOT)
    assert done.returncode == status
    assert done.stderr.startswith("error: NETCTL-E")


def test_settings_that_make_no_watch_are_named(home):
    (home / "settings.toml").write_text("observe_interval = 0\n", encoding="utf-8")
    done = netctl("observe", "--once", home=home, cwd=ROOT)
    assert done.returncode == 9
    assert "observe_interval" in done.stderr
