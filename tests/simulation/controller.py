"""A controller in a process of its own, over the simulated network: ``python -m tests.simulation.controller VERB CHANGE``.

Everything but the routers is real: settings, store, DBOS, use cases. The process may be killed at any point, and the
routers, kept in files, go on with their timers.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from netctl.change import steps
from netctl.control.rollout import push as push_room
from netctl.control.rollout import resume as resume_room
from netctl.control.rollout import rollback as rollback_room
from netctl.control.rollout import worker as worker_room
from netctl.errors import NetctlError
from netctl.model.change import Window
from netctl.model.network import Device
from netctl.model.people import Grant
from netctl.model.plan import Plan, Wave
from netctl.push.sheet import Sheet
from netctl.settings import Settings, load
from netctl.store import Store
from tests.simulation.network import Files, Network
from tests.simulation.rollouts import expectation, raise_sites, target_plan


def network_at(home: Path) -> Network:
    boxes = Files(home / "boxes")
    return Network(boxes, {name: json.loads((home / "pairs.json").read_text())[name] for name in boxes})


def build(
    home: Path,
    sites: int,
    extra: dict[str, list[str]] | None = None,
    *,
    database: str = "",
    side_by_side: bool = False,
    confirm: int = 6,
) -> str:
    """A simulated network and an approved change that gives every router one more line; gives the change's number."""
    home.mkdir(parents=True, exist_ok=True)
    deadlines = (
        f"confirm_deadline = {confirm}\nsettle_deadline = 2\nconnect_timeout = 1\nprobe_count = 1\nfetch_workers = 2\n"
    )
    (home / "settings.toml").write_text(deadlines + (f'database = "{database}"\n' if database else ""))
    network = Network(Files(home / "boxes"), {})
    found = raise_sites(network, sites)
    (home / "pairs.json").write_text(json.dumps(network.pairs))
    return propose(home, network, found, extra or {}, side_by_side=side_by_side)


def propose(
    home: Path,
    network: Network,
    sites: dict[str, tuple[str, str]],
    extra: dict[str, list[str]],
    *,
    side_by_side: bool = False,
) -> str:
    """A change of these sites, one a wave, or all in one."""
    targets, waves = [], []
    for number, (site, names) in enumerate(sites.items(), 1):
        waves.append(Wave(number, ((site, names),)))
        for name in names:
            lines = network.lines(name)
            targets.append(target_plan(name, site, lines, [*lines, "syslog new", *extra.get(name, [])]))
    if side_by_side:
        waves = [Wave(1, tuple(sites.items()))]
    plan = Plan("simulated", "0" * 64, "2026-01-01T00:00:00Z", tuple(targets), tuple(waves), ())
    settings = settings_at(home)
    with Store.open(settings.database_url, create=True) as store:
        with store.writing() as books:
            if books.users.empty():
                books.users.add("ann", [Grant("author"), Grant("operator")], "ann")
                books.users.add("ben", [Grant("approver")], "ann")
        change = steps.propose(store, plan, title="t", reason="r", author="ann", window=Window())
        return steps.approve(store, change.id, user="ben", digest=plan.digest).id


def settings_at(home: Path) -> Settings:
    return load({"NETCTL_HOME": str(home)})


def sheet(network: Network, plan: Plan, actor: str) -> Sheet:
    names = sorted(network.pairs)
    facts: dict[str, Any] = {
        "role": "ce", "platform": "frr", "position": 1, "number": 1, "site": "site1", "centre": "",
        "management_address": "3fff:600::1", "host_keys": [], "session_secret": "", "snmp": [],
    }  # fmt: skip
    return Sheet(
        plan=plan.digest,
        direction="forth",
        actor=actor,
        devices={name: facts | {"name": name} for name in names},
        mates=network.pairs,
        expectations={name: list(expectation(name)) for name in names},
    )


def over(home: Path) -> Network:
    """Put the simulated routers below the use cases."""
    network = network_at(home)

    def connector(_root: Path, _settings: Settings, *, push: bool = False) -> Any:
        return lambda device: network.connect(Device.__getattribute__(device, "name"))

    push_room.connector = connector
    for room in (push_room, resume_room):
        room.sheet_of_network = lambda _root, plan, actor, _writer: sheet(network, plan, actor)
    return network


def main() -> int:
    home = Path(os.environ["NETCTL_HOME"])
    over(home)
    settings = settings_at(home)
    verb = sys.argv[1]

    def emit(event: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(event) + "\n")
        sys.stdout.flush()

    if verb == "worker":
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        worker_room.work(home, settings, stop, emit=emit)
        return 0
    act = {"push": push_room.push, "resume": resume_room.resume, "rollback": rollback_room.rollback}[verb]
    try:
        report = act(home, settings, sys.argv[2], user="ann", emit=emit)
    except NetctlError as error:
        sys.stdout.write(json.dumps({"error": error.as_dict()}) + "\n")
        return error.exit_status
    sys.stdout.write(json.dumps({"report": report.as_dict()}) + "\n")
    return report.error.exit_status if report.error else 0


if __name__ == "__main__":
    sys.exit(main())
