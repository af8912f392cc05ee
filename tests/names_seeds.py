"""Rounds over name servers that never happened, but could have: for pages, and for more zones than anybody would start."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from netctl.control.dns.book import NamesBook
from netctl.control.pages.zone_list import servers_of
from netctl.control.watching.names import ground_of_names
from netctl.model.moments import stamp
from netctl.model.names import SigningKey, ViewZone, ZoneSignatures
from netctl.model.watch import RoundMark
from netctl.model.zonewrites import ZoneId
from netctl.observe.judge import judge
from netctl.observe.names import NamesGround, NamesLook, after
from netctl.observe.names_causes import NamesRound, Patience
from netctl.store import Store

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
    ground = ground_of_names(book)
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
        signatures={of: _signed(of, end, at, serial) for of, end in (expires or {}).items()},
    )
    signed = ground.signed | (expires or {}).keys()
    _keep(store, look, NamesGround(ground.servers, ground.organisations, signed, ground.routers), at, book)


def _keep(store: Store, look: NamesLook, ground: NamesGround, at: datetime, book: NamesBook) -> None:
    with store.writing() as books:
        state = after(books.names.state(), look, ground, INTERVAL)
        books.names.keep(state)
        mark = RoundMark(0, stamp(at), stamp(at), INTERVAL, 0)
        books.watch.keep(mark, (), {}, whole=False)
        judge(books, book.atlas.wiring, names=NamesRound(ground, state, (), PATIENCE, at))


def _answer(
    place: ZoneId, serial: int, behind: Mapping[ZoneId, int], silent: Collection[str], unserved: Collection[ZoneId]
) -> int | str:
    if place.server in silent:
        return "no answer within 5 s"
    return "the server refuses" if place in unserved else serial - behind.get(place, 0)


def _signed(of: ViewZone, end: datetime, at: datetime, serial: int) -> ZoneSignatures:
    return ZoneSignatures(of, serial, stamp(end), stamp(at), (SigningKey(4711, 13, entry=True),))
