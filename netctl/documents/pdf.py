"""HTML as PDF. The same page gives the same bytes: nothing in them tells when or where they were made."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NoReturn, cast

from netctl.errors import DocumentFontMissing, DocumentToolsMissing

FONT = "Noto Sans CJK JP"

_ALONE = threading.Lock()  # Pango's font maps are not for several threads, and laying out takes all of a core anyway


def write_pdf(page: str, style: str) -> bytes:
    """A4 pages of one paper with its style sheet.

    Raises `DocumentToolsMissing` or `DocumentFontMissing` where this host cannot make them.
    """
    engine = _engine()
    _require_font()
    with _ALONE, _no_clock():
        sheet = engine.CSS(string=style)
        paper = engine.HTML(string=page, url_fetcher=_refuse)
        mark = hashlib.sha256(page.encode()).digest()[:16]
        return cast("bytes", paper.write_pdf(stylesheets=[sheet], pdf_identifier=mark, pdf_tags=True))


@cache
def _engine() -> Any:
    """WeasyPrint; imported when a PDF is wanted, because it loads Pango."""
    try:
        import weasyprint  # noqa: PLC0415  slow to import, and most processes write no PDF
    except OSError as error:  # a shared library is missing
        library = re.search(r"lib[\w.+-]+", str(error))
        raise DocumentToolsMissing(f"{library.group() if library else 'Pango'} cannot be loaded") from error
    return weasyprint


@cache
def _require_font() -> None:
    """Nothing, or `DocumentFontMissing`: without it Japanese text would be empty boxes."""
    try:
        found = subprocess.run(
            ["fc-match", "--format=%{family}", FONT], capture_output=True, text=True, check=False, timeout=30
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DocumentToolsMissing(f"fc-match cannot be run: {error}") from error
    if FONT not in found.split(","):
        raise DocumentFontMissing(f"this host has {found or 'no font'} instead of {FONT}")


@contextmanager
def _no_clock() -> Iterator[None]:
    """Fonts are cut to the letters in use and would carry the moment of that (reproducible-builds.org)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _refuse(url: str, *_given: object, **_named: object) -> NoReturn:
    """A paper is whole by itself: whatever a template points at is not fetched."""
    raise ValueError(f"papers load nothing from elsewhere: {url}")
