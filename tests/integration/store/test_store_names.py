"""What is kept of name servers, on both databases: what is so now and nothing of what was."""

from dataclasses import replace
from datetime import timedelta

from netctl.model.moments import stamp
from netctl.model.names import Lapse, NamesMark, NamesState, ServerSeen, ViewZone, ZoneSignatures
from netctl.model.signing import DsSight, ZoneSigning
from netctl.model.zonewrites import Sighting, ZoneId
from netctl.store import Store
from timepiece import BEGIN, Timepiece

RIVERS = ViewZone("internal", "rivers.gov-wan.example")
HERE, THERE = ZoneId("ns1", *RIVERS), ZoneId("ns3", *RIVERS)
AT = stamp(BEGIN)
DS = DsSight("4711 13 2 0f0f", 4711, 4711, True, ("ns1",))
SIGNING = ZoneSigning(
    zone="rivers.gov-wan.example.",
    view="internal",
    organisation="rivers",
    policy="standard",
    signed=True,
    chain="secure",
    anchor="gov-wan.example.",
    denial="NSEC3",
    signatures=12,
    expires=AT,
    ends_soon=False,
    keys=(),
    ds=(DS,),
    announced=(),
    rollovers=(),
    servers=(),
    problems=(),
    notes=("河川",),
)
STATE = NamesState(
    mark=NamesMark(AT, AT, 120.0, 2),
    servers={
        "ns1": ServerSeen("ns1", answers=True, since=AT, seen_at=AT),
        "ns3": ServerSeen("ns3", answers=False, since=AT, seen_at="", tries=2, why="no answer within 5 s"),
    },
    lapses={THERE: Lapse(THERE, "behind", AT, 4294967295, 7)},
    signatures={RIVERS: ZoneSignatures(RIVERS, 4294967295, AT, AT, "", "secure")},
    sightings={HERE: Sighting(4294967295, AT), THERE: Sighting(0, AT)},
)


def keep(store: Store, state: NamesState, signings=None) -> None:
    with store.writing() as books:
        books.names.keep(state, signings or {})


def test_nothing_is_known_before_the_first_round(store: Store) -> None:
    with store.reading() as books:
        assert books.names.state() == NamesState(None, {}, {}, {}, {})
        assert books.names.signing(RIVERS) is None


def test_what_is_kept_is_what_was_found_and_only_that(store: Store, clock: Timepiece) -> None:
    keep(store, STATE, {RIVERS: SIGNING})
    with store.reading() as books:
        assert books.names.state() == STATE
        assert books.names.state(serials=False) == replace(STATE, sightings={})
        assert books.names.signing(RIVERS) == SIGNING
    clock.now += timedelta(minutes=2)
    later = stamp(clock.now)
    healed = replace(
        STATE,
        mark=NamesMark(later, later, 120.0, 1),
        servers={"ns1": STATE.servers["ns1"]},
        lapses={},
        sightings={HERE: STATE.sightings[HERE], THERE: Sighting(4294967295, later)},
    )
    keep(store, healed)
    with store.reading() as books:
        assert books.names.state() == healed
        assert books.names.signing(RIVERS) == SIGNING, "what was not looked at anew stays"
    keep(store, replace(healed, signatures={}))
    with store.reading() as books:
        assert books.names.signing(RIVERS) is None


def test_a_long_word_of_a_server_is_cut(store: Store) -> None:
    said = replace(STATE, lapses={THERE: Lapse(THERE, "unserved", AT, why="x" * 100_000)})
    keep(store, said)
    with store.reading() as books:
        assert len(books.names.lapses()[THERE].why) == 500
