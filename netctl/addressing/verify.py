"""Does a ledger hold? What people merged by hand may overlap, or lie outside the plan that declares it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from netctl.addressing.ledger import Entry, Flaw, Ledger
from netctl.addressing.prefix import Prefix, prefix
from netctl.model.addressing import Addressing, AddressLevel, AddressPool

_MOVED = "give it back with `netctl addresses release`, or restore the plan"
_MERGED = "two branches gave the same space: release one of them and allocate it again"


def flaws(plan: Addressing, ledger: Ledger) -> Iterator[Flaw]:
    """Every entry that the plan has no place for, and every two in use that share an address."""
    sound: dict[str, list[Entry]] = {}
    for entry in ledger.in_use():
        found = _misplaced(plan, ledger, entry)
        if found:
            yield found
        else:
            sound.setdefault(plan.pools[entry.pool].vrf, []).append(entry)
    for entries in sound.values():
        yield from _overlaps(entries)


def _misplaced(plan: Addressing, ledger: Ledger, entry: Entry) -> Flaw | None:
    pool = plan.pools.get(entry.pool)
    if pool is None:
        return Flaw(entry.line, entry.key, f"no pool is named {entry.pool!r}", _MOVED)
    level = pool.levels.get(entry.level)
    if level is None:
        return Flaw(entry.line, entry.level, f"pool {pool.name} has no level {entry.level!r}", _MOVED)
    message = _against_level(entry, pool, level) or _against_above(ledger, entry, pool, level)
    return Flaw(entry.line, str(entry.prefix), message, _MOVED) if message else None


def _against_level(entry: Entry, pool: AddressPool, level: AddressLevel) -> str:
    if entry.prefix.length != level.length:
        return f"{entry.prefix} is a /{entry.prefix.length}; a {level.name} of {pool.name} is a /{level.length}"
    if entry.key.count("/") != len(pool.chain(level.name)):
        above = "/".join(each.name for each in pool.chain(level.name))
        return f"{entry.key} has not as many names as {pool.name}/{above}"
    return ""


def _against_above(ledger: Ledger, entry: Entry, pool: AddressPool, level: AddressLevel) -> str:
    if not level.within:
        inside = prefix(pool.prefix).holds(entry.prefix)
        return "" if inside else f"{entry.prefix} is outside {pool.name} {pool.prefix}"
    above = ledger.entries.get(entry.above)
    if above is None or above.released is not None:
        return f"{entry.above}, which it is cut from, is not allocated"
    if above.level != level.within:
        return f"a {level.name} is cut from a {level.within}; {above.key} is a {above.level}"
    return "" if above.prefix.holds(entry.prefix) else f"{entry.prefix} is outside {above.key} {above.prefix}"


def _overlaps(entries: list[Entry]) -> Iterator[Flaw]:
    """Each prefix lies within that of the key above it, and within no other."""
    around: list[Entry] = []
    for entry in sorted(entries, key=lambda each: (each.prefix, each.key.count("/"), each.key)):
        while around and not around[-1].prefix.holds(entry.prefix):
            around.pop()
        if around and around[-1].key != entry.above:
            first, second = sorted((around[-1], entry), key=lambda each: each.line)
            message = f"{second.prefix} overlaps {first.prefix} of {first.key} on line {first.line}"
            yield Flaw(second.line, str(second.prefix), message, _MERGED)
            continue
        around.append(entry)


def unavailable(plan: Addressing, ledger: Ledger, taken: Mapping[str, Iterable[Prefix]]) -> Iterator[Flaw]:
    """Every entry in use that lies where something is reserved, or where others have their addresses by number."""
    for pool in plan.pools.values():
        blocks = [(prefix(block.prefix), f"reserved: {block.reason}") for block in pool.reserved]
        blocks += [(each, "a pool that addresses follow from by number") for each in taken.get(pool.vrf, ())]
        for entry in ledger.in_use() if blocks else ():
            for block, why in blocks:
                if entry.pool == pool.name and block.holds(entry.prefix):
                    message = f"{entry.prefix} lies within {block}, {why}"
                    yield Flaw(entry.line, str(entry.prefix), message, "release it, or take the block out of the plan")
