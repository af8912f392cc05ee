"""Secrets that whoever holds them is believed by: cookies, tokens, one-time links. Only their digests are kept.

They are 256 random bits, so one SHA-256 is enough: nobody finds them by trying, as people's passwords are found.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

MARK = "netctl_"  # lets scanners of repositories find a token that was committed by mistake
_LONGEST = 200

Draw = Callable[[], str]


def draw() -> str:
    """256 random bits as 43 characters that are safe in a URL and a cookie."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret; "" for a text too long to be one, which no row has."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest() if len(secret) <= _LONGEST else ""


def id_of(digest: str) -> str:
    """What people and the audit log call it: 48 bits of the digest, from which nobody finds the secret."""
    return digest[:12]
