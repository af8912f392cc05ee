"""The files a declared network consists of, and reading them within bounds."""

from __future__ import annotations

import difflib
import stat
from pathlib import Path

from netctl.inventory.findings import Problem
from netctl.inventory.yamlreader import Unreadable

LARGEST = 2 * 1024 * 1024
"""Octets a file of the inventory may have; 3,000 sites are 3,000 small files, never one large one."""

LARGEST_LEDGER = 64 * 1024 * 1024
"""Octets of the one file that grows with the network; nobody writes it by hand."""

FOLDER = "inventory"
NETWORK = "inventory/network.yaml"
ORGANISATIONS = "inventory/organisations.yaml"
CARRIERS = "inventory/carriers.yaml"
CENTRES = "inventory/centres.yaml"
BACKBONE = "inventory/backbone.yaml"
ROLES = "inventory/roles.yaml"
HOST_KEYS = "inventory/hostkeys.yaml"
SITES = "inventory/sites"
ADDRESSING = "inventory/addressing.yaml"
LEDGER = "inventory/ledger.yaml"
ALL_BUT_SITES = (NETWORK, ORGANISATIONS, CARRIERS, CENTRES, BACKBONE, ROLES, HOST_KEYS)
OPTIONAL = (ADDRESSING, LEDGER)
DEVICES = "devices"


def read_text(root: Path, file: str, largest: int = LARGEST) -> str:
    """A file's text; raises `Unreadable` where it is missing, unreadable, no plain file, too large or not UTF-8."""
    path = root / file
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(Problem("NETCTL-E0102", file, (1, 1), "", "not a plain file", "replace it by a file"))
        if found.st_size > largest:
            raise Unreadable(_too_large(file, found.st_size, largest))
        with path.open("rb") as stream:
            content = stream.read(largest + 1)
    except FileNotFoundError as error:
        raise Unreadable(
            Problem("NETCTL-E0101", file, (1, 1), "", "the file is missing", "`netctl init` shows one")
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(Problem("NETCTL-E0102", file, (1, 1), "", reason, "check the file's permissions")) from error
    if len(content) > largest:
        raise Unreadable(_too_large(file, len(content), largest))
    return decode(content, file)


def decode(content: bytes, file: str) -> str:
    """The text in `content`; raises `Unreadable` with line and column of the first octet that is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        octet = f"0x{content[error.start]:02x}"
        message = f"octet {octet} is not UTF-8"
        raise Unreadable(
            Problem("NETCTL-E0103", file, (line, column), octet, message, "save the file as UTF-8")
        ) from error


def site_files(root: Path) -> tuple[list[str], list[Problem]]:
    """Ids of all sites, by name, and a problem for each file that is none; raises `Unreadable` without a folder."""
    folder = root / SITES
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        code = "NETCTL-E0101" if isinstance(error, FileNotFoundError) else "NETCTL-E0102"
        message = "the folder is missing" if code == "NETCTL-E0101" else (error.strerror or str(error))
        raise Unreadable(Problem(code, SITES, (1, 1), "", message, "one file a site lives here")) from error
    names = [name for name in names if not name.startswith(".")]
    return [name[:-5] for name in names if name.endswith(".yaml")], [
        Problem(
            "NETCTL-E0107", f"{SITES}/{name}", (1, 1), name, "netctl does not read this file", "sites are NAME.yaml"
        )
        for name in names
        if is_stranger(name)
    ]


def strangers(root: Path) -> list[Problem]:
    """A problem for each YAML file beside the known ones: a person may believe netctl reads it."""
    try:
        found = sorted(path.name for path in (root / FOLDER).iterdir())
    except OSError:
        return []  # every file is reported missing
    return [
        Problem("NETCTL-E0107", f"{FOLDER}/{name}", (1, 1), name, "netctl does not read this file", _nearest(name))
        for name in found
        if name.endswith((".yaml", ".yml"))
        and f"{FOLDER}/{name}" not in (*ALL_BUT_SITES, *OPTIONAL)
        and not name.startswith(".")
    ]


def _nearest(name: str) -> str:
    known = [file.rpartition("/")[2] for file in (*ALL_BUT_SITES, *OPTIONAL)]
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}, sites/NAME.yaml"


def is_stranger(name: str) -> bool:
    """True for a file among the sites' that a person may believe netctl reads."""
    return not name.startswith(".") and not name.endswith((".yaml", "~", ".md"))


def platforms(root: Path) -> frozenset[str]:
    """Names of the platforms the network knows; raises `Unreadable` where there is none."""
    found = frozenset(path.parent.name for path in (root / DEVICES).glob("*/platform.yaml"))
    if not found:
        message = "no platform is described here" if (root / DEVICES).is_dir() else "the folder is missing"
        hint = "each platform is a folder with a platform.yaml; `netctl init` brings some"
        raise Unreadable(Problem("NETCTL-E0101", DEVICES, (1, 1), "", message, hint))
    return found


def _too_large(file: str, size: int, largest: int) -> Problem:
    message = f"{size:,} octets; netctl takes {largest:,}"
    return Problem("NETCTL-E0102", file, (1, 1), str(size), message, "one file a site; nothing else grows that large")
