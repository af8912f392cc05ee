"""The files served to browsers: style, scripts, and what `vendor/VENDOR.toml` lists. Nothing comes from elsewhere.

Their address holds a digest over all of them, so a browser may keep them for good and never uses an old one.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import send_from_directory
from flask.typing import ResponseReturnValue

from netctl.web.routes import Pages

FOLDER = Path(__file__).parent / "static"

pages = Pages("assets")


@pages.get("/static/<version>/<path:name>", step="public")
def static(version: str, name: str) -> ResponseReturnValue:
    """One file; under another version than this one's it is not kept."""
    response = send_from_directory(FOLDER, name, conditional=True, etag=True)
    current = version == digest()
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response


def asset(name: str) -> str:
    """The address of a file in ``static/``."""
    return f"/static/{digest()}/{name}"


@cache
def digest() -> str:
    """The beginning of SHA-256 over all files and their names."""
    total = hashlib.sha256()
    for file in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        content = file.read_bytes()
        total.update(f"{file.relative_to(FOLDER)} {len(content)}\n".encode() + content)
    return total.hexdigest()[:16]
