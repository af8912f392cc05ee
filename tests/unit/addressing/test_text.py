"""RFC 5952, by its own examples."""

import pytest

from netctl.addressing.prefix import Prefix, address_or_prefix, prefix
from netctl.addressing.text import address_number, address_text
from netctl.errors import AddressInvalid

# section of RFC 5952, what may be written, what must be written
VECTORS = [
    ("1", "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("2.1", "2001:0db8::0001", "2001:db8::1"),
    ("2.2", "2001:db8:aaaa:bbbb:cccc:dddd::1", "2001:db8:aaaa:bbbb:cccc:dddd:0:1"),
    ("2.2", "2001:db8:0:0:0::1", "2001:db8::1"),
    ("2.3", "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"),
    ("4.1", "2001:0db8:0001:0002:0003:0004:0005:0006", "2001:db8:1:2:3:4:5:6"),
    ("4.2.1", "2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
    ("4.2.2", "2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("4.2.3", "2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("4.2.3", "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("4.3", "2001:DB8::ABCD", "2001:db8::abcd"),
    ("5", "::ffff:c000:0201", "::ffff:192.0.2.1"),
    ("5", "0:0:0:0:0:ffff:198.51.100.7", "::ffff:198.51.100.7"),
]


@pytest.mark.parametrize(("section", "written", "must"), VECTORS)
def test_every_writing_of_an_address_becomes_the_one_of_the_rfc(section, written, must):
    assert address_text(*address_number(written)) == must


@pytest.mark.parametrize(
    "text", ["::", "::1", "::2:1", "::c000:201", "::1:0:0", "::fffe:c000:201", "192.0.2.1", "0.0.0.0"]
)
def test_what_is_no_ipv4_mapped_address_is_not_written_as_one(text):
    assert address_text(*address_number(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1.2.3",
        "01.2.3.4",
        "256.1.1.1",
        "1.2.3.4\n",
        "٣.1.1.1",
        "fe80::1%eth0",
        "1::2::3",
        ":",
        "2001:db8::1\0",
        "::é",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(AddressInvalid):
        address_number(text)


@pytest.mark.parametrize(
    "text", ["3fff::/129", "3fff::/", "3fff::", "192.0.2.0/33", "3fff::/-1", "3fff::/ 8", "3fff::/032", "/8"]
)
def test_what_is_no_prefix_is_refused(text):
    with pytest.raises(AddressInvalid):
        prefix(text)


def test_a_prefix_with_host_bits_is_refused_with_the_one_that_is_meant():
    with pytest.raises(AddressInvalid) as caught:
        prefix("3fff:100::1/32")
    assert caught.value.hint == "the prefix is 3fff:100::/32"


def test_an_interface_address_gives_its_prefix_where_that_is_asked_for():
    assert str(address_or_prefix("3fff:100::1/64")) == "3fff:100::/64"
    assert str(address_or_prefix("192.0.2.9")) == "192.0.2.9/32"


def test_a_prefix_knows_its_ends_and_what_lies_within():
    wide, narrow = prefix("3fff:100::/32"), prefix("3fff:100:8000::/36")
    assert wide.holds(narrow) and not narrow.holds(wide)
    assert wide.overlaps(narrow) and narrow.overlaps(wide)
    assert narrow.within(32) == wide
    assert wide.last - wide.value + 1 == wide.size == 1 << 96
    assert not wide.holds(Prefix(4, 0, 32))
