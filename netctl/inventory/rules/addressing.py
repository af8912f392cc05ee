"""The address plan beside the pools of numbers: lengths, scopes, what is cut from what, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from netctl.addressing.ledger import Flaw
from netctl.addressing.prefix import Prefix, prefix
from netctl.addressing.verify import flaws, unavailable
from netctl.inventory import files
from netctl.inventory.addressing import AddressingDocument, LevelDocument, PoolDocument, plan_of
from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import KeyPath, Problem
from netctl.inventory.rules.inventory import Inventory
from netctl.inventory.rules.pools import parsed, prefix_problem

_KINDS = {"lan": {6: 64}, "link": {6: 127, 4: 31}, "loopback": {6: 128, 4: 32}}
_SUBNET = 64
_NIBBLE_HINT = "IPv6 is cut at multiples of four bits, so that ip6.arpa is cut between labels"
_RANGES = {
    "ula": (prefix("fd00::/8"), "fd00::/8 is what RFC 4193 section 3.1 lets a site choose from"),
    "gua": (prefix("2000::/3"), "global unicast is 2000::/3"),
}


class _Scene(NamedTuple):
    """One pool that has a prefix of a family."""

    name: str
    body: PoolDocument
    prefix: Prefix


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Everything wrong with addressing.yaml and with the ledger."""
    document = inventory.declared.addressing
    wrong = list(_of_plan(inventory, document)) if document and document.pools else []
    yield from wrong
    if not wrong and files.ADDRESSING not in inventory.misread | inventory.unread:
        yield from _of_ledger(inventory)


def _of_plan(inventory: Inventory, document: AddressingDocument) -> Iterator[Problem]:
    scenes = []
    for name, body in document.pools.items():
        if body is None or body.prefix is None:
            continue
        found = prefix_problem(body.prefix, 6 if ":" in body.prefix else 4)
        if found:
            yield _problem(found[0], name, ("prefix",), body.prefix, found[1], found[2])
            continue
        scenes.append(_Scene(name, body, prefix(body.prefix)))
    for scene in scenes:
        yield from _of_pool(scene)
    yield from _shared(inventory, scenes)


def _of_pool(scene: _Scene) -> Iterator[Problem]:
    name, body, own = scene
    if not _nibble(own.version, own.length):
        yield _problem("NETCTL-E0125", name, ("prefix",), str(own), f"pool {name} is a /{own.length}", _NIBBLE_HINT)
    yield from _scope(scene)
    if body.levels == {}:
        hint = "a level says into what it is cut, such as site: {length: 48}"
        yield _problem("NETCTL-E0110", name, ("levels",), "{}", f"pool {name} has no levels", hint)
    for key, level in (body.levels or {}).items():
        if level is not None and level.length is not None:
            yield from _of_level(scene, key, level)
    for index, block in enumerate(body.reserved or ()):
        if block is None or block.prefix is None:
            continue
        at = ("reserved", index, "prefix")
        found = prefix_problem(block.prefix, own.version)
        if found:
            yield _problem(found[0], name, at, block.prefix, found[1], found[2])
        elif not own.holds(prefix(block.prefix)):
            message = f"{block.prefix} is outside pool {name} {own}"
            yield _problem("NETCTL-E0110", name, at, block.prefix, message, "only a part of the pool can be reserved")


def _scope(scene: _Scene) -> Iterator[Problem]:
    name, body, own = scene
    if body.scope is None:
        return
    if own.version == 4:
        message = f"pool {name} is IPv4: it has no scope"
        yield _problem("NETCTL-E0126", name, ("scope",), body.scope, message, "leave `scope` out")
        return
    around, reason = _RANGES[body.scope]
    if not around.holds(own):
        message = f"{own} is not {body.scope}: {reason}"
        yield _problem("NETCTL-E0126", name, ("prefix",), str(own), message, "another prefix, or another scope")
    elif body.scope == "ula" and own.length < 48:
        hint = "a pool is one /48 with a random number of 40 bits; declare several"
        message = f"{own} is wider than a /48 of unique local addresses (RFC 4193 section 3)"
        yield _problem("NETCTL-E0126", name, ("prefix",), str(own), message, hint)


