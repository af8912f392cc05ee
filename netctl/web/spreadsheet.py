"""Tables as CSV (RFC 4180, UTF-8 with the mark that spreadsheets look for)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from netctl.web.selecting import Column, Row, as_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_of(columns: Sequence[Column], headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The file: one line of headings, one line a row, CRLF, quoted where needed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings])
    for row in rows:
        writer.writerow([harmless(row.get(column.key)) for column in columns])
    return (MARK + out.getvalue()).encode()


def harmless(value: Any) -> str:
    """The value as text that no spreadsheet takes for a formula; numbers stay numbers."""
    text = as_text(value)
    if isinstance(value, (int, float)) or not text.startswith(_FORMULA):
        return text
    return f"'{text}"
