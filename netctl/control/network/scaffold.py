"""A network of one's own: making one, and finding the one that is meant."""

from __future__ import annotations

from pathlib import Path

from netctl.errors import UsageError
from netctl.inventory import scaffold as scaffolding
from netctl.inventory.roots import find_root, reference_root

__all__ = ["find_root", "reference_root", "scaffold"]


def scaffold(target: Path, example: str = "minimal") -> Path:
    """Make the `example` network ("minimal" or "reference") in `target`, which must be missing or empty; returns it."""
    match example:
        case "minimal" | "reference":
            scaffolding.scaffold(target, example)
        case _:
            raise UsageError(f"no example is named {example!r}", hint="examples: minimal, reference")
    return target
