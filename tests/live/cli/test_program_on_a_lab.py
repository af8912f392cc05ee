"""The program on real routers, as a person runs it: the main job, Ctrl-C in the middle of it, and wrong credentials."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from live.small_lab import Lab
from unit.cli.program import environment

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

SITE = "rivers-east"  # on NETCONF
ROUTERS = {"rivers-east-r1", "rivers-east-r2"}


@dataclass
class Desk:
    """A person's place: a network of their own, a NETCTL_HOME that leads into the lab, and the program."""

    lab: Lab
    root: Path
    home: Path

    def words(self, *words: str, user: str = "") -> list[str]:
        acting = ["--as", user] if user else []
        return [sys.executable, "-m", "netctl", "--network", str(self.root), "--lab", self.lab.name, *acting, *words]

    def run(self, *words: str, user: str = "") -> subprocess.CompletedProcess:
        return subprocess.run(
            self.words(*words, user=user),
            env=environment(self.home),
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )

    def interrupted(self, *words: str, found, times: int = 1, user: str = "") -> tuple[int, list[dict], str]:
        """Exit status, events and stderr of a push that gets Ctrl-C at the first event `found` holds for.

        The second time it comes when the program has said that it stops.
        """
        with subprocess.Popen(
            self.words(*words, user=user),
            env=environment(self.home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            events, sent = [], 0
            try:
                for line in child.stdout:
                    events.append(json.loads(line))
                    if (sent == 0 and found(events[-1])) or (0 < sent < times and events[-1]["event"] == "stopping"):
                        os.kill(child.pid, signal.SIGINT)
                        sent += 1
                said = child.stderr.read()
                status = child.wait(60)
            finally:
                child.kill()
        assert sent == times, (events, said)
        return status, events, said

    def declare(self, line: str) -> None:
        file = self.root / "inventory" / "sites" / f"{SITE}.yaml"
        file.write_text(file.read_text() + line)


@pytest.fixture
def desk(lab, tmp_path) -> Desk:
    root, home = tmp_path / "wan", tmp_path / "home"
    shutil.copytree(lab.root, root)
    shutil.copytree(lab.settings.home / "labs" / lab.name, home / "labs" / lab.name)
    (home / "settings.toml").write_text("allow_as = true\nsettle_deadline = 40\n")
    made = Desk(lab, root, home)
    for user, roles in {"sato": ("author", "operator"), "suzuki": ("approver",)}.items():
        done = made.run("users", "add", user, *(word for role in roles for word in ("--role", role)))
        assert done.returncode == 0, done.stderr
    return made


def approved(desk: Desk, plan: Path) -> tuple[str, str]:
    """A change about a plan that another person approved, and its digest."""
    done = desk.run("--json", "propose", str(plan), "--title", "another log server", user="sato")
    assert done.returncode == 0, done.stderr
    change = json.loads(done.stdout)
    digest = change["plan_digest"]
    assert desk.run("approve", change["id"], "--digest", digest, user="suzuki").returncode == 0
    return change["id"], digest


def test_the_main_job_is_interrupted_twice_and_carried_to_its_end(desk, tmp_path):
    assert desk.run("plan").returncode == 0
    desk.declare("settings:\n  syslog_servers: [3fff:200:1::514]\n")  # no new server, and so no new name
    plan = tmp_path / "plan.json"
    assert desk.run("plan", "--out", str(plan)).returncode == 3
    change, digest = approved(desk, plan)

    status, events, said = desk.interrupted(
        "push", change, "--digest", digest, "--events", user="sato",
        found=lambda event: event["event"] == "member" and event["state"] == "in_flight",
    )  # fmt: skip
    assert status == 7, said
    assert events[-1]["error"]["code"] == "NETCTL-E0502"
    assert sorted(member["state"] for member in events[-1]["members"]) == ["done", "untouched"]

    status, _, said = desk.interrupted(
        "resume", change, "--events", user="sato", times=2,
        found=lambda event: (event.get("step"), event.get("outcome")) == ("apply", "ok"),
    )  # fmt: skip
    assert status == 130, said
    assert said.startswith(f"interrupted: {change}: ")
    assert f"`netctl resume {change}`" in said

    done = desk.run("--json", "resume", change, user="sato")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {member["target"]: member["state"] for member in json.loads(done.stdout)["members"]} == dict.fromkeys(
        ROUTERS, "done"
    )
    assert desk.run("plan").returncode == 0
    again = desk.run("push", change, "--digest", digest, user="sato")
    assert again.returncode == 0
    assert "nothing was changed" in again.stdout

    back = desk.run("rollback", change, "--digest", digest, user="sato")
    assert back.returncode == 0, back.stdout + back.stderr
    assert desk.run("plan", "--json").returncode == 3
    assert desk.run("audit", "verify").returncode == 0


def test_a_key_the_routers_do_not_take_is_told_for_every_router(desk):
    settings = desk.home / "labs" / desk.lab.name / "settings.toml"
    other = desk.home / "other_key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other], check=True)
    lines = [line for line in settings.read_text().splitlines() if not line.startswith("key_file")]
    settings.write_text("\n".join([*lines, f'key_file = "{other}"', ""]))
    done = desk.run("plan", "rivers-hq", SITE, "--json")
    assert done.returncode == 6
    told = dict(json.loads(done.stdout)["unreachable"])
    assert len(told) == 4
    assert all(reason.startswith("NETCTL-E0303") for reason in told.values()), told


def test_a_plan_that_finds_no_room_for_its_file_is_an_error_and_leaves_none(desk, tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder], check=True)
    try:
        desk.declare("settings:\n  syslog_servers: [3fff:200:1::514]\n")
        done = desk.run("plan", SITE, "--out", str(folder / "plan.json"))
        assert done.returncode == 9
        assert "NETCTL-E0419" in done.stderr
        assert list(folder.iterdir()) == []
    finally:
        subprocess.run(["umount", folder], check=True)
