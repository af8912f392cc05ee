"""Files → Network: reading, checking everything at once, laying defaults over each other."""

from netctl.inventory.load import load

__all__ = ["load"]
