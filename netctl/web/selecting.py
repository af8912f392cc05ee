"""Which rows of a table a request asks for: search, filters, order and page, all of them in the query string.

``q`` searches every column; ``KEY=VALUE`` keeps rows of that value (more than one: any of them) or, for a column
filtered by text, rows that contain it; ``sort=KEY`` or ``sort=-KEY`` orders; ``page`` and ``per`` cut. What a table
does not know stays in the address untouched.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

Row = Mapping[str, Any]
Kind = Literal[
    "text",
    "link",
    "code",
    "number",
    "percent",
    "rate",
    "moment",
    "minute",
    "age",
    "state",
    "states",
    "severity",
    "digest",
    "flag",
    "lag",
    "words",
]

PER = (50, 100, 200, 500)

# The worst first, as people want to see them: of a router, and of what is left of a site's ways out.
_STATES = ("down", "cut_off", "degraded", "one_router", "one_line", "unknown", "up", "full")
_SEVERITIES = ("high", "medium", "low", "info")
_RANKS: dict[str, dict[str, int]] = {
    "state": {name: rank for rank, name in enumerate(_STATES)},
    "severity": {name: rank for rank, name in enumerate(_SEVERITIES)},
}
_DIGITS = re.compile(r"[0-9]+")
_WIDEST = 20  # digits: as many as 64 bits have


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Its heading is the message `word`, else ``column-<key>``; `say` turns a value into people's words."""

    key: str
    kind: Kind = "text"
    href: Callable[[Any], str] | None = None  # of a row
    filter: Literal["", "choice", "text"] = ""
    word: str = ""
    say: Callable[[Any], str] | None = None
    phone: bool = True  # False: left out where the screen is narrow
    sort: bool = True
    title: str = ""  # its heading where that is a name, and the same in every language


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query string asks of a table."""

    search: str
    filters: Mapping[str, tuple[str, ...]]
    sort: str
    descending: bool
    page: int
    per: int


def read(columns: Sequence[Column], arguments: Mapping[str, Sequence[str]], order: str, per: int) -> Selection:
    """The selection; what is not understood falls back to the table's own order and the first page."""
    by_key = {column.key: column for column in columns}
    filters = {
        key: tuple(value for value in arguments[key] if value)
        for key, column in by_key.items()
        if column.filter and any(arguments.get(key, ()))
    }
    sort = _last(arguments, "sort", order)
    if (key := sort.removeprefix("-")) not in by_key or not by_key[key].sort:
        sort = order
    asked = _number(_last(arguments, "per", ""), per)
    return Selection(
        search=_last(arguments, "q", "").strip(),
        filters=filters,
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        page=max(1, _number(_last(arguments, "page", ""), 1)),
        per=asked if asked in PER else per,
    )


def select(rows: Sequence[Row], columns: Sequence[Column], asked: Selection) -> list[Row]:
    """The rows asked for, in order; not cut into pages."""
    return narrow(in_order(rows, columns, asked), columns, asked)


def in_order(rows: Sequence[Row], columns: Sequence[Column], asked: Selection) -> list[Row]:
    """All rows in the order asked for."""
    found = list(rows)
    for column in columns:
        if column.key == asked.sort:
            _order(found, column, descending=asked.descending)
    return found


def narrow(rows: Sequence[Row], columns: Sequence[Column], asked: Selection) -> list[Row]:
    """Those of the rows that are asked for, in the order they are in."""
    found = list(rows)
    by_key = {column.key: column for column in columns}
    for key, values in asked.filters.items():
        found = _filtered(found, by_key[key], values)
    if asked.search:
        found = _searched(found, columns, asked.search)
    return found


def choices(rows: Sequence[Row], column: Column) -> list[tuple[str, int]]:
    """The values to choose from with how many rows have each, in the column's order."""
    values = [row.get(column.key) for row in rows]
    try:
        counted = Counter(values)
    except TypeError:  # lists cannot be counted, what they read like can
        counted = Counter(map(text_of, values))
    texts: Counter[str] = Counter()
    for value, count in counted.items():
        texts[text_of(value)] += count
    return sorted(((text, count) for text, count in texts.items() if text), key=lambda each: rank(column, each[0]))


def text_of(value: Any) -> str:
    """As `as_text`, quickly where it is a text already: tables have thousands of rows."""
    return value if type(value) is str else as_text(value)


def as_text(value: Any) -> str:
    """A value as the address, CSV and the search see it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(as_text(each) for each in value)
    return str(value)


def rank(column: Column, value: Any) -> tuple[Any, ...]:
    """What values of the column are ordered by; what is missing comes last."""
    if value is None or value == "":
        return (2, "")
    if type(value) is str and column.kind not in _RANKS:
        return (1, _natural(value))
    if column.kind in _RANKS:
        return (0, _RANKS[column.kind].get(str(value), 99), str(value))
    if isinstance(value, (bool, int, float)):
        return (0, value)
    return (1, _natural(as_text(value)))


def folded(text: str) -> str:
    """The text in the one form that searches compare: full-width letters are letters, capitals are small."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=65536)
def _natural(text: str) -> str:
    """A text that sorts ``r2`` before ``r10``; one flat text, because those compare quickly."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(_WIDEST), folded(text))


def _filtered(rows: list[Row], column: Column, values: Sequence[str]) -> list[Row]:
    key = column.key
    if column.filter == "choice":
        wanted = frozenset(values)
        return [row for row in rows if text_of(row.get(key)) in wanted]
    words = [folded(value) for value in values]
    return [row for row in rows if any(word in folded(text_of(row.get(key))) for word in words)]


def _searched(rows: list[Row], columns: Sequence[Column], search: str) -> list[Row]:
    """Rows in which every word of the search is found, each in one of the columns."""
    keys = [column.key for column in columns]
    words = [folded(word) for word in search.split()]
    found = []
    for row in rows:
        text = folded("\n".join([text_of(row.get(key)) for key in keys]))
        if all(word in text for word in words):
            found.append(row)
    return found


def _order(rows: list[Row], column: Column, *, descending: bool) -> None:
    """In place; rows that are equal stay in the order they had, rows without a value come last both ways."""
    key = column.key
    rows.sort(key=lambda row: rank(column, row.get(key)), reverse=descending)
    if descending:
        rows.sort(key=lambda row: row.get(key) is None or row.get(key) == "")


def _last(arguments: Mapping[str, Sequence[str]], key: str, otherwise: str) -> str:
    return next((value for value in reversed(arguments.get(key, ())) if value), otherwise)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise
