"""What each platform can do, as declared in ``devices/<platform>/platform.yaml``, and what netctl therefore does."""

from __future__ import annotations

import functools
import importlib
import re
import threading
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import msgspec
import yaml

from netctl.errors import CapabilityMissing, PlatformInvalid

Capability = Literal[
    "strict_host_key",  # the driver refuses a router that shows another key than the inventory's, before it logs in
    "replace",  # a whole configuration becomes the candidate
    "candidate_diff",  # the router shows what would change before it does
    "timed_rollback",  # a commit takes itself back unless it is confirmed within some seconds (safety law 3)
    "confirm_elsewhere",  # another session of another process can confirm or take back (safety law 6)
    "pending_token",  # a pending commit says whose it is, so that a foreign one is never taken for ours
    "drain",  # traffic can be led to the mate first
]
Purpose = Literal["read", "push"]
Told = Literal["interfaces", "counters", "environment", "clock"]
CAPABILITIES: tuple[Capability, ...] = get_args(Capability)
NEEDED: dict[Purpose, tuple[Capability, ...]] = {"read": ("strict_host_key",), "push": CAPABILITIES}


class Ability(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a platform has a capability, and who or what says so."""

    able: bool
    verified: str


class PartDeclaration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of an artefact; `format` chooses how what is read back is normalised."""

    name: str
    format: Literal["frr", "yang", "text"]
    optional: bool = False  # left out of an artefact that has nothing for it


class Platform(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One platform. `driver` is one of NAPALM's own by name, or a class of its `NetworkDriver`, ``module:Class``."""

    title: str
    driver: str
    transport: Literal["ssh", "netconf", "https"]
    port: int
    parts: tuple[PartDeclaration, ...]
    capabilities: dict[Capability, Ability]
    state: Literal["vtysh", "napalm"] = "napalm"  # where sessions and virtual routers are read
    tells: tuple[Told, ...] = ()  # what NAPALM's driver is asked for when the router is watched
    shell_port: int = 22
    secrets: tuple[str, ...] = ()  # where secrets stand in what is read back: expressions with one group each
    volatile: tuple[str, ...] = ()  # lines that change by themselves and are no configuration, as expressions
    options: dict[str, Any] = {}  # NAPALM's optional_args
    name: str = ""
    folder: str = ""

    def refusal(self, purpose: Purpose) -> str:
        """Why netctl does not do this with the platform; "" where it does."""
        lacking: list[Capability] = [name for name in NEEDED[purpose] if not self.capabilities[name].able]
        return "; ".join(f"{name}: {self.capabilities[name].verified}" for name in lacking)

    def require(self, purpose: Purpose, where: str) -> None:
        """Nothing, or `CapabilityMissing` with the reason."""
        reason = self.refusal(purpose)
        if reason:
            verb = "pushed to" if purpose == "push" else "read"
            raise CapabilityMissing(
                f"platform {self.name} cannot be {verb} safely: {reason}",
                where=where,
                hint=f"see devices/{self.name}/platform.yaml and docs/platforms.md",
            )

    def driver_class(self) -> type[Any]:
        """The driver's class."""
        module, _, name = self.driver.partition(":")
        try:
            if name:
                found: Any = getattr(importlib.import_module(module), name)
            else:
                found = importlib.import_module("napalm").get_network_driver(module)
        except Exception as error:
            raise PlatformInvalid(
                f"driver {self.driver!r} cannot be loaded: {error}", where=f"devices/{self.name}/platform.yaml"
            ) from error
        return found  # type: ignore[no-any-return]


# msgspec learns a type when it is met first; two threads that teach it the same type at once crash the process.
_LOADING = threading.Lock()


class _Reading(NamedTuple):
    path: Path
    stamp: int


def load_platform(root: Path, name: str) -> Platform:
    """A platform of the network at `root`; raises `PlatformInvalid` naming the file and what is wrong with it."""
    path = root / "devices" / name / "platform.yaml"
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        known = ", ".join(platform_names(root)) or "none"
        raise PlatformInvalid(
            f"no platform {name!r}: {error.strerror}", where=_shown(path), hint=f"known platforms: {known}"
        ) from error
    with _LOADING:
        return _loaded(_Reading(path, stamp))


def platform_names(root: Path) -> list[str]:
    """The platforms a network declares."""
    return sorted(path.parent.name for path in (root / "devices").glob("*/platform.yaml"))


@functools.lru_cache(maxsize=64)
def _loaded(reading: _Reading) -> Platform:
    path = reading.path
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        platform = msgspec.convert(data, Platform)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise PlatformInvalid(" ".join(str(error).split()), where=_shown(path)) from error
    _check(platform, path)
    return msgspec.structs.replace(platform, name=path.parent.name, folder=str(path.parent))


def _check(platform: Platform, path: Path) -> None:
    missing = [name for name in CAPABILITIES if name not in platform.capabilities]
    if missing:
        raise PlatformInvalid(
            f"nothing is said about {', '.join(missing)}", where=_shown(path), hint="say `able: false` and why"
        )
    if not platform.parts:
        raise PlatformInvalid("it has no parts", where=_shown(path))
    for pattern in (*platform.secrets, *platform.volatile):
        try:
            groups = re.compile(pattern).groups
        except re.error as error:
            raise PlatformInvalid(f"the expression {pattern!r}: {error}", where=_shown(path)) from error
        if pattern in platform.secrets and groups != 1:
            raise PlatformInvalid(f"secrets: {pattern!r} must have one group", where=_shown(path))


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:])
