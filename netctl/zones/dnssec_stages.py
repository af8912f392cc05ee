"""How far a change of a zone's keys has come, by what everybody can see of it (RFC 6781 section 4.1, RFC 7583).

A zone's server goes from step to step by itself but for the DS, which stands in the zone above. What resolvers
remember decides when a step is safe: nothing is taken away before the longest TTL of what it replaces has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from netctl.model.moments import read_moment, stamp
from netctl.model.signing import KeyHistory, KeyRole, KeyState, Rollover, RolloverKind
from netctl.zones.dnssec import SigningKey, algorithm_text
from netctl.zones.dnssec_history import Seen, is_vouched

STEPS: Mapping[RolloverKind, tuple[str, ...]] = {
    "first": ("the zone is signed", "copies without signatures run out", "its DS stands in the zone above"),
    "zsk": (
        "the new key is published", "the new key signs, old signatures are replaced",
        "copies of old signatures run out", "the server takes the old key away",
    ),
    "ksk": (
        "the new key is published and signs the keys", "the DS in the zone above is replaced",
        "copies of the old DS run out", "the server takes the old key away",
    ),
    "algorithm": (
        "the zone is signed with both algorithms", "copies without the new signatures run out",
        "the DS in the zone above is replaced", "copies of the old DS run out",
        "the server takes the old keys and signatures away",
    ),
    "leaving": (
        "the DS leaves the zone above", "copies of the DS run out", "the server takes keys and signatures away",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timing:
    """What resolvers may remember, in seconds: TTLs of the keys, of the DS above; `delay` is what secondaries take."""

    keys: int
    ds: int
    delay: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """A look and all that is known beside it.

    `algorithm` is what the policy asks for, 0 where the zone is not declared to be signed. `able` says that the zone
    above could vouch for this one. `replace` says what a person does so that these keys are vouched for, and no others.
    """

    seen: Seen
    histories: Mapping[str, KeyHistory]
    timing: Timing
    moment: datetime
    algorithm: int
    able: bool
    replace: Callable[[tuple[SigningKey, ...]], tuple[str, ...]] = field(default=lambda _keys: ())

    def history(self, key: SigningKey) -> KeyHistory:
        """What is remembered of a key."""
        return self.histories.get(key.id, KeyHistory())

    def vouched(self, key: SigningKey) -> bool | None:
        """Some DS is this key's; None where nobody knows."""
        return is_vouched(self.seen.origin, key, self.seen.vouchers)

    def vouched_by_all(self, key: SigningKey) -> bool | None:
        """Every server of the zone above has a DS of it; None where nobody knows."""
        return None if self.seen.vouchers is None else is_vouched(self.seen.origin, key, self.seen.everywhere)

    def signed(self, key: SigningKey) -> int:
        """How many RRsets a key signs, beside the keys."""
        return self.seen.tally.signed.get(key.who, 0)

    def signs_keys(self, key: SigningKey) -> bool:
        """It signs the keys."""
        return key.who in self.seen.tally.keys

    def passed(self, since: str, seconds: int) -> tuple[bool, str]:
        """Whether so many seconds have passed since a moment, and when they will have; never since one nobody knows."""
        if not since:
            return False, ""
        safe = read_moment(since) + timedelta(seconds=seconds + self.timing.delay)
        return self.moment >= safe, stamp(safe)


def role_of(outlook: Outlook, key: SigningKey) -> KeyRole:
    """What a key is for: what it signs says so, its flags where it signs nothing."""
    if not key.secure_entry:
        return "zsk"
    others = any(not each.secure_entry and each.usable for each in outlook.seen.keys)
    return "csk" if outlook.signed(key) or not others else "ksk"


def state_of(outlook: Outlook, key: SigningKey) -> KeyState:
    """Where a key stands in its life (RFC 7583 section 3.2)."""
    if key.revoked:
        return "revoked"
    history = outlook.history(key)
    if not outlook.signed(key) and not outlook.signs_keys(key):
        return "retired" if history.signing_ended else "published"
    return _entry_state(outlook, key, history) if key.secure_entry else _zone_state(outlook, key)


def _zone_state(outlook: Outlook, key: SigningKey) -> KeyState:
    """A ZSK that signs something. New signatures are those of whoever signs the SOA.

    BIND lets a key sign the SOA from the moment it publishes it, beside the one that signs everything.
    """
    fresh = outlook.seen.tally.fresh
    mates = [
        each for each in outlook.seen.keys if each.algorithm == key.algorithm and each != key and each.who in fresh
    ]
    if mates and key.who not in fresh:
        return "retiring"
    most = max(map(outlook.signed, mates), default=0)
    return "published" if most >= outlook.seen.tally.total > outlook.signed(key) else "active"


