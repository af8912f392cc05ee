"""The names' share of a plan: name servers as they are and must be, and each zone that differs, judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from netctl.config.quiet import collector_resting
from netctl.control.changes.scope import Scope
from netctl.control.dns.differences import ZoneState, held_after, read_states, records_held
from netctl.control.dns.names import Names, names_digest
from netctl.control.dns.places import Places
from netctl.control.dns.vouching import Vouching
from netctl.devices.nameserver.server import ZonePlace
from netctl.errors import NetctlError
from netctl.model.artefact import RunningState
from netctl.model.places import ZoneTargetName
from netctl.model.plan import ZoneAllowance
from netctl.plan.names import NamesShare
from netctl.plan.servers import ServerShare
from netctl.plan.zonepart import unnumbered
from netctl.plan.zones import ZoneShare
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.ownership import Titles
from netctl.services.dns.rules.limits import allowance, exceeded, in_force
from netctl.services.dns.servers import catalog_name, server_intent
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones import names
from netctl.zones.difference import ZoneDifference, difference

Told = Callable[[str, str], None]  # what is done, and the error or ""


def servers_share(root: Path, found: Names, states: Mapping[str, RunningState], writer: str) -> tuple[ServerShare, ...]:
    """The name servers that were read, each beside what it must be. Raises `RenderError`."""
    renderer, declared = NameServerRenderer(root), found.declared
    shares = []
    for name in (name for name in declared.servers if name in states):
        intent = server_intent(declared, name, writer)
        shares.append(ServerShare(declared.servers[name], intent.writes, states[name], renderer.render(intent)))
    return tuple(shares)


@collector_resting()
def names_share(
    scope: Scope,
    found: Names,
    servers: tuple[ServerShare, ...],
    settings: Settings,
    store: Store,
    *,
    places: Places,
    allowances: tuple[ZoneAllowance, ...],
    told: Told,
) -> NamesShare:
    """All that a plan is told of names; zones are read here, at their `places`."""

    def done(place: ZonePlace, error: str) -> None:
        told(place.where, error)

    judge = _Judge(found, servers, allowances, Vouching(found, places, settings))
    zones: list[ZoneShare] = []
    unread: list[tuple[str, str]] = []
    for state in read_states(scope.zones, places, settings, store, done):
        share = judge.share(state)
        if isinstance(share, ZoneShare):
            zones.append(share)
        elif share:
            unread.append((str(_name(state)), share))
    return NamesShare(
        digest=names_digest(found.declared),
        servers=servers,
        zones=tuple(zones),
        unreachable=tuple(unread),
        allowances=allowances,
        roles=Counter(server.role for server in found.declared.servers.values()),
        places=found.declared.places,
    )


class _Judge:
    """What is asked of every zone: whose its names are, and how much of it goes."""

    def __init__(
        self,
        found: Names,
        servers: Sequence[ServerShare],
        allowances: Sequence[ZoneAllowance],
        vouching: Vouching,
    ) -> None:
        self._limits = found.declared.policy.limits
        self._titles = Titles(found.declared.zones)
        self._catalog = names.wire(catalog_name(found.declared.domain))
        self._servers = {share.server.name: share for share in servers}
        self._allowances = allowances
        self._vouching = vouching

    def share(self, state: ZoneState) -> ZoneShare | str:
        """A zone that differs; else "", or why nothing is known of it."""
        intended, place, running, _, error = state
        fresh = running is None and self._is_new(place)
        if fresh and place is not None:
            try:
                running = self._servers[place.server.name].first(place.origin)
            except NetctlError as unwritable:
                return str(unwritable)
        if place is None or running is None:
            return error
        change = unnumbered(difference(running, intended.data))
        if not change:
            return ""
        catalog = place.origin == self._catalog
        beyond = tuple(exceeded(change, records_held(running), allowance(self._limits)))
        allowed = in_force(self._limits, intended.zone.name, self._allowances)
        return ZoneShare(
            place=place,
            intended=intended,
            running=running,
            change=change,
            fresh=fresh,
            catalog=catalog,
            refused="" if catalog else self._refused(state, change),
            limits=beyond,
            allowed=not any(exceeded(change, records_held(running), allowed)),
        )

    def _is_new(self, place: ZonePlace | None) -> bool:
        """True where the plan itself makes the zone on its primary, which begins with the first zone it is given."""
        server = self._servers.get(place.server.name) if place else None
        return place is not None and server is not None and (place.view, place.zone) in server.new

    def _refused(self, state: ZoneState, change: ZoneDifference) -> str:
        where = str(_name(state))
        try:
            self._titles.require(state.intended.zone, state.intended.view, held_after(change), where)
            self._vouching.require(state.intended.view, change, where)
        except NetctlError as error:
            return str(error)
        return ""


def _name(state: ZoneState) -> ZoneTargetName:
    return ZoneTargetName(names.text(state.intended.data.origin).rstrip(".") or ".", state.intended.view)
