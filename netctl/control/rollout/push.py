"""An approved change is carried out; so is the rest of one that stopped, and the way back of one that was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from netctl import inventory
from netctl.change import steps
from netctl.control.books import open_store
from netctl.control.changes.plan import connector, rules_for
from netctl.control.dns.names import names_digest
from netctl.control.dns.overdue import take_back_overdue_writes
from netctl.control.dns.writer import writer_in
from netctl.errors import (
    GroupBusy,
    MemberUnknown,
    NamesMoved,
    NetctlError,
    NetworkMoved,
    RolloutHalted,
    RolloutNeedsResume,
    RolloutStopped,
    WorkerAlive,
    WrongState,
)
from netctl.model.change import Change, ChangeState, MemberVerdict
from netctl.model.network import Network
from netctl.model.plan import Plan
from netctl.push.boxes import boxes
from netctl.push.engine import Engine, Halted, refuse_contradicting
from netctl.push.liveness import workers_of
from netctl.push.rollout import ROLLOUT, rollout
from netctl.push.sheet import Sheet, make_sheet
from netctl.push.zoneways import refuse_without_keys
from netctl.services import routing
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.load import load as load_names
from netctl.settings import Settings
from netctl.store import Store

__all__ = ["PushReport", "push"]

Emit = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class PushReport:
    """How a push ended and where every member stands. `already` is true where there was nothing left to do."""

    change: str
    state: ChangeState
    members: tuple[MemberVerdict, ...]
    already: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON output shows it."""
        return asdict(self)

    @property
    def error(self) -> NetctlError | None:
        """What a push that did not end well exits with; `None` where every member is done."""
        if self.state == "rolled_back" or all(member.state == "done" for member in self.members):
            return None
        for member in self.members:
            if member.state == "unknown":
                return MemberUnknown(f"nobody knows what {member.target} holds: {member.detail}", where=self.change)
        for member in self.members:
            if member.state in {"failed", "rolled_back"}:
                return RolloutStopped(f"{member.target}: {member.detail}", where=self.change)
        return RolloutHalted("the rollout stopped before its end", where=self.change)


def push(root: Path, settings: Settings, change: str, *, user: str, emit: Emit = lambda _event: None) -> PushReport:
    """Carry an approved change out; pushing one that is done changes nothing (safety law 10).

    `emit` is given events as plain data while it goes on. The first Ctrl-C asks to stop between two members, the
    second leaves at once; routers then take unconfirmed commits back by themselves. Raises `NotAllowed`,
    `WrongState`, `OutsideWindow`, `PlanTampered`, `NetworkMoved`, `NamesMoved`, `NameOfAnother`, `GroupBusy`,
    `RolloutNeedsResume`, `WorkerAlive`, `DeadlinesContradict`, `SecretMissing`, `StoreError`. A push that began always
    gives a report: see its `error`.
    """
    refuse_contradicting(settings)
    with open_store(settings) as store:
        found = look_up(store, change)
        steps.require_role(store, user, "push", found.id)
        if found.state == "done":
            return report(store, found.id, already=True)
        refuse_alive_or_dead(store, found)
        plan = _plan_of(store, found)
        _refuse_beside_unclear(store, found, plan)
        sheet = sheet_of_network(root, plan, user, writer_in(store))
        refuse_without_keys(sheet, plan, settings)
        take_back_overdue(root, settings, store, found.id, emit)
        with engine_for(root, settings, store, emit) as engine:
            engine.announce(found.id)
            steps.begin_push(store, found.id, user=user)
            drive(engine, found.id, sheet, user)
        return report(store, found.id)


def look_up(store: Store, change: str) -> Change:
    """The change; raises `UnknownChange`."""
    with store.reading() as books:
        return books.changes.get(change)


def report(store: Store, change: str, *, already: bool = False) -> PushReport:
    """Where a change and its members stand now."""
    with store.reading() as books:
        found = books.changes.get(change)
        return PushReport(found.id, found.state, books.rollout.members(found.id), already)


def refuse_alive_or_dead(store: Store, change: Change) -> None:
    """Nothing, or why no rollout may begin: this change's is under way or died, or another change's died."""
    with store.reading() as books:
        workers = books.workers.all()
        under_way = books.changes.all(("pushing",))
    for other in under_way:
        living = workers_of(workers, other.id)
        if other.id == change.id and living:
            raise WorkerAlive(f"{change.id} is being pushed by {living[0]}", where=change.id)
        if not living:
            raise RolloutNeedsResume(
                f"the worker of {other.id} died in the middle of its push",
                where=other.id,
                hint=f"`netctl resume {other.id}` reads everything in flight and goes on from there",
            )


