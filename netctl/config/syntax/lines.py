"""A text cut into lines at the line ends that files and terminals know, and at nothing else."""

from __future__ import annotations

import io

BLANK = " \t"
EDGE = " \t\r\n"  # what stands around a statement; form feeds, no-break and ideographic spaces are part of it


def split(text: str) -> list[str]:
    """The lines of a text with their ends: LF, CR LF, or CR alone. Joined they are the text again.

    `str.splitlines` would also cut at form feeds, NEL and U+2028, all of which may stand in a description.
    """
    return list(io.StringIO(text, newline=""))


def line_end(text: str) -> str:
    """The line end a text is written with, by its first line; LF where it has none."""
    first = io.StringIO(text, newline="").readline()
    return first[len(first.rstrip("\r\n")) :] or "\n"


def width(raw: str) -> int:
    """The columns a line is indented by; a tab reaches to the next multiple of eight."""
    return len(raw[: len(raw) - len(raw.lstrip(BLANK))].expandtabs())


def line_count(text: str) -> int:
    """How many line ends a text holds."""
    count = text.count("\n")
    return count + text.count("\r") - text.count("\r\n") if "\r" in text else count
