"""What people do around a push, on the shared lab: declare, plan, approve, push from a process that may be killed."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from live.filled import fill
from live.small_lab import Lab

from netctl import inventory
from netctl.change import steps
from netctl.control.changes import plan as plan_room
from netctl.control.dns.boxes import server_connector
from netctl.control.rollout import push as push_room
from netctl.control.rollout import resume as resume_room
from netctl.control.rollout import rollback as rollback_room
from netctl.errors import NetctlError
from netctl.model.change import ReceiptLine, Window
from netctl.model.people import Grant
from netctl.services.dns.load import load
from netctl.settings import Settings
from netctl.store import Store

SERVERS = "[3fff:200:1::514, 3fff:200:2::514, 3fff:200:1::51%d]"


@dataclass(frozen=True)
class Ended:
    """How a process ended; `status` is negative for a signal."""

    status: int
    events: list[dict[str, Any]]

    @property
    def last(self) -> dict[str, Any]:
        return self.events[-1] if self.events else {}

    @property
    def states(self) -> dict[str, str]:
        return {member["target"]: member["state"] for member in self.last["report"]["members"]}


class Operations:
    """One test's own store and deadlines on the shared lab."""

    def __init__(self, lab: Lab, home: Path, *, confirm: int = 90, settle: int = 30, connect: int = 10) -> None:
        self.lab = lab
        self.root = lab.root
        self.settings: Settings = replace(
            lab.settings,
            home=home,
            database="",
            confirm_deadline=confirm,
            settle_deadline=settle,
            connect_timeout=connect,
            command_timeout=60,
        )

    def within(self, **values: int) -> Operations:
        """The same with other deadlines."""
        other = Operations(self.lab, self.settings.home)
        other.settings = replace(self.settings, **values)
        return other

    def declare(self, site: str, text: str) -> None:
        """Replace what a site's file says beside its lines; "" for nothing."""
        file = self.root / "inventory" / "sites" / f"{site}.yaml"
        kept = re.sub(r"settings:.*\n", "", file.read_text())
        file.write_text(kept + (f"settings: {text}\n" if text else ""))

    def plan(self, *names: str) -> plan_room.PlanReport:
        return plan_room.plan(self.root, self.settings, names=names)

    def approved(self, *names: str) -> str:
        """A planned, proposed and approved change over these routers, sites or organisations."""
        made = self.plan(*names).plan
        assert not made.unreachable, made.unreachable
        with Store.open(self.settings.database_url, create=True) as store:
            with store.writing() as books:
                if books.users.empty():
                    books.users.add("ann", [Grant("author"), Grant("operator")], "ann")
                    books.users.add("ben", [Grant("approver")], "ann")
                    books.users.add("cho", [Grant("approver")], "ann")
            change = steps.propose(store, made, title="t", reason="r", author="ann", window=Window())
            for user in ("ben", "cho")[: change.approvals_needed]:
                steps.approve(store, change.id, user=user, digest=change.plan_digest)
            return change.id

    def restore(self) -> None:
        """Put every router back to what is declared at once, without the care a push takes: between tests only."""
        network = inventory.load(self.root)
        declared = load(network)
        assert declared is not None
        reach = plan_room.connector(self.root, self.settings, push=True)
        reach_server = server_connector(self.root, self.settings, declared, push=True)
        differing = self.plan().plan.targets
        for share in differing:
            if share.kind == "zone":
                continue
            server = share.kind == "server"
            with (
                reach_server(declared.servers[share.target]) if server else reach(network.devices[share.target]) as box
            ):
                box.stage(share.intended)
                box.commit("netctl-between-tests", 60)
                box.confirm("netctl-between-tests")
        if any(share.kind != "router" for share in differing):
            fill(self.root, self.settings, Path(tempfile.mkdtemp(dir=self.settings.home)))
        assert self.plan().plan.empty

    def run(self, verb: str, change: str, **environ: str) -> Ended:
        return Running(self, verb, change, **environ).wait()

    def receipts(self, change: str, target: str = "") -> tuple[ReceiptLine, ...]:
        with Store.open(self.settings.database_url) as store, store.reading() as books:
            return books.rollout.lines(change, target)


class Running:
    """``netctl VERB CHANGE`` as a forked process: its imports are paid for, and it may be killed."""

    def __init__(self, operations: Operations, verb: str, change: str, **environ: str) -> None:
        self.output = operations.settings.home / f"out-{time.monotonic_ns()}"
        self.output.touch()
        self.pid = os.fork()
        if self.pid == 0:
            self._child(operations, verb, change, environ)

    def _child(self, operations: Operations, verb: str, change: str, environ: dict[str, str]) -> None:
        status = 99
        try:
            os.environ.update(environ)
            file = self.output.open("w")

            def emit(event: dict[str, Any]) -> None:
                file.write(json.dumps(event) + "\n")
                file.flush()

            act = {"push": push_room.push, "resume": resume_room.resume, "rollback": rollback_room.rollback}[verb]
            try:
                report = act(operations.root, operations.settings, change, user="ann", emit=emit)
                status = report.error.exit_status if report.error else 0
                emit({"report": report.as_dict()})
            except NetctlError as error:
                status = error.exit_status
                emit({"error": error.as_dict()})
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(status)

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.output.read_text().splitlines() if line.endswith("}")]

    def until(self, found: Callable[[dict[str, Any]], bool], deadline: float = 180) -> None:
        """Wait for an event."""
        ends = time.monotonic() + deadline
        while not any(found(event) for event in self.events()):
            assert time.monotonic() < ends, self.output.read_text()[-2000:]
            time.sleep(0.05)

    def wait(self, deadline: float = 280) -> Ended:
        ends = time.monotonic() + deadline
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return Ended(os.waitstatus_to_exitcode(status), self.events())
            if time.monotonic() > ends:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                raise AssertionError(f"it never ended: {self.output.read_text()[-2000:]}")
            time.sleep(0.02)


class Pings:
    """Ten echo requests a second from a host to several addresses, until `stop`."""

    def __init__(self, lab: Lab, host: str, *destinations: str) -> None:
        self._lab = lab
        self._host = host
        self._said: dict[str, str] = {}
        self._threads = [threading.Thread(target=self._ping, args=(each,)) for each in destinations]
        for thread in self._threads:
            thread.start()

    def _ping(self, destination: str) -> None:
        self._said[destination] = self._lab.execute(self._host, "ping", "-q", "-i", "0.1", "-W", "2", destination)

    def stop(self) -> dict[str, tuple[int, int]]:
        """(sent, lost) by destination."""
        self._lab.execute(self._host, "pkill", "-INT", "-x", "ping")
        for thread in self._threads:
            thread.join(20)
        found = {}
        for destination, said in self._said.items():
            sent, received = map(int, re.search(r"(\d+) packets transmitted, (\d+) received", said).groups())
            found[destination] = (sent, sent - received)
        return found
