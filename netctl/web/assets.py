"""The files served to browsers: style, scripts, and what `vendor/VENDOR.toml` lists. Nothing comes from elsewhere.

They are held in memory, so no path of a request ever meets the file system. Their address holds a digest over all of
them, so a browser may keep them for good and never uses an old one.
"""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from netctl.web.routes import Pages

FOLDER = Path(__file__).parent / "static"

pages = Pages("assets")


@pages.get("/static/<version>/<path:name>", step="public")
def static(version: str, name: str) -> ResponseReturnValue:
    """One file; under another version than this one's it is not kept."""
    if name not in files():
        abort(404)
    response = Response(files()[name], mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.set_etag(hashlib.sha256(files()[name]).hexdigest()[:32])
    kept = "public, max-age=31536000, immutable" if version == digest() else "no-cache"
    response.headers["Cache-Control"] = kept
    return response.make_conditional(request)


def asset(name: str) -> str:
    """The address of a file in ``static/``."""
    return f"/static/{digest()}/{name}"


@cache
def files() -> dict[str, bytes]:
    """Every file by its name in the folder."""
    found = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in found}


@cache
def digest() -> str:
    """The beginning of SHA-256 over all files and their names."""
    total = hashlib.sha256()
    for name, content in files().items():
        total.update(f"{name} {len(content)}\n".encode() + content)
    return total.hexdigest()[:16]
