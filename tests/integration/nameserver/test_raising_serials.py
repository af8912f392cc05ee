"""Who takes updates, asked of real servers without changing anything; serials that rise alone, and secondaries that follow."""

import pytest
from nameservers import ALGORITHM, OTHER, RIVERS, SECRETS, ZONE, bind, knot, nsd, require
from ports import free_port

from netctl.devices.nameserver.convergence import converge
from netctl.devices.nameserver.raising import LEAP, raise_serials, takes_updates
from netctl.devices.nameserver.server import server_key
from netctl.devices.nameserver.transfer import fetch
from netctl.errors import KeyRefused, NameServerUnreachable, NetctlError
from netctl.zones.difference import difference


def test_a_primary_takes_updates_and_is_not_changed_by_the_question(primary, place, notes) -> None:
    before = primary.serial(RIVERS)
    assert takes_updates(place(primary), 5)
    assert primary.serial(RIVERS) == before
    with pytest.raises(KeyRefused):
        takes_updates(place(primary, update=None), 5)
    with pytest.raises(NameServerUnreachable):
        takes_updates(place(free_port()), 5)


def test_a_server_that_does_not_know_the_key_takes_no_updates_by_it(primary, place) -> None:
    stranger = server_key("stranger.gov-wan.example", ALGORITHM, SECRETS[OTHER])
    assert not takes_updates(place(primary, update=stranger), 5)


def test_servers_that_copy_a_zone_take_no_updates_of_it(tmp_path, primary, place) -> None:
    with (
        knot(tmp_path / "knot", primary.port, [RIVERS]) as second,
        nsd(tmp_path / "nsd", primary.port, [RIVERS]) as third,
    ):
        second.until(lambda: second.serial(RIVERS))
        third.until(lambda: third.serial(RIVERS))
        assert not takes_updates(place(second, name="ns3"), 5)
        assert not takes_updates(place(third, name="ns4"), 5)


def test_a_bind_that_copies_a_zone_takes_no_updates_of_it(tmp_path, primary, place) -> None:
    require("named")
    with bind(tmp_path / "copy", {}) as second:
        conf = tmp_path / "copy" / "named.conf"
        conf.write_text(
            conf.read_text()
            + f'zone "{RIVERS}" {{ type secondary; file "copied"; masterfile-format text;'
            + f' primaries {{ 127.0.0.1 port {primary.port} key "transfer-main.gov-wan.example"; }}; }};\n'
        )
        second.stop()
        second.start(RIVERS)
        assert not takes_updates(place(second, name="ns2"), 5)


def test_serials_rise_above_others_and_nothing_else_changes(tmp_path, place, notes) -> None:
    zones = {RIVERS: ZONE, "forests.gov-wan.example": ZONE.replace("rivers", "forests")}
    with bind(tmp_path / "bind", zones) as server:
        here, there = (place(server, zone) for zone in zones)
        before = {each: fetch(each, notes, 5).data for each in (here, there)}
        assert raise_serials({here: [4_000], there: []}, 5, 4, leap=10) == {here: 4_010, there: 20}
        for each in (here, there):
            assert not difference(before[each], fetch(each, notes, 5).data)
        assert raise_serials({there: [20 + (1 << 31)]}, 5, 4) == {there: 21 + (1 << 31)}
        assert fetch(there, notes, 5).data.serial == 21 + (1 << 31)


def test_one_zone_that_cannot_be_raised_stops_no_other(primary, place) -> None:
    here, nowhere = place(primary), place(primary, "nowhere.example")
    away = place(free_port(), name="ns9")
    found = raise_serials({nowhere: [], here: [], away: []}, 5, 4)
    assert found[here] == 11
    assert isinstance(found[nowhere], NetctlError)
    assert isinstance(found[away], NameServerUnreachable)


def test_secondaries_follow_a_leap(tmp_path, place) -> None:
    port = free_port()
    with (
        bind(tmp_path / "bind", {RIVERS: ZONE}, notify=[port]) as main,
        knot(tmp_path / "knot", main.port, [RIVERS], port=port) as second,
    ):
        second.until(lambda: second.serial(RIVERS) == 10)
        here = place(main)
        serial = raise_serials({here: []}, 5, 4, leap=LEAP)[here]
        assert converge([place(second, name="ns3")], serial, 20)[0].serial == serial == 10 + LEAP
