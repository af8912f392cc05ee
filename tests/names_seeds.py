"""Rounds over name servers that never happened, but could have: for pages, and for more zones than anybody would start."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from netctl.control.dns.book import NamesBook
from netctl.control.pages.zone_list import servers_of
from netctl.control.watching.names import ground_of_names
from netctl.model.moments import stamp
from netctl.model.names import ViewZone, ZoneSignatures
from netctl.model.signing import DsSight, KeyHistory, KeySight, Rollover, ZoneSigning
from netctl.model.watch import RoundMark
from netctl.model.zonewrites import ZoneId
from netctl.observe.judge import judge
from netctl.observe.names import NamesGround, NamesLook, after
from netctl.observe.names_causes import NamesRound, Patience
from netctl.store import Store
from netctl.zones.dnssec_stages import STEPS

INTERVAL = 120.0
SERIAL = 2026112201
PATIENCE = Patience(tries=2, behind=600, expiry_hours=72)


def names_round(
    store: Store,
    book: NamesBook,
    at: datetime,
    *,
    behind: Mapping[ZoneId, int] | None = None,
    silent: Collection[str] = (),
    unserved: Collection[ZoneId] = (),
    expires: Mapping[ViewZone, datetime] | None = None,
    serial: int = SERIAL,
    asked: Collection[ViewZone] = (),
) -> None:
    """Keep one round that ended at `at`, with what follows from it; zones in `behind` are so many numbers behind.

    With `asked` only these zones are there.
    """
    ground, signed_to = ground_of_names(book), dict(expires or {})
    answers: dict[ZoneId, int | str] = {}
    sources: dict[ViewZone, str] = {}
    for of in asked or book.zones:
        for server in servers_of(book, of.view):
            place = ZoneId(server.name, of.view, of.zone)
            sources.setdefault(of, server.name)
            answers[place] = _answer(place, serial, behind or {}, silent, unserved)
    why = "no answer within 5 s"
    look = NamesLook(
        began_at=stamp(at - timedelta(seconds=1)),
        ended_at=stamp(at),
        answers=answers,
        silent=dict.fromkeys(silent, why),
        sources=sources,
        signatures={
            of: ZoneSignatures(of, serial, stamp(end), stamp(at), "", "secure") for of, end in signed_to.items()
        },
        signings={of: _signing(of, end) for of, end in signed_to.items()},
    )
    signed = ground.signed | signed_to.keys()
    _keep(store, look, NamesGround(ground.servers, ground.organisations, signed, ground.routers), at, book)


def _keep(store: Store, look: NamesLook, ground: NamesGround, at: datetime, book: NamesBook) -> None:
    with store.writing() as books:
        state = after(books.names.state(), look, ground, INTERVAL)
        books.names.keep(state, look.signings)
        mark = RoundMark(0, stamp(at), stamp(at), INTERVAL, 0)
        books.watch.keep(mark, (), {}, whole=False)
        judge(books, book.atlas.wiring, names=NamesRound(ground, state, (), PATIENCE, at))


def _answer(
    place: ZoneId, serial: int, behind: Mapping[ZoneId, int], silent: Collection[str], unserved: Collection[ZoneId]
) -> int | str:
    if place.server in silent:
        return "no answer within 5 s"
    return "the server refuses" if place in unserved else serial - behind.get(place, 0)


def _signing(of: ViewZone, end: datetime) -> ZoneSigning:
    """One key signs everything, and the zone above vouches for it."""
    ds = f"4711 13 2 {'0f' * 32}"
    key = KeySight(4711, "ECDSAP256SHA256", "csk", "active", 257, True, 12, True, (), ds, KeyHistory())
    to_do = (
        "netctl plan  # the next change takes it to gov-wan.example.",
        f"on ns1: rndc loadkeys {of.zone} IN {of.view}  # looks for the DS now, not within the hour",
    )
    rolled = Rollover("ksk", STEPS["ksk"], 1, "no DS above is of key 4711", "", to_do)
    return ZoneSigning(
        zone=f"{of.zone}.",
        view=of.view,
        organisation="",
        policy="standard",
        signed=True,
        chain="secure",
        anchor="gov-wan.example.",
        denial="NSEC",
        signatures=12,
        expires=stamp(end),
        ends_soon=False,
        keys=(key,),
        ds=(DsSight(ds, 4711, 4711, True, ("ns1",)),),
        announced=(),
        rollovers=(rolled,),
        servers=(),
        problems=(),
        notes=("of 12 RRsets the signatures of the apex were verified; --whole verifies all",),
    )
