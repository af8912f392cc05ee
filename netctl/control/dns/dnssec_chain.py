"""Who vouches for a signed zone: from what is declared as an anchor down through our own zones (RFC 4035 section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from netctl.devices.nameserver.keys import Apex, Told, flaw_of
from netctl.devices.nameserver.signed import vouched
from netctl.errors import NetctlError
from netctl.model.signing import ChainState
from netctl.services.dns.declared import DeclaredZone
from netctl.zones.data import RRset
from netctl.zones.dnssec import DS, Voucher, keys_of, vouchers_of


@dataclass(frozen=True, slots=True)
class Link:
    """A zone, its apex where it is written (None where that is not known), and the DS that each server above has.

    `above` is None for a zone that is cut out of none of ours: who is above is told by `ds:` of its file, or unknown.
    """

    zone: DeclaredZone
    apex: Apex | None
    vouchers: Mapping[str, Told | NetctlError]
    above: Link | None


@dataclass(frozen=True, slots=True)
class Chain:
    """How a zone is vouched for. `vouchers` is every DS there is, None where nobody knows; `everywhere` are on all."""

    state: ChainState
    anchor: str = ""
    vouchers: RRset | None = None
    everywhere: tuple[Voucher, ...] = ()
    served: Mapping[str, tuple[Voucher, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def chain_of(link: Link, moment: float) -> Chain:
    """What leads to a zone, as servers answer at a moment."""
    if link.above is None:
        return _top(link)
    answers = {server: told for server, told in link.vouchers.items() if isinstance(told, Told)}
    if not answers:
        return Chain("unknown", notes=(f"no server of {link.above.zone.name} said which DS it has",))
    served = {server: vouchers_of(told.rrset) for server, told in answers.items()}
    ttl = max((told.rrset.ttl for told in answers.values() if told.rrset), default=0)
    every = RRset(ttl, tuple(sorted({data for told in answers.values() if told.rrset for data in told.rrset.rdatas})))
    on_all = tuple(each for each in vouchers_of(every) if all(each in those for those in served.values()))
    chain = Chain("island", "", every, on_all, served)
    problems = [*_mismatches(link, answers), *_unproven(link, link.above, answers, moment)]
    return _judged(link, chain, problems, moment)


def _top(link: Link) -> Chain:
    """A zone under nobody of ours: the DS that is declared of it is what resolvers are told."""
    declared = RRset(0, link.zone.ds)
    if not link.zone.ds:
        signed = link.apex is not None and link.apex.keys.rrset is not None
        note = "who is above is not one of the network's zones, and `ds:` says nothing: nobody knows its DS"
        return Chain("unknown" if signed else "unsigned", notes=(note,) if signed else ())
    found = vouchers_of(declared)
    if link.apex is None:
        return Chain("unknown", vouchers=declared, everywhere=found)
    wrong = vouched(link.zone.origin, link.apex.keys.rrset, declared, link.apex.signers)
    said = (wrong.replace("the zone above", "its file"),) if wrong else ()
    return Chain("broken" if wrong else "secure", link.zone.name, declared, found, problems=said)


def _mismatches(link: Link, answers: Mapping[str, Told]) -> list[str]:
    """Servers above whose DS is of no key that signs; a DS nobody may follow any more breaks the zone for some."""
    if link.apex is None:
        return []
    keys, signers = link.apex.keys.rrset, link.apex.signers
    wrong = {server: vouched(link.zone.origin, keys, told.rrset, signers) for server, told in answers.items()}
    reasons = dict.fromkeys(filter(None, wrong.values()))
    return [f"{why} (on {', '.join(each for each in wrong if wrong[each] == why)})" for why in reasons]


def _unproven(link: Link, above: Link, answers: Mapping[str, Told], moment: float) -> list[str]:
    """Servers of a signed zone above whose DS has no signature that holds."""
    keys = keys_of(above.apex.keys.rrset) if above.apex else ()
    if not keys:
        return []
    flaws = {
        server: flaw_of((link.zone.origin, DS), told, keys, moment) for server, told in answers.items() if told.rrset
    }
    return [f"the DS above is not proven by {server}: {why}" for server, why in flaws.items() if why]


def _judged(link: Link, chain: Chain, problems: list[str], moment: float) -> Chain:
    signed = link.apex is not None and link.apex.keys.rrset is not None
    anchor, state, notes = "", chain.state, []
    if problems:
        state = "broken"
    elif link.apex is None:
        state = "unknown"
    elif not signed:
        state = "unsigned"
    elif chain.vouchers and chain.vouchers.rdatas and link.above is not None:
        above = chain_of(link.above, moment)
        state, anchor = above.state if above.state != "unsigned" else "island", above.anchor
        if above.state == "unsigned":
            notes.append(f"{link.above.zone.name} has its DS, and is not signed itself: nobody believes it")
        elif above.state == "broken":
            notes.append(f"{link.above.zone.name} above is broken itself")
    return Chain(state, anchor, chain.vouchers, chain.everywhere, chain.served, tuple(problems), tuple(notes))
