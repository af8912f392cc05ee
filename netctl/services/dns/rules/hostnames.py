"""Hosts' names: letters, digits, hyphens (RFC 1123 section 2.1), and A-labels that mean something (RFC 5891)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

import dns.exception
import dns.name

from netctl.services.dns.rules.sight import AAAA, MX, NS, SRV, A, Rule, RuleFinding, Sight, ZoneSight
from netctl.zones import names
from netctl.zones.data import Name
from netctl.zones.records import names_in, type_text

HOST, IDNA, RESERVED = "DNS-NAME-HOST", "DNS-NAME-IDNA", "DNS-NAME-RESERVED"

RULES: Mapping[str, Rule] = MappingProxyType({
    HOST: Rule("warning", "a host's name with other signs than letters, digits and hyphens (RFC 1123)"),
    IDNA: Rule("error", "an A-label that IDNA does not take back (RFC 5891)"),
    RESERVED: Rule("warning", "a label with hyphens in its third and fourth place that is no A-label (RFC 5890)"),
})  # fmt: skip

_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789-"


def check(_sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """Every owner of the zone, and what servers' and mail hosts' names are."""
    known: dict[Name, bytes | None] = {names.ROOT: None}
    for owner, kinds in zone.names.items():
        if (A in kinds or AAAA in kinds) and (wrong := _not_a_host(owner, known)) is not None:
            kind = AAAA if AAAA in kinds else A
            yield zone.finding(HOST, "warning", (owner, kind), f"{_shown(wrong)!r} is no word of a host's name")
        if b"--" in owner:
            yield from _hyphens(zone, owner, kinds[0])
    for owner, kind, rrset in zone.sets(MX, NS, SRV):
        for target in (each for data in rrset.rdatas for each in names_in(kind, data)):
            if (wrong := _not_a_host(target, known)) is not None:
                message = (
                    f"{type_text(kind)} points to {names.text(target)}: {_shown(wrong)!r} is no word of a host's name"
                )
                yield zone.finding(HOST, "warning", (owner, kind), message)


def _not_a_host(name: Name, known: dict[Name, bytes | None]) -> bytes | None:
    """The first label that no host may have, looked for once a label; a wildcard stands for hosts."""
    if name in known:
        return known[name]
    label = name[1 : 1 + name[0]]
    if label != b"*" and (label.translate(None, _LETTERS) or label[:1] == b"-" or label[-1:] == b"-"):
        found: bytes | None = label
    else:
        found = _not_a_host(names.parent(name), known)
    known[name] = found
    return found


def _shown(label: bytes) -> str:
    return names.label_text(label)


def _hyphens(zone: ZoneSight, owner: Name, kind: int) -> Iterator[RuleFinding]:
    """Each label of a name with hyphens in its third and fourth place."""
    for label in names.labels(owner):
        if label[2:4] != b"--":
            continue
        if label[:2] != b"xn":
            yield zone.finding(RESERVED, "warning", (owner, kind), f"{_shown(label)!r} is reserved")
        elif (reason := _no_a_label(label)) is not None:
            yield zone.finding(IDNA, "error", (owner, kind), f"{_shown(label)!r} is no A-label: {reason}")


@lru_cache(maxsize=4096)
def _no_a_label(label: bytes) -> str | None:
    """Why a label is no A-label of IDNA 2008; None where it is."""
    try:
        text = dns.name.IDNA_2008_Strict.decode(label)
        again = dns.name.IDNA_2008_Strict.encode(text)
    except (dns.exception.DNSException, UnicodeError) as wrong:
        return str(wrong) or "it decodes to nothing"
    return None if again.lower() == label else "another spelling says the same"
