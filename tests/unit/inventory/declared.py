"""A copy of the reference inventory to break, beside platforms that exist by name."""

import shutil
from pathlib import Path

from netctl.inventory import reference_root

SITE = "inventory/sites/rivers-hq.yaml"


def copy_inventory(target: Path) -> Path:
    """The reference inventory in `target`, with an empty key file and the two platforms it names."""
    shutil.copytree(reference_root() / "inventory", target / "inventory")
    (target / "inventory/hostkeys.yaml").write_text("{}\n")
    for name in ("frr", "ietf_netconf"):
        (target / "devices" / name).mkdir(parents=True)
        (target / "devices" / name / "platform.yaml").write_text("{}\n")
    return target


def edit(root: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in a file; it must be there."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
