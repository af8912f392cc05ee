"""Rows of an import → entries of the ledger: which pool, which level, which names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from netctl.addressing.ledger import NAME, Entry, Ledger
from netctl.addressing.prefix import Prefix, address_or_prefix, prefix
from netctl.control.addresses.exchange import Row
from netctl.errors import AddressInvalid
from netctl.model.addressing import Addressing, AddressLevel, AddressPool

_NAME = re.compile(NAME)
_KEY = re.compile(rf"{NAME}(?:/{NAME})+")
_OTHER_WORDS = {"organisation": ("tenant",), "site": ("site_group",), "lan": ("vlan",)}
_LAST = ("dns_name", "description", "role", "vlan", "site", "tenant")
_GONE = "deprecated"


class NoPlace(Exception):
    """Why a row has no place in the plan."""


class Placing:
    """One import on its way into a ledger: entries so far, and who has which prefix."""

    def __init__(self, plan: Addressing, ledger: Ledger, vrfs: Mapping[str, str], today: date, by: str) -> None:
        self.entries = dict(ledger.entries)
        self.made: dict[str, Row] = {}  # by key: the row that brought it
        self._plan = plan
        self._vrfs = vrfs
        self._today = today
        self._by = by
        entries = (each for each in ledger.entries.values() if each.pool in plan.pools)
        self._at = {(plan.pools[each.pool].vrf, each.prefix): each.key for each in entries}

    def place(self, row: Row) -> None:
        """Take a row in; one that the ledger holds already changes nothing. Raises `NoPlace`."""
        if row.names.get("status", "").casefold() == _GONE:
            raise NoPlace("it is deprecated")
        try:
            wanted = prefix(row.prefix) if row.kind != "address" else address_or_prefix(row.prefix)
        except AddressInvalid as error:
            raise NoPlace(error.message) from error
        if row.kind == "ledger":
            self._as_said(row, wanted)
            return
        vrf = self._vrf(row.vrf)
        candidates = [wanted]
        if row.kind == "address":
            candidates = [address_or_prefix(row.prefix.partition("/")[0]), wanted]
        for index, each in enumerate(candidates):
            try:
                self._as_found(row, vrf, each)
            except NoPlace:
                if index == len(candidates) - 1:
                    raise
            else:
                return

    def take_out(self, key: str) -> Row | None:
        """Take what a row brought out again; None for what was in the ledger before."""
        entry, row = self.entries[key], self.made.pop(key, None)
        if row is not None:
            del self.entries[key]
            self._at.pop((self._plan.pools[entry.pool].vrf, entry.prefix), None)
        return row

    def _vrf(self, name: str) -> str:
        """The plan's word for a VRF of the file; "" for the global table."""
        known = {pool.vrf for pool in self._plan.pools.values()}
        if not name and "" in known:
            return ""
        for each in (name, slug(name), slug(self._vrfs.get(name, ""))):
            if each and each in known:
                return each
        raise NoPlace(f"no pool is in VRF {name or 'global'}")

    def _as_said(self, row: Row, wanted: Prefix) -> None:
        """A row of an export: it says its key and level itself."""
        key, level = row.names.get("key", ""), row.names.get("level", "")
        if not _KEY.fullmatch(key) or key.partition("/")[0] not in self._plan.pools:
            raise NoPlace(f"{key!r} is no key of this plan")
        try:
            since = date.fromisoformat(row.names.get("since", "") or self._today.isoformat())
            released = date.fromisoformat(row.names["released"]) if row.names.get("released") else None
        except ValueError as error:
            raise NoPlace(f"no such day: {error}") from error
        self._add(Entry(key, level, wanted, since, released, row.names.get("by", "") or self._by), row)

    def _as_found(self, row: Row, vrf: str, wanted: Prefix) -> None:
        """A row of NetBox: level by length, names by what it says, and what lies above it where that is missing."""
        pool = self._pool(vrf, wanted)
        if wanted == prefix(pool.prefix):
            return
        chain = pool.chain(self._level(pool, wanted, row).name)
        above, new = pool.name, list[Entry]()
        for level in chain:
            around = wanted.within(level.length)
            known = self._at.get((vrf, around))
            if known is None:
                key = self._named(above, level, around, row, last=level is chain[-1])
                new.append(Entry(key, level.name, around, self._today, None, self._by))
            else:
                key = known
                self._fits(self.entries[known], level)
            above = key
        for entry in new:
            self._add(entry, row)

    def _fits(self, entry: Entry, level: AddressLevel) -> None:
        """A prefix that somebody has already must be what the row needs there."""
        if entry.released is not None:
            raise NoPlace(f"{entry.prefix} was {entry.key}'s and rests")
        if entry.level != level.name:
            raise NoPlace(f"{entry.prefix} is {entry.key}, a {entry.level} and no {level.name}")

    def _pool(self, vrf: str, wanted: Prefix) -> AddressPool:
        for pool in self._plan.pools.values():
            if pool.vrf == vrf and prefix(pool.prefix).holds(wanted):
                return pool
        raise NoPlace(f"outside every pool{f' of VRF {vrf}' if vrf else ''}")

    def _level(self, pool: AddressPool, wanted: Prefix, row: Row) -> AddressLevel:
        """The level of a prefix by its length; of several, the one its role names, or that is allocated there."""
        fitting = [level for level in pool.levels.values() if level.length == wanted.length]
        if not fitting:
            raise NoPlace(f"{pool.name} has no level of /{wanted.length}")
        role = slug(row.names.get("role", ""))
        named = [level for level in fitting if role in {level.name, f"{level.name}s", level.kind}]
        known = [level for level in fitting if self._is(pool.vrf, wanted, level.name)]
        above = [
            level
            for level in fitting
            if level.within and self._is(pool.vrf, _around(pool, level, wanted), level.within)
        ]
        return (known or named or above or fitting)[0]

    def _is(self, vrf: str, where: Prefix, level: str) -> bool:
        key = self._at.get((vrf, where))
        return key is not None and self.entries[key].level == level

    def _named(self, above: str, level: AddressLevel, around: Prefix, row: Row, *, last: bool) -> str:
        """A key that is free: by the column of the level's name, by what the row says of itself, or by the bits."""
        columns = (level.name, *_OTHER_WORDS.get(level.name, ()), *(_LAST if last else ()))
        said = (slug(row.names.get(column, "")) for column in columns)
        by_bits = bits_name(around)
        name = next((each for each in said if each), by_bits)
        for each in (name, f"{name[:40].rstrip('.-_')}-{by_bits}", by_bits):
            if f"{above}/{each}" not in self.entries:
                return f"{above}/{each}"
        raise NoPlace(f"{above}/{by_bits} is somebody else's")

    def _add(self, entry: Entry, row: Row) -> None:
        known = self.entries.get(entry.key)
        if known is not None:
            if (known.prefix, known.level) != (entry.prefix, entry.level):
                raise NoPlace(f"{entry.key} is {known.prefix}, a {known.level}, already")
            return
        self.entries[entry.key] = entry
        self.made[entry.key] = row
        self._at[self._plan.pools[entry.pool].vrf, entry.prefix] = entry.key


def slug(text: str) -> str:
    """A name as keys have them; "" where nothing of it can be kept. Of a host's name, the host."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    if re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+\.?", plain):
        plain = plain.partition(".")[0]
    name = re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")[:40].rstrip("-._")
    return name if _NAME.fullmatch(name) else ""


def bits_name(where: Prefix) -> str:
    """A name that says which prefix it is, where there is no better: ``3fff-840-48``."""
    text = str(where).partition("/")[0]
    return f"{text.replace(':', '-').strip('-') or '0'}-{where.length}".replace("--", "-")


def _around(pool: AddressPool, level: AddressLevel, wanted: Prefix) -> Prefix:
    return wanted.within(pool.levels[level.within].length)
