"""What stands in a text in a secret's place; `netctl.credentials` makes these marks, here they are recognised."""

from __future__ import annotations

import re

# ``<secret:REF>``, ``<secret-fingerprint:HEX>``, and ``<secret-fingerprint:HEX:REF>``: another form of REF's value
MASKED = re.compile(r"<secret(?:-fingerprint)?:[^<>\s]+>")
_OF_REFERENCE = re.compile(r"<secret(?::|-fingerprint:[0-9a-f]+:)([^<>\s:]+)>")


def reference_of(mark: str) -> str:
    """The reference a mark stands for; "" for a text that is no mark, and for one of a value nobody declared."""
    match = _OF_REFERENCE.fullmatch(mark)
    return match[1] if match else ""
