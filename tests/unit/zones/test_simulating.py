"""RFC 2136 section 3 as servers do it: what they refuse, and what they pass over without a word."""

from __future__ import annotations

import dns.rdatatype
import dns.update
import pytest

from netctl.errors import TransferMalformed
from netctl.zones import names, records
from netctl.zones.data import SOA, RRset, ZoneData
from netctl.zones.embedded import AAAA, CNAME, NS, TXT, A
from netctl.zones.simulate import (
    FORMERR,
    NOERROR,
    NOTAUTH,
    NOTZONE,
    NXDOMAIN,
    NXRRSET,
    YXDOMAIN,
    YXRRSET,
    simulate,
)
from zone_data import ORIGIN, soa

ZONE = "rivers.gov-wan.example."


def name(text: str) -> bytes:
    return names.wire(text, ORIGIN)


def rdata(type_: int, text: str) -> bytes:
    return records.rdata(type_, text, ORIGIN)


@pytest.fixture
def zone() -> ZoneData:
    return ZoneData(
        ORIGIN,
        {
            (ORIGIN, SOA): soa(10),
            (ORIGIN, NS): RRset(300, (rdata(NS, "ns1"),)),
            (name("ns1"), A): RRset(300, (rdata(A, "192.0.2.53"),)),
            (name("www"), A): RRset(300, (rdata(A, "192.0.2.80"), rdata(A, "192.0.2.81"))),
            (name("www"), TXT): RRset(300, (rdata(TXT, '"here"'),)),
            (name("old"), CNAME): RRset(300, (rdata(CNAME, "www"),)),
        },
    )


def update() -> dns.update.UpdateMessage:
    return dns.update.UpdateMessage(ZONE)


def test_a_cname_over_an_address_is_passed_over(zone):
    message = update()
    message.add("www", 300, "CNAME", "elsewhere.example.")
    done = simulate(zone, [message.to_wire()])
    assert done.code == NOERROR
    assert [(each.key, each.why) for each in done.ignored] == [((name("www"), CNAME), "a CNAME where other data is")]
    assert done.zone == zone


def test_an_address_over_a_cname_is_passed_over(zone):
    message = update()
    message.add("old", 300, "A", "192.0.2.9")
    done = simulate(zone, [message.to_wire()])
    assert [each.why for each in done.ignored] == ["other data where a CNAME is"]
    assert done.zone == zone


def test_a_cname_takes_the_place_of_what_went_before_it_in_the_same_message(zone):
    message = update()
    message.delete("www")
    message.add("www", 300, "CNAME", "elsewhere.example.")
    done = simulate(zone, [message.to_wire()])
    assert done.ignored == ()
    assert done.zone.rrsets[name("www"), CNAME].rdatas == (rdata(CNAME, "elsewhere.example."),)
    assert (name("www"), TXT) not in done.zone.rrsets


def test_ns_of_a_wildcard_are_passed_over(zone):
    message = update()
    message.add("*", 300, "NS", "ns1.lakes.gov-wan.example.")
    assert [each.why for each in simulate(zone, [message.to_wire()]).ignored] == [
        "NS or DNAME of a wildcard, which BIND leaves out"
    ]


def test_what_comes_and_goes_in_one_message_does_not_move_the_serial(zone):
    message = update()
    message.add("new", 300, "A", "192.0.2.9")
    message.delete("new")
    assert simulate(zone, [message.to_wire()]).zone == zone


def test_a_second_cname_replaces_the_first(zone):
    message = update()
    message.add("old", 60, "CNAME", "ns1")
    assert simulate(zone, [message.to_wire()]).zone.rrsets[name("old"), CNAME] == RRset(60, (rdata(CNAME, "ns1"),))


def test_the_last_apex_ns_stays(zone):
    message = update()
    message.delete("@", "NS", f"ns1.{ZONE}")
    done = simulate(zone, [message.to_wire()])
    assert [each.why for each in done.ignored] == ["the last NS of the apex stays"]
    assert done.zone == zone


def test_the_apex_ns_and_soa_are_not_removed_as_rrsets(zone):
    message = update()
    message.delete("@", "NS")
    message.delete("@", "SOA")
    done = simulate(zone, [message.to_wire()])
    assert [each.key for each in done.ignored] == [(ORIGIN, NS), (ORIGIN, SOA)]
    assert done.zone == zone


def test_removing_everything_at_the_apex_leaves_soa_and_ns(zone):
    zone = ZoneData(ORIGIN, {**zone.rrsets, (ORIGIN, TXT): RRset(300, (rdata(TXT, '"x"'),))})
    message = update()
    message.delete("@")
    done = simulate(zone, [message.to_wire()])
    assert {key[1] for key in done.zone.rrsets if key[0] == ORIGIN} == {SOA, NS}
    assert done.ignored == ()


