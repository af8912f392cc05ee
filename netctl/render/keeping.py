"""Artefacts kept in a cache folder: each under a key of everything it follows from, so that only what changed is made.

The file holds texts and which of them make up which artefact, behind a checksum; what is damaged or foreign is not
believed. MessagePack decoded into typed structures: data, never code.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache as once
from pathlib import Path

import msgspec

from netctl.model.artefact import Artefact, Part
from netctl.model.network import Network

HOST_KEYS = "inventory/hostkeys.yaml"  # says whom to trust, not what to configure
_FORMAT = b"netctl artefacts 1\n"


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """One artefact: its parts as names and numbers of texts."""

    key: str
    platform: str
    parts: tuple[tuple[str, int], ...]


class Shelf(msgspec.Struct, array_like=True, frozen=True):
    """All artefacts of one network; a text that many share is there once."""

    texts: list[str] = []
    entries: dict[str, Entry] = {}

    def parts(self, entry: Entry, shared: dict[tuple[str, int], Part]) -> tuple[Part, ...]:
        """The parts of an entry; `shared` remembers those made before."""
        made = []
        for place in entry.parts:
            part = shared.get(place)
            if part is None:
                part = shared[place] = Part(place[0], self.texts[place[1]])
            made.append(part)
        return tuple(made)


def shelf_of(artefacts: Iterable[tuple[str, Artefact]]) -> Shelf:
    """A shelf of artefacts, each with its key."""
    numbers: dict[str, int] = {}
    entries = {
        artefact.target: Entry(
            key,
            artefact.platform,
            tuple((part.name, numbers.setdefault(part.text, len(numbers))) for part in artefact.parts),
        )
        for key, artefact in artefacts
    }
    return Shelf(list(numbers), entries)


def encode(shelf: Shelf) -> bytes:
    """A shelf as octets, for a file or another process."""
    return msgspec.msgpack.encode(shelf)


def decode(content: bytes | memoryview) -> Shelf:
    """A shelf from octets; raises `msgspec.MsgspecError` for anything else."""
    return msgspec.msgpack.decode(content, type=Shelf)


def read(path: Path) -> Shelf:
    """What a file keeps; an empty shelf where there is none that can be believed."""
    try:
        content = memoryview(path.read_bytes())
        head = len(_FORMAT)
        if content[:head] == _FORMAT and hashlib.sha256(content[head + 32 :]).digest() == content[head : head + 32]:
            return decode(content[head + 32 :])
    except (OSError, msgspec.MsgspecError):
        pass
    return Shelf()


def write(path: Path, shelf: Shelf) -> None:
    """Keep a shelf; a cache that cannot be written is no reason to stop."""
    content = encode(shelf)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:  # noqa: PTH123
            stream.write(_FORMAT + hashlib.sha256(content).digest())
            stream.write(content)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()


def place(cache: Path, root: Path) -> Path:
    """The file that keeps the artefacts of the network in `root`."""
    return cache / f"artefacts-{hashlib.sha256(str(root.absolute()).encode()).hexdigest()[:16]}.msgpack"


def keys(network: Network, root: Path) -> dict[str, str]:
    """A key for each router that tells everything its artefact follows from.

    A CE router's is its own site and what holds for the whole network; a core router's, all sites whose lines end at
    it; a border router's, the whole network's facts alone.
    """
    ground = _ground(network, root)
    found = {}
    attached: dict[str, list[str]] = {name: [] for name, device in network.devices.items() if device.role != "ce"}
    for name, site in network.sites.items():
        meaning = network.meanings[site.source.file]
        for device in site.devices:
            found[device] = f"{ground} {meaning}"
        for line in site.lines:
            attached[line.core].append(f"{name} {meaning}")
    for name, sites in attached.items():
        found[name] = f"{ground} {hashlib.sha256(' '.join(sites).encode()).hexdigest()}"
    return found


def _ground(network: Network, root: Path) -> str:
    """Digest over what holds for every router: code, templates, and all files but those of sites."""
    hasher = hashlib.sha256(f"{_code()} {_templates(root)}".encode())
    for file, meaning in network.meanings.items():
        if not file.startswith("inventory/sites/") and file != HOST_KEYS:
            hasher.update(f"\n{file} {meaning}".encode())
    return hasher.hexdigest()


def _templates(root: Path) -> str:
    hasher = hashlib.sha256()
    for path in sorted((root / "templates").rglob("*.j2")):
        content = path.read_bytes()
        hasher.update(f"{path.relative_to(root)} {len(content)}\n".encode())
        hasher.update(content)
    return hasher.hexdigest()


@once
def _code() -> str:
    """Digest over the code that an artefact follows from: other code, other artefacts."""
    hasher = hashlib.sha256()
    package = Path(__file__).parent
    folders = (package, package.parent / "services", package.parent / "model", package.parent / "config")
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        content = path.read_bytes()
        hasher.update(f"{path.relative_to(package.parent)} {len(content)}\n".encode())
        hasher.update(content)
    return hasher.hexdigest()
