"""Addresses between their numbers and the one text RFC 5952 gives each of them."""

from __future__ import annotations

import re
from socket import AF_INET6, inet_ntoa, inet_ntop, inet_pton
from typing import Literal

from netctl.errors import AddressInvalid

Version = Literal[4, 6]

BITS: dict[Version, int] = {4: 32, 6: 128}

_MAPPED = 0xFFFF  # ::ffff:0:0/96, RFC 4291 section 2.5.5.2
_V4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!\Z)|\Z)){4}")


def address_text(version: Version, value: int) -> str:
    """The text of an address: dotted for IPv4, RFC 5952 for IPv6, mixed for IPv4-mapped (its section 5).

    Mixed for those only: ``::c000:201`` is no well-known form of an IPv4 address, whatever `inet_ntop` makes of it.
    """
    if version == 4:
        return inet_ntoa(value.to_bytes(4, "big"))
    if value >> 32 == 0:
        high, low = value >> 16, value & 0xFFFF
        return f"::{high:x}:{low:x}" if high else f"::{low:x}" if low else "::"
    if value >> 32 == _MAPPED:
        return f"::ffff:{inet_ntoa((value & 0xFFFFFFFF).to_bytes(4, 'big'))}"
    return inet_ntop(AF_INET6, value.to_bytes(16, "big"))


def address_number(text: str) -> tuple[Version, int]:
    """Version and number of an address in any of its texts; raises `AddressInvalid`.

    Zones (``fe80::1%eth0``) are refused, and so are octets with leading zeros, which are octal to some readers.
    """
    if ":" in text:
        try:
            return 6, int.from_bytes(inet_pton(AF_INET6, text), "big")
        except (OSError, ValueError) as error:  # ValueError: a zero byte, or no ASCII
            raise AddressInvalid(f"{_shown(text)} is no address") from error
    if not _V4.fullmatch(text) or not text.isascii():
        raise AddressInvalid(f"{_shown(text)} is no address")
    first, second, third, fourth = map(int, text.split("."))
    return 4, first << 24 | second << 16 | third << 8 | fourth


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