def take_back_overdue(root: Path, settings: Settings, store: Store, change: str, emit: Emit) -> None:
    """Before anything is begun: zones hold nothing that nobody confirmed in time."""
    for each in take_back_overdue_writes(root, settings, store):
        place, detail = str(each.write.place), str(each.error or each.write.note)
        emit({"event": "taken-back", "change": change, "target": place, "state": each.write.state, "detail": detail})


def sheet_of_network(root: Path, plan: Plan, actor: str, writer: str = "") -> Sheet:
    """The sheet of an approved plan, where `writer` takes updates of zones.

    Raises `NetworkMoved` or `NamesMoved` unless what is declared is still what was approved, and what `names_sheet`
    raises.
    """
    network = inventory.load(root)
    if network.digest != plan.network_digest:
        raise NetworkMoved(
            f"the plan was made of network {plan.network_digest[:12]}, the files declare {network.digest[:12]} now",
            where=str(root),
        )
    routers_only = all(target.kind == "router" for target in plan.targets)
    declared = None if routers_only and not plan.names_digest else _declared_names(network, plan, root)
    return make_sheet(network, routing.derive(network), plan, actor, declared=declared, writer=writer)


def _declared_names(network: Network, plan: Plan, root: Path) -> DeclaredDns:
    declared = load_names(network)
    now = names_digest(declared) if declared is not None else ""
    if declared is None or now != plan.names_digest:
        told = f"the plan was made of names {plan.names_digest[:12]}, the files declare {now[:12] or 'none'} now"
        raise NamesMoved(told, where=str(root / "dns"))
    return declared


class engine_for:  # noqa: N801  reads as a function where it is used
    """An engine that runs inside the ``with`` and is stopped in good order at its end."""

    def __init__(self, root: Path, settings: Settings, store: Store, emit: Emit) -> None:
        reach, ways = connector(root, settings, push=True), boxes(root, settings)
        self._engine = Engine(settings, store, reach, boxes=ways, rules=rules_for(root), emit=emit)

    def __enter__(self) -> Engine:
        self._engine.start()
        return self._engine

    def __exit__(self, *_: object) -> None:
        self._engine.stop()


def refuse_if_keys_are_missing(engine: Engine, change: str, settings: Settings) -> None:
    """Nothing, or `SecretMissing` where this host cannot write what the change's last rollout writes."""
    for begun in engine.rollouts(change, ROLLOUT)[-1:]:
        sheet: Sheet = begun.arguments[2]
        refuse_without_keys(sheet, engine.plan(sheet["plan"]), settings)


def drive(engine: Engine, change: str, sheet: Sheet, user: str) -> None:
    """Begin the change's next rollout and wait for its end."""
    identity = f"{change}.{len(engine.rollouts(change, ROLLOUT)) + 1}"
    follow(engine, change, user, lambda: engine.drive(change, rollout, identity, change, identity, sheet))


def follow(engine: Engine, change: str, user: str, wait: Callable[[], object]) -> None:
    """Wait for a rollout; the first Ctrl-C asks it to stop, and what halted this worker is raised as it was.

    A way back is left at once: said again, it goes on.
    """
    try:
        try:
            wait()
        except KeyboardInterrupt:
            engine.emit({"event": "stopping", "change": change, "target": ""})
            try:
                steps.request_stop(engine.store, change, user=user, reason="interrupted")
                wait()
            except (KeyboardInterrupt, WrongState):  # again, or on a way back, which cannot be asked to stop
                raise engine.halt(KeyboardInterrupt()) from None
    except Halted as halted:
        raise halted.cause from None


def _plan_of(store: Store, change: Change) -> Plan:
    with store.reading() as books:
        return books.plans.get(change.plan_digest)


def _refuse_beside_unclear(store: Store, change: Change, plan: Plan) -> None:
    """Nothing, or `GroupBusy` where a member of a group of this plan is unknown since another change."""
    groups = {member: group for wave in plan.waves for group, members in wave.groups for member in members}
    with store.reading() as books:
        for other in books.changes.all(("unknown",)):
            shares = {target.target: target.group for target in books.plans.get(other.plan_digest).targets}
            for member in books.rollout.members(other.id):
                if other.id != change.id and member.state == "unknown" and shares[member.target] in groups.values():
                    raise GroupBusy(
                        f"nobody knows what {member.target} holds since {other.id}",
                        where=change.id,
                        hint=f"`netctl resume {other.id}` first",
                    )
