"""Secrets in artefacts are placeholders, ``<secret:bgp/rivers>``; values are put in just before a text is sent."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from netctl.credentials.sources import REFERENCE, SecretSource, require
from netctl.errors import SecretMissing, SecretUnusable

# Inside an XML document the placeholder's own brackets are escaped, as any text's are.
_PLAIN = re.compile(rf"<secret:({REFERENCE.pattern})>")
_ESCAPED = re.compile(rf"&lt;secret:({REFERENCE.pattern})&gt;")
_FINGERPRINT = re.compile(r"(?:<|&lt;)secret-fingerprint:[0-9a-f]+")
_USABLE = re.compile(r"[!#-\[\]-~]{1,128}")  # printable ASCII without space, double quote and backslash


def placeholder(reference: str) -> str:
    """How a reference stands in a text that is not XML."""
    return f"<secret:{reference}>"


def references(text: str) -> frozenset[str]:
    """All references a text holds, XML or not."""
    return frozenset(_PLAIN.findall(text)) | frozenset(_ESCAPED.findall(text))


def fill(text: str, source: SecretSource, *, where: str = "") -> str:
    """The text with values in place of placeholders.

    A fingerprint stands for a value that only a router knew: a text that holds one, as a recorded state may, cannot be
    written back. Raises `SecretMissing` for it and for a reference no source holds, and `SecretUnusable` for a value
    that could break out of the line it is put into: anything but 1 to 128 printable ASCII characters without spaces,
    double quotes and backslashes.
    """
    if _FINGERPRINT.search(text):
        raise SecretMissing(
            "the text holds a secret that netctl only knows by its fingerprint",
            where=where,
            hint="declare the secret in the inventory and provide its value, or restore it on the router by hand",
        )

    def value(match: re.Match[str]) -> str:
        return usable(require(source, match.group(1), where=where), match.group(1))

    return _ESCAPED.sub(lambda match: escape(value(match)), _PLAIN.sub(value, text))


def usable(value: str, reference: str) -> str:
    """The value itself; raises `SecretUnusable` (without showing it) where it cannot stand in a configuration line."""
    if not _USABLE.fullmatch(value):
        raise SecretUnusable(
            f"the value of secret {reference!r} cannot stand in a configuration line",
            hint="use 1 to 128 printable ASCII characters, without spaces, double quotes and backslashes",
        )
    return value
