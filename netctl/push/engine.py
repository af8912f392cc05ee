"""The one place that knows DBOS: a process that may carry out rollouts, durably (ADR 0003).

DBOS remembers how each step of a workflow ended. A workflow whose process died stays as it is, and keeps its redundancy
group busy, until a person's `netctl resume` hands it on. Two limits are kept by the database, not by this code: a queue
whose partitions are redundancy groups runs one workflow a partition, on any number of workers (safety law 1).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetEnqueueOptions, SetWorkflowID

from netctl.devices.rules import RulesOf
from netctl.devices.target import Target
from netctl.errors import DeadlinesContradict
from netctl.model.network import Device
from netctl.model.plan import Plan, TargetPlan
from netctl.push.bench import Deadlines
from netctl.push.boxes import Boxes, no_boxes
from netctl.push.liveness import Heartbeat, alive, worker_name
from netctl.settings import Settings
from netctl.store import Store
from netctl.store.engine import parse

QUEUE = "netctl-groups"
VERSION = "rollout-1"  # of each course's order of steps: no process of another version takes this one's rollouts over
_RECOVERY_QUEUE = "_dbos_internal_queue"

Event = dict[str, Any]


class Halted(BaseException):
    """A worker can go on with nothing; its rollouts stay as they are, to be resumed. `cause` says why.

    Not an `Exception`, so that DBOS does not record it as how the rollout ended.
    """

    def __init__(self, cause: BaseException) -> None:
        super().__init__(str(cause))
        self.cause = cause


class Begun(NamedTuple):
    """A rollout that was begun once, with the arguments it was begun with."""

    identity: str
    ended: bool
    arguments: tuple[Any, ...]


class Engine:
    """A process that carries out rollouts, between `start` and `stop`; one a process."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        connect: Callable[[Device], Target],
        *,
        boxes: Boxes | None = None,
        rules: RulesOf = lambda _platform: None,
        emit: Callable[[Event], None] = lambda _event: None,
    ) -> None:
        refuse_contradicting(settings)
        self.settings = settings
        self.store = store
        self.connect = connect
        self.boxes = boxes or no_boxes()
        self.rules = rules
        self.emit = emit
        self.worker = worker_name()
        self.driving: set[str] = set()
        self.halted: BaseException | None = None
        self._plans: dict[str, Plan] = {}
        self._shares: dict[str, dict[str, TargetPlan]] = {}
        self._fences: dict[str, int] = {}
        self._lock = threading.Lock()
        self._heartbeat = Heartbeat(store, self.worker, lambda: " ".join(sorted(self.driving)))

    @property
    def deadlines(self) -> Deadlines:
        """As the settings say."""
        settle = self.settings.settle_deadline
        return Deadlines(
            confirm=self.settings.confirm_deadline,
            settle=settle,
            mate=min(10, settle),
            patience=self.settings.confirm_deadline + min(30, self.settings.confirm_deadline),
        )

    def plan(self, digest: str) -> Plan:
        """The store's copy of a plan, checked against its digest once a process (safety law 4)."""
        with self._lock:
            if digest not in self._plans:
                with self.store.reading() as books:
                    self._plans[digest] = books.plans.get(digest)
            return self._plans[digest]

    def share(self, digest: str, target: str) -> TargetPlan:
        """One target's share of a plan."""
        found = self.find_share(digest, target)
        if found is None:
            raise LookupError(f"{target} is not in plan {digest[:12]}")
        return found

    def find_share(self, digest: str, target: str) -> TargetPlan | None:
        """The same, None where the plan does not speak of the target."""
        plan = self.plan(digest)
        with self._lock:
            if digest not in self._shares:
                self._shares[digest] = {each.target: each for each in plan.targets}
            return self._shares[digest].get(target)

    def take_fence(self, scope: str) -> None:
        """From here on, an older worker on the same scope finds that it was replaced."""
        with self.store.writing() as books:
            self._fences[scope] = books.leases.take(scope, self.worker, 0)

    def check_fence(self, scope: str) -> None:
        """Raises `LeaseLost` where another worker took the scope over while this one slept."""
        with self.store.reading() as books:
            books.leases.check(scope, self._fences[scope])

    def refuse_halted(self) -> None:
        """Raises `Halted` once this worker can go on with nothing."""
        if self.halted is not None:
            raise Halted(self.halted)

    def pause(self, seconds: float) -> None:
        """Wait, as steps do between two looks at a router; not past a halt."""
        self.refuse_halted()
        time.sleep(seconds)

    def announce(self, change: str) -> None:
        """Say in the store, before anything else, that this worker drives a change."""
        self.driving.add(change)
        self._heartbeat.beat()

    def drive(self, change: str, workflow: Callable[..., Any], identity: str, *arguments: Any) -> Any:
        """Carry out a rollout and give its result; one that was begun already is not begun again.

        Raises what stopped this worker where it could not go on.
        """
        self.announce(change)
        with SetWorkflowID(identity):
            DBOS.start_workflow(workflow, *arguments)
        return self.result(identity)

    def result(self, identity: str) -> Any:
        """How a rollout under way ends."""
        self.wait([identity])
        return DBOS.retrieve_workflow(identity).get_result()

    def enqueue(self, identity: str, group: str, workflow: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
        """Queue a group's change behind whatever changes that group now; gives the way to its result."""
        with SetWorkflowID(identity), SetEnqueueOptions(queue_partition_key=group):
            handle = DBOS.enqueue_workflow(QUEUE, workflow, *arguments)
        return handle.get_result

    def wait(self, identities: list[str]) -> None:
        """Until all have ended. Raises `Halted` when this worker can do nothing more.

        Asked from a thread of its own: what a workflow asks DBOS is journalled, and waiting is nothing to remember.
        """
        ended = threading.Event()

        def ask() -> None:
            pause = 0.1  # a question costs milliseconds of computing, and a rollout takes minutes
            while not ended.wait(pause):
                pause = min(0.5, pause * 1.2)
                if self.halted is not None or not _unfinished(identities):
                    ended.set()

        thread = threading.Thread(target=ask, name="wait", daemon=True)
        thread.start()
        ended.wait()
        if self.halted is not None:
            raise Halted(self.halted)

    def halt(self, cause: BaseException) -> Halted:
        """Stop this worker's rollouts where they are; gives the exception to raise."""
        self.halted = cause
        return Halted(cause)

    def take_over(self, change: str) -> list[str]:
        """Hand on everything of `change` that hangs on a worker that is dead; gives what was handed on.

        Doing it twice does it once: DBOS compares the worker, and the first one to take a rollout owns it.
        """
        database = _system_database()
        with self.store.reading() as books:
            living = {worker.name for worker in books.workers.all() if alive(worker)}
        taken = []
        for status in DBOS.list_workflows(workflow_id_prefix=f"{change}.", status="PENDING", load_input=False):
            owner = status.executor_id or ""
            if owner not in living and database.reenqueue_for_recovery(status.workflow_id, [owner], _RECOVERY_QUEUE):
                taken.append(status.workflow_id)
        return taken

    def rollouts(self, change: str, name: str) -> list[Begun]:
        """All rollouts of a change, oldest first."""
        found = DBOS.list_workflows(workflow_id_prefix=f"{change}.", name=name, load_output=False)
        begun = [
            Begun(status.workflow_id, status.status not in {"PENDING", "ENQUEUED", "DELAYED"}, _arguments(status.input))
            for status in found
        ]
        return sorted(begun, key=lambda each: (len(each.identity), each.identity))

    def start(self, *, serve: bool = True) -> None:
        """Begin to take work; without `serve` only what this process drives itself."""
        global _running  # noqa: PLW0603  DBOS is one a process, and finds its functions by module
        logging.getLogger("dbos").setLevel(logging.CRITICAL)  # it logs tracebacks of errors that we tell in one line
        DBOS(config=_config(self.settings, self.worker))
        if not serve:
            DBOS.listen_queues([])
        DBOS.launch()
        _running = self
        DBOS.register_queue(
            QUEUE,
            partition_concurrency=1,
            worker_concurrency=self.settings.fetch_workers,
            polling_interval_sec=0.5,
            on_conflict="always_update",
        )
        self._heartbeat.start()

    def stop(self) -> None:
        """Take no more work, wait for what is under way here unless this worker is halted, and leave."""
        global _running  # noqa: PLW0603  as above
        busy = self.halted is None and bool(_active())
        DBOS.destroy(workflow_completion_timeout_sec=24 * 3600 if busy else 0)
        _running = None
        self._heartbeat.stop(leave=self.halted is None)


_running: Engine | None = None


def running() -> Engine:
    """The engine of this process, for the workflows that DBOS calls."""
    if _running is None:
        raise RuntimeError("a rollout was called outside an engine")
    return _running


def refuse_contradicting(settings: Settings) -> None:
    """Nothing, or `DeadlinesContradict` where a router would revert before its checks can end."""
    longest = settings.settle_deadline + 2 * settings.connect_timeout
    if settings.confirm_deadline <= longest:
        raise DeadlinesContradict(
            f"confirm_deadline is {settings.confirm_deadline} s, but checks may take {longest} s "
            "(settle_deadline and two connections)"
        )


def system_database(settings: Settings) -> str:
    """Where DBOS keeps its journal: beside the store's file, or in a schema of its own on PostgreSQL."""
    url = parse(settings.database_url)
    if url.get_backend_name() != "sqlite":
        return url.set(drivername="postgresql").render_as_string(hide_password=False)
    folder = Path(url.database or str(settings.home / "netctl.db")).parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return f"sqlite:///{folder / 'rollouts.db'}"


def _config(settings: Settings, worker: str) -> DBOSConfig:
    return DBOSConfig(
        name="netctl",
        system_database_url=system_database(settings),
        dbos_system_schema="netctl_rollouts",
        application_version=VERSION,
        executor_id=worker,
        serializer=DBOSPortableJSONSerializer(),
        enable_otlp=False,
        log_level="CRITICAL",
        notification_listener_polling_interval_sec=0.5,
    )


def _unfinished(identities: Iterable[str]) -> bool:
    wanted = list(identities)
    found = DBOS.list_workflows(workflow_ids=wanted, load_input=False, load_output=False)
    return len(found) < len(wanted) or any(status.status in {"PENDING", "ENQUEUED", "DELAYED"} for status in found)


def _arguments(given: Any) -> tuple[Any, ...]:
    return tuple(given["args"]) if given else ()


def _system_database() -> Any:
    """DBOS's own door for recovery: public functions recover all of a worker, or do not look whose a workflow is."""
    from dbos._dbos import _get_dbos_instance  # noqa: PLC0415  see above; the major version is pinned

    return _get_dbos_instance()._sys_db  # noqa: SLF001  as above


def _active() -> list[str]:
    from dbos._dbos import _get_dbos_instance  # noqa: PLC0415  no public function tells

    return list(_get_dbos_instance()._active_workflows_set.activeList())  # noqa: SLF001  as above
