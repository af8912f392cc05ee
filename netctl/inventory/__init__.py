"""Files → Network: reading, checking everything at once, laying defaults over each other."""

from netctl.inventory.findings import CODES, Finding
from netctl.inventory.load import check, load

__all__ = ["CODES", "Finding", "check", "load"]
