"""Which level of a pool a key speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from netctl.addressing.ledger import NAME, Entry
from netctl.errors import AllocationKeyInvalid, LevelNeeded, UnknownPool
from netctl.model.addressing import Addressing, AddressLevel, AddressPool

_KEY = re.compile(rf"{NAME}(?:/{NAME})+")


def pool_of(plan: Addressing, name: str) -> AddressPool:
    """The pool of this name; raises `UnknownPool`."""
    found = plan.pools.get(name)
    if found is None:
        raise UnknownPool(f"no pool is named {name[:60]!r}", hint=f"pools: {', '.join(plan.pools)}")
    return found


def chain_of(
    plan: Addressing, entries: Mapping[str, Entry], key: str, level: str = ""
) -> tuple[AddressPool, tuple[AddressLevel, ...]]:
    """The pool of `key`, and the level of each of its names.

    Where several levels fit, what `entries` knows of the key and of what is above it decides; where that leaves more
    than one, raises `LevelNeeded`. Raises `AllocationKeyInvalid` for what is no key of this plan.
    """
    if not _KEY.fullmatch(key):
        raise AllocationKeyInvalid(f"{key[:80]!r} is no key")
    first, *names = key.split("/")
    pool = pool_of(plan, first)
    if level and level not in pool.levels:
        raise LevelNeeded(f"{pool.name} has no level {level[:60]!r}", hint=f"levels: {', '.join(pool.levels)}")
    asked = [level] if level else list(pool.levels)
    chains = [chain for each in asked if len(chain := pool.chain(each)) == len(names)]
    fitting = [chain for chain in chains if _agrees(entries, key, chain)]
    if len(fitting) == 1:
        return pool, fitting[0]
    raise _unfit(pool, key, chains, fitting)


def _agrees(entries: Mapping[str, Entry], key: str, chain: tuple[AddressLevel, ...]) -> bool:
    """True where nothing in use says otherwise of the key, and of each key above it."""
    for level in reversed(chain):
        known = entries.get(key)
        if known is not None and known.released is None and known.level != level.name:
            return False
        key = key.rpartition("/")[0]
    return True


def _unfit(
    pool: AddressPool, key: str, chains: list[tuple[AddressLevel, ...]], fitting: list[tuple[AddressLevel, ...]]
) -> AllocationKeyInvalid | LevelNeeded:
    if fitting:
        names = ", ".join(chain[-1].name for chain in fitting)
        return LevelNeeded(f"{key} may be of several levels: {names}")
    if chains:
        return LevelNeeded(f"{key}, or what is above it, is allocated at another level")
    ways = {f"{pool.name}/{'/'.join(each.name.upper() for each in pool.chain(level))}" for level in pool.levels}
    return AllocationKeyInvalid(
        f"{key} has not as many names as a level asks for", hint=f"keys: {', '.join(sorted(ways))}"
    )
