"""The lines of a difference without their secrets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from netctl.config.secrets import Redactor
from netctl.config.secrets.net import PRIVATE_KEY
from netctl.config.views.lines import Change


class Redaction:
    """Puts a mark in the place of every secret, line by line, as `Redactor` does in whole texts.

    `whole` platforms (Junos) have secrets in lines that only the sections above tell from others: there the patterns
    are tried on all words of a statement, too.
    """

    def __init__(
        self, patterns: Iterable[re.Pattern[str]], fingerprint: Callable[[str], str], *, whole: bool = False
    ) -> None:
        given = tuple(patterns)
        self._fingerprint = fingerprint
        self._whole = whole
        self._line = lru_cache(maxsize=4096)(Redactor(given, fingerprint).line)
        self._found: set[str] = set()
        self._finder = Redactor(given, self._note)
        self._keys: set[str] = set()

    def beware(self, text: str) -> None:
        """The lines of private keys in this text are secrets by themselves, wherever they are seen."""
        if "PRIVATE KEY" in text:
            for match in PRIVATE_KEY.finditer(text):
                self._keys.update(line.strip() for line in (match[1] or match[2] or "").splitlines())

    def change(self, change: Change) -> Change:
        """The change as it may be shown."""
        *path, line = self.lines((*change.path, change.line))
        after = self.lines((*change.path, change.after))[-1] if change.after else ""
        return change._replace(path=tuple(path), line=line, after=after)

    def lines(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """A statement, the last one, and the sections above it."""
        if self._keys:
            lines = tuple(self._fingerprint(line) if line.strip() in self._keys else line for line in lines)
        if self._whole and len(lines) > 1:
            self._found.clear()
            self._finder.line(" ".join(lines))
            if self._found:
                values = "|".join(map(re.escape, sorted(self._found, key=len, reverse=True)))
                secret = re.compile(rf"(?<!\S)(\"?)({values})(\"?)(?!\S)")
                lines = tuple(secret.sub(self._marked, line) for line in lines)
        return tuple(map(self._line, lines))

    def _marked(self, match: re.Match[str]) -> str:
        return f"{match[1]}{self._fingerprint(match[2])}{match[3]}"

    def _note(self, value: str) -> str:
        self._found.add(value)
        return value
