"""Messages signed and verified with a shared key (RFC 8945), from bytes alone; the time is passed in.

A transfer is many messages under one running digest: the first and the last are signed, and a signature covers the
unsigned ones before it. dnspython does the same on its own objects, too slowly for zones of 100,000 records.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from struct import Struct
from typing import NamedTuple

from netctl.errors import ClocksApart, KeyRefused, TransferMalformed
from netctl.zones import names
from netctl.zones.data import Name
from netctl.zones.wire import ANY, FIXED, HEADER, header, name_at, record_at

TSIG = 250
FUDGE = 300  # seconds two clocks may be apart, as RFC 8945 section 10 recommends
MOST_UNSIGNED = 99  # messages between two signed ones, RFC 8945 section 5.3.1
_HEAD = Struct("!HHI")
_MARK = _HEAD.pack(TSIG, ANY, 0)
_ALGORITHMS = {
    "hmac-sha1": ("sha1", 20),
    "hmac-sha224": ("sha224", 28),
    "hmac-sha256": ("sha256", 32),
    "hmac-sha256-128": ("sha256", 16),
    "hmac-sha384": ("sha384", 48),
    "hmac-sha384-192": ("sha384", 24),
    "hmac-sha512": ("sha512", 64),
    "hmac-sha512-256": ("sha512", 32),
}
_REFUSALS = {16: "the signature is wrong (BADSIG)", 17: "the key is not known (BADKEY)", 22: "too short (BADTRUNC)"}
_BADTIME = 18


@dataclass(frozen=True, slots=True)
class Key:
    """A shared key: its name on the wire, its algorithm (``hmac-sha256``) and its secret octets."""

    name: Name
    algorithm: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.algorithm not in _ALGORITHMS:
            known = ", ".join(_ALGORITHMS)
            raise KeyRefused(f"key {names.text(self.name)}: {self.algorithm!r} is none of {known}")

    @property
    def title(self) -> str:
        """The name for people."""
        return names.text(self.name)


class _Signature(NamedTuple):
    """What a TSIG record says, and where it begins."""

    start: int
    owner: Name
    algorithm: Name
    time: int
    fudge: int
    mac: bytes
    number: int
    error: int
    other: bytes


def sign(message: bytes, key: Key, now: int, request_mac: bytes = b"") -> tuple[bytes, bytes]:
    """The message with its signature, and the MAC of it, which the answer's covers; `now` in seconds since 1970."""
    timers = _timers(now, FUDGE)
    digest = _digest(key, request_mac)
    digest.update(message + _variables(key, timers, 0, b""))
    mac = digest.digest()[: _ALGORITHMS[key.algorithm][1]]
    data = b"".join((
        names.wire(key.algorithm),
        timers,
        len(mac).to_bytes(2, "big"),
        mac,
        message[:2],
        b"\0\0\0\0",  # no error, no other data
    ))  # fmt: skip
    count = int.from_bytes(message[10:12], "big") + 1
    record = key.name + _MARK + len(data).to_bytes(2, "big") + data
    return message[:10] + count.to_bytes(2, "big") + message[12:] + record, mac


