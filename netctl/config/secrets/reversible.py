"""Writings of a secret that hide it from a glance only: anyone can read them, so netctl can compare them."""

from __future__ import annotations

import re

# Cisco's type 7: exclusive or with this text from the place on that the first two digits name.
_PAD = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"
_SEVEN = re.compile(r"[0-9]{2}(?:[0-9A-Fa-f]{2})+")

# Junos' $9$: each byte is a sum of weighted distances between neighbouring characters of this alphabet. The first
# character says by its family how many random ones follow it.
_FAMILIES = ("QzF3n6/9CAtpu0O", "B1IREhcSyrleKvMW8LXx", "7N-dVbwsY2g4oaJZGUDj", "iHkq.mPf5T")
_ALPHABET = "".join(_FAMILIES)
_PLACE = {letter: place for place, letter in enumerate(_ALPHABET)}
_RANDOM = {letter: 3 - number for number, family in enumerate(_FAMILIES) for letter in family}
_WEIGHTS = ((1, 4, 32), (1, 16, 32), (1, 8, 32), (1, 64), (1, 32), (1, 4, 16, 128), (1, 32, 64))
_JUNOS = re.compile(r"\$9\$[A-Za-z0-9./-]+")


def type_7(text: str) -> str | None:
    """What Cisco's type 7 hides; None for a text that is none."""
    if not _SEVEN.fullmatch(text):
        return None
    seed = int(text[:2])
    if seed >= len(_PAD):
        return None
    hidden = bytes.fromhex(text[2:])
    clear = bytes(byte ^ _PAD[(seed + place) % len(_PAD)] for place, byte in enumerate(hidden))
    return _printable(clear)


def junos_9(text: str) -> str | None:
    """What Junos' ``$9$`` hides; None for a text that is none, such as Cisco's ``$9$salt$hash``."""
    if not _JUNOS.fullmatch(text):
        return None
    body = text[3:]
    last, rest = body[0], body[1 + _RANDOM[body[0]] :]
    clear = bytearray()
    while rest:
        weights = _WEIGHTS[len(clear) % len(_WEIGHTS)]
        letters, rest = rest[: len(weights)], rest[len(weights) :]
        if len(letters) < len(weights):
            return None
        value = 0
        for letter, weight in zip(letters, weights, strict=True):
            value += weight * ((_PLACE[letter] - _PLACE[last]) % len(_ALPHABET) - 1)
            last = letter
        clear.append(value % 256)
    return _printable(bytes(clear))


def _printable(clear: bytes) -> str | None:
    # A text that only looks hidden comes out as noise; nothing else may be taken for a secret.
    text = clear.decode("latin-1")
    return text if text and all(" " <= letter <= "~" for letter in text) else None
