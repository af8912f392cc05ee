"""Values read back from routers turn into placeholders again, or, where nobody knows them, into keyed fingerprints."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from netctl.credentials.placeholders import placeholder
from netctl.errors import SecretFileUnsafe

_FINGERPRINT_LENGTH = 16
_SHORTEST_IN_PROSE = 6
_MASKED = re.compile(r"<secret(?:-fingerprint)?:[^<>\s]+>")


@dataclass(frozen=True, slots=True)
class Mask:
    """What turns the texts of one router into texts that may be shown, stored and compared.

    `patterns` say where secrets stand in configuration, each with one group around the value; `known` maps references
    to values, asked when first needed; `key` makes fingerprints of other values useless to anyone who does not hold it.
    """

    patterns: tuple[re.Pattern[str], ...]
    known: Callable[[], Mapping[str, str]] = field(repr=False)
    key: bytes = field(repr=False)

    def configuration(self, text: str, *, xml: bool = False) -> str:
        """Every value at a secret's place becomes ``<secret:REF>``, an unknown one ``<secret-fingerprint:HEX>``."""
        for pattern in self.patterns:
            text = pattern.sub(lambda match: self._masked(match, xml=xml), text)
        return text

    def prose(self, text: str) -> str:
        """The same for messages of routers and programs, which may quote a line of configuration anywhere."""
        if not text.strip():
            return text
        text = self.configuration(text)
        for reference, value in self.known().items():
            if len(value) >= _SHORTEST_IN_PROSE:
                text = text.replace(value, placeholder(reference))
        return text

    def fingerprint(self, value: str) -> str:
        """HMAC-SHA256 under this installation's key, shortened: equal values have equal fingerprints, here only."""
        digest = hmac.new(self.key, value.encode(), hashlib.sha256).hexdigest()
        return f"<secret-fingerprint:{digest[:_FINGERPRINT_LENGTH]}>"

    def _masked(self, match: re.Match[str], *, xml: bool) -> str:
        value = unescape(match.group(1)) if xml else match.group(1)
        if _MASKED.fullmatch(value):
            return match.group(0)
        names = [
            reference
            for reference, known in self.known().items()
            if hmac.compare_digest(known.encode(), value.encode())
        ]
        shown = placeholder(names[0]) if names else self.fingerprint(value)
        start, end = match.start(1) - match.start(0), match.end(1) - match.start(0)
        whole = match.group(0)
        return whole[:start] + (escape(shown) if xml else shown) + whole[end:]


def compile_patterns(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns as `Mask` takes them: matched line by line."""
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in patterns)


def fingerprint_key(home: Path) -> bytes:
    """The key of this installation, 32 bytes in ``fingerprint.key``; made on first use, readable by its owner only."""
    path = home / "fingerprint.key"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return _make_key(path)
    except OSError as error:
        raise SecretFileUnsafe(str(error), where=str(path)) from error


def _make_key(path: Path) -> bytes:
    # Written whole under another name, then linked: two processes at once get one key, and a crash leaves none.
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_bytes()
