"""What `_dmarc` says: one record, as receivers read it (RFC 7489 section 6.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from netctl.services.dns.rules.sight import TXT, Rule, RuleFinding, Sight, ZoneSight
from netctl.services.dns.rules.texts import joined, strings

DMARC = "DNS-DMARC"

RULES: Mapping[str, Rule] = MappingProxyType({
    DMARC: Rule("error", "a DMARC record that receivers cannot read, or more than one"),
})  # fmt: skip

_LABEL = b"\x06_dmarc"
_TAG = re.compile(r"([a-z]+)\s*=\s*(.*)\Z", re.DOTALL)
_POLICIES = frozenset({"none", "quarantine", "reject"})
_ALIGNMENTS = frozenset({"r", "s"})
_CHOICES = {"p": _POLICIES, "sp": _POLICIES, "adkim": _ALIGNMENTS, "aspf": _ALIGNMENTS}


def check(_sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """Every TXT below a name `_dmarc`."""
    for owner, kind, rrset in zone.sets(TXT):
        if not owner.startswith(_LABEL):
            continue
        texts = [joined(strings(data)) for data in rrset.rdatas]
        records = [text for text in texts if text.casefold().startswith("v=dmarc")]
        if len(records) != 1:
            message = f"{len(records)} DMARC records: receivers take one"
            yield zone.finding(DMARC, "error", (owner, kind), message, "as in v=DMARC1; p=reject")
        yield from _each(zone, owner, records)


def _each(zone: ZoneSight, owner: bytes, records: Sequence[str]) -> Iterator[RuleFinding]:
    for text in records:
        if (reason := _unreadable(text) or _meaningless(text)) is not None:
            yield zone.finding(DMARC, "error", (owner, TXT), reason, "as in v=DMARC1; p=reject")


def _tags(text: str) -> list[tuple[str, str]]:
    """The tags in their order; one that is none is its own name, without a value."""
    parts = [each.strip() for each in text.split(";")]
    found = [(part, _TAG.match(part)) for part in parts if part]
    return [(tag[1], tag[2].strip()) if tag else (part, "") for part, tag in found]


def _unreadable(text: str) -> str | None:
    """Why a record cannot be taken apart; None where it can."""
    tags = _tags(text)
    names = [name for name, _ in tags]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        return f"tag {twice} stands twice"
    strange = next((name for name, value in tags if not value), None)
    return None if strange is None else f"{strange!r} says nothing"


def _meaningless(text: str) -> str | None:
    """Which tag receivers do not understand; None where they understand all."""
    tags = _tags(text)
    values = dict(tags)
    if tags[0] != ("v", "DMARC1"):
        return "the first tag must be v=DMARC1"
    if "p" not in values:
        return "tag p is missing"
    for name, choices in _CHOICES.items():
        if values.get(name, next(iter(choices))) not in choices:
            return f"{name}={values[name]}: {', '.join(sorted(choices))} are known"
    percent = values.get("pct", "100")
    if not (percent.isascii() and percent.isdecimal() and int(percent) <= 100):
        return f"pct={percent} is no percentage"
    return None
