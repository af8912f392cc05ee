"""Names between text and wire."""

from __future__ import annotations

import pytest

from netctl.errors import ZoneNameInvalid
from netctl.zones import names

ORIGIN = names.wire("gov-wan.example")


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        (".", b"\0"),
        ("@", b"\x07gov-wan\x07example\0"),
        ("www", b"\x03www\x07gov-wan\x07example\0"),
        ("WWW.Rivers", b"\x03www\x06rivers\x07gov-wan\x07example\0"),
        ("www.example.", b"\x03www\x07example\0"),
        (r"a\.b", b"\x03a.b\x07gov-wan\x07example\0"),
        (r"a\032\064\A", b"\x04a @a\x07gov-wan\x07example\0"),
        (r"\255.", b"\x01\xff\0"),
        ("*", b"\x01*\x07gov-wan\x07example\0"),
        ("0/25.2.0.192", b"\x040/25\x012\x010\x03192\x07gov-wan\x07example\0"),
        ("日本", b"\x0axn--wgv71a\x07gov-wan\x07example\0"),
        ("日本。Example.", b"\x0axn--wgv71a\x07example\0"),
        ("_sip._tcp.日本", b"\x04_sip\x04_tcp\x0axn--wgv71a\x07gov-wan\x07example\0"),
        ("x" * 63, b"\x3f" + b"x" * 63 + b"\x07gov-wan\x07example\0"),
    ],
)
def test_a_name_on_the_wire(text, wire):
    assert names.wire(text, ORIGIN) == wire


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty label"), ("..", "empty label"), ("a..b", "empty label"), (".a", "empty label"),
        ("x" * 64, "more than 63"), ("a." * 128, "are allowed"), ("a b", "column 2"), ("a\tb", "column 2"),
        ("a@b", "'@' at column 2"), ('a"', "column 2"), ("a(b)", "column 2"), ("a;b", "column 2"),
        ("a\\", "ends in a backslash"), (r"a\25", "three digits"), (r"a\256", "three digits"), (r"a\2x5", "three digits"),
        ("a\\日", "more than one octet"), ("日\\032", "one label"), ("\\032日", "one label"), ("\u200d", "IDNA"),
        ("日" * 60, "IDNA"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_with_the_reason(text, why):
    with pytest.raises(ZoneNameInvalid, match=why):
        names.wire(text, ORIGIN)


def test_without_an_origin_every_name_is_absolute():
    assert names.wire("a.example") == names.wire("a.example.") == b"\x01a\x07example\0"
    with pytest.raises(ZoneNameInvalid):
        names.wire("@")


def test_a_relative_name_that_becomes_too_long_is_refused():
    origin = names.wire(".".join(["x" * 60] * 4))
    with pytest.raises(ZoneNameInvalid, match="255 are allowed"):
        names.wire("y" * 30, origin)


@pytest.mark.parametrize(
    ("name", "origin", "under"),
    [
        ("www.gov-wan.example", "gov-wan.example", True), ("gov-wan.example", "gov-wan.example", True),
        ("example", "gov-wan.example", False), ("xgov-wan.example", "gov-wan.example", False), ("a", ".", True),
        (r"foo\007gov-wan.example", "gov-wan.example", False),
    ],
)  # fmt: skip
def test_a_name_is_under_an_origin_at_a_labels_border_only(name, origin, under):
    assert names.is_under(names.wire(name), names.wire(origin)) is under


def test_names_are_written_relative_where_they_are_in_the_zone():
    assert names.relative(ORIGIN, ORIGIN) == "@"
    assert names.relative(names.wire("a.b", ORIGIN), ORIGIN) == "a.b"
    assert names.relative(names.wire("a.example"), ORIGIN) == "a.example."


def test_parents_end_at_the_root():
    assert names.parent(names.wire("a.example")) == names.wire("example")
    assert names.parent(names.ROOT) == names.ROOT


def test_canonical_order_goes_by_labels_from_the_right():
    rfc = [
        "example.",
        "a.example.",
        "yljkjljk.a.example.",
        "Z.a.example.",
        "zABC.a.EXAMPLE.",
        "z.example.",
        "\\001.z.example.",
        "*.z.example.",
        "\\200.z.example.",
    ]
    wires = [names.wire(each) for each in rfc]  # RFC 4034 section 6.1
    assert sorted(reversed(wires), key=names.order) == wires


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.1", "1.2.0.192.in-addr.arpa."), ("192.0.2.0/24", "2.0.192.in-addr.arpa."), ("0.0.0.0/0", "in-addr.arpa."),
        ("2001:db8::/32", "8.b.d.0.1.0.0.2.ip6.arpa."), ("2001:db8:1200::/40", "2.1.8.b.d.0.1.0.0.2.ip6.arpa."),
        ("2001:db8::1", f"1.{'0.' * 23}8.b.d.0.1.0.0.2.ip6.arpa."), ("::/0", "ip6.arpa."),
    ],
)  # fmt: skip
def test_the_reverse_name_of_an_address_or_prefix(address, name):
    assert names.text(names.reverse(address)) == name


@pytest.mark.parametrize("address", ["192.0.2.0/25", "2001:db8::/33", "2001:db8::1/64", "www", "192.0.2.300", ""])
def test_what_has_no_reverse_name_is_refused(address):
    with pytest.raises(ZoneNameInvalid):
        names.reverse(address)
