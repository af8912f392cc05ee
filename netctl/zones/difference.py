"""Two zones compared: what one holds and the other does not, RRset by RRset.

The serial is the server's business, and so is what signing adds (`MADE_BY_SERVER`): neither is ever a difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from netctl.model.plan import DiffLine
from netctl.zones import names
from netctl.zones.data import MADE_BY_SERVER, SOA, Key, Name, RRset, ZoneData
from netctl.zones.records import rdata_text, type_text


class Change(NamedTuple):
    """An RRset that is there before and after, with other records or another TTL."""

    key: Key
    before: RRset
    after: RRset


@dataclass(frozen=True, slots=True)
class ZoneDifference:
    """What leads from one zone to another; each part in canonical order. False where nothing does."""

    origin: Name
    removed: tuple[tuple[Key, RRset], ...] = ()
    added: tuple[tuple[Key, RRset], ...] = ()
    changed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.changed)

    @property
    def records_removed(self) -> int:
        """How many records go; one that only gets another TTL stays."""
        gone = sum(len(rrset.rdatas) for _, rrset in self.removed)
        return gone + sum(len(set(before.rdatas) - set(after.rdatas)) for _, before, after in self.changed)

    @property
    def records_added(self) -> int:
        """How many records come."""
        come = sum(len(rrset.rdatas) for _, rrset in self.added)
        return come + sum(len(set(after.rdatas) - set(before.rdatas)) for _, before, after in self.changed)

    def taken_back(self) -> ZoneDifference:
        """What leads back."""
        back = tuple(Change(key, after, before) for key, before, after in self.changed)
        return ZoneDifference(self.origin, self.added, self.removed, back)


def difference(running: ZoneData, intended: ZoneData) -> ZoneDifference:
    """What leads from `running` to `intended`. Where `intended` has no SOA, the running one stays."""
    origin = intended.origin
    held = running.rrsets
    added: list[tuple[Key, RRset]] = []
    changed: list[Change] = []
    met = 0
    for key, after in intended.rrsets.items():
        before = held.get(key)
        if before is None:
            if key[1] not in MADE_BY_SERVER:
                added.append((key, after))
            continue
        met += 1
        if before != after and key[1] not in MADE_BY_SERVER and not _same_soa(key, before, after):
            changed.append(Change(key, before, after))
    removed: list[tuple[Key, RRset]] = []
    if met != len(held):
        wanted = intended.rrsets
        removed = [
            (key, rrset)
            for key, rrset in held.items()
            if key not in wanted and key[1] not in MADE_BY_SERVER and key != (origin, SOA)
        ]
    return ZoneDifference(
        origin,
        tuple(sorted(removed, key=_place)),
        tuple(sorted(added, key=_place)),
        tuple(sorted(changed, key=_place)),
    )


def without_serial(soa: RRset) -> RRset:
    """An SOA with serial 0: what of it is declared."""
    return with_serial(soa, 0)


def with_serial(soa: RRset, serial: int) -> RRset:
    """An SOA with this serial (RFC 1035 section 3.3.13: it stands before the four timers)."""
    data = soa.rdatas[0]
    return RRset(soa.ttl, (data[:-20] + serial.to_bytes(4, "big") + data[-16:],))


def _same_soa(key: Key, before: RRset, after: RRset) -> bool:
    return key[1] == SOA and without_serial(before) == without_serial(after)


def _place(entry: tuple[Key, RRset] | Change) -> tuple[tuple[bytes, ...], int]:
    return names.order(entry[0][0]), entry[0][1]


# ── for people ───────────────────────────────────────────────────────────────────────────────────────────────────────


class _Edit(NamedTuple):
    key: Key
    op: Literal["add", "remove"]
    ttl: int
    rdata: bytes


def diff_lines(zone: ZoneDifference, part: str = "") -> tuple[DiffLine, ...]:
    """The difference as lines: a section for each owner, below it the records that go, then those that come.

    `part` is what the lines stand under: the zone's name unless said otherwise.
    """
    part = part or names.text(zone.origin)
    lines: list[DiffLine] = []
    section = b""
    edits = sorted(_edits(zone), key=lambda edit: (names.order(edit.key[0]), edit.key[1], edit.op == "add", edit.rdata))
    for edit in edits:
        owner, type_ = edit.key
        if owner != section:
            section = owner
            lines.append(DiffLine("context", part, 0, names.relative(owner, zone.origin)))
        lines.append(DiffLine(edit.op, part, 1, f"{edit.ttl} {type_text(type_)} {rdata_text(type_, edit.rdata)}"))
    return tuple(lines)


def _edits(zone: ZoneDifference) -> Iterator[_Edit]:
    for key, rrset in zone.removed:
        yield from (_Edit(key, "remove", rrset.ttl, data) for data in rrset.rdatas)
    for key, rrset in zone.added:
        yield from (_Edit(key, "add", rrset.ttl, data) for data in rrset.rdatas)
    for key, before, after in zone.changed:
        kept = frozenset(before.rdatas) & frozenset(after.rdatas) if before.ttl == after.ttl else frozenset()
        yield from (_Edit(key, "remove", before.ttl, data) for data in before.rdatas if data not in kept)
        yield from (_Edit(key, "add", after.ttl, data) for data in after.rdatas if data not in kept)
