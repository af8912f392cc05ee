"""How zones are signed: named policies of `dns/policy.yaml`, and what cannot hold of one (RFC 6781, RFC 7583)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import Problem
from netctl.model.dns import SigningPolicy
from netctl.services.dns import codes
from netctl.services.dns.documents import SigningDocument
from netctl.services.dns.reading import POLICY
from netctl.zones.dnssec import ALGORITHMS, WEAK

STANDARD = "standard"
"""The policy of `dnssec: true`; a network may declare it otherwise."""
LEAVING = "insecure"
"""Instead of a policy's name: the server takes signatures away, in steps that nobody stumbles over."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_NUMBERS = {name.lower(): number for number, name in ALGORITHMS.items()}
_WRITTEN = frozenset({8, 10, 13, 14, 15, 16})


def algorithm_number(name: str) -> int:
    """The number of an algorithm by its mnemonic in small letters; raises `KeyError`."""
    return _NUMBERS[name]


Report = Callable[[Problem], object]


def policies(said: Mapping[str, SigningDocument | None], report: Report) -> dict[str, SigningPolicy]:
    """Every policy by name, `standard` among them; what cannot hold is reported."""
    found: dict[str, SigningPolicy] = {}
    for name, body in ({STANDARD: SigningDocument()} | dict(said)).items():
        if name == LEAVING:
            message = f"{LEAVING!r} is what a zone says that is no longer signed, and no name for a policy"
            report(Problem(codes.SIGNING, POLICY, ("signing", name), name, message))
        elif body is not None and None not in [getattr(body, each) for each in body.__struct_fields__]:
            found[name] = made = _policy(name, body)
            for field, message in _flaws(made):
                at = ("signing", name, field)
                report(Problem(codes.SIGNING, POLICY, at, getattr(body, field), message))
    return found


def policy_name(known: Mapping[str, SigningPolicy], file: str, report: Report, *, said: bool | str) -> str:
    """The policy that ``dnssec:`` means, "" for none; one that is not declared is reported."""
    if isinstance(said, bool):
        return STANDARD if said else ""
    if said not in known and said != LEAVING:
        hint = did_you_mean(said, known) or f"declare it under `signing:` in {POLICY}"
        message = f"signing policy {said!r} is not declared"
        report(Problem("NETCTL-E0111", file, ("dnssec",), said, message, hint))
        return ""
    return said


def seconds(text: str) -> int:
    """A time as in ``14d``, in seconds; ``unlimited`` is 0."""
    return 0 if text == "unlimited" else int(text[:-1]) * _UNITS[text[-1]]


def _policy(name: str, body: SigningDocument) -> SigningPolicy:
    return SigningPolicy(
        name=name,
        algorithm=body.algorithm,
        split=body.keys == "ksk+zsk",
        ksk_lifetime=seconds(body.ksk_lifetime),
        zsk_lifetime=seconds(body.zsk_lifetime),
        nsec3=body.denial == "nsec3",
        validity=seconds(body.validity),
        refresh=seconds(body.refresh),
        alarm=seconds(body.alarm),
        key_ttl=seconds(body.key_ttl),
        max_ttl=seconds(body.max_ttl),
        delay=seconds(body.delay),
        ds_ttl=seconds(body.ds_ttl),
        ds_delay=seconds(body.ds_delay),
        safety=seconds(body.safety),
    )


def _flaws(policy: SigningPolicy) -> Iterator[tuple[str, str]]:
    """What cannot hold, with the field that says it."""
    number = _NUMBERS.get(policy.algorithm)
    if number in WEAK:
        yield "algorithm", f"{policy.algorithm} is too weak to sign with (RFC 8624)"
    elif number not in _WRITTEN:
        known = ", ".join(name for name, each in _NUMBERS.items() if each in _WRITTEN)
        yield "algorithm", f"no algorithm {policy.algorithm} is known; known: {known}"
    if policy.refresh * 10 > policy.validity * 9:
        yield "refresh", "signatures would be made anew all the time: it must be at most 90% of `validity`"
    elif policy.refresh <= policy.max_ttl + policy.delay:
        yield "refresh", "a signature would end while resolvers still hold it: it must exceed `max_ttl` and `delay`"
    if policy.alarm >= policy.refresh:
        yield "alarm", "it would always ring: it must be shorter than `refresh`"
    to_publish = policy.key_ttl + policy.delay + policy.safety
    replacing = policy.validity - policy.refresh
    of_zone_key = to_publish + replacing + policy.max_ttl + policy.delay + policy.safety
    if policy.split and 0 < policy.zsk_lifetime < of_zone_key:
        yield "zsk_lifetime", f"a ZSK could not be replaced in that time: TTLs and signatures take {of_zone_key} s"
    of_entry_key = to_publish + policy.ds_ttl + policy.ds_delay + policy.safety
    least = of_entry_key if policy.split else max(of_entry_key, of_zone_key)
    if 0 < policy.ksk_lifetime < least:
        yield "ksk_lifetime", f"a key could not be replaced in that time: TTLs take {least} s"
