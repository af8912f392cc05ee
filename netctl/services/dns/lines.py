"""The difference of a zone as people read it: each record that comes with the place it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from netctl.model.plan import DiffLine
from netctl.services.dns.intended import Intended
from netctl.services.dns.origins import Origin, Places
from netctl.zones import names
from netctl.zones.difference import ZoneDifference, diff_lines
from netctl.zones.records import rdata_text, type_text


def lines_with_origins(change: ZoneDifference, intended: Intended, places: Places) -> tuple[DiffLine, ...]:
    """The difference as lines; each that is added says where it is declared or what it follows from."""
    came = dict(_origins(change, intended))
    section, lines = "", []
    for line in diff_lines(change):
        section = line.text if line.op == "context" else section
        origin = came.get((section, line.text)) if line.op == "add" else None
        lines.append(DiffLine(line.op, line.part, line.depth, line.text, places.text(origin)) if origin else line)
    return tuple(lines)


def _origins(change: ZoneDifference, intended: Intended) -> Iterator[tuple[tuple[str, str], Origin]]:
    """Owner and text of each record that may be added, and where it comes from."""
    for key, rrset in (*change.added, *((key, after) for key, _, after in change.changed)):
        owner, kind = names.relative(key[0], change.origin), type_text(key[1])
        for index, data in enumerate(rrset.rdatas):
            yield (owner, f"{rrset.ttl} {kind} {rdata_text(key[1], data)}"), intended.origin_of(key, index)
