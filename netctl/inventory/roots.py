"""Where a declared network is: the one that is asked for, and the reference network that netctl brings along."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from netctl.errors import NoNetwork
from netctl.inventory import files

FOLDERS = ("inventory", "devices", "dns", "mail_relay", "lgwan", "templates")
"""What a network consists of. Everything else in its folder is its owner's business."""


def find_root(argument: str | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The network's folder: `argument`, else `NETCTL_NETWORK`, else the nearest parent that holds one."""
    asked = argument or environ.get("NETCTL_NETWORK", "")
    if asked:
        root = Path(cwd, asked).absolute()
        if not (root / "inventory").is_dir():
            hint = "name the folder that holds inventory/, or make one with `netctl init DIR`"
            raise NoNetwork("no declared network here", where=str(root), hint=hint)
        return root
    for folder in (cwd.absolute(), *cwd.absolute().parents):
        if (folder / files.NETWORK).is_file():
            return folder
    hint = "go into a network's folder, say --network DIR, or make one with `netctl init DIR`"
    raise NoNetwork(f"neither this folder nor a parent holds {files.NETWORK}", where=str(cwd), hint=hint)


def reference_root() -> Path:
    """The reference network: of the checkout netctl runs from, else the one the package carries."""
    package = Path(str(resources.files("netctl")))
    for root in (package.parent, package / "reference"):
        if (root / files.NETWORK).is_file() and (root / "templates").is_dir():
            return root
    raise NoNetwork(
        "the reference network is missing from this installation", where=str(package), hint="reinstall netctl"
    )
