"""Where secrets come from, how they reach a router, and how they never reach anything else (safety law 8)."""

from netctl.credentials.masking import Mask, fingerprint_key
from netctl.credentials.placeholders import fill, references
from netctl.credentials.sources import SecretSource, open_source

__all__ = ["Mask", "SecretSource", "fill", "fingerprint_key", "open_source", "references"]
