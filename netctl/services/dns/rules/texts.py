"""TXT: SPF (RFC 7208), and texts longer than one string."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from netctl.services.dns.rules.sight import TXT, Rule, RuleFinding, Sight, ZoneSight

SPLIT, SPF, LOOKUPS, OLD = "DNS-TXT-SPLIT", "DNS-SPF", "DNS-SPF-LOOKUPS", "DNS-SPF-TYPE"

RULES: Mapping[str, Rule] = MappingProxyType({
    SPLIT: Rule("info", "a text of more than 255 octets, written as several strings"),
    SPF: Rule("error", "an SPF record that receivers cannot read, or more than one"),
    LOOKUPS: Rule("warning", "an SPF record that asks for more than ten lookups"),
    OLD: Rule("warning", "SPF in the type SPF, which nobody asks for (RFC 7208 section 3.1)"),
})  # fmt: skip

_SPF_TYPE = 99
_LOOKUPS_ALLOWED = 10
_DOMAIN = r"[A-Za-z0-9._%{}+/=,-]+"  # with macros, RFC 7208 section 7
_LENGTH = r"(/[0-9]{1,2})?(//[0-9]{1,3})?"
_MECHANISM = re.compile(
    rf"[+?~-]?(all|(include|exists):{_DOMAIN}|(a|mx)(:{_DOMAIN}?)?{_LENGTH}|ptr(:{_DOMAIN})?"
    r"|ip4:[0-9.]+(/[0-9]{1,2})?|ip6:[0-9A-Fa-f:.]+(/[0-9]{1,3})?)\Z",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"[A-Za-z][A-Za-z0-9._-]*=[^\s]*\Z")
_ASKS = re.compile(r"[+?~-]?(include|a|mx|ptr|exists)(?![a-z0-9])|redirect=", re.IGNORECASE)


def check(_sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """Every TXT of the zone."""
    for owner, kind, rrset in zone.sets(TXT):
        texts = [strings(data) for data in rrset.rdatas]
        if any(len(parts) > 1 and len(parts[0]) == 255 for parts in texts):
            yield zone.finding(SPLIT, "info", (owner, kind), "written as strings of 255 octets; readers join them")
        yield from _spf(zone, owner, [joined(parts) for parts in texts])
    for owner, kind, _ in zone.sets(_SPF_TYPE):
        yield zone.finding(OLD, "warning", (owner, kind), "declare it as TXT")


def strings(data: bytes) -> list[bytes]:
    """The strings of TXT data."""
    found, at = [], 0
    while at < len(data):
        found.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return found


def joined(parts: Iterable[bytes]) -> str:
    """Strings as the one text that readers take them for."""
    return b"".join(parts).decode("utf-8", "replace")


def _spf(zone: ZoneSight, owner: bytes, texts: Sequence[str]) -> Iterator[RuleFinding]:
    records = [text for text in texts if re.match(r"v=spf1( |\Z)", text, re.IGNORECASE)]
    if len(records) > 1:
        yield zone.finding(SPF, "error", (owner, TXT), f"{len(records)} SPF records: receivers take none of them")
    for text in records:
        terms = text.split()[1:]
        wrong = [term for term in terms if not _MECHANISM.match(term) and not _MODIFIER.match(term)]
        if wrong:
            yield zone.finding(SPF, "error", (owner, TXT), f"{wrong[0]!r} is no term of SPF")
        asks = sum(1 for term in terms if _ASKS.match(term))
        if asks > _LOOKUPS_ALLOWED:
            message = f"{asks} lookups by itself; receivers give up after {_LOOKUPS_ALLOWED}"
            yield zone.finding(LOOKUPS, "warning", (owner, TXT), message)
