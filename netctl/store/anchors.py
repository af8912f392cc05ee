"""Heads of the audit log, written down in a file that is kept somewhere else: what shows that its end was cut off.

One line a head: number, hash, moment. The file is only ever added to; copy it to where the database's owner cannot
write.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from netctl.errors import AnchorUnreadable
from netctl.model.audit import Head

_LINE = re.compile(r"([0-9]{1,15}) ([0-9a-f]{64}) \S+\Z")


def read_anchors(path: Path) -> tuple[Head, ...]:
    """The heads in a file, in order; raises `AnchorUnreadable` naming the line."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnchorUnreadable(str(error), where=str(path)) from error
    heads = []
    for number, line in enumerate(lines, start=1):
        found = _LINE.match(line)
        if not found:
            raise AnchorUnreadable("not a number, a hash and a moment", where=f"{path}:{number}")
        heads.append(Head(int(found.group(1)), found.group(2)))
    return tuple(heads)


def add_anchor(path: Path, head: Head, at: str) -> None:
    """Add one head; it is on disk on return. Raises `AnchorUnreadable`."""
    try:
        with path.open("a", encoding="ascii") as file:
            file.write(f"{head.number} {head.hash} {at}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise AnchorUnreadable(str(error), where=str(path)) from error
