"""A new network in an empty folder: the reference network as it is, or the smallest one that is complete."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Literal

from netctl.errors import FolderNotEmpty, NetworkNotWritten
from netctl.inventory import schema
from netctl.inventory.minimal import FILES
from netctl.inventory.roots import FOLDERS, reference_root

Example = Literal["minimal", "reference"]

_ONLY_README = shutil.ignore_patterns("*.yaml", "zones", "bulk", ".*")  # names are optional, and others' are no use
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".git", "*~", ".*.swp")


def scaffold(target: Path, example: Example = "minimal") -> list[str]:
    """Write a network into `target`, which must be missing or empty; returns the files made, relative to it.

    Raises `FolderNotEmpty`, or `NetworkNotWritten` where the disk or a permission forbids; then nothing is left.
    """
    if os.path.lexists(target) and (not target.is_dir() or any(target.iterdir())):
        hint = "choose a folder that does not exist yet, or an empty one"
        raise FolderNotEmpty("the folder is not empty; nothing was written", where=str(target), hint=hint)
    existed = target.exists()
    try:
        _write(target, example)
    except OSError as error:
        _take_back(target, existed=existed)
        raise NetworkNotWritten(f"the network could not be written: {_reason(error)}", where=str(target)) from error
    return sorted(str(Path(folder, name).relative_to(target)) for folder, _, names in os.walk(target) for name in names)


def _write(target: Path, example: Example) -> None:
    target.mkdir(parents=True, exist_ok=True)
    reference = reference_root()
    for folder in FOLDERS:
        if example == "minimal" and folder == "inventory":
            _minimal(target, reference)
        elif example == "minimal" and folder == "dns":
            shutil.copytree(reference / folder, target / folder, ignore=_ONLY_README)
        elif (reference / folder).is_dir():
            shutil.copytree(reference / folder, target / folder, ignore=_LEFT_OUT)


def _take_back(target: Path, *, existed: bool) -> None:
    for folder in FOLDERS:
        shutil.rmtree(target / folder, ignore_errors=True)
    if not existed and target.is_dir():
        target.rmdir()


def _reason(error: OSError) -> str:
    """The first reason; a copied tree gives a list of them."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        return str(error.args[0][0][2])
    return error.strerror or str(error)


def _minimal(target: Path, reference: Path) -> None:
    for name, text in FILES.items():
        path = target / "inventory" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    schema.write(target / schema.FOLDER)
    for path in sorted(
        (reference / schema.FOLDER).glob("dns-*.json")
    ):  # made above this room, for whoever declares names
        shutil.copyfile(path, target / schema.FOLDER / path.name)
