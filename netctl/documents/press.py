"""PDFs made beside the process that serves pages: laying out takes a quarter of a second a page and all of a core.

The process is this module; it takes page and style from standard input. One at a time, however many ask.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TypeVar

import netctl
from netctl.documents.pdf import write_pdf
from netctl.errors import DocumentFontMissing, DocumentTooLong, DocumentToolsMissing, NetctlError

PATIENCE = 120  # seconds

T = TypeVar("T")

_ALONE = threading.Lock()
_KEPT: dict[str, bytes] = {}  # the last ones made: a board prints the same paper several times
_MOST_KEPT = 8
_TOO_LONG: dict[
    str, None
] = {}  # those that took too long: whoever asks again is told at once, and keeps nobody waiting


def write_pdf_apart(page: str, style: str) -> bytes:
    """As `write_pdf`, by a process of its own; raises `DocumentTooLong` as well, for what nobody waits for."""
    mark = hashlib.sha256(f"{len(page)} {page}{style}".encode()).hexdigest()
    with _ALONE:
        if mark in _TOO_LONG:
            raise DocumentTooLong(_told_too_long())
        if mark not in _KEPT:
            try:
                made = _made_apart(page, style)
            except DocumentTooLong:
                _remember(_TOO_LONG, mark, None)
                raise
            _remember(_KEPT, mark, made)
        return _KEPT[mark]


def _remember(kept: dict[str, T], mark: str, what: T) -> None:
    while len(kept) >= _MOST_KEPT:
        del kept[next(iter(kept))]
    kept[mark] = what


def _told_too_long() -> str:
    return f"it takes longer than {PATIENCE} seconds to lay it out"


def _made_apart(page: str, style: str) -> bytes:
    code = str(Path(netctl.__file__).resolve().parent.parent)
    try:
        done = subprocess.run(
            # -P: what lies in the folder the server was started in is no code of ours
            [sys.executable, "-P", "-m", "netctl.documents.press"],
            input=json.dumps([page, style]).encode(),
            capture_output=True,
            env=os.environ | {"PYTHONPATH": code},
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentTooLong(_told_too_long()) from error
    except OSError as error:
        raise DocumentToolsMissing(f"no process could be started: {error}") from error
    if done.returncode == 0:
        return done.stdout
    code, _, told = done.stderr.decode(errors="replace").strip().rpartition("\n")[2].partition(" ")
    kinds: dict[str, type[NetctlError]] = {kind.code: kind for kind in (DocumentToolsMissing, DocumentFontMissing)}
    raise kinds.get(code, DocumentToolsMissing)(told or "the process that makes PDFs failed")


def main() -> int:
    """Page and style from standard input, the PDF to standard output."""
    os.nice(10)
    page, style = json.load(sys.stdin)
    try:
        sys.stdout.buffer.write(write_pdf(page, style))
    except NetctlError as error:
        sys.stderr.write(f"{error.code} {error.message}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
