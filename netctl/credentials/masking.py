"""Values read back from routers turn into placeholders again, or, where nobody knows them, into keyed fingerprints."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from netctl.config.secrets import Redactor, same_secret
from netctl.config.secrets.redactor import compile_patterns
from netctl.credentials.placeholders import placeholder
from netctl.errors import SecretFileUnsafe

__all__ = ["Mask", "compile_patterns", "fingerprint_key"]
_FINGERPRINT_LENGTH = 16
_SHORTEST_IN_PROSE = 6


@dataclass(frozen=True, slots=True)
class Mask:
    """What turns the texts of one router into texts that may be shown, stored and compared.

    `patterns` say where secrets stand in configuration (`netctl.config.secrets.Redactor`); `known` maps references
    to values, asked when first needed; `key` makes fingerprints of other values useless to anyone who does not hold it.
    """

    patterns: tuple[re.Pattern[str], ...]
    known: Callable[[], Mapping[str, str]] = field(repr=False)
    key: bytes = field(repr=False)

    def configuration(self, text: str, *, xml: bool = False) -> str:
        """Every value at a secret's place becomes a mark.

        ``<secret:REF>`` where it is the value of a reference, ``<secret-fingerprint:HEX:REF>`` where it is another form
        of that value, such as a hash, and ``<secret-fingerprint:HEX>`` where nobody knows it.
        """
        return self.redactor.xml(text) if xml else self.redactor.text(text)

    def prose(self, text: str) -> str:
        """The same for messages of routers and programs, which may quote a line of configuration anywhere."""
        if not text.strip():
            return text
        text = self.redactor.prose(text)
        for reference, value in self.known().items():
            if len(value) >= _SHORTEST_IN_PROSE:
                text = text.replace(value, placeholder(reference))
        return text

    def fingerprint(self, value: str) -> str:
        """HMAC-SHA256 under this installation's key, shortened: equal values have equal fingerprints, here only."""
        return f"<secret-fingerprint:{self._digest(value)}>"

    @property
    def redactor(self) -> Redactor:
        """The redactor of these patterns, whose marks are this mask's."""
        return Redactor(self.patterns, self._mark)

    def _mark(self, value: str) -> str:
        known = self.known()
        encoded = value.encode("utf-8", "surrogatepass")
        for reference, secret in known.items():
            if hmac.compare_digest(secret.encode(), encoded):
                return placeholder(reference)
        for reference, secret in known.items():
            if same_secret(value, secret):
                return f"<secret-fingerprint:{self._digest(value)}:{reference}>"
        if not value.strip("*"):  # what routers show where they hide a value themselves
            return value
        return self.fingerprint(value)

    def _digest(self, value: str) -> str:
        whole = hmac.new(self.key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        return whole[:_FINGERPRINT_LENGTH]


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
