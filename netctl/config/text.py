"""A diff as text: one line a change, sections above it, indented as deep as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.model.plan import DiffLine

SIGNS = {"add": "+", "remove": "-", "context": " "}


def diff_text(lines: Iterable[DiffLine]) -> str:
    """``+``, ``-`` or a space, then the line, under a heading for each part."""
    written: list[str] = []
    part = ""
    for line in lines:
        if line.part != part:
            part = line.part
            written.append(f"@@ {part}")
        written.append(f"{SIGNS[line.op]} {' ' * line.depth}{line.text}")
    return "".join(f"{text}\n" for text in written)