def test_an_soa_that_does_not_rise_is_passed_over(zone):
    message = update()
    message.add("@", 300, "SOA", "ns1 hostmaster 10 1 2 3 4")
    done = simulate(zone, [message.to_wire()])
    assert [each.why for each in done.ignored] == ["serial 10 is not later than 10"]


def test_an_soa_below_the_apex_is_passed_over(zone):
    message = update()
    message.add("www", 300, "SOA", "ns1 hostmaster 99 1 2 3 4")
    assert [each.why for each in simulate(zone, [message.to_wire()]).ignored] == ["an SOA stands at the apex only"]


def test_the_serial_rises_by_itself_where_something_changes_and_only_then(zone):
    change, nothing = update(), update()
    change.add("new", 300, "AAAA", "2001:db8::9")
    nothing.delete("absent")
    assert simulate(zone, [change.to_wire()]).zone.serial == 11
    assert simulate(zone, [nothing.to_wire()]).zone == zone


def test_one_record_with_another_ttl_changes_the_ttl_of_all(zone):
    message = update()
    message.add("www", 60, "A", "192.0.2.80")
    after = simulate(zone, [message.to_wire()]).zone.rrsets[name("www"), A]
    assert after == RRset(60, (rdata(A, "192.0.2.80"), rdata(A, "192.0.2.81")))


def test_an_rrset_whose_last_record_goes_is_gone(zone):
    message = update()
    message.delete("www", "A", "192.0.2.80")
    message.delete("www", "A", "192.0.2.81")
    message.delete("www", "AAAA", "2001:db8::77")
    assert (name("www"), A) not in simulate(zone, [message.to_wire()]).zone.rrsets


@pytest.mark.parametrize(
    ("require", "code"),
    [
        (lambda message: message.present("absent"), NXDOMAIN),
        (lambda message: message.present("www"), NOERROR),
        (lambda message: message.present("www", "AAAA"), NXRRSET),
        (lambda message: message.present("www", "A"), NOERROR),
        (lambda message: message.present("www", "A", "192.0.2.80"), NXRRSET),
        (lambda message: message.present("www", "A", "192.0.2.80", "192.0.2.81"), NOERROR),
        (lambda message: message.absent("www"), YXDOMAIN),
        (lambda message: message.absent("absent"), NOERROR),
        (lambda message: message.absent("www", "A"), YXRRSET),
        (lambda message: message.absent("www", "AAAA"), NOERROR),
    ],
)
def test_a_prerequisite_that_does_not_hold_refuses_the_whole_message(zone, require, code):
    message = update()
    require(message)
    message.add("new", 300, "AAAA", "2001:db8::9")
    done = simulate(zone, [message.to_wire()])
    assert done.code == code
    assert ((name("new"), AAAA) in done.zone.rrsets) == (code == NOERROR)


def test_a_name_outside_the_zone_refuses_the_whole_message(zone):
    message = update()
    message.add("new", 300, "AAAA", "2001:db8::9")
    message.add("lakes.gov-wan.example.", 300, "AAAA", "2001:db8::9")
    done = simulate(zone, [message.to_wire()])
    assert (done.code, done.zone) == (NOTZONE, zone)


def test_an_update_of_another_zone_is_not_this_servers_business(zone):
    assert simulate(zone, [dns.update.UpdateMessage("lakes.gov-wan.example.").to_wire()]).code == NOTAUTH


def test_a_type_of_questions_is_refused(zone):
    message = update()
    message.add("new", 300, "AAAA", "2001:db8::9")
    wire = message.to_wire().replace(b"\x00\x1c\x00\x01", bytes((0, dns.rdatatype.AXFR, 0, 1)))
    assert simulate(zone, [wire]).code == FORMERR


def test_the_first_refused_message_ends_it(zone):
    first, second, third = update(), update(), update()
    first.add("one", 300, "AAAA", "2001:db8::1")
    second.present("absent")
    third.add("three", 300, "AAAA", "2001:db8::3")
    done = simulate(zone, [each.to_wire() for each in (first, second, third)])
    assert done.code == NXDOMAIN
    assert (name("one"), AAAA) in done.zone.rrsets
    assert (name("three"), AAAA) not in done.zone.rrsets


def test_a_message_cut_short_is_malformed(zone):
    message = update()
    message.add("new", 300, "AAAA", "2001:db8::9")
    with pytest.raises(TransferMalformed):
        simulate(zone, [message.to_wire()[:-3]])
