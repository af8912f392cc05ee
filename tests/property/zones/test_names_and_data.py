"""Names and data of any kind, written and read, always as dnspython does it."""

from __future__ import annotations

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
from hypothesis import given
from hypothesis import strategies as st

from netctl.errors import RecordInvalid, ZoneNameInvalid
from netctl.zones import embedded, names, records
from record_samples import SAMPLES
from zone_data import ORIGIN

NAMES = st.lists(st.binary(min_size=1, max_size=20).map(bytes.lower), max_size=8).map(
    lambda labels: b"".join(bytes((len(label),)) + label for label in labels) + b"\0"
)
TEXTS = st.text(alphabet=st.one_of(st.sampled_from('ab.@\\0129"();-_* '), st.characters(codec="utf-8")), max_size=20)
ISDN = 20  # dnspython leaves out an empty subaddress, and to us it is another record
TYPES = st.sampled_from(sorted(records.type_number(name) for name in SAMPLES))


@given(NAMES)
def test_a_name_written_and_read_is_the_same_and_written_as_dnspython_writes_it(name):
    written = names.text(name)
    assert names.wire(written) == name
    assert written == dns.name.from_wire(name, 0)[0].to_text()
    assert names.labels(name) + (b"",) == dns.name.from_wire(name, 0)[0].labels


@given(
    st.lists(
        st.one_of(st.binary(min_size=1, max_size=63), st.text(".-a7", min_size=44, max_size=48).map(str.encode)),
        max_size=4,
    )
)
def test_the_quick_way_to_write_a_name_escapes_what_every_label_has_escaped(labels: list[bytes]) -> None:
    name = b"".join(bytes([len(each)]) + each for each in labels) + names.ROOT
    assert names.text(name) == ("".join(f"{names.label_text(each)}." for each in labels) or ".")


@given(NAMES, NAMES)
def test_what_is_under_what_is_what_dnspython_says(name, origin):
    for one, other in ((name, origin), (name[:-1] + origin, origin)):
        if len(one) <= 255:
            theirs = dns.name.from_wire(one, 0)[0].is_subdomain(dns.name.from_wire(other, 0)[0])
            assert names.is_under(one, other) is theirs


@given(st.lists(NAMES, max_size=6))
def test_names_are_in_dnspythons_order(some):
    theirs = sorted(dns.name.from_wire(name, 0)[0] for name in some)
    assert sorted(some, key=names.order) == [name.to_wire() for name in theirs]


@given(TEXTS)
def test_a_text_is_the_name_dnspython_reads_or_refused(text):
    try:
        name = names.wire(text, ORIGIN)
    except ZoneNameInvalid:
        return
    theirs = dns.name.from_text(text, dns.name.from_text("rivers.gov-wan.example."), dns.name.IDNA_2008_Practical)
    assert name == theirs.canonicalize().to_wire()


@given(TYPES, TEXTS)
def test_any_text_is_data_that_can_be_written_or_refused(type_, text):
    try:
        wire = records.rdata(type_, text, ORIGIN)
    except RecordInvalid:
        return
    assert records.rdata(type_, records.rdata_text(type_, wire), names.ROOT) == wire


@given(TYPES, st.binary(max_size=60))
def test_any_octets_are_canonical_as_dnspython_says_and_can_be_written(type_, data):
    try:
        theirs = dns.rdata.from_wire(dns.rdataclass.IN, type_, data, 0, len(data)).to_digestable()
    except dns.exception.DNSException:
        records.rdata_text(type_, data)
        return
    if type_ != ISDN:
        assert embedded.canonical(type_, data) == theirs
    for name in records.names_in(type_, theirs):
        assert names.wire(names.text(name)) == name


def _data(skip: int, count: int, rest: int) -> st.SearchStrategy[bytes]:
    parts = [st.binary(min_size=skip, max_size=skip), *[NAMES] * count, st.binary(min_size=rest, max_size=rest)]
    return st.tuples(*parts).map(b"".join)


SHORT = st.one_of(
    st.tuples(st.sampled_from([2, 5, 12, 39]), _data(0, 1, 0)),
    st.tuples(st.just(15), _data(2, 1, 0)),
    st.tuples(st.just(33), _data(6, 1, 0)),
    st.tuples(st.just(6), _data(0, 2, 20)),
    st.tuples(st.just(16), TEXTS.map(lambda text: bytes((len(text.encode()),)) + text.encode())),
    st.tuples(st.just(16), st.binary(max_size=30).map(lambda text: bytes((len(text),)) + text)),
)


@given(SHORT)
def test_what_we_write_ourselves_is_what_dnspython_writes(known):
    type_, data = known
    theirs = dns.rdata.from_wire(dns.rdataclass.IN, type_, data, 0, len(data))
    assert records.rdata_text(type_, data) == theirs.to_text()
