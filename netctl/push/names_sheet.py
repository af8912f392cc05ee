"""What a rollout must know of name servers, taken when the push begins: plain data, secrets by reference only.

Who serves a zone is told for each zone of the plan, the primary that is declared to take updates first. How a server is
reached is told twice: for questions by the addresses it serves on, for its configuration by its management address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self, TypedDict, cast

from netctl.errors import NamesMoved, PlanBeyondLimits
from netctl.model.dns import NameServer, Purpose, ServerRole, TransactionKey
from netctl.model.places import LEAVING, ZoneTargetName, zone_target
from netctl.model.plan import Plan, TargetPlan
from netctl.plan.zonepart import change_of
from netctl.services.dns.declared import DeclaredDns, DeclaredZone
from netctl.services.dns.ownership import Titles
from netctl.services.dns.rules.limits import Allowance, exceeded, in_force
from netctl.services.dns.servers import catalog_name, server_intent
from netctl.zones import names
from netctl.zones.data import Key, Name
from netctl.zones.difference import ZoneDifference


class KeyFacts(TypedDict):
    """A TSIG key; `secret` is a reference."""

    name: str
    algorithm: str
    secret: str


class ServerFacts(TypedDict):
    """One name server. `own` are references of the secrets in its configuration, `zones` what it serves by view.

    `source` is the primary that its zones come from, "" for that one itself and for resolvers. One that is `taught`
    learns which zones it serves from a catalog, and not from its configuration.
    """

    name: str
    software: str
    role: ServerRole
    addresses: list[str]
    port: int
    management_address: str
    host_keys: list[str]
    own: list[str]
    source: str
    taught: bool
    zones: dict[str, list[str]]


class ZoneFacts(TypedDict):
    """One zone of the plan: who serves it, in order, and what may be deleted of it."""

    servers: list[str]
    deletions: int
    deleted_percent: int
    apex_ns: bool


class NamesSheet(TypedDict):
    """All of it. `writer` is the primary that was promoted, "" where those write that are declared to.

    `keys` are by view and purpose, `references` all secrets that a name server may hold.
    """

    writer: str
    servers: dict[str, ServerFacts]
    keys: dict[str, dict[str, KeyFacts]]
    zones: dict[str, ZoneFacts]
    references: list[str]


_ASKED: tuple[Purpose, ...] = ("transfer", "update")


def names_sheet(declared: DeclaredDns, plan: Plan, writer: str = "") -> NamesSheet | None:
    """The names' share of the sheet of one plan; None where the plan has neither zones nor name servers.

    What was asked when it was planned is asked again. Raises `ZonePartDamaged` where people were shown other lines than
    what would be written, `NameOfAnother`, `PlanBeyondLimits`, and `NamesMoved` for a zone that nobody declares.
    """
    if all(target.kind == "router" for target in plan.targets):
        return None
    roles = {declared.servers[each.target].role for each in plan.targets if each.kind == "server"}
    changes = {each.target: _change(each) for each in plan.targets if each.kind == "zone"}
    known = _Known.of(declared, plan)
    zones = {name: _zone(known, name, change) for name, change in changes.items()}
    _require_limits(zones, changes)
    holding = {server for facts in zones.values() for server in facts["servers"]}
    holding |= {_source(declared, each, writer) for each in declared.servers.values() if each.role in roles}
    wanted = [each for each in declared.servers.values() if each.name in holding or each.role in roles]
    return NamesSheet(
        writer=writer,
        servers={each.name: _server(declared, each, writer, asked=bool(roles)) for each in wanted},
        keys={view: _keys(declared, view) for view in declared.views},
        zones=zones,
        references=sorted({key.secret for key in declared.keys.values()}),
    )


def part_of_names(sheet: NamesSheet, members: Iterable[str]) -> NamesSheet:
    """The share of one redundancy group: its zones and who serves them, or all servers of its role."""
    own = set(members)
    zones = {name: facts for name, facts in sheet["zones"].items() if name in own}
    roles = {sheet["servers"][name]["role"] for name in own if name in sheet["servers"]}
    holding = {server for facts in zones.values() for server in facts["servers"]}
    holding |= {facts["source"] for facts in sheet["servers"].values() if facts["role"] in roles}
    servers = {n: facts for n, facts in sheet["servers"].items() if n in holding or facts["role"] in roles}
    return NamesSheet(
        writer=sheet["writer"],
        servers=servers if roles else {name: _asked_for_nothing(facts) for name, facts in servers.items()},
        keys=sheet["keys"],
        zones=zones,
        references=sheet["references"],
    )


def _asked_for_nothing(facts: ServerFacts) -> ServerFacts:
    bare = facts.copy()
    bare["zones"] = {}
    return bare


def serving(sheet: NamesSheet, zone: str) -> list[str]:
    """Who serves a zone of the plan, the primary that takes updates first."""
    return sorted(sheet["zones"][zone]["servers"], key=lambda each: each != sheet["writer"])


def allowed_in(zone: ZoneFacts) -> Allowance:
    """What a plan may do to a zone."""
    return Allowance(zone["deletions"], zone["deleted_percent"], zone["apex_ns"])


def held_after(change: ZoneDifference) -> list[Key]:
    """The RRsets of a difference that are there after it."""
    return [key for key, _ in change.added] + [key for key, _, _ in change.changed]


def _change(target: TargetPlan) -> ZoneDifference:
    name = zone_target(target.target)
    if name is None:
        raise NamesMoved("this is the name of no zone", where=target.target)
    return change_of(target, names.wire(name.zone))


def _require_limits(zones: Mapping[str, ZoneFacts], changes: Mapping[str, ZoneDifference]) -> None:
    """How much goes of a zone is asked of all its steps together; what share that is, only when it is read again."""
    groups: dict[str, list[str]] = {}
    for target in changes:
        groups.setdefault(target.removesuffix(LEAVING), []).append(target)
    for group, steps in groups.items():
        removed = tuple(each for step in steps for each in changes[step].removed)
        changed = tuple(each for step in steps for each in changes[step].changed)
        whole = ZoneDifference(changes[steps[0]].origin, removed, (), changed)
        for limit in exceeded(whole, 0, allowed_in(zones[steps[0]])):
            raise PlanBeyondLimits(f"{limit.message}; the plan would have to say `{limit.needed}`", where=group)


class _Known(NamedTuple):
    """What is asked of every zone of a plan, made once; `zones` are by view and origin."""

    declared: DeclaredDns
    plan: Plan
    titles: Titles
    zones: Mapping[tuple[str, Name], DeclaredZone]

    @classmethod
    def of(cls, declared: DeclaredDns, plan: Plan) -> Self:
        zones = {(view, zone.origin): zone for zone in declared.zones for view in zone.views}
        return cls(declared, plan, Titles(declared.zones), zones)


def _zone(known: _Known, target: str, change: ZoneDifference) -> ZoneFacts:
    """One zone; whose its names are is asked here."""
    declared = known.declared
    name, origin = cast("ZoneTargetName", zone_target(target)), change.origin
    if name.view not in declared.views:
        raise NamesMoved("nobody declares this zone", where=target)
    if name.zone == catalog_name(declared.domain):
        servers = [each.name for each in _holders(declared, name.view) if _lists(declared, each, name.view)]
    else:
        zone = known.zones.get((name.view, origin))
        if zone is None:
            raise NamesMoved("nobody declares this zone", where=target)
        known.titles.require(zone, name.view, held_after(change), f"{zone.name} ({name.view})")
        servers = [each.name for each in _holders(declared, name.view)]
    return _facts(declared, known.plan, names.text(origin), servers)


def _holders(declared: DeclaredDns, view: str) -> list[NameServer]:
    """Who holds the zones of a view, the primary that is declared to take updates first."""
    return [*declared.primaries(view), *declared.secondaries(view)]


def _lists(declared: DeclaredDns, server: NameServer, view: str) -> bool:
    """Whether a server holds the catalog of a view."""
    return any(each.name == view and each.catalog for each in server_intent(declared, server.name).views)


def _facts(declared: DeclaredDns, plan: Plan, zone: str, servers: list[str]) -> ZoneFacts:
    """With the policy's limits, and what the plan may do beyond them."""
    allowed = in_force(declared.policy.limits, zone, plan.allowances)
    return ZoneFacts(
        servers=servers,
        deletions=allowed.deletions,
        deleted_percent=allowed.deleted_percent,
        apex_ns=allowed.apex_ns,
    )


