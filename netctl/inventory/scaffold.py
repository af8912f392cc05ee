"""A new network in an empty folder: the reference network as it is, or the smallest one that is complete."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Literal

from netctl.errors import FolderNotEmpty
from netctl.inventory import schema
from netctl.inventory.minimal import FILES
from netctl.inventory.roots import FOLDERS, reference_root

Example = Literal["minimal", "reference"]

_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".git", "*~", ".*.swp")


def scaffold(target: Path, example: Example = "minimal") -> list[str]:
    """Write a network into `target`, which must be missing or empty; returns the files made, relative to it."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        hint = "choose a folder that does not exist yet, or an empty one"
        raise FolderNotEmpty("the folder is not empty; nothing was written", where=str(target), hint=hint)
    target.mkdir(parents=True, exist_ok=True)
    reference = reference_root()
    for folder in FOLDERS:
        if example == "minimal" and folder == "inventory":
            _minimal(target)
        elif (reference / folder).is_dir():
            shutil.copytree(reference / folder, target / folder, ignore=_LEFT_OUT)
    return sorted(str(Path(folder, name).relative_to(target)) for folder, _, names in os.walk(target) for name in names)


def _minimal(target: Path) -> None:
    for name, text in FILES.items():
        path = target / "inventory" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    schema.write(target / schema.FOLDER)
