"""Zones and records as lists: what there is, whose it is, where each record comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from netctl.control.dns.lint import lint_all
from netctl.control.dns.names import Names, names_of, zone_name
from netctl.errors import RecordInvalid, UsageError
from netctl.inventory.explain import did_you_mean
from netctl.services.dns.intended import Intended
from netctl.zones import names
from netctl.zones.records import rdata_text, type_number, type_text


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """One zone in one view. Findings count those that nobody waived; `organisation` is "" for the network's own."""

    zone: str
    view: str
    organisation: str
    kind: str
    records: int
    dnssec: bool
    servers: tuple[str, ...]
    errors: int
    warnings: int
    infos: int
    file: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record. `origin` is a place in a file, or ``derived from …``."""

    zone: str
    view: str
    name: str
    ttl: int
    type: str
    data: str
    origin: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are asked for; "" for any.

    `name` is a part of a name, or a pattern with ``*`` and ``?``; `origin` a part of where a record comes from, such as
    ``derived`` or a file's name.
    """

    zone: str = ""
    name: str = ""
    type: str = ""
    view: str = ""
    origin: str = ""


def zones(root: Path, *, day: date, cache: Path | None = None) -> tuple[ZoneLine, ...]:
    """Every zone of every view; raises as `names_of` does."""
    found = names_of(root, cache=cache)
    counts: Counter[tuple[str, str, str]] = Counter(
        (each.view, each.zone, each.severity) for each in lint_all(found, day) if not each.waived
    )
    return tuple(_zone_line(intended, counts) for intended in found.zones.values())


def _zone_line(intended: Intended, counts: Counter[tuple[str, str, str]]) -> ZoneLine:
    zone, view = intended.zone, intended.view
    errors, warnings, infos = (counts[view, zone.name, severity] for severity in ("error", "warning", "info"))
    return ZoneLine(
        zone=zone.name,
        view=view,
        organisation=zone.organisation,
        kind=zone.kind,
        records=intended.count,
        dnssec=zone.dnssec,
        servers=zone.servers,
        errors=errors,
        warnings=warnings,
        infos=infos,
        file=zone.source.file,
    )


def records(root: Path, wanted: Wanted, *, cache: Path | None = None) -> Iterator[RecordLine]:
    """The records asked for, zone by zone in canonical order; raises as `names_of`, or `UsageError` for odd words."""
    found = names_of(root, cache=cache)
    zone = zone_name(found, wanted.zone)
    if wanted.view and wanted.view not in found.declared.views:
        hint = did_you_mean(wanted.view, found.declared.views)
        raise UsageError(f"no view is named {wanted.view!r}", hint=hint)
    kind = _type(wanted.type)
    chosen = [
        intended for (view, name), intended in found.zones.items() if zone in {"", name} and wanted.view in {"", view}
    ]
    return _lines(found, chosen, kind, wanted)


def _lines(found: Names, chosen: list[Intended], kind: int | None, wanted: Wanted) -> Iterator[RecordLine]:
    matches = _matcher(wanted.name)
    for intended in chosen:
        keys = [key for key in intended.data.rrsets if (kind is None or key[1] == kind)]
        texts = {owner: names.text(owner) for owner, _ in keys}
        for owner, number in sorted(keys, key=lambda key: (names.order(key[0]), key[1])):
            if not matches(texts[owner]):
                continue
            rrset, word = intended.data.rrsets[owner, number], type_text(number)
            for index, data in enumerate(rrset.rdatas):
                origin = found.declared.places.text(intended.origin_of((owner, number), index))
                if wanted.origin in origin:
                    text = rdata_text(number, data)
                    yield RecordLine(intended.zone.name, intended.view, texts[owner], rrset.ttl, word, text, origin)


def _type(word: str) -> int | None:
    if not word:
        return None
    try:
        return type_number(word)
    except RecordInvalid as error:
        raise UsageError(error.message, hint=error.hint) from error


def _matcher(asked: str) -> Callable[[str], bool]:
    """Whether a name with its final dot is one that is asked for."""
    wanted = asked.casefold()
    if "*" in wanted or "?" in wanted:
        bare = wanted.rstrip(".")
        return lambda name: fnmatchcase(name.rstrip("."), bare)
    return lambda name: wanted in name
