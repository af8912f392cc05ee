"""Questions as they go out, and what the head of an answer says (RFC 1035 section 4.1, RFC 2136 section 2.2)."""

from __future__ import annotations

import secrets

from netctl.errors import (
    DeviceError,
    KeyRefused,
    NameServerFailed,
    NameServerRefused,
    NotAuthoritative,
    ReplyMalformed,
)
from netctl.zones.data import SOA, Name

_HEADER = 12
_IN = b"\x00\x01"
_SIGNATURES_WANTED = b"\0\0\x29\xff\xff\0\0\x80\0\0\0"  # OPT, 65535 octets, version 0, the bit DO, no options
_REPLY = 0x80  # QR, in the third byte
_OPCODE = 0x78
_CODES = {
    1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED", 6: "YXDOMAIN", 7: "YXRRSET",
    8: "NXRRSET", 9: "NOTAUTH", 10: "NOTZONE", 16: "BADSIG", 17: "BADKEY", 18: "BADTIME",
}  # fmt: skip
_ERRORS: dict[int, type[DeviceError]] = {5: NameServerRefused, 9: NotAuthoritative, 16: KeyRefused, 17: KeyRefused}


def question(name: Name, number: int, held: int | None = None, *, signatures: bool = False) -> bytes:
    """A question about `name` with a number nobody guesses; `held` is the serial an IXFR begins at (RFC 1995).

    With `signatures` the server is asked to give those as well (RFC 3225).
    """
    authority = b""
    if held is not None:
        soa = b"\x00\x00" + held.to_bytes(4, "big") + bytes(16)
        authority = name + SOA.to_bytes(2, "big") + _IN + bytes(4) + len(soa).to_bytes(2, "big") + soa
    head = secrets.token_bytes(2) + b"\x00\x00\x00\x01\x00\x00" + (b"\x00\x01" if authority else b"\x00\x00")
    more = _SIGNATURES_WANTED if signatures else b""
    head += b"\x00\x01" if more else b"\x00\x00"
    return head + name + number.to_bytes(2, "big") + _IN + authority + more


def require_answer(message: bytes, asked: bytes, where: str) -> int:
    """The answer's code, for an answer to `asked`; raises `ReplyMalformed` where it answers something else."""
    if len(message) < _HEADER:
        raise ReplyMalformed(f"a message of {len(message)} bytes", where=where)
    if message[:2] != asked[:2] or not message[2] & _REPLY or (message[2] ^ asked[2]) & _OPCODE:
        raise ReplyMalformed("a message that answers nothing we asked", where=where)
    return message[3] & 0xF


def refusal(code: int, where: str, what: str) -> DeviceError:
    """What a code other than NOERROR is, as an error."""
    kind = _ERRORS.get(code, NameServerFailed)
    return kind(f"the server answers {_CODES.get(code, f'code {code}')} to {what}", where=where)
