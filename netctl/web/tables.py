"""A table of a page: shown, searched, filtered, sorted and paged by its address, and the same rows as CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlencode

from flask import Response, jsonify, render_template, request

from netctl.web.selecting import PER, Column, Kind, Row, Selection, as_text, choices, in_order, narrow, read
from netctl.web.spreadsheet import csv_of
from netctl.web.words import t

__all__ = ["Column", "Kind", "Row", "Shown", "Table", "answer", "shown"]


class Keep(Protocol):
    """Gives what `make` gives, or gave for the same key."""

    def __call__(self, key: Hashable, make: Callable[[], Any], /) -> Any:
        """What belongs to the key."""


def at_once(_key: Hashable, make: Callable[[], Any], /) -> Any:
    """Nothing is kept."""
    return make()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their columns. `order` is the column rows come in where nobody asks for another, ``-KEY`` reversed.

    Its caption is the message ``<name>-table``. `older` is the address of what comes after the last row, where `rows`
    are only a part of what there is.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    order: str = ""
    per: int = 50
    older: str = ""
    empty: str = "table-empty"
    keep: Keep = at_once  # what is worked out of all rows, where they are the same ones for many requests
    plain: bool = False  # no search, no filters, no links to CSV and JSON: a small table within a page


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Shown:
    """A table as one request asks for it."""

    table: Table
    asked: Selection
    arguments: Mapping[str, Sequence[str]]
    path: str
    found: list[Row] = field(repr=False)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of this page."""
        begin = (self.page - 1) * self.asked.per
        return self.found[begin : begin + self.asked.per]

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-len(self.found) // self.asked.per))

    @property
    def page(self) -> int:
        """The page shown: the last one where a later one is asked for."""
        return min(self.asked.page, self.pages)

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 for none."""
        return (self.page - 1) * self.asked.per + 1 if self.found else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.page * self.asked.per, len(self.found))

    @property
    def narrowed(self) -> bool:
        """True where a search or a filter leaves rows out."""
        return bool(self.asked.search or self.asked.filters)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many rows a page may have."""
        return PER

    def heading(self, column: Column) -> str:
        """The column's name in the language of the request."""
        return column.title or t(column.word or f"column-{column.key.replace('_', '-')}")

    def label(self, column: Column, value: Any) -> str:
        """A value of the column as people read it."""
        if column.say is not None:
            return column.say(value)
        if column.kind in ("state", "severity", "words") and value:
            return t(f"{column.kind if column.kind != 'words' else column.key}-{value}".replace("_", "-"))
        return as_text(value)

    def choices(self, column: Column) -> list[Choice]:
        """The values a filter offers, with how many of all rows have each."""
        chosen = self.asked.filters.get(column.key, ())
        found = self.table.keep(("choices", column.key), lambda: choices(self.table.rows, column))
        told = [Choice(value, self.label(column, value), count, value in chosen) for value, count in found]
        absent = [value for value in chosen if value not in dict(found)]
        return told + [Choice(value, self._label_asked(column, value), 0, chosen=True) for value in absent]

    def _label_asked(self, column: Column, value: str) -> str:
        """As `label`, for a value that an address asks for, which may be anything."""
        try:
            return self.label(column, value)
        except LookupError:
            return value

    def filter_text(self, column: Column) -> str:
        """What is asked for in a column that is filtered by text."""
        return " ".join(self.asked.filters.get(column.key, ()))

    def sorted_by(self, column: Column) -> str:
        """ARIA's word for the order of the column."""
        if column.key != self.asked.sort:
            return "none"
        return "descending" if self.asked.descending else "ascending"

    def href_sort(self, column: Column) -> str:
        """Where the table is in the order of this column, or in the other direction."""
        reverse = column.key == self.asked.sort and not self.asked.descending
        return self._href({"sort": f"{'-' if reverse else ''}{column.key}", "page": ""})

    def href_page(self, page: int) -> str:
        """Where another page is."""
        return self._href({"page": str(page) if page > 1 else ""})

    def href_cleared(self) -> str:
        """Where the table is without search and filters."""
        return self._href(dict.fromkeys(("q", "page", *self.asked.filters), ""))

    def href_as(self, form: str) -> str:
        """Where the same rows are as ``csv`` or ``json``."""
        return self._href({"page": "", "per": ""}, f"{self.path}.{form}")

    def kept(self) -> list[tuple[str, str]]:
        """What a form of filters must hand on: everything that is none of its own fields."""
        own = {"q", "page", *(column.key for column in self.table.columns if column.filter)}
        return [(key, value) for key, values in self.arguments.items() if key not in own for value in values if value]

    def _href(self, changes: Mapping[str, str], path: str = "") -> str:
        kept = [(key, value) for key, values in self.arguments.items() if key not in changes for value in values]
        query = urlencode([(key, value) for key, value in [*kept, *changes.items()] if value])
        return f"{path or self.path}?{query}" if query else path or self.path


def shown(table: Table) -> Shown:
    """The table as this request asks for it, for a page of more than one."""
    arguments = {} if table.plain else {key: request.args.getlist(key) for key in request.args}
    asked = read(table.columns, arguments, table.order, len(table.rows) or 1 if table.plain else table.per)
    path = request.path.removesuffix(".csv").removesuffix(".json")
    key = ("order", asked.sort, asked.descending)
    ordered = table.keep(key, lambda: in_order(table.rows, table.columns, asked))
    return Shown(table, asked, arguments, path, narrow(ordered, table.columns, asked))


def answer(table: Table, template: str, **context: Any) -> Response:
    """The page with the table as ``<name>``, or for ``.csv`` and ``.json`` the rows alone, all pages of them."""
    view = shown(table)
    if request.path.endswith(".csv"):
        return _csv(view)
    if request.path.endswith(".json"):
        return _json(view)
    name = table.name.replace("-", "_")
    return Response(render_template(template, **{name: view}, **context), mimetype="text/html")


def _csv(view: Shown) -> Response:
    table = view.table
    body = csv_of(table.columns, [view.heading(column) for column in table.columns], view.found)
    file = f'attachment; filename="{table.name}.csv"'
    return Response(body, headers={"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": file})


def _json(view: Shown) -> Response:
    table = view.table
    rows = [{column.key: row.get(column.key) for column in table.columns} for row in view.found]
    return jsonify({"table": table.name, "total": len(table.rows), "count": len(rows), "rows": rows})
