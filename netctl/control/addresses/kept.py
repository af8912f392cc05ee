"""The book of the network that a process holds in memory: made once, and again when the ledger or the day changes."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

from netctl.control.addresses.book import Book, book_of
from netctl.control.network.atlas import Atlas
from netctl.errors import NetworkError
from netctl.inventory import files

Mark = tuple[int, int, int]

_KEPT: WeakKeyDictionary[Atlas, tuple[date, Mark, Book]] = WeakKeyDictionary()
_LOCK = threading.Lock()
_NO_FILE: Mark = (0, 0, 0)


def book(atlas: Atlas, today: date) -> Book:
    """The book of `atlas` today. While its ledger holds an error, the last one that held none.

    Raises `NetworkError` where there has not been one.
    """
    root = Path(atlas.network.root)
    mark = _mark(root / files.LEDGER)
    known = _KEPT.get(atlas)
    if known is not None and known[:2] == (today, mark):
        return known[2]
    with _LOCK:
        known = _KEPT.get(atlas)
        if known is not None and known[:2] == (today, mark):  # somebody else made it meanwhile
            return known[2]
        try:
            made = book_of(atlas.network, root, today)
        except NetworkError:
            if known is None:
                raise
            made = known[2]
        _KEPT[atlas] = (today, mark, made)
        return made


def _mark(path: Path) -> Mark:
    """What the file system says of a file."""
    try:
        at = path.stat()
    except OSError:
        return _NO_FILE
    return at.st_size, at.st_mtime_ns, at.st_ino