def _entry_state(outlook: Outlook, key: SigningKey, history: KeyHistory) -> KeyState:
    """A key that is meant to be vouched for: it is active once it is, and retires once another one is."""
    others = [each for each in entries(outlook) if each != key and outlook.signs_keys(each)]
    vouched = outlook.vouched(key)
    if not others:
        return "active"
    if vouched:
        newer = any(outlook.vouched(each) and _age(outlook, each) > _age(outlook, key) for each in others)
        return "retiring" if newer else "active"
    if history.ds_ended:
        return "retiring"
    return "published" if vouched is False and any(map(outlook.vouched, others)) else "active"


def entries(outlook: Outlook) -> list[SigningKey]:
    """The keys that are meant to be vouched for, those seen first before the others."""
    found = [each for each in outlook.seen.keys if each.secure_entry and each.usable]
    return sorted(found, key=lambda each: (_age(outlook, each), each.tag))


def _age(outlook: Outlook, key: SigningKey) -> tuple[str, bool]:
    """What sorts keys by the order in which they came; one without a DS comes after one with."""
    history = outlook.history(key)
    first = min((each for each in (history.published, history.signing, history.ds) if each), default="~")
    return first, not (outlook.vouched(key) or history.ds)


def rollovers(outlook: Outlook) -> tuple[Rollover, ...]:
    """Everything that is being changed of the zone's keys."""
    return tuple(_rollovers(outlook))


def _rollovers(outlook: Outlook) -> Iterator[Rollover]:
    keys = [each for each in outlook.seen.keys if each.usable]
    if not keys:
        return
    if not outlook.algorithm:
        yield _leaving(outlook)
        return
    algorithms = {each.algorithm for each in keys}
    if len(algorithms) > 1:
        yield _algorithm(outlook, keys, algorithms)
        return
    those = entries(outlook)
    if len(those) > 1:
        yield _entry_keys(outlook, those)
    elif outlook.able and those and outlook.vouched(those[0]) is False:
        yield _first(outlook, those)
    zone_keys = [each for each in keys if not each.secure_entry]
    if len(zone_keys) > 1:
        yield _zone_keys(outlook, zone_keys)


def _at(kind: RolloverKind, step: int, waiting: str, earliest: str = "", to_do: tuple[str, ...] = ()) -> Rollover:
    return Rollover(kind, STEPS[kind if kind != "csk" else "ksk"], step, waiting, earliest, to_do)


def _first(outlook: Outlook, those: list[SigningKey]) -> Rollover:
    """A zone that was not signed before: its DS comes last, once nobody remembers it without signatures."""
    total = outlook.seen.tally.total
    most = max(map(outlook.signed, outlook.seen.keys), default=0)
    if most < total:
        return _at("first", 0, f"{most} of {total} RRsets are signed")
    since = max(outlook.history(each).signing_all for each in outlook.seen.keys)
    passed, safe = outlook.passed(since, outlook.seen.tally.ttl)
    if not passed:
        return _at("first", 1, "resolvers may still know names without their signatures", safe)
    return _at("first", 2, "nobody above vouches for the zone yet", to_do=outlook.replace(tuple(those)))


def _zone_keys(outlook: Outlook, keys: list[SigningKey]) -> Rollover:
    """Pre-publication of a ZSK (RFC 6781 section 4.1.1.1)."""
    idle = [each for each in keys if state_of(outlook, each) in {"published", "retired"}]
    old = [each for each in keys if state_of(outlook, each) == "retiring"]
    if old:
        left = sum(map(outlook.signed, old))
        total = outlook.seen.tally.total
        return _at("zsk", 1, f"{left} of {total} RRsets are still signed by {_named(*old)}")
    retired = [each for each in idle if outlook.history(each).signing_ended]
    if retired:
        since = max(outlook.history(each).signing_ended for each in retired)
        passed, safe = outlook.passed(since, outlook.seen.tally.ttl)
        said = f"{_named(*retired)} signs no more"
        return _at("zsk", 3, f"{said}; nobody needs it any longer") if passed else _at("zsk", 2, said, safe)
    if not idle:
        return _at("zsk", 1, f"{_named(*keys)} sign everything side by side")
    passed, safe = outlook.passed(max(outlook.history(each).published for each in idle), outlook.timing.keys)
    if passed:
        return _at("zsk", 0, f"everybody may know {_named(*idle)}: the server signs with it next")
    return _at("zsk", 0, f"resolvers may still know the keys without {_named(*idle)}", safe)


