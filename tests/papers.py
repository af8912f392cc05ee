"""Changes of the reference network as the store holds them, made through the use cases: for papers, audit and API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from networks import ROOT, reference

from netctl.change import steps
from netctl.control.changes import approve, propose
from netctl.control.people import users
from netctl.devices.rules import rules_of
from netctl.inventory import reference_root
from netctl.model.artefact import Part, RunningState
from netctl.model.change import Change, ReceiptLine
from netctl.model.moments import now, read_moment, stamp
from netctl.model.people import Grant
from netctl.model.plan import Plan
from netctl.plan import Fetched, make_plan
from netctl.push.names import STEPS
from netctl.render.artefacts import Artefacts
from netctl.store import Store

BEGAN = datetime(2026, 11, 22, 12, tzinfo=UTC)
PEOPLE = {
    "aiko": ("author",),
    "ben": ("approver",),
    "chie": ("approver",),
    "daigo": ("operator",),
    "emi": ("auditor",),
    "fumi": ("viewer",),
}
TITLE = "時刻サーバーの切り替え"
REASON = "旧い記録サーバーを廃止するため、\n全拠点の送り先を新しい装置に変えます。"


class Ticking:
    """A clock that goes on one second every time somebody looks."""

    def __init__(self, at: datetime = BEGAN) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@cache
def plan_of(*devices: str) -> Plan:
    """A plan that gives these routers of the reference network another syslog server."""
    network, root = reference(), reference_root()
    renderings = Artefacts(network, ROOT)
    held = {}
    for name in devices:
        artefact = renderings.intended(name)
        parts = tuple(
            Part(part.name, part.text.replace('target="3fff:200:1::514"', 'target="3fff:200:1::500"'))
            for part in artefact.parts
        )
        held[name] = RunningState(name, artefact.platform, parts)
    return make_plan(network, renderings, Fetched(held, {}, ()), "2026-11-22T11:00:00.000000Z", rules_of(root))


def peopled(store: Store) -> Store:
    """The store with one person of each kind; `root` is admin by having added them."""
    for name, roles in PEOPLE.items():
        users.add(store, name, [Grant(role) for role in roles], actor="root")
    return store


def proposed(store: Store, *devices: str, title: str = TITLE) -> Change:
    """A change that waits for approval."""
    return propose.propose(store, plan_of(*devices), title=title, reason=REASON, author="aiko")


def approved(store: Store, *devices: str) -> Change:
    """A change that ben approved."""
    change = proposed(store, *devices)
    for name in ("ben", "chie")[: change.approvals_needed]:
        change = approve.approve(store, change.id, user=name, digest=change.plan_digest, reason="差分を確認しました")
    return change


def pushed(store: Store, *devices: str, failing: str = "") -> Change:
    """A change that daigo carried out; the router `failing` was put back, and those after it stayed untouched."""
    change = approved(store, *devices)
    _, plan = steps.begin_push(store, change.id, user="daigo")
    stopped = False
    for name in [name for wave in plan.waves for _, members in wave.groups for name in members]:
        if stopped:
            _member(store, change.id, name, "untouched", "an earlier wave did not end well")
            continue
        _member(store, change.id, name, "in_flight", "")
        stopped = name == failing
        _steps(store, change.id, name, failing=stopped)
        told = "verify: bgp 3fff:400::1 is Idle; it holds the state before the change again"
        _member(store, change.id, name, *(("rolled_back", told) if stopped else ("done", "changed and verified")))
    end = steps.stop if stopped else steps.finish
    return end(store, change.id, actor="daigo", detail="")


def _steps(store: Store, change: str, target: str, *, failing: bool) -> None:
    names = (*STEPS[: STEPS.index("verify")], "roll-back") if failing else STEPS
    for step in names:
        for outcome in ("begun", "ok"):
            with store.writing() as books:
                books.rollout.write(ReceiptLine(change, target, step, outcome, "", "daigo@noc:1", ""))


def _member(store: Store, change: str, target: str, state: str, detail: str) -> None:
    with store.writing() as books:
        books.rollout.set_member(change, target, state, detail, "daigo")


def local_day(at: str) -> str:
    """The day of a moment where this installation's people live, as a form takes it."""
    return read_moment(at).astimezone(ZoneInfo("Asia/Tokyo")).strftime("%Y-%m-%d")


def in_hours(hours: int) -> str:
    """The moment so many hours from now, by the clock on the wall."""
    return stamp(now() + timedelta(hours=hours))
