"""Zones read off the wire: what dnspython wrote, what it says they are, and never anything else for any octets."""

from __future__ import annotations

import random

import dns.exception
import dns.message
import dns.name
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers import NUMBER, answer, transfer
from netctl.errors import TransferMalformed
from netctl.zones import names, records, wire
from netctl.zones.data import SOA, Key, RRset, ZoneData
from netctl.zones.difference import difference, with_serial
from netctl.zones.serial import next_serial
from netctl.zones.transfer import Transfer, read_transfer
from record_samples import SAMPLES
from zone_data import ORIGIN, OWNERS, zone, zones

SEEDS = st.integers(0, 1_000_000)


def with_every_type(seed: int) -> ZoneData:
    """A zone that has some records of some of all types."""
    choose = random.Random(seed)
    rrsets: dict[Key, RRset] = dict(zone(seed).rrsets)
    for type_ in choose.sample(sorted(SAMPLES.keys() - {"SOA"}), 12):
        number = records.type_number(type_)
        data = {records.rdata(number, text, ORIGIN) for text in SAMPLES[type_]}
        rrsets[choose.choice(OWNERS), number] = RRset(choose.choice([0, 60, 2**31 - 1]), tuple(sorted(data)))
    return ZoneData(ORIGIN, rrsets)


def as_dnspython_reads(messages: list[bytes]) -> dict[Key, RRset]:
    found: dict[Key, tuple[int, set[bytes]]] = {}
    for message in messages:
        for rrset in dns.message.from_wire(message, one_rr_per_rrset=True).answer:
            key = (rrset.name.canonicalize().to_wire(), int(rrset.rdtype))
            ttl, held = found.setdefault(key, (rrset.ttl, set()))
            held.add(rrset[0].to_digestable())
            found[key] = (min(ttl, rrset.ttl), held)
    return {key: RRset(ttl, tuple(sorted(held))) for key, (ttl, held) in found.items()}


@settings(max_examples=40)
@given(SEEDS, st.integers(1, 4))
def test_a_transfer_is_the_zone_and_what_dnspython_reads(seed, count):
    whole = with_every_type(seed)
    messages = transfer(whole, random.Random(seed), count)
    assert read_transfer(messages, ORIGIN, NUMBER) == whole
    assert as_dnspython_reads(messages) == whole.rrsets


@given(SEEDS, st.integers(0, 10_000), st.integers(0, 255), st.sampled_from(["set", "cut", "insert", "drop"]))
def test_a_damaged_transfer_is_refused_or_read_as_dnspython_reads_it(seed, place, octet, how):
    whole = bytearray(transfer(with_every_type(seed), random.Random(seed))[0])
    place %= len(whole)
    if how == "set":
        whole[place] = octet
    elif how == "cut":
        del whole[place:]
    elif how == "insert":
        whole.insert(place, octet)
    else:
        del whole[place]
    try:
        read = read_transfer([bytes(whole)], ORIGIN, NUMBER)
    except TransferMalformed:
        return
    try:
        theirs = as_dnspython_reads([bytes(whole)])
    except (dns.exception.DNSException, ValueError):
        return  # of types whose data we take as it is, dnspython wants more
    assert read.rrsets == theirs


@given(st.binary(max_size=200), st.booleans())
def test_any_octets_are_one_error(octets, framed):
    head = NUMBER.to_bytes(2, "big") + b"\x84\x00\x00\x00\x00\x05\x00\x00\x00\x00" if framed else b""
    for read in (wire.read, lambda message: read_transfer([message], ORIGIN, NUMBER)):
        try:
            read(head + octets)
        except TransferMalformed:
            continue


@given(st.binary(min_size=1, max_size=40), st.integers(0, 40))
def test_a_name_anywhere_is_dnspythons_or_an_error(octets, start):
    message = bytes(wire.HEADER) + octets
    start = wire.HEADER + start % len(octets)
    try:
        name, end = wire.name_at(message, start)
    except TransferMalformed:
        return
    theirs, length = dns.name.from_wire(message, start)
    assert (name, end - start) == (theirs.canonicalize().to_wire(), length)