def _of_level(scene: _Scene, key: str, level: LevelDocument) -> Iterator[Problem]:
    name, own = scene.name, scene.prefix
    at = ("levels", key)
    above, wrong = _above(scene, key, level)
    if wrong:
        yield wrong
        return
    longest = 32 if own.version == 4 else 128
    wanted = _KINDS.get(level.kind or "", {}).get(own.version)
    what = f"level {key} of {name} is a /{level.length}"
    if not above < level.length <= longest:
        message = f"{what}, but is cut from a /{above}"
        yield _problem("NETCTL-E0125", name, (*at, "length"), level.length, message, f"from {above + 1} to {longest}")
    elif wanted and level.length != wanted:
        message = f"{what}; a {level.kind} of IPv{own.version} is a /{wanted}"
        yield _problem("NETCTL-E0125", name, (*at, "length"), level.length, message, "RFC 4291, RFC 6164, RFC 3021")
    elif not _nibble(own.version, level.length):
        yield _problem("NETCTL-E0125", name, (*at, "length"), level.length, what, _NIBBLE_HINT)
    elif own.version == 6 and level.length > _SUBNET > above:
        message = f"{what} and is cut from a /{above}: its addresses could be anycast addresses of any /64 (RFC 6164)"
        hint = "put a level of /64 between them"
        yield _problem("NETCTL-E0125", name, (*at, "length"), level.length, message, hint)


def _above(scene: _Scene, key: str, level: LevelDocument) -> tuple[int, Problem | None]:
    """The length of what a level is cut from; a problem where that leads nowhere, or around in a circle."""
    name, body, own = scene
    if level.within is None:
        return own.length, None
    if level.within not in body.levels:
        message = f"pool {name} has no level {level.within!r}"
        hint = did_you_mean(level.within, body.levels)
        return 0, _problem("NETCTL-E0111", name, ("levels", key, "within"), level.within, message, hint)
    if key not in _way_up(body, level.within):
        found = body.levels[level.within]
        return (found.length if found and found.length is not None else own.length), None
    message = f"levels of {name} go around in a circle: {key} within {level.within}"
    hint = "the uppermost level is cut from the pool: leave its `within` out"
    return 0, _problem("NETCTL-E0111", name, ("levels", key, "within"), level.within, message, hint)


def _way_up(body: PoolDocument, start: str) -> set[str]:
    """The levels from one up to the pool, or around the circle that it leads into."""
    seen: set[str] = set()
    at: str | None = start
    while at is not None and at not in seen:
        seen.add(at)
        above = body.levels.get(at)
        at = above.within if above else None
    return seen


def _shared(inventory: Inventory, scenes: list[_Scene]) -> Iterator[Problem]:
    """Pools of one VRF share no address; nor is one cut from what routers have by number."""
    for one, other in combinations(scenes, 2):
        if one.body.vrf == other.body.vrf and one.prefix.overlaps(other.prefix):
            message = f"{other.name} {other.prefix} overlaps {one.name} {one.prefix}"
            hint = "pools share no address, unless their VRFs differ"
            yield _problem("NETCTL-E0122", other.name, ("prefix",), str(other.prefix), message, hint)
    for scene in scenes:
        for pool, around in numbered(inventory).items():
            if not scene.body.vrf and around.holds(scene.prefix):
                message = f"{scene.name} {scene.prefix} lies within {pool} {around} of {files.NETWORK}"
                hint = "addresses follow from numbers there; netctl allocates none"
                yield _problem("NETCTL-E0122", scene.name, ("prefix",), str(scene.prefix), message, hint)


def numbered(inventory: Inventory) -> dict[str, Prefix]:
    """The pools that addresses follow from by number, as far as they are prefixes."""
    if not inventory.knows(files.NETWORK) or inventory.declared.network.addresses is None:
        return {}
    return {name: prefix(str(found)) for name, found in parsed(inventory).items()}


def _of_ledger(inventory: Inventory) -> Iterator[Problem]:
    declared = inventory.declared
    if declared.ledger is None:
        return
    if declared.addressing is None:
        message, hint = "there is a ledger and no address plan", f"declare the pools in {files.ADDRESSING}"
        yield Problem("NETCTL-E0127", files.LEDGER, (1, 1), "", message, hint)
        return
    plan = plan_of(declared.addressing, "")
    assert plan is not None
    found: list[Flaw] = [*declared.unread_lines]
    if not found:  # what stands on a line that cannot be read may be what others are cut from
        found = [*flaws(plan, declared.ledger), *unavailable(plan, declared.ledger, {"": numbered(inventory).values()})]
    for flaw in found:
        yield Problem("NETCTL-E0127", files.LEDGER, (flaw.line, 1), flaw.text, flaw.message, flaw.hint)


def _nibble(version: int, length: int) -> bool:
    return version == 4 or length % 4 == 0 or length == 127


def _problem(  # noqa: PLR0917 - in the order a person reads a problem
    code: str, pool: str, at: KeyPath, value: object, message: str, hint: str
) -> Problem:
    return Problem(code, files.ADDRESSING, ("pools", pool, *at), value, message, hint)
