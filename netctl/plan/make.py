"""One plan out of a network, its renderings and what routers hold now; and of its names, where they are part of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Protocol

from netctl.config.commands import Hazard, Session
from netctl.config.diff import Orders, diff_parts, orders_of, same
from netctl.config.quiet import collector_resting
from netctl.devices.rules import RulesOf
from netctl.model.artefact import Artefact, Part, RunningState
from netctl.model.network import Network
from netctl.model.plan import Finding, Plan, TargetPlan
from netctl.plan.fetch import Fetched
from netctl.plan.namerisk import server_risks, zone_risks
from netctl.plan.names import NamesShare
from netctl.plan.risk import by_gravity, find_risks
from netctl.plan.servers import server_targets
from netctl.plan.waves import order_all, order_waves
from netctl.plan.zones import ZoneTargets, zone_targets


class Renderer(Protocol):
    """The three renderings of one device. Only devices that differ are asked for more than the first."""

    def intended(self, device: str) -> Artefact: ...
    def drained(self, device: str) -> Artefact: ...
    def drain(self, device: str) -> tuple[Part, ...]: ...


def make_plan(network: Network, renderer: Renderer, fetched: Fetched, created_at: str, rules: RulesOf) -> Plan:
    """The plan for every fetched device; the same inputs give the same digest."""
    targets = []
    hazards: dict[str, tuple[Hazard, ...]] = {}
    for name in sorted(fetched.states, key=lambda name: _order(network, name)):
        target = _plan_target(network, renderer, fetched.states[name], rules, hazards)
        if target.changed:
            targets.append(target)
    changed = {target.target for target in targets}
    drained = _running_drained(network, renderer, fetched, changed, rules)
    return Plan(
        network=network.name,
        network_digest=network.digest,
        created_at=created_at,
        targets=tuple(targets),
        waves=order_waves(network, changed),
        findings=find_risks(network, tuple(targets), fetched.pending, drained, hazards),
        unreachable=fetched.unreachable,
    )


@collector_resting()
def with_names(plan: Plan, network: Network, share: NamesShare, rules: RulesOf) -> Plan:
    """The plan of routers with name servers and zones beside them, in one order; the same inputs give the same digest.

    Where routers change, what leaves zones is a step of its own before them.
    """
    servers = server_targets(share.servers, rules)
    zones = zone_targets(share.zones, share.places, routers=bool(plan.targets))
    leaving = tuple(zone.leaving for zone in zones if zone.leaving)
    rest = tuple(zone.rest for zone in zones if zone.rest and not zone.share.catalog)
    catalogs = tuple(zone.rest for zone in zones if zone.rest and zone.share.catalog)
    return replace(
        plan,
        targets=(*servers, *leaving, *plan.targets, *catalogs, *rest),
        waves=order_all(servers, leaving, plan.waves, rest, catalogs),
        findings=by_gravity((*plan.findings, *_findings(network, share, servers, zones))),
        unreachable=tuple(sorted((*plan.unreachable, *share.unreachable))),
        names_digest=share.digest,
        allowances=share.allowances,
    )


def _findings(
    network: Network, share: NamesShare, servers: tuple[TargetPlan, ...], zones: tuple[ZoneTargets, ...]
) -> Iterator[Finding]:
    yield from server_risks(share.servers, servers, share.roles)
    yield from zone_risks(network, zones, share.allowances)


def _order(network: Network, name: str) -> tuple[int, int, str]:
    device = network.devices[name]
    return (("ce", "border", "core").index(device.role), device.number, name)


def _plan_target(
    network: Network,
    renderer: Renderer,
    state: RunningState,
    rules: RulesOf,
    hazards: dict[str, tuple[Hazard, ...]],
) -> TargetPlan:
    name = state.target
    artefact = renderer.intended(name)
    platform = rules(artefact.platform)
    lines = diff_parts(state.parts, artefact.parts, platform, artefact.origin)
    session = Session(address=network.devices[name].management_address)
    orders = orders_of(state.parts, artefact.parts, platform, session) if lines else Orders("", "", ())
    hazards[name] = orders.hazards
    return TargetPlan(
        target=name,
        platform=artefact.platform,
        group=network.group_of(name).id,
        running_digest=state.digest,
        intended=artefact.parts,
        drained=renderer.drained(name).parts if lines else (),
        drain=renderer.drain(name) if lines else (),
        diff=lines,
        commands=orders.commands,
        rollback=orders.rollback,
        organisation=network.organisation_of(name),
    )


def _running_drained(
    network: Network, renderer: Renderer, fetched: Fetched, changed: Collection[str], rules: RulesOf
) -> tuple[str, ...]:
    """Routers of touched groups whose running state is their own drained rendering."""
    touched = {member for name in changed for member in network.group_of(name).members}
    found = []
    for name in sorted(touched & fetched.states.keys()):
        state = fetched.states[name]
        artefact = renderer.drained(name)
        if same(state.parts, artefact.parts, rules(artefact.platform)):
            found.append(name)
    return tuple(found)
