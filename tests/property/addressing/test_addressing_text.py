"""Addresses as text, held against other people's code."""

import ipaddress
from socket import AF_INET6, inet_ntop

from hypothesis import given
from hypothesis import strategies as st

from netctl.addressing.prefix import Prefix, prefix
from netctl.addressing.text import address_number, address_text
from netctl.errors import AddressInvalid

groups = st.lists(st.sampled_from((0, 0, 0, 1, 0xFFFF, 0xABC)) | st.integers(0, 0xFFFF), min_size=8, max_size=8)
numbers = groups.map(lambda each: int("".join(f"{group:04x}" for group in each), 16))


@given(numbers)
def test_an_address_is_written_as_python_writes_it_unless_it_is_ipv4_mapped(number):
    text = address_text(6, number)
    if number >> 32 == 0xFFFF:
        assert text == inet_ntop(AF_INET6, number.to_bytes(16, "big"))
    else:
        assert text == str(ipaddress.IPv6Address(number))
    assert address_number(text) == (6, number)


@given(st.integers(0, 0xFFFFFFFF))
def test_an_ipv4_mapped_address_carries_the_ipv4_one(number):
    assert address_text(6, 0xFFFF << 32 | number) == f"::ffff:{ipaddress.IPv4Address(number)}"
    assert address_number(address_text(4, number)) == (4, number)


@given(st.text(st.sampled_from("0123456789abf:./%x "), max_size=24))
def test_a_text_is_refused_exactly_where_python_refuses_it(text):
    try:
        expected = ipaddress.ip_address(text)
        if getattr(expected, "scope_id", None) is not None:
            expected = None
    except ValueError:
        expected = None
    try:
        found = address_number(text)
        assert expected is not None
        assert found == (expected.version, int(expected))
    except AddressInvalid:
        assert expected is None


@given(st.integers(0, (1 << 128) - 1), st.integers(0, 128))
def test_a_prefix_is_what_python_takes_it_for(number, length):
    made = Prefix(6, number, 128).within(length)
    network = ipaddress.IPv6Network((number, length), strict=False)
    assert (made.value, made.last, made.size) == (
        int(network.network_address),
        int(network.broadcast_address),
        network.num_addresses,
    )
    assert prefix(str(made)) == made
