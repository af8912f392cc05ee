"""From a declared router to a connected one: what may be done with its platform is asked before anything is sent."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, Protocol

from netctl.config.yang import OWNED
from netctl.credentials import Mask, SecretSource, fingerprint_key
from netctl.credentials.masking import compile_patterns
from netctl.credentials.sources import require
from netctl.devices.platform import Platform, Purpose
from netctl.devices.router import Context, RouterTarget
from netctl.devices.transport import Access
from netctl.devices.vendor import VendorGuard
from netctl.errors import UnknownDevice
from netctl.model.network import Device, Network
from netctl.settings import Settings


class Reachable(Protocol):
    """Anything on the management network that a driver speaks to."""

    @property
    def name(self) -> str:
        """What it must call itself."""
        raise NotImplementedError

    @property
    def management_address(self) -> str:
        """A literal address."""
        raise NotImplementedError

    @property
    def host_keys(self) -> tuple[str, ...]:
        """The keys it may show; without any, nothing is connected."""
        raise NotImplementedError


def connect(
    device: Device,
    settings: Settings,
    platform: Platform,
    secrets: SecretSource,
    *,
    purpose: Purpose = "read",
    references: Iterable[str] = (),
) -> RouterTarget:
    """A connected router whose host key and hostname were checked.

    Raises `CapabilityMissing` before anything is sent where the platform does not allow the purpose (writing is refused
    later all the same if it was not asked for), and then what reaching a router can raise: `HostKeyRefused`,
    `AuthenticationFailed`, `DeviceUnreachable`, `DeviceTimeout`, `IdentityMismatch`, `ReplyMalformed`. `references`
    names secrets of others that the router may hold too, such as those of the far ends of its sessions.
    """
    return connect_box(
        device, settings, platform, secrets, purpose=purpose, own=secrets_of(device), references=references
    )


def connect_box(
    box: Reachable,
    settings: Settings,
    platform: Platform,
    secrets: SecretSource,
    *,
    purpose: Purpose = "read",
    own: Iterable[str] = (),
    references: Iterable[str] = (),
) -> RouterTarget:
    """The same for anything with a platform, a name server too; `own` names the secrets it holds."""
    platform.require("read", box.name)
    if purpose == "push":
        platform.require("push", box.name)
    known = _Known(secrets, own, references, box.name)
    mask = Mask(compile_patterns(platform.secrets), known.values, fingerprint_key(settings.home))
    driver = driver_for(box, settings, platform, secrets)
    target = RouterTarget(box.name, driver, Context(platform, secrets, mask))
    target.open()
    return target


def declared(network: Network, name: str) -> Device:
    """A router of the network; raises `UnknownDevice`, with what was perhaps meant."""
    found = network.devices.get(name)
    if found is None:
        close = difflib.get_close_matches(name, network.devices, n=3)
        hint = f"did you mean {' or '.join(close)}?" if close else "see `netctl validate`"
        raise UnknownDevice(f"no router named {name!r}", hint=hint)
    return found


def access_of(device: Reachable, settings: Settings, platform: Platform, password: str = "") -> Access:
    """How a router is reached."""
    return Access(
        name=device.name,
        address=device.management_address,
        port=platform.port,
        username=settings.username,
        host_keys=device.host_keys,
        key_file=settings.key_file,
        password=password,
        netns=settings.management_netns,
    )


def login_of(device: Reachable, settings: Settings, platform: Platform, secrets: SecretSource) -> Access:
    """How a router is reached, and with which password where one is needed; raises `SecretMissing`."""
    return access_of(device, settings, platform, _password(settings, secrets))


def driver_for(device: Reachable, settings: Settings, platform: Platform, secrets: SecretSource) -> Any:
    """The platform's driver for this router, not yet connected."""
    access = login_of(device, settings, platform, secrets)
    made = platform.driver_class()
    if ":" not in platform.driver:
        return VendorGuard(made, access, settings, dict(platform.options))
    options = {
        **platform.options,
        "name": device.name,
        "port": platform.port,
        "shell_port": platform.shell_port,
        "host_keys": device.host_keys,
        "key_file": settings.key_file,
        "netns": settings.management_netns,
        "connect_timeout": settings.connect_timeout,
        "folder": platform.folder,
        "owned": tuple((container.namespace, container.name) for container in OWNED),
    }
    return made(
        device.management_address,
        settings.username,
        access.password,
        timeout=settings.command_timeout,
        optional_args=options,
    )


def secrets_of(device: Device) -> list[str]:
    """References of the secrets declared for a router."""
    snmp = device.settings.snmp
    found = [device.settings.session_secret]
    if snmp is not None:
        found += [snmp.auth_secret, snmp.privacy_secret]
    return [reference for reference in found if reference]


class _Known:
    """Values of the secrets a router may hold, read when the first one is met: most routers hold none.

    Its own must be there; of others' those that are.
    """

    def __init__(self, source: SecretSource, own: Iterable[str], others: Iterable[str], where: str) -> None:
        self._source = source
        self._own = own
        self._others = others
        self._where = where
        self._values: dict[str, str] | None = None

    def values(self) -> dict[str, str]:
        if self._values is None:
            others = {name: self._source.get(name) for name in sorted(self._others)}
            own = {name: require(self._source, name, where=self._where) for name in self._own}
            self._values = {name: value for name, value in others.items() if value is not None} | own
        return self._values


def _password(settings: Settings, secrets: SecretSource) -> str:
    if settings.key_file or not settings.password_secret:
        return ""
    return require(secrets, settings.password_secret, where="settings.toml")
