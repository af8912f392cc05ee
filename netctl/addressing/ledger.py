"""What was allocated, to whom and since when: a file that people read and review, and only netctl writes.

One line an allocation, sorted by key, so that two branches that allocate differ in the lines they mean and in no
other. The file is YAML; it is read line by line all the same, because 100,000 lines have to be read at once and
because whoever is told of an error wants its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from netctl.addressing.prefix import Prefix, prefix
from netctl.errors import AddressInvalid

HEADER = """\
# yaml-language-server: $schema=.schema/ledger.json
# What is allocated from the pools in addressing.yaml. Read and review it; netctl writes it:
# `netctl addresses allocate | release | import`. Whoever edits it by hand is held to `netctl validate`.

"""

NAME = r"[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?"
"""One part of a key: what a level's prefix is for."""

_BY = r"[A-Za-z0-9](?:[A-Za-z0-9._@-]{0,62}[A-Za-z0-9])?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LINE = re.compile(
    rf"({NAME}(?:/{NAME})+): \{{level: ([a-z0-9-]+), prefix: ([0-9a-f:./]+), since: \"({_DAY})\""
    rf"(?:, released: \"({_DAY})\")?(?:, by: \"({_BY})\")?\}}"
)
_FORM = 'pool/name: {level: site, prefix: 3fff:100::/48, since: "2026-11-22", by: "somebody"}'
_BY_WHOM = re.compile(_BY)


class Entry(NamedTuple):
    """One allocation. `released` is the day it was given back, None while it is in use; `line` 0 where it is new."""

    key: str
    level: str
    prefix: Prefix
    since: date
    released: date | None = None
    by: str = ""
    line: int = 0

    @property
    def pool(self) -> str:
        """The pool it was cut from."""
        return self.key.partition("/")[0]

    @property
    def above(self) -> str:
        """The key of what it was cut from; a pool's name at the top."""
        return self.key.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The last part of its key."""
        return self.key.rpartition("/")[2]

    def __str__(self) -> str:
        """Its line of the file."""
        released = f', released: "{self.released}"' if self.released else ""
        by = f', by: "{self.by}"' if self.by else ""
        return f'{self.key}: {{level: {self.level}, prefix: {self.prefix}, since: "{self.since}"{released}{by}}}'


class Flaw(NamedTuple):
    """A line of a ledger that does not hold."""

    line: int
    text: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Ledger:
    """All allocations by key, in use or resting."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def text(self) -> str:
        """The whole file; the same entries give the same bytes."""
        return HEADER + "".join(f"{entry}\n" for entry in self)

    def __iter__(self) -> Iterator[Entry]:
        """The entries in the file's order: by the parts of their keys, so that each comes before what is below it."""
        return iter(sorted(self.entries.values(), key=lambda entry: entry.key.split("/")))

    def __len__(self) -> int:
        return len(self.entries)

    def in_use(self) -> Iterator[Entry]:
        """The entries that were not released."""
        return (entry for entry in self if entry.released is None)


def may_sign(name: str) -> bool:
    """True where a person's name can stand in the file."""
    return _BY_WHOM.fullmatch(name) is not None


def read(text: str) -> tuple[Ledger, list[Flaw]]:
    """The allocations in a ledger's text, and every line that is none."""
    entries: dict[str, Entry] = {}
    flaws: list[Flaw] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line[0] == "#":
            continue
        found = _entry(line, number)
        if isinstance(found, Flaw):
            flaws.append(found)
        elif found.key in entries:
            message = f"{found.key} stands on line {entries[found.key].line} already"
            flaws.append(Flaw(number, found.key, message, "two branches allocated for one key: keep the older line"))
        else:
            entries[found.key] = found
    return Ledger(entries), flaws


def _entry(line: str, number: int) -> Entry | Flaw:
    parts = _LINE.fullmatch(line.rstrip("\r"))
    if parts is None:
        hint = (
            "resolve the conflict of the merge first" if line.startswith(("<<<<", "====", ">>>>")) else f"as in {_FORM}"
        )
        return Flaw(number, line, "this is no line of a ledger", hint)
    key, level, where, since, released, by = parts.groups()
    try:
        days = date.fromisoformat(since), date.fromisoformat(released) if released else None
        made = prefix(where)
    except ValueError as error:
        return Flaw(number, line, f"no such day: {error}")
    except AddressInvalid as error:
        return Flaw(number, where, error.message, error.hint)
    if str(made) != where:
        return Flaw(number, where, f"{where} is written {made}", "RFC 5952")
    return Entry(key, level, made, days[0], days[1], by or "", number)
