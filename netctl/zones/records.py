r"""Record data: from presentation form to canonical wire data (RFC 4034 section 6.2) and back.

The types that zones are full of take a short way of our own; every other type that dnspython knows is dnspython's.
Unknown types are written as RFC 3597 says: ``TYPE65280`` and ``\# 4 c0000201``.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import lru_cache
from struct import Struct

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.tokenizer

from netctl.errors import RecordInvalid, ZoneNameInvalid
from netctl.zones import embedded, names
from netctl.zones.data import SOA, Name
from netctl.zones.embedded import AAAA, CNAME, DNAME, MX, NS, PTR, SRV, TXT, A

LONGEST_STRING = 255
LONGEST_DATA = 65535
_BEFORE_NAME = {NS: 0, CNAME: 0, PTR: 0, DNAME: 0, MX: 2, SRV: 6}  # octets, which are numbers of two each
_SOA_NUMBERS = Struct("!5I")
_SHORT: dict[int, Callable[[str, Name], bytes | None]] = {}


@lru_cache(maxsize=1024)
def type_number(name: str) -> int:
    """The number of a type: ``AAAA`` is 28, ``TYPE65280`` is 65280. Raises RecordInvalid."""
    try:
        number = int(dns.rdatatype.from_text(name.strip().upper()))
    except (dns.exception.DNSException, ValueError):
        raise RecordInvalid(f"{name!r} is no record type", hint="types are written as AAAA, or as TYPE65280") from None
    if not number or dns.rdatatype.is_metatype(dns.rdatatype.RdataType.make(number)):
        raise RecordInvalid(f"{name!r} is a type of questions, not of records")
    return number


@lru_cache(maxsize=1024)
def type_text(number: int) -> str:
    """The name of a type by its number."""
    return dns.rdatatype.to_text(dns.rdatatype.RdataType.make(number))


def rdata(type_: int, text: str, origin: Name) -> bytes:
    """Canonical wire data of one record; names in `text` are relative to `origin`. Raises RecordInvalid."""
    short = _SHORT.get(type_)
    if short is not None:
        try:
            found = short(text, origin)
        except ZoneNameInvalid as wrong:
            raise RecordInvalid(f"{type_text(type_)} {text!r}: {wrong.message}", hint=wrong.hint) from None
        if found is not None:
            return found
    return _by_dnspython(type_, text, origin)


def rdata_text(type_: int, wire: bytes) -> str:
    """Presentation form of canonical wire data, with absolute names; RFC 3597's where the data is malformed."""
    try:
        if type_ == AAAA:
            return socket.inet_ntop(socket.AF_INET6, wire)
        if type_ == A:
            return socket.inet_ntop(socket.AF_INET, wire)
        said = _text_short(type_, wire)
        if said is not None:
            return said
        found = dns.rdata.from_wire(dns.rdataclass.IN, type_, wire, 0, len(wire))  # type: ignore[arg-type]
        return found.to_text()
    except (dns.exception.DNSException, ValueError, OSError):
        return f"\\# {len(wire)} {wire.hex()}".rstrip()


def names_in(type_: int, wire: bytes) -> tuple[Name, ...]:
    """The names a record points to: those of NS, CNAME, PTR, MX, SRV, DNAME and others, both of an SOA."""
    try:
        return embedded.names_in(type_, wire)
    except embedded.DataMalformed as wrong:
        raise RecordInvalid(f"{type_text(type_)} data {wire.hex()}: {wrong}") from None


def strings(value: bytes) -> bytes:
    """TXT data that holds `value`, cut into strings of at most 255 octets (RFC 7208 section 3.3)."""
    cut = [value[at : at + LONGEST_STRING] for at in range(0, len(value), LONGEST_STRING)] or [b""]
    return b"".join(bytes((len(each),)) + each for each in cut)


def quoted(value: str) -> str:
    """The presentation form of TXT data that holds `value`, however long it is."""
    return rdata_text(TXT, strings(value.encode()))


# ── the short ways ───────────────────────────────────────────────────────────────────────────────────────────────────
# Each gives None for what it leaves to dnspython: generic data, escapes, comments, and what is wrong in a way that
# dnspython explains.


def _a(text: str, _origin: Name) -> bytes | None:
    try:
        return socket.inet_pton(socket.AF_INET, text)
    except (OSError, ValueError):
        return None