def _entry_keys(outlook: Outlook, those: list[SigningKey]) -> Rollover:
    """Double signature of a KSK or CSK: both sign the keys while the DS is replaced (RFC 6781 section 4.1.2)."""
    kind: RolloverKind = "csk" if any(role_of(outlook, each) == "csk" for each in those) else "ksk"
    *old, new = those
    if not outlook.signs_keys(new):
        return _at(kind, 0, f"{_named(new)} does not sign the keys yet")
    if not outlook.vouched(new):
        passed, safe = outlook.passed(outlook.history(new).published, outlook.timing.keys)
        if not passed:
            return _at(kind, 0, f"resolvers may still know the keys without {_named(new)}", safe)
    return _of_ds(outlook, kind, old, [new], 1)


def _of_ds(outlook: Outlook, kind: RolloverKind, old: list[SigningKey], new: list[SigningKey], step: int) -> Rollover:
    """The DS replaced, its copies run out, the old key taken away: the same of one key and of an algorithm."""
    wanted = tuple(each for each in new if each.secure_entry)
    vouched = [outlook.vouched_by_all(each) for each in wanted]
    if None in vouched:
        return _at(kind, step, "nobody here knows which DS stands in the zone above", to_do=outlook.replace(wanted))
    if not any(vouched):
        return _at(kind, step, f"no DS above is of {_named(*wanted)}", to_do=outlook.replace(wanted))
    still = [each for each in old if outlook.vouched(each)]
    if still:
        return _at(kind, step, f"the DS of {_named(*still)} still stands above", to_do=outlook.replace(wanted))
    since = max((outlook.history(each).ds_ended for each in old), default="")
    since = max(since, *(outlook.history(each).ds for each in wanted))
    passed, safe = outlook.passed(since, outlook.timing.ds)
    if not passed:
        return _at(kind, step + 1, f"resolvers may still know the DS of {_named(*old)}", safe)
    return _at(kind, step + 2, f"nobody needs {_named(*old)} any longer")


def _algorithm(outlook: Outlook, keys: list[SigningKey], algorithms: set[int]) -> Rollover:
    """Another algorithm: everything is signed with both before the DS is replaced (RFC 6781 section 4.1.4)."""
    arriving = outlook.algorithm if outlook.algorithm in algorithms else _latest(outlook, keys)
    new = [each for each in keys if each.algorithm == arriving]
    old = [each for each in keys if each.algorithm != arriving]
    total = outlook.seen.tally.total
    most = max(map(outlook.signed, new))
    keys_signed = any(map(outlook.signs_keys, new))
    if most < total and not any(map(outlook.vouched, new)):
        return _at("algorithm", 0, f"{most} of {total} RRsets are signed with {algorithm_text(arriving)}")
    if not keys_signed:
        return _at("algorithm", 0, f"no key of {algorithm_text(arriving)} signs the keys yet")
    if not any(map(outlook.vouched, new)):
        since = max(outlook.history(each).signing_all or outlook.history(each).signing for each in new)
        passed, safe = outlook.passed(since, max(outlook.seen.tally.ttl, outlook.timing.keys))
        if not passed:
            return _at("algorithm", 1, "resolvers may still know names with the old signatures alone", safe)
    return _of_ds(outlook, "algorithm", [each for each in old if each.secure_entry], new, 2)


def _latest(outlook: Outlook, keys: list[SigningKey]) -> int:
    """The algorithm that came last, where the policy asks for none of them."""
    return max(keys, key=lambda each: _age(outlook, each)).algorithm


def _leaving(outlook: Outlook) -> Rollover:
    """A zone that is no longer to be signed: its DS goes first (RFC 6781 section 4.1.2; RFC 8078 section 4)."""
    those = entries(outlook)
    known = [outlook.vouched(each) for each in those]
    if outlook.seen.vouchers or None in known:
        return _at("leaving", 0, "a DS may still vouch for the zone", to_do=outlook.replace(()))
    since = max((outlook.history(each).ds_ended for each in those), default="")
    passed, safe = outlook.passed(since, outlook.timing.ds) if since else (True, "")
    if not passed:
        return _at("leaving", 1, "resolvers may still know the DS", safe)
    return _at("leaving", 2, "nobody needs the keys any longer")


def _named(*keys: SigningKey) -> str:
    return " and ".join(f"key {each.tag}" for each in keys)
