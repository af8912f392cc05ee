"""Changes to look at: plans of the reference network as `netctl plan` makes them, and a large one made up."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from netctl.change import steps
from netctl.devices.rules import rules_of
from netctl.inventory import load, reference_root
from netctl.model.artefact import Part, RunningState
from netctl.model.change import Change, Window
from netctl.model.people import Grant
from netctl.model.plan import DiffLine, Finding, Plan, TargetPlan, Wave
from netctl.plan import Fetched, make_plan
from netctl.render.artefacts import Artefacts
from netctl.store import Store

ROOT = reference_root()
MADE_AT = "2026-11-22T06:00:00Z"

# What routers hold instead of what is declared: an old syslog server everywhere, and more at one site.
OLD_SYSLOG = ('target="3fff:200:1::514"', 'target="3fff:200:1::500"')
OLD_TIMERS = ("neighbor 203.0.113.4 timers connect 5", "neighbor 203.0.113.4 timers connect 30")

PEOPLE = {
    "aiko": ("author", "operator"),
    "ben": ("approver",),
    "chie": ("approver",),
    "daichi": ("operator",),
    "emi": ("viewer",),
    "fumi": ("auditor", "admin"),
}


@cache
def small_plan() -> Plan:
    """A real plan: five routers in a few groups of one difference, of two organisations."""
    network = load(ROOT)
    renderings = Artefacts(network, ROOT)
    held = {}
    for name in ("rivers-hq-r1", "rivers-hq-r2", "rivers-east-r1", "rivers-east-r2", "harbours-hq-r1"):
        artefact = renderings.intended(name)
        texts = [part.text.replace(*OLD_SYSLOG) for part in artefact.parts]
        if name == "rivers-hq-r1":
            texts = [text.replace(*OLD_TIMERS) for text in texts]
        parts = tuple(Part(part.name, text) for part, text in zip(artefact.parts, texts, strict=True))
        held[name] = RunningState(name, artefact.platform, parts)
    return make_plan(network, renderings, Fetched(held, {}, ()), MADE_AT, rules_of(ROOT))


def large_plan(routers: int = 2000, groups: int = 3) -> Plan:
    """Many routers, few differences; configurations of a real length."""
    text = "\n".join(f"interface eth{number} and what stands below it" for number in range(250))
    targets = tuple(
        TargetPlan(
            target=f"site-{number // 2}-r{number % 2 + 1}",
            platform="frr",
            group=f"site-{number // 2}",
            running_digest="0" * 64,
            intended=(Part("frr.conf", f"{text}{number}"),),
            drained=(Part("frr.conf", f"{text} drained"),),
            drain=(Part("frr.conf", "x"),),
            diff=_difference(number // 2 % groups),
            commands="configure terminal\nrouter bgp 64500\nend",
            rollback="configure terminal\nno router bgp 64500\nend",
            organisation="rivers" if number % 4 < 2 else "harbours",
        )
        for number in range(routers)
    )
    sites = tuple(f"site-{number}" for number in range(routers // 2))
    waves, at, size = [], 0, 1
    while at < len(sites):
        batch = tuple((site, (f"{site}-r2", f"{site}-r1")) for site in sites[at : at + size])
        waves.append(Wave(len(waves) + 1, batch))
        at, size = at + size, min(size * 2, 64)
    findings = (
        Finding("RISK-MANY-SITES", "medium", "", f"{len(sites)} of 3000 sites change"),
        *(Finding("RISK-SESSION-REMOVED", "medium", target.target, "a BGP session goes away") for target in targets),
    )
    return Plan("gov-wan", "1" * 64, MADE_AT, targets, tuple(waves), findings)


def _difference(kind: int) -> tuple[DiffLine, ...]:
    return (
        DiffLine("context", "frr.conf", 0, "router bgp 64500"),
        *(
            DiffLine(op, "frr.conf", 1, f"neighbor 3fff:400::{line} timers {kind} {seconds}", "templates/frr/bgp.j2:14")
            for line in range(12)
            for op, seconds in (("remove", 30), ("add", 10))
        ),
    )


def add_people(store: Store) -> None:
    """Those of `PEOPLE`, for the whole network."""
    with store.writing() as books:
        for name, roles in PEOPLE.items():
            books.users.add(name, [Grant(role) for role in roles], name)


def propose(store: Store, plan: Plan | None = None, **more: object) -> Change:
    """A change of aiko's about the small plan, or another one."""
    words = {
        "title": "新しいsyslogサーバーへ切り替える",
        "reason": "古いサーバーが11月末で止まるため",
        "window": Window(),
    }
    return steps.propose(store, plan or small_plan(), author="aiko", **{**words, **more})


def revised(plan: Plan) -> Plan:
    """The plan with another digest and the same differences."""
    return replace(plan, findings=(*plan.findings, Finding("RISK-PAIR", "info", "", "looked at again")))
