"""How a difference is cut into messages."""

from __future__ import annotations

import dns.message
import pytest

from netctl.errors import UpdateTooLarge, ZoneNameInvalid
from netctl.zones import names, records
from netctl.zones.data import SOA, Key, RRset, ZoneData
from netctl.zones.difference import difference
from netctl.zones.embedded import AAAA, CNAME, MX, NS, TXT, A
from netctl.zones.simulate import simulate
from netctl.zones.update import MOST_OCTETS, updates
from zone_data import ORIGIN, soa

NONE, IN = 254, 1


def key(owner: str, type_: int) -> Key:
    return names.wire(owner, ORIGIN), type_


def rrset(type_: int, *texts: str, ttl: int = 300) -> RRset:
    return RRset(ttl, tuple(sorted(records.rdata(type_, text, ORIGIN) for text in texts)))


def zone(**owners: RRset) -> ZoneData:
    """A zone with these addresses, and the least that each zone has."""
    rrsets = {key("@", SOA): soa(10), key("@", NS): rrset(NS, "ns1"), key("ns1", A): rrset(A, "192.0.2.53")}
    return ZoneData(ORIGIN, rrsets | {key(owner, A): each for owner, each in owners.items()})


def test_nothing_to_change_is_no_message():
    assert updates(zone(), difference(zone(), zone())) == ()


def test_another_timer_alone_is_one_message():
    after = ZoneData(ORIGIN, {**zone().rrsets, key("@", SOA): soa(0, refresh=7200)})
    (update,) = updates(zone(), difference(zone(), after))
    assert update.records == 1
    assert simulate(zone(), [update.message(1)]).zone.rrsets[key("@", SOA)] == soa(11, refresh=7200)


def test_an_owner_is_never_torn_apart_while_it_fits():
    many = {f"host-{number}": rrset(A, "192.0.2.1", "192.0.2.2") for number in range(50)}
    sent = updates(zone(), difference(zone(), zone(**many)), most_records=5)
    for update in sent:
        owners = [each.name for each in dns.message.from_wire(update.message(1), one_rr_per_rrset=True).update[:-1]]
        assert {owners.count(owner) for owner in owners} == {2}
    assert len(sent) == 25


def test_a_cname_swap_removes_before_it_adds_in_one_message():
    before, after = zone(www=rrset(A, *(f"192.0.2.{last}" for last in range(1, 30)))), zone()
    after = ZoneData(ORIGIN, {**after.rrsets, key("www", CNAME): rrset(CNAME, "ns1")})
    (update,) = updates(before, difference(before, after))
    classes = [each.deleting for each in dns.message.from_wire(update.message(1), one_rr_per_rrset=True).update]
    assert [each is not None for each in classes] == [True, False, False]


def test_an_rrset_larger_than_a_message_goes_in_several():
    after = zone(www=rrset(A, *(f"198.51.{high}.{low}" for high in range(30) for low in range(200))))
    sent = updates(zone(), difference(zone(), after), most_records=10_000)
    assert len(sent) == 2
    assert max(len(update.body) for update in sent) <= MOST_OCTETS
    assert (
        simulate(zone(), [update.message(1) for update in sent]).zone.rrsets[key("www", A)]
        == after.rrsets[key("www", A)]
    )


def test_new_name_servers_are_there_before_the_old_ones_go_and_with_their_addresses():
    after = dict(zone(spare=rrset(A, "192.0.2.1")).rrsets)
    del after[key("ns1", A)]
    after |= {key("@", NS): rrset(NS, "ns2"), key("ns2", AAAA): rrset(AAAA, "2001:db8::53")}
    first, *rest = updates(zone(), difference(zone(), ZoneData(ORIGIN, after)), most_records=1)
    said = dns.message.from_wire(first.message(1), one_rr_per_rrset=True).update
    assert [(each.name.labels[0], each.rdtype, each.deleting) for each in said[:-1]] == [
        (b"ns1", A, 255),
        (b"ns2", AAAA, None),
        (b"rivers", NS, None),
        (b"rivers", NS, NONE),
    ]
    assert len(rest) == 1
    assert simulate(zone(), [first.message(1)]).ignored == ()


def test_mail_goes_to_a_name_only_after_it_has_its_address():
    after = dict(zone(mail=rrset(A, "192.0.2.25")).rrsets) | {key("a", MX): rrset(MX, "10 mail")}
    first, second = updates(zone(), difference(zone(), ZoneData(ORIGIN, after)), most_records=1)
    kinds = [dns.message.from_wire(each.message(1), one_rr_per_rrset=True).update[0].rdtype for each in (first, second)]
    assert kinds == [A, MX]


def test_a_change_of_ttl_replaces_the_rrset():
    before, after = zone(www=rrset(A, "192.0.2.1", "192.0.2.2")), zone(www=rrset(A, "192.0.2.1", ttl=60))
    (update,) = updates(before, difference(before, after))
    said = dns.message.from_wire(update.message(1), one_rr_per_rrset=True).update
    assert [(each.rdtype, each.deleting) for each in said] == [(A, 255), (A, None), (SOA, None)]


def test_what_must_be_at_once_and_does_not_fit_is_refused():
    after = ZoneData(ORIGIN, {**zone().rrsets, key("@", NS): rrset(NS, *(f"ns{number}" for number in range(100)))})
    with pytest.raises(UpdateTooLarge):
        updates(zone(), difference(zone(), after), most_octets=2_000)


def test_one_record_larger_than_a_message_is_refused():
    after = ZoneData(ORIGIN, {**zone().rrsets, key("x", TXT): RRset(300, (records.strings(b"x" * 65_000),))})
    with pytest.raises(UpdateTooLarge):
        updates(zone(), difference(zone(), after))


def test_a_name_outside_the_zone_is_refused():
    outside = names.wire("www.lakes.gov-wan.example")
    after = ZoneData(ORIGIN, {**zone().rrsets, (outside, A): rrset(A, "192.0.2.1")})
    with pytest.raises(ZoneNameInvalid, match="is not in rivers"):
        updates(zone(), difference(zone(), after))


def test_a_zone_without_soa_cannot_be_updated():
    with pytest.raises(ZoneNameInvalid, match="no SOA"):
        updates(ZoneData(ORIGIN, {}), difference(ZoneData(ORIGIN, {}), zone()))
