"""Files → Network: reading, checking everything at once, laying defaults over each other."""

from netctl.inventory.findings import CODES, Finding
from netctl.inventory.hostkeys import hostkeys_patch, write_hostkeys
from netctl.inventory.loading import check, load
from netctl.inventory.roots import find_root, reference_root

__all__ = ["CODES", "Finding", "check", "find_root", "hostkeys_patch", "load", "reference_root", "write_hostkeys"]
