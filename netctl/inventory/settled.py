"""Where what applies to one router was said: the file and line of the nearest word on each setting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from netctl.inventory import files
from netctl.inventory.documents import SettingsDocument
from netctl.inventory.yamlreader import Positions, Unreadable, parse_with_positions
from netctl.model.network import Device, Network, Source

_Place = tuple[str | int, ...]


class Fact(NamedTuple):
    """A value as a configuration may hold it, what it is, and where it was declared."""

    value: str
    what: str
    source: Source


def settled(root: Path, network: Network, device: Device) -> tuple[Fact, ...]:
    """The settings of a router and the network's own facts, each with its place; nothing for files that do not read.

    The files are those of `root` now: whoever asks must know that they still declare `network`. A value that does not
    stand where it should is left out rather than told wrongly.
    """
    found: dict[str, tuple[Fact, ...]] = {}
    texts = _Texts(root)
    for file, place in _layers(network, device):
        data, positions = texts.read(file)
        said = _at(data, place)
        for name in SettingsDocument.__struct_fields__ if isinstance(said, dict) else ():
            if said.get(name) is not None:
                found[name] = tuple(_facts(said[name], name, file, (*place, name), positions))
    data, positions = texts.read(files.NETWORK)
    own = [
        fact
        for name in ("domain", "asn", "addresses")
        if isinstance(data, dict) and name in data
        for fact in _facts(data[name], name, files.NETWORK, (name,), positions)
    ]
    return (*(fact for facts in found.values() for fact in facts), *own)


class _Texts:
    """The files of a network, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, tuple[Any, Positions]] = {}

    def read(self, file: str) -> tuple[Any, Positions]:
        if file not in self._read:
            try:
                data, positions, _ = parse_with_positions(files.read_text(self._root, file), file)
            except Unreadable:
                data, positions = None, {}
            self._read[file] = data, positions
        return self._read[file]


def _layers(network: Network, device: Device) -> Iterator[tuple[str, _Place]]:
    """Where settings of a router may stand, the nearest last."""
    yield files.NETWORK, ("settings",)
    yield files.ROLES, (device.role, "settings")
    if not device.site:
        yield files.CENTRES, (device.centre, "settings")
        yield from _in_centre(device)
        return
    yield files.ORGANISATIONS, (network.sites[device.site].organisation, "settings")
    file = network.sites[device.site].source.file
    yield file, ("settings",)
    yield file, ("routers", device.position - 1, "settings")


def _in_centre(device: Device) -> Iterator[tuple[str, _Place]]:
    if device.role == "border":
        yield files.CENTRES, (device.centre, "border", "settings")
        return
    pair = (device.number - 1) // 4  # core numbers go four by four: a pair of each centre
    yield files.CENTRES, (device.centre, "cores", pair, device.position - 1, "settings")


def _at(data: Any, place: _Place) -> Any:
    for key in place:
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data


def _facts(value: Any, name: str, file: str, place: _Place, positions: Positions) -> Iterator[Fact]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _facts(each, f"{name}.{key}", file, (*place, key), positions)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _facts(each, name, file, (*place, index), positions)
    elif place in positions and not isinstance(value, bool):
        for line in str(value).splitlines():
            yield Fact(line.strip(), name, Source(file, positions[place][0]))