class Verifier:
    """Verifies the messages that answer one signed question, in their order; `where` names the server in errors."""

    def __init__(self, key: Key, request_mac: bytes, where: str = "") -> None:
        self._key = key
        self._where = where
        self._first = True
        self._running = _digest(key, request_mac)
        self._unsigned = 0

    def check(self, message: bytes, now: int) -> bytes:
        """The message without its signature; raises KeyRefused, ClocksApart or TransferMalformed.

        A message between signed ones may be unsigned: what it says counts only after `finish`.
        """
        found = _find(message, self._key)
        if found is None:
            return self._without(message)
        if found.error:
            self._refused(found, now)
        if found.owner != self._key.name or found.algorithm != names.wire(self._key.algorithm):
            raise KeyRefused(
                f"the answer is signed with {names.text(found.owner)}, not {self._key.title}", where=self._where
            )
        count = int.from_bytes(message[10:12], "big") - 1
        bare = message[:10] + count.to_bytes(2, "big") + message[12 : found.start]
        self._verify(found, bare)
        if abs(found.time - now) > found.fudge:
            raise ClocksApart(f"the server's clock is {found.time - now:+d} s from ours", where=self._where)
        return bare

    def finish(self) -> None:
        """Nothing stands unproven at the end: the last message was signed. Raises KeyRefused."""
        if self._first or self._unsigned:
            raise KeyRefused("the last message of the answer is not signed", where=self._where)

    def _without(self, message: bytes) -> bytes:
        self._unsigned += 1
        if self._first:
            raise KeyRefused(f"the answer is not signed, and has code {message[3] & 0xF}", where=self._where)
        if self._unsigned > MOST_UNSIGNED:
            raise KeyRefused(f"more than {MOST_UNSIGNED} messages without a signature", where=self._where)
        self._running.update(message)
        return message

    def _verify(self, found: _Signature, bare: bytes) -> None:
        timers = _timers(found.time, found.fudge)
        tail = _variables(self._key, timers, found.error, found.other) if self._first else timers
        self._running.update(found.number.to_bytes(2, "big") + bare[2:] + tail)
        mac = self._running.digest()[: _ALGORITHMS[self._key.algorithm][1]]
        if not hmac.compare_digest(mac, found.mac):
            raise KeyRefused(f"the answer's signature with {self._key.title} is wrong", where=self._where)
        self._running = _digest(self._key, mac)
        self._first = False
        self._unsigned = 0

    def _refused(self, found: _Signature, now: int) -> None:
        """The server refuses our signature, and says why."""
        if found.error == _BADTIME:
            theirs = int.from_bytes(found.other, "big")
            apart = f": its clock is {theirs - now:+d} s from ours" if len(found.other) == 6 else ""
            raise ClocksApart(f"the server refuses the time of our signature (BADTIME){apart}", where=self._where)
        why = _REFUSALS.get(found.error, f"code {found.error}")
        raise KeyRefused(f"the server refuses key {self._key.title}: {why}", where=self._where)


def _digest(key: Key, mac: bytes) -> hmac.HMAC:
    """A new digest; `mac` is the one that came before: the question's, or the last signed message's."""
    digest = hmac.new(key.secret, digestmod=_ALGORITHMS[key.algorithm][0])
    if mac:
        digest.update(len(mac).to_bytes(2, "big") + mac)
    return digest


def _timers(now: int, fudge: int) -> bytes:
    return now.to_bytes(6, "big") + fudge.to_bytes(2, "big")


def _variables(key: Key, timers: bytes, error: int, other: bytes) -> bytes:
    """RFC 8945 section 4.3.3."""
    fixed = key.name + ANY.to_bytes(2, "big") + b"\0\0\0\0" + names.wire(key.algorithm) + timers
    return fixed + error.to_bytes(2, "big") + len(other).to_bytes(2, "big") + other


def _find(message: bytes, key: Key) -> _Signature | None:
    """The TSIG record at the end of a message; None where there is none.

    Looked for from the end by what its head must be, behind our key's own name. Where that is not so, all records are
    walked through: answers that refuse a key are small.
    """
    _, _, questions, *counts = header(message)
    if not counts[2]:
        return None
    tail = message.rfind(key.name + _MARK)
    if tail > 0:
        head = tail + len(key.name)
        if head + FIXED.size <= len(message) == head + FIXED.size + FIXED.unpack_from(message, head)[3]:
            return _read(message, tail)
    position = HEADER
    for _ in range(questions):
        position = name_at(message, position)[1] + 4
    last = position
    for _ in range(sum(counts)):
        last, position = position, record_at(message, position)[1]
    record, _ = record_at(message, last)
    return _read(message, last) if record.type == TSIG else None


def _read(message: bytes, start: int) -> _Signature:
    record, end = record_at(message, start)
    data = message[end - len(record.rdata) : end]
    algorithm, at = name_at(data, 0)
    size = int.from_bytes(data[at + 8 : at + 10], "big")
    rest = at + 10 + size
    other = data[rest + 6 :]
    if end != len(message) or len(data) < rest + 6 or len(other) != int.from_bytes(data[rest + 4 : rest + 6], "big"):
        raise TransferMalformed("the signature at the end of the message is cut short")
    return _Signature(
        start=start,
        owner=record.owner,
        algorithm=algorithm,
        time=int.from_bytes(data[at : at + 6], "big"),
        fudge=int.from_bytes(data[at + 6 : at + 8], "big"),
        mac=data[at + 10 : rest],
        number=int.from_bytes(data[rest : rest + 2], "big"),
        error=int.from_bytes(data[rest + 2 : rest + 4], "big"),
        other=other,
    )
