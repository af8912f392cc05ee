"""DNS messages as bytes, read with suspicion: names, sections, records (RFC 1035 section 4).

This is the plain way for small messages; `transfer` has the quick one for whole zones. Every flaw is one
`TransferMalformed`: compression that points forward, at itself or nowhere, lengths beyond the message, data that is
not what its type says.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct
from typing import NamedTuple

from netctl.errors import TransferMalformed
from netctl.zones import embedded
from netctl.zones.data import Key, Name

HEADER = 12
IN, NONE, ANY = 1, 254, 255
MOST_POINTERS = 16  # within one name; dnspython's limit as well
FIXED = Struct("!HHIH")
"""What stands between a record's owner and its data: type, class, TTL, length."""


class Record(NamedTuple):
    """One record of a message; `rdata` is canonical, and empty where an update says so (RFC 2136 section 2.5)."""

    owner: Name
    type: int
    class_: int
    ttl: int
    rdata: bytes
    start: int

    @property
    def key(self) -> Key:
        """The RRset it belongs to."""
        return self.owner, self.type


@dataclass(frozen=True, slots=True)
class Message:
    """A message taken apart. In an update the questions are its zone, answers prerequisites, authority the updates."""

    number: int
    flags: int
    questions: tuple[tuple[Name, int, int], ...]
    answers: tuple[Record, ...]
    authority: tuple[Record, ...]
    additional: tuple[Record, ...]

    @property
    def code(self) -> int:
        """The response code in the header, 0 to 15."""
        return self.flags & 0xF


def read(message: bytes) -> Message:
    """A message with all of its sections. Raises TransferMalformed."""
    number, flags, *counts = header(message)
    position = HEADER
    questions: list[tuple[Name, int, int]] = []
    for _ in range(counts[0]):
        owner, position = name_at(message, position)
        if position + 4 > len(message):
            raise TransferMalformed(f"the message ends within a question, at octet {position}")
        type_, class_ = message[position : position + 2], message[position + 2 : position + 4]
        questions.append((owner, int.from_bytes(type_, "big"), int.from_bytes(class_, "big")))
        position += 4
    sections: list[tuple[Record, ...]] = []
    for count in counts[1:]:
        section: list[Record] = []
        for _ in range(count):
            record, position = record_at(message, position)
            section.append(record)
        sections.append(tuple(section))
    if position != len(message):
        raise TransferMalformed(f"{len(message) - position} octets follow the last record")
    return Message(number, flags, tuple(questions), *sections)


def header(message: bytes) -> tuple[int, int, int, int, int, int]:
    """Number, flags and the four counts. Raises TransferMalformed."""
    if len(message) < HEADER:
        raise TransferMalformed(f"a message of {len(message)} octets has no room for its header")
    number, flags, questions, answers, authority, additional = (
        int.from_bytes(message[at : at + 2], "big") for at in range(0, HEADER, 2)
    )
    return number, flags, questions, answers, authority, additional


def record_at(message: bytes, start: int) -> tuple[Record, int]:
    """The record at `start`, and where the next one begins. Raises TransferMalformed."""
    owner, position = name_at(message, start)
    if position + FIXED.size > len(message):
        raise TransferMalformed(f"the message ends within a record's head, at octet {position}")
    type_, class_, ttl, length = FIXED.unpack_from(message, position)
    position += FIXED.size
    end = position + length
    if end > len(message):
        raise TransferMalformed(f"the message ends within a record's data, at octet {position}")
    empty = not length and class_ in {ANY, NONE}
    data = b"" if empty else rdata_at(message, type_, position, end)
    return Record(owner, type_, class_, ttl, data, start), end


def rdata_at(message: bytes, type_: int, start: int, end: int) -> bytes:
    """Canonical data of the record of this type at `message[start:end]`. Raises TransferMalformed."""
    if (type_ == embedded.A and end - start != 4) or (type_ == embedded.AAAA and end - start != 16):
        raise TransferMalformed(f"an address of {end - start} octets at octet {start}")
    try:
        shape = embedded.shape_of(type_, message, start, end)
    except embedded.DataMalformed as wrong:
        raise TransferMalformed(f"{wrong}, at octet {start}") from None
    if shape is None:
        return message[start:end]
    position = start + shape.skip
    if position >= end:
        raise TransferMalformed(f"data of type {type_} at octet {start} is not as long as it says")
    parts = [message[start:position]]
    for _ in range(shape.names):
        name, position = name_at(message, position)
        parts.append(name)
    if position > end or (shape.rest is not None and end - position != shape.rest):
        raise TransferMalformed(f"data of type {type_} at octet {start} is not as long as it says")
    parts.append(message[position:end])
    return b"".join(parts)


def name_at(message: bytes, start: int) -> tuple[Name, int]:
    """The name at `start`, uncompressed and in lower case, and where it ends. Raises TransferMalformed.

    A pointer leads into what came before (RFC 1035 section 4.1.4: "a prior occurrence"), behind the header, and what it
    leads to ends before the part of the name that holds it: no chain of pointers loops.
    """
    parts: list[bytes] = []
    position = part = start
    stop = len(message)
    end = pointers = size = 0
    try:
        while length := message[position]:
            if length < 64:
                size += 1 + length
                if size > 254 or position + length >= stop:
                    break
                parts.append(message[position : position + 1 + length])
                position += 1 + length
                continue
            target = (length & 0x3F) << 8 | message[position + 1]
            pointers += 1
            if length < 0xC0 or not HEADER <= target < part or position + 1 >= stop or pointers > MOST_POINTERS:
                raise TransferMalformed(f"a bogus compression pointer at octet {position}")
            end = end or position + 2
            stop, position, part = part, target, target
        else:
            if position >= stop:
                raise TransferMalformed(f"a bogus compression pointer at octet {start}")
            parts.append(b"\0")
            return b"".join(parts).lower(), end or position + 1
    except IndexError:
        raise TransferMalformed(f"the message ends within a name, at octet {start}") from None
    if size > 254:
        raise TransferMalformed(f"a name of more than 255 octets at octet {start}")
    raise TransferMalformed(f"the message ends within a label, at octet {position}")
