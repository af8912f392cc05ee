"""What is written to stdout: JSON for programs, tables and coloured lines for people, never a raw control character."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

Styles = Mapping[str, str]

STATES = {
    "proposed": "yellow",
    "approved": "cyan",
    "pushing": "bold cyan",
    "done": "green",
    "rejected": "dim",
    "rolled_back": "dim",
    "stopped": "bold red",
    "unknown": "bold red",
    "failed": "bold red",
    "in_flight": "bold cyan",
    "ok": "green",
    "begun": "bold yellow",
}
"""Colours of the states of changes, routers and steps."""

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA1)) if code not in (0x09, 0x0A)}
_CONTROLS |= {code: f"\\x{code - 0xDC00:02x}" for code in range(0xDC80, 0xDD00)}  # bytes that are no UTF-8
# What hides, or turns the text around: two lines that look alike must be alike.
_CONTROLS |= {
    code: f"\\u{code:04x}"
    for code in (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
}
_PLAIN = frozenset({str, int, float, bool, type(None)})
_LONE = re.compile("[\ud800-\udfff]")
_WIDE_ENOUGH = 4000  # a pipe has no width: nothing is folded there


def printable(text: str) -> str:
    """`text` with control characters shown, not obeyed: routers and files may hold anything."""
    return text.translate(_CONTROLS)


def plain(value: Any) -> Any:
    """Nouns as plain data, ready for JSON; a noun with `as_dict` decides itself."""
    if type(value) in _PLAIN:  # nearly all: a plan of many zones has half a million
        return value
    if names := _fields(value.__class__):
        return {name: each if type(each := getattr(value, name)) in _PLAIN else plain(each) for name in names}
    if hasattr(value, "as_dict"):
        value = value.as_dict()
    elif hasattr(value, "_asdict"):  # a NamedTuple
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(plain(each) for each in value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that does not decide itself; () for any other type."""
    if hasattr(kind, "as_dict") or not dataclasses.is_dataclass(kind):
        return ()
    return tuple(entry.name for entry in dataclasses.fields(kind))


def write_json(value: Any) -> None:
    """One JSON document."""
    sys.stdout.write(_indented(plain(value)) + "\n")


def _indented(value: Any) -> str:
    """A document as people can read it, too. Python indents four times as slowly as it writes."""
    import msgspec  # only those who ask for it pay

    try:
        return msgspec.json.format(json.dumps(value, ensure_ascii=False), indent=2)
    except (UnicodeEncodeError, msgspec.DecodeError):  # lone surrogates, and numbers that JSON does not know
        return _encodable(json.dumps(value, ensure_ascii=False, indent=2))


def json_text(text: str) -> str:
    """A text as JSON; a byte that is no UTF-8 is the escape of a lone surrogate: U+DC00 and the byte."""
    return _encodable(json.dumps(text, ensure_ascii=False))


def _encodable(document: str) -> str:
    """JSON with its lone surrogates escaped: they stand in texts only, where an escape means the same."""
    return document if document.isascii() else _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def write_json_line(value: Any) -> None:
    """One JSON document on one line, out at once: someone may be following."""
    sys.stdout.write(_encodable(json.dumps(plain(value), ensure_ascii=False)) + "\n")
    sys.stdout.flush()


def say(text: str = "", style: str = "") -> None:
    """One line for a person."""
    if not style or not sys.stdout.isatty():
        sys.stdout.write(printable(text) + "\n")
        return
    from rich.text import Text  # only terminals pay for it

    console().print(Text(printable(text), style=style), soft_wrap=True)


def console() -> Console:
    """The console on stdout: colour only on a terminal, no markup, nothing guessed."""
    from rich.console import Console  # programs that ask for JSON do not pay for it

    width = None if sys.stdout.isatty() else _WIDE_ENOUGH
    return Console(width=width, markup=False, highlight=False, emoji=False)


def write_table(
    headings: Sequence[str], rows: Iterable[Sequence[Any]], styles: Mapping[str, str] | None = None
) -> None:
    """Columns a person can scan. `styles` gives a cell's text its colour, such as ``{"up": "green"}``."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=bool(headings), pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        cells = [printable(str(cell)) for cell in row]
        table.add_row(*(Text(cell, style=(styles or {}).get(cell, "")) for cell in cells))
    screen = console()
    with screen.capture() as captured:
        screen.print(table)
    sys.stdout.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The same columns for programs (RFC 4180): every value as it is, lines ended by CRLF."""
    import csv  # only those who ask for it pay

    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)


def moment(stamp: str) -> str:
    """A moment of RFC 3339 as a person reads it, to the second."""
    day, _, time = stamp.partition("T")
    return f"{day} {time.partition('.')[0].rstrip('Z')}Z" if time else stamp
