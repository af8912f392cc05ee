"""Record data of every type, written and read; and what is refused, with its reason."""

from __future__ import annotations

import dns.name
import dns.rdata
import pytest

from netctl.errors import RecordInvalid
from netctl.zones import embedded, names, records
from netctl.zones.embedded import CNAME, TXT
from record_samples import ALL, SAMPLES, known_types
from zone_data import ORIGIN

DNS_ORIGIN = dns.name.from_text("rivers.gov-wan.example.")


def by_dnspython(type_: str, text: str) -> dns.rdata.Rdata:
    return dns.rdata.from_text("IN", type_, text, origin=DNS_ORIGIN, relativize=False)


def test_there_are_samples_of_every_type_dnspython_knows():
    assert known_types() - SAMPLES.keys() == set()


@pytest.mark.parametrize(("type_", "text"), ALL)
def test_data_is_dnspythons_canonical_data(type_, text):
    number = records.type_number(type_)
    assert records.rdata(number, text, ORIGIN) == by_dnspython(type_, text).to_digestable()


@pytest.mark.parametrize(("type_", "text"), ALL)
def test_data_written_and_read_again_is_the_same(type_, text):
    number = records.type_number(type_)
    wire = records.rdata(number, text, ORIGIN)
    written = records.rdata_text(number, wire)
    assert records.rdata(number, written, names.ROOT) == wire
    assert embedded.canonical(number, by_dnspython(type_, text).to_wire()) == wire


@pytest.mark.parametrize("type_", ["A", "AAAA", "TXT", "CNAME", "MX", "SRV", "NAPTR"])
def test_rfc_3597_form_is_taken_for_every_type(type_):
    number = records.type_number(type_)
    wire = records.rdata(number, SAMPLES[type_][0], ORIGIN)
    assert records.rdata(number, rf"\# {len(wire)} {wire.hex()}", ORIGIN) == wire


def test_types_go_by_name_or_number():
    assert records.type_number("aaaa") == records.type_number("TYPE28") == 28
    assert (records.type_text(28), records.type_text(65280)) == ("AAAA", "TYPE65280")


@pytest.mark.parametrize("type_", ["", "NOSUCH", "AXFR", "ANY", "OPT", "TSIG", "TYPE0", "TYPE70000", "TYPEx"])
def test_what_is_no_type_of_records_is_refused(type_):
    with pytest.raises(RecordInvalid):
        records.type_number(type_)


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("A", "192.0.2"), ("A", "192.0.2.256"), ("A", "192.0.2.01x"), ("A", ""), ("A", "192.0.2.1 192.0.2.2"),
        ("AAAA", "2001:db8:::1"), ("AAAA", "192.0.2.1"), ("AAAA", "fe80::1%eth0"),
        ("CNAME", ""), ("CNAME", "a b"), ("CNAME", "a..b"), ("CNAME", "x" * 64), ("CNAME", "a\nb"),
        ("MX", "10"), ("MX", "65536 a"), ("MX", "-1 a"), ("MX", "ten a"), ("MX", "1 a b"),
        ("SRV", "1 2 a"), ("SRV", "1 2 99999 a"),
        ("TXT", ""), ("TXT", f'"{"x" * 256}"'), ("TXT", '"open'), ("TXT", '"a\nb"'),
        ("SOA", "a b 1 2 3 4"), ("DS", "1 2 3 zz"), ("TLSA", "3 1 1"), ("LOC", "91 N 0 E 0m"), ("CAA", "0 issue"),
        ("HTTPS", "1 . alpn=h2 alpn=h3"), ("TYPE65280", "c0000201"), ("TYPE65280", r"\# 3 c0000201"),
        ("NAPTR", "1 2"), ("SSHFP", "1 1 xyz"), ("URI", "1 2"), ("NSEC3", "1"), ("WKS", "192.0.2.1"),
    ],
)  # fmt: skip
def test_what_its_type_does_not_take_is_refused_and_named(type_, text):
    with pytest.raises(RecordInvalid, match=f"^NETCTL-E1011: {type_} ") as raised:
        records.rdata(records.type_number(type_), text, ORIGIN)
    assert raised.value.hint


def test_a_long_text_is_cut_into_strings():
    assert records.strings(b"x" * 300) == b"\xff" + b"x" * 255 + b"\x2d" + b"x" * 45
    assert records.strings(b"") == b"\0"
    assert records.rdata(TXT, records.quoted('say "hi" \\ ' * 40), ORIGIN) == records.strings(b'say "hi" \\ ' * 40)


def test_malformed_data_is_written_as_octets():
    assert records.rdata_text(CNAME, b"\x05ab") == r"\# 3 056162"
    assert records.rdata_text(1, b"") == r"\# 0"


@pytest.mark.parametrize(
    ("type_", "text", "targets"),
    [
        ("CNAME", "www", ["www"]), ("MX", "10 mail", ["mail"]), ("SRV", "1 2 3 sip", ["sip"]), ("NS", "ns1", ["ns1"]),
        ("SOA", "ns1 hostmaster 1 2 3 4 5", ["ns1", "hostmaster"]), ("PX", "1 a b", ["a", "b"]), ("A", "192.0.2.1", []),
        ("NAPTR", '1 2 "s" "x" "" _sip._tcp', ["_sip._tcp"]), ("TXT", "www", []), ("PTR", "www", ["www"]),
    ],
)  # fmt: skip
def test_the_names_a_record_points_to(type_, text, targets):
    number = records.type_number(type_)
    found = records.names_in(number, records.rdata(number, text, ORIGIN))
    assert found == tuple(names.wire(target, ORIGIN) for target in targets)


def test_names_in_malformed_data_are_refused():
    with pytest.raises(RecordInvalid, match="CNAME data 056162"):
        records.names_in(CNAME, b"\x05ab")
