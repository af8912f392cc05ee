"""What routers say they are: asked of them side by side, or read from outputs that somebody saved."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from netctl import credentials, inventory
from netctl.control.changes.plan import choose
from netctl.control.routers.asking import Progress, side_by_side
from netctl.credentials import SecretSource
from netctl.devices import facts as asking
from netctl.devices.platform import load_platform
from netctl.errors import NetctlError, NoNetwork, SavedOutputUnreadable
from netctl.inventory import find_root, reference_root
from netctl.model.facts import DeviceFacts
from netctl.model.network import Device
from netctl.model.version import Version
from netctl.settings import Settings

__all__ = ["Facts", "comes_before", "facts", "saved_facts"]

SAVED_LIMIT = 32 * 1024 * 1024  # bytes, as of any reply of a router
_ENCODINGS = ("utf-8-sig", "cp932")  # Japanese routers write Shift_JIS unless told otherwise


@dataclass(frozen=True, slots=True)
class Facts:
    """What one router says it is; `facts` is None and `error` says why where it could not be asked."""

    device: str
    platform: str
    facts: DeviceFacts | None
    error: str = ""


def facts(
    root: Path,
    settings: Settings,
    *,
    names: Collection[str] = (),
    older_than: str = "",
    progress: Progress = lambda _name, _error, _done, _total: None,
) -> list[Facts]:
    """The facts of routers, each in its platform's own way; a router that fails stops no other.

    `names` as in `plan`; all routers without. With `older_than` those only whose software comes before this version in
    their platform's order, or that could not be asked. Raises `InvalidNetwork` or `UnknownDevice`.
    """
    network = inventory.load(root)
    wanted = [network.devices[name] for name in choose(network, names)]
    secrets = credentials.open_source(settings)
    found = side_by_side(wanted, lambda one: _asked(one, settings, root, secrets), settings.fetch_workers, progress)
    return [one for one in found if not older_than or comes_before(one, older_than)]


def comes_before(found: Facts, version: str) -> bool:
    """Whether a router runs older software than `version`; one that could not be asked may."""
    if found.facts is None:
        return True
    running = Version.parse(found.facts.os_version, found.platform)
    return running < Version.parse(version, found.platform)


def saved_facts(platform: str, file: str, *, network: str = "") -> Facts:
    """The facts in a file of saved output, or in standard input for ``-``. Nothing is asked of anybody.

    The platform's sheet is that of the network at `network` or around this folder, else the one netctl brings along.
    Raises `SavedOutputUnreadable`, `PlatformInvalid` or `ReplyMalformed`.
    """
    root = _root_that_knows(platform, network)
    load_platform(root, platform)  # says which platforms there are, where this is none
    sheet = asking.load_sheet(root, platform)
    if not sheet.questions:
        raise SavedOutputUnreadable(
            f"platform {platform} is asked through its driver, which prints nothing that could be saved", where=file
        )
    found = asking.collect(sheet, asking.SavedOutputs(_read(file), sheet), file)
    return Facts(found.hostname, platform, found)


def _asked(device: Device, settings: Settings, root: Path, secrets: SecretSource) -> Facts:
    try:
        return Facts(device.name, device.platform, asking.facts_of(device, settings, root, secrets))
    except NetctlError as error:
        return Facts(device.name, device.platform, None, str(error))


def _root_that_knows(platform: str, network: str) -> Path:
    """The network that is meant, if it declares the platform or was asked for by name; else the reference network."""
    try:
        root = find_root(network, os.environ, Path.cwd())
    except NoNetwork:
        if network:
            raise
        return reference_root()
    known = (root / "devices" / platform / "facts.yaml").is_file()
    return root if network or known else reference_root()


def _read(file: str) -> str:
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as stream:
            data = stream.read(SAVED_LIMIT + 1)
    except OSError as error:
        raise SavedOutputUnreadable(error.strerror or str(error), where=file) from error
    if len(data) > SAVED_LIMIT:
        raise SavedOutputUnreadable(f"more than {SAVED_LIMIT} bytes", where=file)
    for encoding in () if b"\0" in data else _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SavedOutputUnreadable("this is no text", where=file)
