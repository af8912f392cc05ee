"""What a person lets one plan do beyond the policy's limits: ``ZONE:deletions=250,deleted_percent=40,apex_ns``."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from netctl.control.dns.names import Names, zone_name
from netctl.errors import AllowanceInvalid, UsageError
from netctl.model.plan import ZoneAllowance

_NUMBERS = {"deletions": 10_000_000, "deleted_percent": 100}
_HINT = "such as --allow rivers.gov-wan.example:deletions=250,deleted_percent=40,apex_ns"


def allowances(found: Names, texts: Iterable[str], about: Collection[str]) -> tuple[ZoneAllowance, ...]:
    """What the texts allow, by zone; raises `AllowanceInvalid`.

    `found` has all zones that there are, `about` names those that the plan is about.
    """
    made: dict[str, ZoneAllowance] = {}
    for text in texts:
        zone, colon, words = text.rpartition(":")
        if not colon or not zone or not words:
            raise AllowanceInvalid(f"{text!r} does not say what a zone is allowed", hint=_HINT)
        try:
            name = zone_name(found, zone)
        except UsageError as error:
            raise AllowanceInvalid(error.message, hint=error.hint) from error
        if name not in about:
            raise AllowanceInvalid(f"{name} is no part of this plan", hint="name the zone beside the others")
        if name in made:
            raise AllowanceInvalid(f"{name} is allowed twice", hint="say all of it in one --allow")
        made[name] = _allowance(name, text, words)
    return tuple(made[name] for name in sorted(made))


def _allowance(name: str, text: str, words: str) -> ZoneAllowance:
    numbers: dict[str, int] = {}
    apex_ns = False
    for word in words.split(","):
        key, equals, value = word.partition("=")
        if key == "apex_ns" and not equals and not apex_ns:
            apex_ns = True
        elif key in _NUMBERS and key not in numbers and value.isascii() and value.isdigit() and len(value) <= 8:
            numbers[key] = int(value)
        else:
            raise AllowanceInvalid(f"{word!r} in {text!r} is nothing that can be allowed, or is said twice", hint=_HINT)
        if numbers.get(key, 0) > _NUMBERS.get(key, 0):
            raise AllowanceInvalid(f"{word!r}: {_NUMBERS[key]} at most", hint=_HINT)
    return ZoneAllowance(name, numbers.get("deletions", 0), numbers.get("deleted_percent", 0), apex_ns)
