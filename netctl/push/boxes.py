"""Ways to the hosts of name servers, as a rollout's sheet tells of them: for configurations, and for zones as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from netctl import credentials
from netctl.devices.nameserver.host import zone_file_for
from netctl.devices.nameserver.swapping import ZoneFile
from netctl.devices.platform import load_platform
from netctl.devices.register import connect_box
from netctl.devices.target import Target
from netctl.errors import ServerNotManaged
from netctl.push.names_sheet import NamesSheet
from netctl.settings import Settings


@dataclass(frozen=True, slots=True)
class Box:
    """One name server on the management network; `own` and `references` name secrets that it holds, or may hold."""

    name: str
    software: str
    management_address: str
    host_keys: tuple[str, ...]
    own: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """How boxes are reached: connected for a push, and for zones that are replaced as files; None: by messages only."""

    connect: Callable[[Box], Target]
    zone_file: Callable[[Box], ZoneFile | None]


def boxes(root: Path, settings: Settings) -> Boxes:
    """The ways into the name servers of a network, by what its folder says about platforms."""
    secrets = credentials.open_source(settings)

    def connect(box: Box) -> Target:
        if not box.management_address:
            raise ServerNotManaged("netctl does not configure it: it has no management address", where=box.name)
        platform = load_platform(root, box.software)
        own, references = box.own, box.references
        return connect_box(box, settings, platform, secrets, purpose="push", own=own, references=references)

    def zone_file(box: Box) -> ZoneFile | None:
        return zone_file_for(box, settings, load_platform(root, box.software), secrets)

    return Boxes(connect, zone_file)


def no_boxes() -> Boxes:
    """For rollouts of routers alone."""

    def refuse(box: Box) -> Target:
        raise ServerNotManaged("nobody told how name servers are reached", where=box.name)

    return Boxes(refuse, lambda _box: None)


def box_of(sheet: NamesSheet, name: str) -> Box:
    """A name server of the sheet."""
    facts = sheet["servers"][name]
    return Box(
        name=name,
        software=facts["software"],
        management_address=facts["management_address"],
        host_keys=tuple(facts["host_keys"]),
        own=tuple(facts["own"]),
        references=tuple(sheet["references"]),
    )