def increments(chain: list[ZoneData]) -> list[tuple[Key, int, bytes]]:
    """What an IXFR says that leads from the first zone to the last."""
    soa = (ORIGIN, SOA)
    final = chain[-1].rrsets[soa]
    said = [(soa, final.ttl, final.rdatas[0])]
    for before, after in zip(chain, chain[1:], strict=False):
        change = difference(before, after)
        changed = [each for each in change.changed if each.key != soa]
        gone = [*change.removed, *((key, old) for key, old, _ in changed)]
        come = [*change.added, *((key, new) for key, _, new in changed)]
        for held, edits in ((before, gone), (after, come)):
            said.append((soa, held.rrsets[soa].ttl, held.rrsets[soa].rdatas[0]))
            said += [(key, rrset.ttl, data) for key, rrset in edits for data in rrset.rdatas]
    return [*said, (soa, final.ttl, final.rdatas[0])]


def chained(seeds: list[int]) -> list[ZoneData]:
    """Zones with serials one after the other."""
    chain: list[ZoneData] = []
    for seed in seeds:
        made = zone(seed)
        serial = next_serial(chain[-1].serial) if chain else made.serial
        chain.append(ZoneData(ORIGIN, {**made.rrsets, (ORIGIN, SOA): with_serial(made.rrsets[ORIGIN, SOA], serial)}))
    return chain


@settings(max_examples=40)
@given(st.lists(SEEDS, min_size=2, max_size=4), st.integers(1, 3))
def test_increments_lead_from_the_first_zone_to_the_last(seeds, count):
    chain = chained(seeds)
    messages = answer(chain[0], increments(chain), random.Random(seeds[0]), count)
    assert read_transfer(messages, ORIGIN, NUMBER, chain[0]) == chain[-1]


@settings(max_examples=40)
@given(zones, SEEDS, st.integers(1, 3))
def test_a_whole_zone_may_answer_where_increments_were_asked_for(held, seed, count):
    after = zone(seed)
    soa = with_serial(after.rrsets[ORIGIN, SOA], next_serial(held.serial))
    after = ZoneData(ORIGIN, {**after.rrsets, (ORIGIN, SOA): soa})
    assert read_transfer(transfer(after, random.Random(seed), count), ORIGIN, NUMBER, held) == after


@settings(max_examples=40)
@given(st.lists(SEEDS, min_size=2, max_size=3), st.integers(0, 20))
def test_increments_that_miss_an_soa_are_refused(seeds, place):
    chain = chained(seeds)
    said = increments(chain)
    borders = [index for index, each in enumerate(said) if each[0][1] == SOA]
    del said[borders[place % len(borders)]]
    with pytest.raises(TransferMalformed):
        read_transfer(answer(chain[0], said, random.Random(0)), ORIGIN, NUMBER, chain[0])


def test_names_of_the_zone_are_recognised_by_labels():
    """A label may hold octets that look like the zone's name."""
    outside = names.wire(r"foo\006rivers.gov-wan.example.")
    soa = zone(1).rrsets[ORIGIN, SOA]
    strange = ZoneData(ORIGIN, {(ORIGIN, SOA): soa, (outside, 1): RRset(60, (b"\xc0\0\2\1",))})
    with pytest.raises(TransferMalformed, match="is not in the zone"):
        read_transfer(transfer(strange, random.Random(0)), ORIGIN, NUMBER)


@settings(max_examples=40)
@given(SEEDS, SEEDS, st.integers(1, 4))
def test_what_is_alike_is_held_once_and_changes_nothing(seed, other, count):
    whole = with_every_type(seed)
    same = {key: RRset(*each) for key, each in whole.rrsets.items()}
    alike = ZoneData(ORIGIN, same | with_every_type(other).rrsets)
    transferring = Transfer(ORIGIN, NUMBER, None, alike)
    for message in transfer(whole, random.Random(seed), count):
        transferring.take(message)
    found = transferring.zone()
    assert found == whole
    single = [key for key, each in alike.rrsets.items() if whole.rrsets.get(key) == each and len(each.rdatas) == 1]
    assert all(found.rrsets[key] is alike.rrsets[key] for key in single if key[1] != SOA)
