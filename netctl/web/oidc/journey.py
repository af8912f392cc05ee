"""What one browser takes along to the provider and back: the secrets that tie the answer to the question.

They travel in a cookie of that browser alone, for ten minutes: an answer that was meant for another browser finds none.
Whoever alters their own cookie only spoils their own sign-in: the token is checked against what the provider signed.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Self

SECONDS = 600
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Journey:
    """One way to the provider and back; `again` is for somebody who is signed in and proves it once more."""

    state: str
    nonce: str
    verifier: str
    next: str
    again: bool

    @classmethod
    def begin(cls, next_place: str, *, again: bool) -> Self:
        """A new one, with secrets nobody can guess."""
        drawn = (secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        return cls(*drawn, next=next_place, again=again)

    def packed(self) -> str:
        """As a cookie's value."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()

    @classmethod
    def unpacked(cls, text: str) -> Self | None:
        """What `packed` gave; `None` for anything else."""
        try:
            found = json.loads(base64.urlsafe_b64decode(text.encode())) if len(text) <= _LONGEST else None
        except (ValueError, binascii.Error):
            return None
        if not isinstance(found, dict) or set(found) != {"state", "nonce", "verifier", "next", "again"}:
            return None
        texts = [found[key] for key in ("state", "nonce", "verifier", "next")]
        if (
            not all(isinstance(each, str) for each in texts)
            or not all(texts[:3])
            or not isinstance(found["again"], bool)
        ):
            return None
        return cls(**found)
