"""The smaller parts of a push: names, sheets, sessions, signs of life, deadlines, verdicts."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from netctl.errors import DeadlinesContradict, DeviceTimeout
from netctl.inventory import load, reference_root
from netctl.model.artefact import Part, digest_of_parts
from netctl.model.moments import stamp
from netctl.model.plan import DiffLine, Plan, TargetPlan, Wave
from netctl.push.engine import refuse_contradicting, system_database
from netctl.push.finish import state_on_way_back
from netctl.push.liveness import alive, worker_name, workers_of
from netctl.push.member import answer
from netctl.push.names import STEPS, token
from netctl.push.procedure import MemberEnd, verdict
from netctl.push.sessions import Sessions
from netctl.push.sheet import device_of, expectation_of, make_sheet, part_of_sheet, sheet_back
from netctl.services.routing import derive
from netctl.settings import Settings
from netctl.store import WorkerSeen

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def test_a_token_names_the_change_the_router_and_the_commit() -> None:
    assert token("C-000007", "rivers-hq-r1", 2) == "netctl-C-000007-rivers-hq-r1-2"


def test_step_names_are_kept_as_they_stand_in_journals() -> None:
    assert STEPS == (
        "mate-check", "identity", "running-check", "drain", "drained-check", "apply", "read-back", "verify", "confirm",
        "undrain", "undrain-verify", "undrain-confirm", "release",
    )  # fmt: skip


def seen(name: str, *, ago: float = 0, detail: str = "") -> WorkerSeen:
    at = stamp(NOW - timedelta(seconds=ago))
    return WorkerSeen(name, at, at, detail)


def test_a_worker_elsewhere_lives_as_long_as_its_heart_beats() -> None:
    assert alive(seen("far:1:1", ago=29), lambda: NOW)
    assert not alive(seen("far:1:1", ago=31), lambda: NOW)


def test_a_worker_on_this_host_is_looked_for_and_a_reused_process_number_is_another_one() -> None:
    assert alive(seen(worker_name(), ago=3600), lambda: NOW)
    assert not alive(seen(f"{socket.gethostname()}:{os.getpid()}:1"), lambda: NOW)
    ended = subprocess.Popen(["true"])
    ended.wait()
    assert not alive(seen(f"{socket.gethostname()}:{ended.pid}:1"), lambda: NOW)


def test_a_change_belongs_to_the_living_workers_that_drive_it() -> None:
    workers = [seen("far:1:1", detail="C-000001 C-000002"), seen("far:2:1", ago=99, detail="C-000003")]
    assert workers_of(workers, "C-000002", lambda: NOW) == ("far:1:1",)
    assert workers_of(workers, "C-000003", lambda: NOW) == ()
    assert workers_of(workers, "C-00000", lambda: NOW) == ()


def test_settings_under_which_a_router_reverts_before_its_checks_end_are_refused() -> None:
    settings = Settings(home=Path("/nowhere"))
    refuse_contradicting(settings)
    with pytest.raises(DeadlinesContradict) as caught:
        refuse_contradicting(replace(settings, confirm_deadline=80))
    assert "settle_deadline" in caught.value.hint


def test_the_journal_is_beside_the_store(tmp_path: Path) -> None:
    assert system_database(Settings(home=tmp_path)) == f"sqlite:///{tmp_path}/rollouts.db"
    far = Settings(home=tmp_path, database="postgresql+psycopg://netctl:word@db.example/netctl")
    assert system_database(far) == "postgresql://netctl:word@db.example/netctl"


def plan_of(*names: str) -> Plan:
    parts = (Part("frr.conf", "x\n"),)
    targets = tuple(
        TargetPlan(
            n, "frr", "rivers-hq", digest_of_parts(parts), parts, parts, parts, (DiffLine("add", "frr.conf", 0, "x"),)
        )
        for n in names
    )
    return Plan("n", "d", "", targets, (Wave(1, (("rivers-hq", names),)),), ())


def test_a_sheet_travels_as_json_and_gives_back_how_to_reach_and_what_to_expect() -> None:
    network = load(reference_root())
    made = make_sheet(network, derive(network), plan_of("rivers-hq-r1"), "ann")
    sheet = json.loads(json.dumps(made))
    assert set(sheet["devices"]) == {"rivers-hq-r1", "rivers-hq-r2"}
    found, declared = device_of(sheet, "rivers-hq-r2"), network.devices["rivers-hq-r2"]
    for fact in ("name", "platform", "management_address", "host_keys", "role"):
        assert getattr(found, fact) == getattr(declared, fact)
    expected = expectation_of(sheet, "rivers-hq-r1")
    assert expected == expectation_of(made, "rivers-hq-r1")
    assert expected.probes
    assert expected.virtual_routers
    assert part_of_sheet(sheet, ["rivers-hq-r1"])["devices"] == sheet["devices"]
    back = sheet_back(sheet, plan_of("rivers-hq-r1"), "ben")
    assert (back["direction"], back["actor"]) == ("back", "ben")
    assert expectation_of(back, "rivers-hq-r1").virtual_routers == ()


class Session:
    def __init__(self, name: str) -> None:
        self.name, self.closed = name, 0

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed += 1


def test_a_session_is_shared_until_an_error_or_its_end() -> None:
    opened: list[Session] = []

    def connect(name: str) -> Session:
        opened.append(Session(name))
        return opened[-1]

    sessions = Sessions(connect)
    for _ in range(2):
        with sessions.lend("r1") as target:
            assert target.name == "r1"
    assert [each.closed for each in opened] == [0]
    with pytest.raises(DeviceTimeout), sessions.lend("r1"):
        raise DeviceTimeout("no end")
    assert [each.closed for each in opened] == [1]
    with sessions.lend("r1"), sessions.lend("r2"):
        pass
    sessions.end_all()
    assert [each.closed for each in opened] == [1, 1, 1]


def end(state: str) -> MemberEnd:
    return MemberEnd(target="r", state=state, detail="", awaited=[])


@pytest.mark.parametrize(("states", "expected"), [
    (["done", "done"], "done"),
    (["done", "untouched"], "stopped"),
    (["rolled_back"], "stopped"),
    (["failed"], "stopped"),
    (["done", "unknown"], "unknown"),
    (["in_flight"], "unknown"),
])  # fmt: skip
def test_a_change_ends_as_its_worst_member_did(states: list[str], expected: str) -> None:
    assert verdict([end(state) for state in states]) == expected


def test_on_the_way_back_a_member_that_got_there_is_rolled_back_and_one_that_did_not_is_as_the_change_left_it() -> None:
    assert [state_on_way_back(state) for state in ("done", "rolled_back", "failed", "untouched", "unknown")] == [
        "rolled_back", "done", "done", "done", "unknown",
    ]  # fmt: skip


def test_an_answer_is_plain_data() -> None:
    assert json.loads(json.dumps(answer("ok", notes={"up": ["a"]})))["notes"] == {"up": ["a"]}
