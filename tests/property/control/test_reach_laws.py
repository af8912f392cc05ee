"""Somebody whose roles hold for one organisation never sees and never changes anything of another's, by any use case.

Every function of `netctl.control` that takes a user is called, for people with any roles for the rivers, about changes,
problems, silences and routers of the harbours and the backbone. A new use case fails the test until it has its call.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta

import pytest
from change_seeds import ROOT, add_people, propose, small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from networks import reference
from seeds import Seeds

import netctl.control
from netctl.control.changes import (
    approve,
    listing as change_list,
    look as changes,
    decide,
    documents,
    review,
    review_group,
    waiting,
)
from netctl.control.dns import promote
from netctl.control.records import audit, pages as auditpages
from netctl.control.pages import (
    address_page,
    device_list,
    device_page,
    following,
    overview,
    search,
    site_page,
    topology,
    zone_list,
    zone_page,
)
from netctl.control.watching import last_seen, problems
from netctl.control.rollout import push, push_start, push_watch, resume, rollback, status
from netctl.control.network.atlas import Atlas
from netctl.control.network.declared import Declared
from netctl.control.dns.book import NamesBook
from netctl.control.watching.names_seen import NamesSeen
from netctl.control.watching.watched import Watched
from netctl.errors import NetctlError
from netctl.model.audit import AuditFilter
from netctl.model.moments import now, stamp
from netctl.model.people import ROLES, Grant
from netctl.settings import Settings
from netctl.store import Store

HARBOUR, CORE = "harbours-hq-r1", "core-main-1"


@dataclass
class World:
    """An installation in which much happens to others than the rivers."""

    store: Store
    settings: Settings
    declared: Declared
    foreign: tuple[str, ...]  # changes: of the harbours, of the backbone, of rivers and harbours, of nobody knows whom
    digests: dict[str, str]
    problem: str
    silence: str
    secrets: tuple[str, ...]  # what must not be in any answer
    own: str  # a change of the rivers alone

    def person(self, roles: frozenset[str]) -> str:
        """Somebody with these roles for the rivers."""
        name = "r" + "".join(role[:2] for role in sorted(roles))
        with self.store.writing() as books:
            if name not in {user.name for user in books.users.all()}:
                books.users.add(name, [Grant(role, "rivers") for role in sorted(roles)], "fumi")
        return name

    def head(self) -> int:
        with self.store.reading() as books:
            return books.audit.head().number


def plan_of(*organisations: str):
    """The small plan with its routers given to these organisations, one after the other."""
    plan = small_plan()
    targets = tuple(
        replace(target, organisation=organisations[number % len(organisations)])
        for number, target in enumerate(plan.targets)
    )
    return replace(plan, targets=targets, network_digest=f"{len('-'.join(organisations)):064}")


def seeded(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    """Changes by whose routers they are about, and their digests."""
    made, digests = {}, {}
    for name, owners in {
        "harbours": ("harbours",),
        "backbone": ("",),
        "both": ("rivers", "harbours"),
        "unknown": ("forests",),
        "rivers": ("rivers",),
    }.items():
        change = propose(store, plan_of(*owners), title=f"TITLE-{name}", reason=f"REASON-{name}")
        made[name], digests[change.id] = change.id, change.plan_digest
        review.comment(store, change.id, user="ben", text=f"COMMENT-{name}", digest=change.plan_digest)
    return made, digests


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    chosen = Settings(home=tmp_path_factory.mktemp("home"))
    with Store.open(chosen.database_url, create=True) as store:
        add_people(store)
        made, digests = seeded(store)
        Seeds(reference()).rounds(store, now(), 3, dead=[HARBOUR], cut=["bb1"])
        until = stamp(now() + timedelta(hours=1))
        silence = problems.silence(store, reference(), HARBOUR, user="daichi", reason="REASON-silence", until=until)
        (problem,) = [each.id for each in problems.listing(store, user="daichi") if each.subject == HARBOUR]
        declared = Declared(ROOT, chosen)
        foreign = tuple(made[name] for name in ("harbours", "backbone", "both", "unknown"))
        words = [f"{word}-{name}" for word in ("TITLE", "REASON", "COMMENT") for name in made if name != "rivers"]
        secrets = (*words, *foreign, "REASON-silence", "harbours", HARBOUR, "bb1 ")
        yield World(store, chosen, declared, foreign, digests, problem, silence.id, secrets, made["rivers"])
        declared.close()


Call = Callable[[World, str, str], object]  # the world, who asks, and the change that is none of their business

CALLS: dict[str, Call] = {
    "changes.approve.approve": lambda w, u, c: approve.approve(w.store, c, user=u, digest=w.digests[c]),
    "changes.approve.ask": lambda w, u, c: approve.ask(w.store, c, user=u, digest=w.digests[c], reason="x"),
    "changes.approve.reject": lambda w, u, c: approve.reject(w.store, c, user=u, digest=w.digests[c]),
    "records.audit.anchor": lambda w, u, _: audit.anchor(w.store, w.settings.home / "anchors", user=u),
    "records.audit.log": lambda w, u, _: audit.log(w.store, user=u),
    "records.audit.verify": lambda w, u, _: audit.verify(w.store, user=u),
    "records.pages.actions": lambda w, u, _: auditpages.actions(w.store, user=u),
    "records.pages.every": lambda w, u, _: list(auditpages.every(w.store, user=u, wanted=AuditFilter())),
    "records.pages.page": lambda w, u, _: auditpages.page(w.store, user=u, wanted=AuditFilter()),
    "changes.listing.change_list": lambda w, u, _: change_list.change_list(w.store, user=u),
    "changes.look.listing": lambda w, u, _: changes.listing(w.store, user=u),
    "changes.look.meant": lambda w, u, c: changes.meant(w.store, c, w.digests[c], user=u),
    "changes.look.receipts": lambda w, u, c: changes.receipts(w.store, c, user=u),
    "changes.look.show": lambda w, u, c: changes.show(w.store, c, user=u),
    "changes.look.stop": lambda w, u, c: changes.stop(w.store, c, user=u),
    "changes.decide.decide": lambda w, u, c: decide.decide(
        w.store, c, "approve", user=u, digest=w.digests[c], reason="x"
    ),
    "changes.decide.offer": lambda w, u, c: decide.offer(w.store, c, user=u),
    "pages.device_list.device_list": lambda w, u, _: device_list.device_list(w.store, w.declared.atlas(), user=u),
    "pages.device_page.compare": lambda w, u, _: device_page.compare(
        w.store, w.declared.atlas(), ROOT, HARBOUR, user=u, before="0" * 64, after="0" * 64
    ),
    "pages.device_page.device_page": lambda w, u, _: device_page.device_page(
        w.store, w.declared.atlas(), HARBOUR, user=u
    ),
    "pages.device_page.history": lambda w, u, _: device_page.history(
        w.store, w.declared.atlas(), HARBOUR, user=u, span="day"
    ),
    "changes.documents.facts": lambda w, u, c: documents.facts(
        w.store, w.settings, c, "en", user=u, network=reference()
    ),
    "changes.documents.style": lambda w, u, c: documents.style(w.store, w.settings, c, "plan", "en", user=u),
    "changes.documents.write_file": lambda w, u, c: documents.write_file(
        w.store, ROOT, w.settings, c, kind="plan", language="en", user=u, out=w.settings.home / "plan.pdf"
    ),
    "pages.following.followable": lambda w, u, c: [
        each for each in following.followable(w.store, [f"change:{c}", "changes"], user=u) if each != "changes"
    ],
    "watching.last_seen.last_seen": lambda w, u, _: last_seen.last_seen(ROOT, w.settings, w.store, user=u),
    "pages.address_page.address_page": lambda w, u, _: address_page.address_page(
        w.store, w.declared.atlas(), "", user=u, today=now().date()
    ),
    "pages.overview.health": lambda w, u, _: overview.health(w.store, w.declared.atlas(), user=u),
    "pages.overview.work": lambda w, u, _: overview.work(w.store, user=u),
    "watching.problems.acknowledge": lambda w, u, _: problems.acknowledge(w.store, w.problem, user=u, reason="x"),
    "watching.problems.end_silence": lambda w, u, _: problems.end_silence(
        w.store, reference(), w.silence, user=u, reason="x"
    ),
    "watching.problems.listing": lambda w, u, _: problems.listing(w.store, user=u, state=""),
    "watching.problems.one_silence": lambda w, u, _: problems.one_silence(w.store, reference(), w.silence, user=u),
    "watching.problems.show": lambda w, u, _: problems.show(w.store, w.problem, user=u),
    "watching.problems.silence": lambda w, u, _: problems.silence(
        w.store, reference(), HARBOUR, user=u, reason="x", until=stamp(now() + timedelta(hours=1))
    ),
    "watching.problems.silences": lambda w, u, _: problems.silences(w.store, reference(), user=u),
    "dns.promote.look": lambda w, u, _: promote.look(ROOT, w.settings, w.store, "ns2", user=u),
    "dns.promote.promote": lambda w, u, _: promote.promote(
        ROOT, w.settings, w.store, "ns2", user=u, digest="0" * 64, reason="x"
    ),
    "rollout.push.push": lambda w, u, c: push.push(ROOT, w.settings, c, user=u),
    "rollout.push_start.refusals": lambda w, u, c: push_start.refusals(w.store, w.settings, w.declared, c, user=u),
    "rollout.push_start.refuse": lambda w, u, c: push_start.refuse(w.store, w.settings, w.declared, c, "push", user=u),
    "rollout.push_start.start": lambda w, u, c: push_start.start(
        ROOT, w.settings, w.store, w.declared, change=c, going="push", user=u, digest=w.digests[c]
    ),
    "rollout.push_watch.member": lambda w, u, c: push_watch.member(w.store, w.settings, c, HARBOUR, user=u),
    "rollout.push_watch.watch": lambda w, u, c: push_watch.watch(w.store, w.settings, c, user=u),
    "rollout.resume.resume": lambda w, u, c: resume.resume(ROOT, w.settings, c, user=u),
    "changes.review.comment": lambda w, u, c: review.comment(w.store, c, user=u, text="x", digest=w.digests[c]),
    "changes.review.reply": lambda w, u, c: review.reply(w.store, c, user=u, text="x", to=1),
    "changes.review.review": lambda w, u, c: review.review(w.store, w.settings, c, user=u),
    "changes.review.settle": lambda w, u, c: review.settle(w.store, c, user=u, number=1, resolved=True),
    "changes.review.tick": lambda w, u, c: review.tick(w.store, c, user=u, digest=w.digests[c], group=1, seen=True),
    "changes.review_group.group": lambda w, u, c: review_group.group(w.store, w.declared, c, 1, user=u),
    "rollout.rollback.rollback": lambda w, u, c: rollback.rollback(ROOT, w.settings, c, user=u),
    "pages.search.search": lambda w, u, _: [
        search.search(w.store, w.declared.atlas(), user=u, query=query, names=w.declared.names()).hits
        for query in ("harbours", "TITLE", HARBOUR, "r1", "www.harbours.gov-wan.example", "3fff:100:3::80")
    ],
    "pages.site_page.site_list": lambda w, u, _: site_page.site_list(w.store, w.declared.atlas(), user=u),
    "pages.site_page.site_page": lambda w, u, _: site_page.site_page(
        w.store, w.declared.atlas(), "harbours-hq", user=u
    ),
    "rollout.status.status": lambda w, u, _: status.status(w.store, user=u),
    "pages.topology.topology": lambda w, u, _: topology.topology(w.store, w.declared.atlas(), user=u),
    "pages.zone_list.zone_list": lambda w, u, _: zone_list.zone_list(w.store, w.declared, user=u),
    "pages.zone_list.zones_tile": lambda w, u, _: zone_list.zones_tile(w.store, w.declared, user=u),
    "pages.zone_page.zone_page": lambda w, u, _: zone_page.zone_page(
        w.store, w.declared, "internal", "harbours.gov-wan.example", user=u
    ),
    "changes.waiting.waiting": lambda w, u, _: waiting.waiting(w.store, user=u),
}


def without_tools(answer: object) -> object:
    """An answer without what pages draw it with: the whole network's tables, which are shared and never shown whole.

    That pages show no more than the answer is held in `tests/web/test_routes_and_roles.py`.
    """
    if isinstance(answer, Watched | Atlas | NamesBook | NamesSeen):
        return None
    return [without_tools(getattr(answer, each.name)) for each in fields(answer)] if is_dataclass(answer) else answer


def use_cases() -> set[str]:
    """Every public function of `netctl.control` that is told who asks."""
    found = set()
    for module in pkgutil.walk_packages(netctl.control.__path__, "netctl.control."):
        room, place = importlib.import_module(module.name), module.name.removeprefix("netctl.control.")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            user = inspect.signature(function).parameters.get("user")
            if function.__module__ == room.__name__ and not name.startswith("_") and user is not None:
                found |= {f"{place}.{name}"} if user.kind is user.KEYWORD_ONLY else set()
    return found


def test_every_use_case_that_is_told_who_asks_is_held_to_the_law():
    assert use_cases() == set(CALLS)


@pytest.mark.parametrize("name", sorted(CALLS))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roles=st.frozensets(st.sampled_from(ROLES), min_size=1), which=st.integers(0, 3))
def test_nothing_of_another_organisation_is_told_or_changed(world, name, roles, which):
    user = world.person(roles)
    before = world.head()
    try:
        told = repr(without_tools(CALLS[name](world, user, world.foreign[which])))
    except NetctlError as refusal:
        told = f"{refusal.message} {refusal.hint}".replace(world.foreign[which], "").replace(HARBOUR, "")
        told = told.replace("harbours-hq", "").replace("harbours.gov-wan.example", "")  # what was asked for may be said
    assert [secret for secret in world.secrets if secret in told] == []
    assert world.head() == before, "something was changed"


@pytest.mark.parametrize(
    "name", ["changes.look.show", "changes.review.review", "changes.decide.offer", "rollout.push_watch.watch"]
)
def test_what_is_ones_own_is_told(world, name):
    user = world.person(frozenset({"approver"}))
    assert "TITLE-rivers" in repr(CALLS[name](world, user, world.own))


def test_lists_hold_what_is_ones_own_and_nothing_else(world):
    user = world.person(frozenset({"viewer"}))
    assert [each.id for each in changes.listing(world.store, user=user)] == [world.own]
    assert [each.id for each in changes.listing(world.store, user="emi")] != [world.own]
