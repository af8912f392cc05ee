"""What is remembered of a zone's keys between two looks: since when each is published, signs, is vouched for.

One look cannot tell a key that does not sign yet from one that signs no more, nor since when resolvers may know it.
Moments are those of the looks: a key is never taken to be known for longer than netctl saw it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from netctl.model.moments import read_moment, stamp
from netctl.model.signing import KeyHistory
from netctl.zones.data import Name
from netctl.zones.dnssec import SigningKey, Voucher, vouches
from netctl.zones.dnssec_signatures import Tally

FORGOTTEN_AFTER = timedelta(days=30)
"""How long a key that is gone is still shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at a zone. `published` are keys that every server has.

    `vouchers` are the DS that any server of the zone above has, None where nobody knows; `everywhere` those on all.
    """

    origin: Name
    keys: tuple[SigningKey, ...]
    published: frozenset[str]
    tally: Tally
    vouchers: tuple[Voucher, ...] | None
    everywhere: tuple[Voucher, ...] = ()


def remember(before: Mapping[str, KeyHistory], seen: Seen, moment: datetime) -> dict[str, KeyHistory]:
    """The histories of all keys after a look, by `SigningKey.id`; keys that are long gone are left out."""
    at, there = stamp(moment), {key.id: key for key in seen.keys}
    found = {
        name: replace(
            history, gone=history.gone or at, signing_ended=_ended(history.signing, history.signing_ended, at)
        )
        for name, history in before.items()
        if name not in there and not (history.gone and moment - read_moment(history.gone) > FORGOTTEN_AFTER)
    }
    return found | {name: _look(before.get(name, KeyHistory()), key, seen, at) for name, key in there.items()}


def _look(history: KeyHistory, key: SigningKey, seen: Seen, at: str) -> KeyHistory:
    signed = seen.tally.signed.get(key.who, 0)
    signing = bool(signed) or key.who in seen.tally.keys
    whole = signed >= seen.tally.total if signed else False
    vouched = is_vouched(seen.origin, key, seen.vouchers)
    by_all = is_vouched(seen.origin, key, seen.everywhere)
    return KeyHistory(
        published=(history.published or at) if key.id in seen.published else "",
        signing=history.signing or (at if signing else ""),
        signing_all=(history.signing_all or at) if whole else "",
        signing_ended="" if signing else _ended(history.signing, history.signing_ended, at),
        ds=history.ds or (at if by_all else ""),
        ds_ended=history.ds_ended if vouched is None else "" if vouched else _ended(history.ds, history.ds_ended, at),
    )


def is_vouched(origin: Name, key: SigningKey, vouchers: Collection[Voucher] | None) -> bool | None:
    """Some DS is this key's; None where nobody knows."""
    return None if vouchers is None else any(vouches(each, origin, key) for each in vouchers)


def _ended(begun: str, ended: str, at: str) -> str:
    return ended or (at if begun else "")
