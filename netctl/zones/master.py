"""Master files (RFC 1035 section 5.1, RFC 2308 section 4), read by lines: what is off is said, and the next one read.

``$ORIGIN`` and ``$TTL`` hold; ``$INCLUDE`` and ``$GENERATE`` are refused: a bulk zone is one file, and what it says
stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from netctl.errors import NetctlError, RecordInvalid, ZoneNameInvalid
from netctl.zones import names, records
from netctl.zones.data import Name
from netctl.zones.gathering import Sheet

LONGEST_TTL = 0x7FFFFFFF
_LONGEST_TTL_TEXT = 30
_LONGEST_ENTRY = 200  # lines between two parentheses
_SPECIAL = re.compile(r'["();\\]')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()]|;.*|(?:[^\s"();\\]|\\.)+|\s+')
_WORD = r'(?:[^\s"();\\]+|"[^"\\]*")'
_WORDS = rf"{_WORD}(?: {_WORD})*"
_QUICK = re.compile(
    rf"([a-zA-Z0-9_*.-]*[a-zA-Z0-9_*-])[ \t]+(?:([0-9]{{1,9}})[ \t]+)?(?:IN[ \t]+)?([A-Z0-9]+)[ \t]+({_WORDS})"
).fullmatch
_TTL = re.compile(r"\d+|(?:\d+[wdhms])+", re.IGNORECASE | re.ASCII)
_TTL_PART = re.compile(r"(\d+)([wdhms])", re.ASCII)
_UNITS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_OTHER_CLASSES = frozenset({"CH", "HS", "CS", "NONE", "ANY"})


class Entry(NamedTuple):
    """One logical line: where it begins, whether it begins with a blank, its words; quotes are kept."""

    line: int
    indented: bool
    words: list[str]


def read(text: str, sheet: Sheet, ttl: int) -> None:
    """All records of a master file into `sheet`; `ttl` is for records before any TTL is said."""
    reader = _Reader(sheet, ttl)
    for entry in entries(text, sheet, reader.quick):
        try:
            reader.take(entry)
        except NetctlError as wrong:
            sheet.flaw(entry.line, wrong.message)


def seconds(text: str) -> int | None:
    """A TTL in seconds, from ``3600`` or ``1h30m``; None where it is none."""
    if len(text) > _LONGEST_TTL_TEXT or not _TTL.fullmatch(text):
        return None
    parts = _TTL_PART.findall(text.lower())
    value = sum(int(count) * _UNITS[unit] for count, unit in parts) if parts else int(text)
    return value if value <= LONGEST_TTL else None


def entries(text: str, sheet: Sheet, quick: Callable[[int, str], bool]) -> Iterator[Entry]:
    """Logical lines: comments gone, parentheses joined. What is no line is a flaw, and the next line is tried.

    A line that `quick` takes is not among them.
    """
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if quick(position, line) or not line or line.isspace():
            continue
        indented = line[0] in " \t"
        if not _SPECIAL.search(line):
            yield Entry(position, indented, line.split())
            continue
        words, following, flaw = _joined(lines, position - 1)
        if flaw:
            sheet.flaw(position, flaw)
        else:
            if words:
                yield Entry(position, indented, words)
            position = following


def _joined(lines: list[str], first: int) -> tuple[list[str], int, str]:
    """The words of the logical line that begins at `first`, the line after it, and what is wrong with it."""
    words: list[str] = []
    depth = 0
    last = min(first + _LONGEST_ENTRY, len(lines))
    for number in range(first, last):
        line = lines[number]
        position = 0
        while position < len(line):
            found = _TOKEN.match(line, position)
            if found is None:
                return [], number + 1, f"a quotation or an escape does not end: {line[position : position + 40]!r}"
            word = found[0]
            position = found.end()
            depth += (word == "(") - (word == ")")
            if depth < 0:
                return [], number + 1, "a parenthesis closes that none opened"
            if word not in {"(", ")"} and word[0] != ";" and not word.isspace():
                words.append(word)
        if not depth:
            return words, number + 1, ""
    return [], last, f"a parenthesis opens that none closes within {_LONGEST_ENTRY} lines"


class _Reader:
    """What holds from one line to the next: origin, TTL, owner."""

    def __init__(self, sheet: Sheet, ttl: int) -> None:
        self._sheet = sheet
        self._origin = sheet.origin
        self._inside = True  # names relative to the origin are in the zone
        self._ttl = ttl
        self._said = False  # by $TTL, which then holds (RFC 2308 section 4)
        self._owner: Name | None = None
        self._types: dict[str, int] = {}
        self._ttls: dict[str, int] = {}  # one number for all records: 3 MiB of 100,000

    def quick(self, number: int, line: str) -> bool:
        """A line as zones are full of: ``name [TTL] [IN] TYPE data``. False, and nothing is taken, for any other."""
        found = _QUICK(line)
        if found is None or not self._inside:
            return False
        name, stated, word, data = found.groups()
        type_ = self._types.get(word)
        if type_ is None:  # perhaps no type at all
            return False
        ttl = self._ttl
        if stated:
            ttl = self._ttls.setdefault(stated, int(stated))
            if not self._said:
                self._ttl = ttl
        self._owner = None
        try:
            self._owner = owner = names.wire(name, self._origin)
            self._sheet.take(number, (owner, type_), ttl, records.rdata(type_, data, self._origin))
        except NetctlError as wrong:
            self._sheet.flaw(number, wrong.message)
        return True

    def take(self, entry: Entry) -> None:
        """One logical line. Raises ZoneNameInvalid or RecordInvalid."""
        words = entry.words
        first = words[0]
        if first[0] == "$":
            self._directive(first.upper(), words[1:])
            return
        at = 0
        if not entry.indented:
            self._owner = None  # where this owner is wrong, what follows does not belong to the one before
            self._owner = self._named(first)
            at = 1
        elif self._owner is None:
            raise RecordInvalid("a line without an owner, and none before it to go by")
        ttl, at = self._head(words, at)
        if at >= len(words):
            raise RecordInvalid("a record without a type")
        type_ = self._type(words[at])
        if at + 1 == len(words):
            raise RecordInvalid(f"{words[at]} without data")
        text = words[at + 1] if at + 2 == len(words) else " ".join(words[at + 1 :])
        self._sheet.take(entry.line, (self._owner, type_), ttl, records.rdata(type_, text, self._origin))

    def _named(self, text: str) -> Name:
        owner = names.wire(text, self._origin)
        if (text[-1] == "." or not self._inside) and not names.is_under(owner, self._sheet.origin):
            raise ZoneNameInvalid(f"{names.text(owner)} is not in {names.text(self._sheet.origin)}")
        return owner

    def _head(self, words: list[str], at: int) -> tuple[int, int]:
        """The TTL that holds, and where the type stands: TTL and class may come in any order."""
        ttl = self._ttl
        for _ in range(2):
            word = words[at] if at < len(words) else ""
            if word[:1].isdigit():
                stated = seconds(word)
                if stated is None:
                    raise RecordInvalid(f"{word!r} is no TTL")
                ttl = stated
                if not self._said:
                    self._ttl = stated
            elif word.upper() in _OTHER_CLASSES:
                raise RecordInvalid(f"class {word}: only IN is for zones here")
            elif word.upper() != "IN":
                break
            at += 1
        return ttl, at

    def _type(self, word: str) -> int:
        type_ = self._types.get(word)
        if type_ is None:
            type_ = self._types[word] = records.type_number(word)
        return type_

    def _directive(self, name: str, words: list[str]) -> None:
        if name not in {"$ORIGIN", "$TTL"}:
            known = name in {"$INCLUDE", "$GENERATE"}
            raise RecordInvalid(
                f"{name} is not taken here: write out what it stands for" if known else f"what is {name}?"
            )
        if len(words) != 1:
            raise RecordInvalid(f"{name} takes one word, and here are {len(words)}")
        if name == "$ORIGIN":
            self._origin = names.wire(words[0], self._origin)
            self._inside = names.is_under(self._origin, self._sheet.origin)
            return
        ttl = seconds(words[0])
        if ttl is None:
            raise RecordInvalid(f"{words[0]!r} is no TTL")
        self._ttl, self._said = ttl, True