def _aaaa(text: str, _origin: Name) -> bytes | None:
    try:
        return socket.inet_pton(socket.AF_INET6, text)
    except (OSError, ValueError):
        return None


def _name(text: str, origin: Name) -> bytes | None:
    target = text.strip()
    return None if _long_way(target) else names.wire(target, origin)


def _mx(text: str, origin: Name) -> bytes | None:
    words = text.split()
    if len(words) != 2 or _long_way(text) or (preference := _uint16(words[0])) is None:
        return None
    return preference + names.wire(words[1], origin)


def _srv(text: str, origin: Name) -> bytes | None:
    words = text.split()
    if len(words) != 4 or _long_way(text):
        return None
    numbers = [_uint16(word) for word in words[:3]]
    fixed = b"".join(number for number in numbers if number is not None)
    return fixed + names.wire(words[3], origin) if len(fixed) == 6 else None


def _txt(text: str, _origin: Name) -> bytes | None:
    inner = text[1:-1]
    if len(text) < 2 or text[0] != '"' or text[-1] != '"' or '"' in inner or "\\" in inner or "\n" in inner:
        return None
    value = inner.encode("utf-8", "surrogateescape")
    return bytes((len(value),)) + value if len(value) <= LONGEST_STRING else None


def _long_way(text: str) -> bool:
    """Empty, several words where one is due, or with signs that a tokenizer must look at."""
    return not text or not text.isprintable() or any(sign in text for sign in ';"()\\') or text.isspace()


def _uint16(word: str) -> bytes | None:
    if word.isascii() and word.isdigit() and len(word) <= 5 and int(word) <= 0xFFFF:
        return int(word).to_bytes(2, "big")
    return None


_SHORT.update({A: _a, AAAA: _aaaa, NS: _name, CNAME: _name, PTR: _name, DNAME: _name, MX: _mx, SRV: _srv, TXT: _txt})


def _text_short(type_: int, wire: bytes) -> str | None:
    """The way back of these; None for what is left to dnspython. Raises DataMalformed."""
    if type_ == TXT:
        value = wire[1:]
        plain = len(wire) > 1 and wire[0] == len(value) and value.isascii() and b'"' not in value and b"\\" not in value
        return f'"{value.decode("ascii")}"' if plain and value.decode("ascii").isprintable() else None
    if type_ == SOA:
        middle = embedded.name_end(wire, 0)
        end = embedded.name_end(wire, middle)
        if len(wire) - end != _SOA_NUMBERS.size:
            return None
        numbers = " ".join(map(str, _SOA_NUMBERS.unpack_from(wire, end)))
        return f"{names.text(wire[:middle])} {names.text(wire[middle:end])} {numbers}"
    skip = _BEFORE_NAME.get(type_)
    if skip is None or embedded.name_end(wire, skip) != len(wire):
        return None
    numbers = "".join(f"{wire[at] << 8 | wire[at + 1]} " for at in range(0, skip, 2))
    return f"{numbers}{names.text(wire[skip:])}"


# ── dnspython ────────────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=1024)
def _dns_name(name: Name) -> dns.name.Name:
    return dns.name.from_wire(name, 0)[0]


def _by_dnspython(type_: int, text: str, origin: Name) -> bytes:
    words = dns.tokenizer.Tokenizer(text, idna_codec=dns.name.IDNA_2008_Practical)
    number = dns.rdatatype.RdataType.make(type_)
    try:
        found = dns.rdata.from_text(
            dns.rdataclass.IN, number, words, origin=_dns_name(origin or names.ROOT), relativize=False
        )
        data = bytes(found.to_digestable())
        more = not words.get().is_eof()
    except dns.exception.DNSException as wrong:
        raise RecordInvalid(f"{type_text(type_)} {text!r}: {wrong or type(wrong).__name__}") from None
    except (ValueError, OverflowError, IndexError, KeyError, AssertionError, TypeError) as wrong:
        # dnspython wraps most of these, not all: what it trips over is as wrong as what it names.
        raise RecordInvalid(f"{type_text(type_)} {text!r}: {wrong or 'not understood'}") from None
    if more:
        raise RecordInvalid(f"{type_text(type_)} {text!r}: one record is due, and here is another line")
    if len(data) > LONGEST_DATA:
        raise RecordInvalid(f"{type_text(type_)}: {len(data)} octets of data, {LONGEST_DATA} are allowed")
    return data
