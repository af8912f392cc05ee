"""What a round over the name servers means, without any server: since when who is behind, and whose trouble it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from netctl.model.dns import NameServer
from netctl.model.moments import stamp
from netctl.model.names import NamesState, ViewZone, ZoneSignatures
from netctl.model.network import Source
from netctl.model.problems import Cause
from netctl.model.watch import Standing
from netctl.model.zonewrites import ZoneId
from netctl.observe.names import NO_NAMES, NamesGround, NamesLook, after
from netctl.observe.names_causes import NamesRound, Patience, with_names

BEGIN = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ZONES = [ViewZone("internal", f"z{number}.gov-wan.example") for number in range(8)]
PATIENCE = Patience(tries=2, behind=600, expiry_hours=72)
EMPTY = NamesState(None, {}, {}, {}, {})


def server(name: str, centre: str = "main", views: tuple[str, ...] = ("internal",)) -> NameServer:
    host = f"{name}.gov-wan.example."
    return NameServer(name, host, "knot", "secondary", "", centre, ("192.0.2.53",), 53, views, Source("a.yaml", 1))


GROUND = NamesGround(
    servers={name: server(name, centre) for name, centre in (("ns1", "main"), ("ns2", "backup"), ("ns3", "backup"))},
    organisations={of: "rivers" if of == ZONES[0] else "" for of in ZONES},
    signed=frozenset(ZONES),
    routers={"main": ("core-main-1",), "backup": ("core-backup-1", "core-backup-2")},
)


def look(minutes: float, serials: dict[str, object], *, zones=ZONES[:1], signatures=None) -> NamesLook:
    """Every server says the same of all zones: a serial, why it does not serve them, or None for silence."""
    at = stamp(BEGIN + timedelta(minutes=minutes))
    answers = {
        ZoneId(name, of.view, of.zone): said if said is not None else "no answer"
        for name, said in serials.items()
        for of in zones
    }
    silent = {name: "no answer" for name, said in serials.items() if said is None}
    return NamesLook(at, at, answers, silent, dict.fromkeys(zones, "ns1"), signatures or {}, {})


def watched(*looks: NamesLook) -> NamesState:
    state = EMPTY
    for one in looks:
        state = after(state, one, GROUND, 120.0)
    return state


def causes(state: NamesState, minutes: float, *, found=(), standings=None, flights=()) -> dict[str, Cause]:
    at = NamesRound(GROUND, state, flights, PATIENCE, BEGIN + timedelta(minutes=minutes))
    return {each.key: each for each in with_names(found, standings or {}, at)}


def test_a_secondary_that_follows_a_busy_zone_is_never_behind_for_long():
    busy = [look(minute, {"ns1": 100 + 10 * minute, "ns2": 100 + 10 * minute - 5}) for minute in range(30)]
    state = watched(*busy)
    (lapse,) = state.lapses.values()
    assert (lapse.kind, lapse.lag, lapse.since) == ("behind", 5, busy[-1].ended_at)
    assert causes(state, 30) == {}


def test_one_that_stands_still_is_behind_since_it_was_first_seen_to_be():
    state = watched(*(look(minute, {"ns1": 100 + minute, "ns2": 100}) for minute in range(15)))
    (lapse,) = state.lapses.values()
    assert (lapse.lag, lapse.wanted, lapse.since) == (14, 101, stamp(BEGIN + timedelta(minutes=1)))
    assert causes(state, 10) == {}
    (cause,) = causes(state, 11).values()
    assert (cause.code, cause.subject, cause.severity, cause.organisation) == ("WATCH-ZONE-BEHIND", "ns2", "medium", "")


def test_serials_stand_on_a_circle():
    state = watched(look(0, {"ns1": 3, "ns2": 0xFFFFFFFE}))
    (lapse,) = state.lapses.values()
    assert lapse.lag == 5


def test_where_a_zone_is_written_need_not_answer_for_others_to_be_behind():
    state = watched(look(0, {"ns1": 7, "ns2": 5}), look(1, {"ns1": None, "ns2": 5}))
    (lapse,) = state.lapses.values()
    assert (lapse.lag, lapse.since) == (2, stamp(BEGIN))


def test_all_zones_that_a_server_does_not_serve_are_one_problem():
    state = watched(look(0, {"ns1": 7, "ns2": "the server refuses"}, zones=ZONES))
    (cause,) = causes(state, 20).values()
    assert (cause.code, len(cause.symptoms)) == ("WATCH-ZONE-UNSERVED", 8)
    assert cause.detail.endswith(", … (8)")


def test_the_last_server_of_a_view_is_graver_than_one_of_several():
    alone = watched(*(look(minute, {"ns1": None, "ns2": 7}) for minute in range(2)))
    only = replace(GROUND, servers={**GROUND.servers, "ns1": server("ns1", views=("internal", "outside"))})
    at = NamesRound(only, alone, (), PATIENCE, BEGIN)
    (cause,) = with_names((), {}, at)
    assert cause.severity == "high"
    assert "nobody else answers for view outside" in cause.detail
    assert causes(alone, 2)["name-server:ns1"].severity == "medium"


def test_silence_of_all_is_one_problem():
    state = watched(*(look(minute, dict.fromkeys(GROUND.servers, None)) for minute in range(2)))
    (cause,) = causes(state, 2).values()
    assert (cause.code, cause.severity, len(cause.symptoms)) == ("WATCH-NAME-SERVERS", "high", 3)


def test_a_server_that_is_no_longer_declared_is_nobodys_trouble():
    state = watched(*(look(minute, {"ns1": 7, "ns9": None, "ns2": 5}) for minute in range(20)))
    assert causes(state, 20).keys() == {"behind:ns2"}
    at = NamesRound(NO_NAMES, state, (), PATIENCE, BEGIN)
    assert with_names((), {}, at) == ()


def test_a_server_in_a_centre_that_is_gone_is_a_symptom_and_another_one_is_not():
    state = watched(*(look(minute, {"ns1": 7, "ns2": None, "ns3": 7}) for minute in range(2)))
    routers = GROUND.routers["backup"]
    gone = Cause(
        "group:backup", "WATCH-GROUP-DOWN", "reachability", "high", "group", "backup", "", "", (), routers, ("backup",)
    )
    down = {name: Standing(name, "down", "", "", "", ()) for name in routers}
    (cause,) = causes(state, 2, found=[gone], standings=down).values()
    assert cause.symptoms == ("ns2 WATCH-NAME-SERVER no answer",)
    both = watched(*(look(minute, dict.fromkeys(GROUND.servers, None)) for minute in range(2)))
    found = causes(both, 2, found=[gone], standings=down)
    assert found.keys() == {"group:backup", "name-server:ns1"}
    assert len(found["group:backup"].symptoms) == 2
    half = down | {routers[0]: replace(down[routers[0]], state="up")}
    assert causes(state, 2, found=[gone], standings=half).keys() == {"group:backup", "name-server:ns2"}


@pytest.mark.parametrize("flight", ["ns2", f"{ZONES[0].zone}@internal"])
def test_what_a_change_in_flight_does_is_not_told(flight):
    state = watched(look(0, {"ns1": 7, "ns2": 5}))
    assert causes(state, 20).keys() == {"behind:ns2"}
    assert causes(state, 20, flights=(flight,)) == {}


def signed(of: ViewZone, hours: float, flaw: str = "") -> ZoneSignatures:
    return ZoneSignatures(of, 7, stamp(BEGIN + timedelta(hours=hours)), stamp(BEGIN), flaw)


def test_signatures_that_end_are_the_owners_problem_and_grave_on_the_last_day():
    level = {"ns1": 7, "ns2": 7}
    state = watched(look(0, level, signatures={ZONES[0]: signed(ZONES[0], 80)}))
    assert causes(state, 0) == {}
    name = f"signatures:{ZONES[0].zone}@internal"
    soon = causes(state, 60 * 9)[name]
    assert (soon.code, soon.severity, soon.organisation) == ("WATCH-SIGNATURES", "medium", "rivers")
    assert causes(state, 60 * 57)[name].severity == "high"
    broken = watched(look(0, level, signatures={ZONES[0]: signed(ZONES[0], 800, "no signature holds")}))
    assert causes(broken, 0)[name].severity == "high"


def test_signatures_of_many_zones_are_one_problem_and_zones_that_are_gone_are_forgotten():
    state = watched(look(0, {"ns1": 7}, zones=ZONES, signatures={of: signed(of, 1) for of in ZONES}))
    (cause,) = causes(state, 0).values()
    assert len(cause.symptoms) == len(ZONES)
    fewer = replace(GROUND, signed=frozenset(ZONES[:2]))
    assert after(state, look(1, {"ns1": 7}), fewer, 120.0).signatures.keys() == set(ZONES[:2])
