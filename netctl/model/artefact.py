"""The rendered form of one target: named parts, each a text a person can read, and where each line came from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """One file or document of a target, such as ``frr.conf`` or ``config.xml``; text ends with a newline."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Artefact:
    """What one target must hold. Part order is fixed by the platform. Secrets are placeholders, never values."""

    target: str
    platform: str
    parts: tuple[Part, ...]
    origins: Callable[[], dict[str, list[str]]] | None = field(default=None, compare=False, repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 over names and texts, hex."""
        return digest_of_parts(self.parts)

    def origin(self, part: str, line: int) -> str:
        """``file:line`` of the template that wrote `line` (counted from 1) of `part`; "" where unknown."""
        if self.origins is None:
            return ""
        lines = self.origins().get(part, [])
        return lines[line - 1] if 0 < line <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class RunningState:
    """What one target holds now, in the same parts as its artefact; `digest` is what an approval is bound to."""

    target: str
    platform: str
    parts: tuple[Part, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over names and texts, hex."""
        return digest_of_parts(self.parts)


def digest_of_parts(parts: tuple[Part, ...]) -> str:
    """SHA-256 over length-prefixed names and texts, so that no two lists of parts read the same."""
    hasher = hashlib.sha256()
    for part in parts:
        for piece in (part.name.encode(), part.text.encode()):
            hasher.update(len(piece).to_bytes(8, "big"))
            hasher.update(piece)
    return hasher.hexdigest()


BUNDLE_MARK = "=====8<===== part: "


def bundle(parts: tuple[Part, ...]) -> str:
    """Several parts as one text, as drivers with a one-text interface (NAPALM) take and give it."""
    if len(parts) == 1:
        return parts[0].text
    return "".join(f"{BUNDLE_MARK}{part.name}\n{part.text}" for part in parts)


def unbundle(text: str, only: str) -> tuple[Part, ...]:
    """The parts of a bundled text; a text without marks is one part named `only`."""
    if not text.startswith(BUNDLE_MARK):
        return (Part(only, text),)
    pieces = ("\n" + text).split("\n" + BUNDLE_MARK)[1:]
    parts = []
    for index, piece in enumerate(pieces):
        name, _, body = piece.partition("\n")
        last = index == len(pieces) - 1
        parts.append(Part(name, body if last else body + "\n" if body else ""))
    return tuple(parts)
