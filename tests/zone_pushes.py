"""Changes of zones on real name servers: planned, approved, and pushed by a process that may be killed."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.simulation.processes import Ended, Running

from netctl.control.changes.approve import approve
from netctl.control.changes.plan import plan
from netctl.control.changes.propose import propose
from netctl.control.rollout.push import push
from netctl.control.rollout.resume import resume
from netctl.control.rollout.rollback import rollback
from netctl.errors import NetctlError
from netctl.model.change import ReceiptLine
from netctl.model.people import Grant
from netctl.model.plan import Plan
from netctl.settings import Settings, load
from netctl.store import Store

VERBS = {"push": push, "resume": resume, "rollback": rollback}


@dataclass
class Office:
    """Who plans, approves and pushes; each push is a process of its own."""

    root: Path
    home: Path

    def open(self, **values: Any) -> None:
        """An installation with its settings and people."""
        self.home.mkdir(parents=True, exist_ok=True)
        told = {"confirm_deadline": 12, "settle_deadline": 6, "connect_timeout": 2, "command_timeout": 5} | values
        lines = (f"{name} = {json.dumps(value)}\n" for name, value in told.items())
        (self.home / "settings.toml").write_text("".join(lines))
        self.staff()

    def staff(self) -> None:
        """An author who may push, and two approvers."""
        with Store.open(self.settings.database_url, create=True) as store, store.writing() as books:
            if any(user.name == "ann" for user in books.users.all()):
                return
            books.users.add("ann", [Grant("author"), Grant("operator")], "ann")
            books.users.add("ben", [Grant("approver")], "ann")
            books.users.add("eva", [Grant("approver")], "ann")

    @property
    def settings(self) -> Settings:
        return load({"NETCTL_HOME": str(self.home)})

    def plan(self, *names: str, allow: tuple[str, ...] = ()) -> Plan:
        return plan(self.root, self.settings, names=names, allow=allow).plan

    def approved(self, made: Plan) -> str:
        """The number of a change with this plan that may be pushed."""
        with Store.open(self.settings.database_url) as store:
            change = propose(store, made, title="t", reason="r", author="ann").id
            for user in ("ben", "eva"):
                approve(store, change, user=user, digest=made.digest)
        return change

    def begin(self, verb: str, change: str, **environ: str) -> Running:
        """A process that was started."""
        return Running(self.home, verb, change, main=self._main, **environ)

    def run(self, verb: str, change: str, *, seconds: float = 60, **environ: str) -> Ended:
        """How such a process ended."""
        return self.begin(verb, change, **environ).wait(seconds)

    def lines(self, change: str, target: str = "") -> tuple[ReceiptLine, ...]:
        with Store.open(self.settings.database_url) as store, store.reading() as books:
            return books.rollout.lines(change, target)

    def told(self, change: str, target: str, step: str) -> str:
        """What the receipt says of the end of a step."""
        return next(line.detail for line in reversed(self.lines(change, target)) if line.step == step)

    def _main(self) -> int:
        def emit(event: dict[str, Any]) -> None:
            sys.stdout.write(json.dumps(event, default=str) + "\n")
            sys.stdout.flush()

        try:
            report = VERBS[sys.argv[1]](self.root, self.settings, sys.argv[2], user="ann", emit=emit)
        except NetctlError as error:
            emit({"error": error.as_dict()})
            return error.exit_status
        emit({"report": report.as_dict()})
        return report.error.exit_status if report.error else 0


def crash(target: str, step: str, when: str) -> dict[str, str]:
    """The process of a push kills itself there."""
    return {"NETCTL_CRASH_AT": f"{target}:{step}:{when}"}
