r"""Domain names as people write them, and as they are on the wire: uncompressed, absolute, in lower case (RFC 4343).

`Name` is the wire form. Text is presentation form (RFC 1035 section 5.1): ``\.`` is a dot within a label, ``\032`` an
octet by its number; labels beyond ASCII become A-labels (RFC 5891).
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

import dns.exception
import dns.name

from netctl.errors import ZoneNameInvalid
from netctl.zones.data import Name

ROOT: Name = b"\0"
LONGEST = 255
LONGEST_LABEL = 63
_SHORT_ORIGIN = LONGEST - LONGEST_LABEL - 1

_PLAIN = b"abcdefghijklmnopqrstuvwxyz0123456789-_*/."
_LENGTH = tuple(bytes((length,)) for length in range(LONGEST_LABEL + 1))
_DOT = ord(".")
_ESCAPED = frozenset(b'"().;\\@$')
_NEVER_BARE = frozenset('"();@')


def wire(text: str, origin: Name = b"") -> Name:
    """`text` on the wire: relative to `origin` unless it ends in a dot, ``@`` is the origin itself.

    Without an origin every name is absolute, with its final dot or without. Raises ZoneNameInvalid.
    """
    lower = text.lower()
    if lower.isascii() and lower:
        plain = lower.encode("ascii")
        if not plain.translate(None, _PLAIN):
            if b"." not in plain and len(plain) <= LONGEST_LABEL and len(origin) <= _SHORT_ORIGIN:
                return _LENGTH[len(plain)] + plain + (origin or ROOT)  # most names of a zone: one label
            return _joined(text, plain.split(b"."), origin)
    if text == "@" and origin:
        return origin
    return _joined(text, _unescaped(text), origin)


def _joined(text: str, parts: list[bytes], origin: Name) -> Name:
    """Labels as one name; a last one that is empty says that the name is absolute."""
    last = parts[-1]
    if not last:
        parts.pop()
        if parts == [b""]:  # the root alone
            return ROOT
        origin = ROOT
    try:
        name = b"".join([_LENGTH[len(part)] + part for part in parts]) + (origin or ROOT)
    except IndexError:
        raise ZoneNameInvalid(f"{text!r} has a label of more than {LONGEST_LABEL} octets") from None
    if b"" in parts or not parts:
        raise ZoneNameInvalid(f"{text!r} has an empty label")
    if len(name) > LONGEST:
        raise ZoneNameInvalid(f"{text!r} is {len(name)} octets long on the wire, {LONGEST} are allowed")
    return name


def _unescaped(text: str) -> list[bytes]:
    """The labels of a name with escapes or with letters beyond ASCII."""
    parts: list[bytes] = []
    label: list[str] = []
    octets = False  # an escape stood in this label: it is octets, and IDNA does not apply
    position = 0
    while position < len(text):
        sign = text[position]
        position += 1
        if sign in ".。．｡" and (sign == "." or not text.isascii()):
            parts.append(_label(text, "".join(label), octets=octets))
            label, octets = [], False
        elif sign == "\\":
            octet, position = _escape(text, position)
            if not "".join(label).isascii() and not octets:
                raise ZoneNameInvalid(f"{text!r} has escapes and letters beyond ASCII in one label")
            label.append(octet)
            octets = True
        elif sign in _NEVER_BARE or sign <= " " or sign == "\x7f":
            raise ZoneNameInvalid(f"{text!r} has {sign!r} at column {position}, which must be escaped")
        elif octets and not sign.isascii():
            raise ZoneNameInvalid(f"{text!r} has escapes and letters beyond ASCII in one label")
        else:
            label.append(sign)
    parts.append(_label(text, "".join(label), octets=octets))
    return parts


def _escape(text: str, position: int) -> tuple[str, int]:
    """The octet that an escape stands for, and where the text goes on."""
    digits = text[position : position + 3]
    if digits[:1].isascii() and digits[:1].isdigit():
        if len(digits) == 3 and digits.isascii() and digits.isdigit() and int(digits) < 256:
            return chr(int(digits)), position + 3
        raise ZoneNameInvalid(f"{text!r} has \\ and a number at column {position} that is not three digits up to 255")
    if not digits:
        raise ZoneNameInvalid(f"{text!r} ends in a backslash")
    if not digits[0].isascii():
        raise ZoneNameInvalid(f"{text!r} escapes {digits[0]!r}, which is more than one octet")
    return digits[0], position + 1


def _label(text: str, label: str, *, octets: bool) -> bytes:
    if octets or label.isascii():
        return label.encode("latin-1").lower()
    try:
        return dns.name.IDNA_2008_Practical.encode(label).lower()
    except dns.exception.DNSException as wrong:
        raise ZoneNameInvalid(f"{text!r}: {label!r} is no label by IDNA: {wrong}") from None


def text(name: Name) -> str:
    """`name` for people and master files: absolute, with its final dot."""
    if name == ROOT:
        return "."
    # Most names need no escapes: with dots for the octets that count, and no other dot, they are their own text.
    plain = bytearray(name)
    position = count = 0
    while length := name[position]:
        plain[position] = _DOT
        position += 1 + length
        count += 1
    plain[position] = _DOT
    if plain.count(_DOT) == count + 1 and not plain.translate(None, _PLAIN):
        return plain[1:].decode("ascii")
    return "".join(f"{label_text(label)}." for label in labels(name))


def relative(name: Name, origin: Name) -> str:
    """`name` as a master file of `origin` writes it: ``@``, without the origin where it is under it, else absolute."""
    if name == origin:
        return "@"
    if not is_under(name, origin):
        return text(name)
    return text(name[: len(name) - len(origin)] + ROOT)[:-1]


def label_text(label: bytes) -> str:
    """One label with whatever it needs escaped."""
    if not label.translate(None, _PLAIN[:-1]):
        return label.decode("ascii")
    return "".join(
        f"\\{chr(octet)}" if octet in _ESCAPED else chr(octet) if 0x20 < octet < 0x7F else f"\\{octet:03d}"
        for octet in label
    )


def labels(name: Name) -> tuple[bytes, ...]:
    """The labels without the root, leftmost first."""
    found: list[bytes] = []
    position = 0
    while length := name[position]:
        found.append(name[position + 1 : position + 1 + length])
        position += 1 + length
    return tuple(found)


def parent(name: Name) -> Name:
    """The name without its first label; the root is its own parent."""
    return name[1 + name[0] :] if name[0] else name


def is_under(name: Name, origin: Name) -> bool:
    """`name` is `origin`, or below it."""
    if not name.endswith(origin):
        return False
    start = len(name) - len(origin)
    position = 0
    while position < start:
        position += 1 + name[position]
    return position == start


def order(name: Name) -> tuple[bytes, ...]:
    """What sorts names canonically (RFC 4034 section 6.1): by labels from the right."""
    return labels(name)[::-1]


def reverse(address: str) -> Name:
    """The name of an address under in-addr.arpa or ip6.arpa, or of a prefix on an octet's or nibble's border.

    Raises ZoneNameInvalid for what is no address, and for prefixes between the borders (RFC 2317 is for those).
    """
    try:
        network = ip_network(address)
    except ValueError as wrong:
        raise ZoneNameInvalid(f"{address!r} is no address and no prefix: {wrong}") from None
    return _reverse4(network) if isinstance(network, IPv4Network) else _reverse6(network)


def _reverse4(network: IPv4Network) -> Name:
    count, rest = divmod(network.prefixlen, 8)
    if rest:
        raise ZoneNameInvalid(f"{network} does not end on an octet's border: it has no name of its own")
    octets = network.network_address.packed[:count]
    return b"".join(_counted(b"%d" % octet) for octet in reversed(octets)) + b"\x07in-addr\x04arpa\0"


def _reverse6(network: IPv6Network) -> Name:
    count, rest = divmod(network.prefixlen, 4)
    if rest:
        raise ZoneNameInvalid(f"{network} does not end on a nibble's border: it has no name of its own")
    nibbles = network.network_address.packed.hex()[:count].encode()
    return b"".join(b"\x01" + nibbles[at : at + 1] for at in reversed(range(count))) + b"\x03ip6\x04arpa\0"


def _counted(label: bytes) -> bytes:
    return _LENGTH[len(label)] + label
