"""The words around a secret that say how it is written: ``7 0822455D0A16``, ``sha512 $6$…``, ``… encrypted``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# What a value means, by the word before it.
CLEAR = frozenset({"0", "clear", "cleartext", "clear-text", "plain", "plaintext", "plain-text", "text", "unencrypted"})
_OTHER = (
    "1", "2", "3", "4", "5", "6", "7", "8", "8a", "9", "10", "14", "15",
    "encrypted", "hash", "cipher", "md5", "sha256", "sha512", "ascii", "ascii-text", "hex", "hexadecimal", "char",
)  # fmt: skip
TYPES = CLEAR | frozenset(_OTHER)
_TYPE = "|".join(sorted(map(re.escape, TYPES), key=len, reverse=True))
# The statement's own word may come with the slot: `secret 5 $1$…`.
_BEFORE = re.compile(rf"(?:(?:secret|password|key)[ \t]+)?(?:({_TYPE})[ \t]+)?(?=\S)", re.IGNORECASE)
_AFTER = re.compile(r"[ \t]+(encrypted|0|6|7)$", re.IGNORECASE)  # Si-R; `ntp authentication-key 1 md5 … 7`


class SecretForm(NamedTuple):
    """A secret as it is written: `kind` is the platform's type word ("" where there is none), `text` the value."""

    kind: str
    text: str


def read_secret(words: Sequence[str]) -> SecretForm:
    """The words of a secret slot, taken apart: ``["7", "0822455D0A16"]`` is of kind 7, ``["cisco"]`` of no kind."""
    return read_slot(" ".join(words))


def read_slot(slot: str) -> SecretForm:
    """The same for the text of a slot."""
    start, end, kind = span(slot)
    return SecretForm(kind, slot[start:end])


def span(slot: str) -> tuple[int, int, str]:
    """Where the value stands in a slot, without type words and quotes, and its kind."""
    end = len(slot.rstrip())
    start = len(slot) - len(slot.lstrip())
    kind = ""
    match = _BEFORE.match(slot, start, end)
    if match:
        start, kind = match.end(), (match[1] or "").lower()
    after = None if kind else _AFTER.search(slot, start, end)
    if after:
        end, kind = after.start(), after[1].lower()
    if end - start > 2 and slot[start] == slot[end - 1] == '"':
        start, end = start + 1, end - 1
    return start, end, kind
