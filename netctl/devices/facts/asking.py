"""A router asked for its facts, in the way its platform's sheet declares, over a session that checks its host key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from netctl.credentials import SecretSource
from netctl.devices.facts.collect import collect
from netctl.devices.facts.sessions import command_line, shell_session
from netctl.devices.facts.sheet import FactSheet, load_sheet
from netctl.devices.platform import Platform, load_platform
from netctl.devices.register import connect, login_of
from netctl.devices.transport import Access
from netctl.errors import IdentityMismatch
from netctl.model.facts import DeviceFacts
from netctl.model.network import Device
from netctl.settings import Settings


def facts_of(device: Device, settings: Settings, root: Path, secrets: SecretSource) -> DeviceFacts:
    """The facts of one router; nothing on it is changed.

    What a platform's driver may not do (`Platform.refusal`) does not bind a session of netmiko's or a shell: those
    check the host key themselves. Raises what reaching a router can raise, `IdentityMismatch`, `ReplyMalformed`.
    """
    platform, sheet = load_platform(root, device.platform), load_sheet(root, device.platform)
    if sheet.session == "driver":
        with connect(device, settings, platform, secrets) as target:
            return _napalm(target.facts())
    access = _at_the_shell(login_of(device, settings, platform, secrets), platform)
    opened = shell_session(access, settings) if sheet.session == "shell" else command_line(access, settings, sheet)
    with opened as answers:
        found = collect(sheet, answers, device.name)
    _identify(found, sheet, device.name)
    return found


def _at_the_shell(access: Access, platform: Platform) -> Access:
    """The same router where its command line listens, should the platform's own port be NETCONF's."""
    return access if platform.transport == "ssh" else replace(access, port=platform.shell_port)


def _identify(found: DeviceFacts, sheet: FactSheet, name: str) -> None:
    if sheet.identity and found.hostname and found.hostname.split(".", 1)[0] != name:
        raise IdentityMismatch(
            f"the box calls itself {found.hostname!r}", where=name, hint="is the management address right?"
        )


def _napalm(facts: dict[str, Any]) -> DeviceFacts:
    """A driver's facts; NAPALM has -1 for an uptime that is not known."""
    uptime = facts.get("uptime", -1)
    return DeviceFacts(
        hostname=str(facts.get("hostname", "")),
        vendor=str(facts.get("vendor", "")),
        model=str(facts.get("model", "")),
        serial_number=str(facts.get("serial_number", "")),
        os_version=str(facts.get("os_version", "")),
        uptime=int(uptime) if uptime is not None and uptime >= 0 else None,
    )