def _server(declared: DeclaredDns, server: NameServer, writer: str, *, asked: bool) -> ServerFacts:
    """One server; what it serves is told where servers will be asked for it."""
    intent = server_intent(declared, server.name, writer)
    return ServerFacts(
        name=server.name,
        software=server.software,
        role=server.role,
        addresses=list(server.addresses),
        port=server.port,
        management_address=server.management_address,
        host_keys=list(server.host_keys),
        own=[key.secret for key in intent.keys],
        taught=server.role == "secondary" and server.software == "knot",
        source="" if server.role == "resolver" else _source(declared, server, writer),
        zones={view.name: [zone.name for zone in view.zones] for view in intent.views} if asked else {},
    )


def _source(declared: DeclaredDns, server: NameServer, writer: str) -> str:
    """The primary that a server copies; "" for the one that takes updates, and where there is none."""
    primaries = [each.name for view in server.views for each in declared.primaries(view)]
    first = writer if writer in primaries else next(iter(primaries), "")
    return "" if first == server.name else first


def _keys(declared: DeclaredDns, view: str) -> dict[str, KeyFacts]:
    found = {purpose: declared.key_for(view, purpose) for purpose in _ASKED}
    return {purpose: _key(key) for purpose, key in found.items() if key is not None}


def _key(key: TransactionKey) -> KeyFacts:
    return KeyFacts(name=key.name, algorithm=key.algorithm, secret=key.secret)
