"""What was loaded the last time, kept in a cache folder, and what can be told from it without reading every file again.

A snapshot is believed only where its checksum is right and it was written by this very code for this very folder. Only
site files may have changed since; a file counts as unchanged where the file system says the same of it (size, times,
inode), unless it was so young that a later write could look alike. Whatever is not plainly in order is left to the
long way, which also knows how to explain it. The format is MessagePack decoded into typed nouns: data, never code.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from dataclasses import replace
from functools import cache as once
from pathlib import Path

import msgspec

from netctl.inventory import files
from netctl.inventory.assemble import digest, group_of, site, site_file, site_meaning
from netctl.inventory.reading import Reader
from netctl.inventory.rules import changed_problems
from netctl.inventory.yamlreader import Unreadable
from netctl.model.network import Network, Site

YOUNG = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system that is in use."""

MOST_CHANGES = 64
"""A snapshot with more changes than this is not worth patching: it is taken anew."""


class Mark(msgspec.Struct, array_like=True, frozen=True):
    """What the file system says of a file."""

    size: int
    modified: int
    changed: int
    inode: int


class Snapshot(msgspec.Struct, array_like=True, frozen=True):
    """One loaded network; `others` is a digest over the bytes of all files but the sites'."""

    code: str
    root: str
    taken: int
    others: str
    marks: dict[str, Mark]
    network: Network


def now() -> int:
    """Nanoseconds since the epoch, as file times are counted."""
    return time.time_ns()


def load(root: Path, cache: Path) -> Network | None:
    """The network in `root` from the snapshot and the files that changed since; None where the long way is needed."""
    found = _read(_path(root, cache), root)
    marks = _marks(root)
    if found is None or marks is None or found.others != _others(root):
        return None
    settled = found.taken - YOUNG
    changed = [
        name
        for name, mark in marks.items()
        if mark != found.marks.get(name) or mark.modified >= settled or mark.changed >= settled
    ]
    if len(changed) > MOST_CHANGES:
        return None
    if not changed and len(marks) == len(found.marks):
        return found.network
    return _patched(found.network, root, list(marks), changed)


def save(network: Network, root: Path, cache: Path, begun: int) -> None:
    """Keep `network` for the next time; a cache that cannot be written is no reason to stop."""
    marks, others = _marks(root), _others(root)
    if marks is None or others is None or marks.keys() != network.sites.keys():
        return
    content = msgspec.msgpack.encode(Snapshot(_code(), _key(root), begun, others, marks, network))
    path = _path(root, cache)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:  # noqa: PTH123
            stream.write(hashlib.sha256(content).digest())
            stream.write(content)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()


def _patched(network: Network, root: Path, names: list[str], changed: list[str]) -> Network | None:
    """`network` with the changed sites read anew; None where anything about them is wrong."""
    reading = Reader(root).read(only=changed)
    documents = reading.inventory.sites
    kept = {name: network.sites[name] for name in names if name not in documents}
    if reading.problems or any(changed_problems(reading.inventory, network, kept)):
        return None
    declared, texts = reading.inventory.declared, reading.texts
    made = {name: site(declared, name, body, texts[site_file(name)]) for name, body in documents.items()}
    sites: dict[str, Site] = {}
    devices = {name: each for name, each in network.devices.items() if not each.site}
    groups = {name: each for name, each in network.groups.items() if each.kind != "site"}
    meanings = {
        name: network.meanings[name] for name in (*files.ALL_BUT_SITES, *files.OPTIONAL) if name in network.meanings
    }
    for name in names:
        if name in made:
            sites[name], *routers = made[name]
            devices |= {router.name: router for router in routers}
            groups[name] = group_of(sites[name])
            meanings[site_file(name)] = site_meaning(declared, documents[name])
        else:
            sites[name] = old = network.sites[name]
            first, second = old.devices
            devices[first], devices[second] = network.devices[first], network.devices[second]
            groups[name] = network.groups[name]
            meanings[site_file(name)] = network.meanings[site_file(name)]
    return replace(network, sites=sites, devices=devices, groups=groups, meanings=meanings, digest=digest(meanings))


def _read(path: Path, root: Path) -> Snapshot | None:
    try:
        content = path.read_bytes()
        if hashlib.sha256(memoryview(content)[32:]).digest() != content[:32]:
            return None
        found = msgspec.msgpack.decode(memoryview(content)[32:], type=Snapshot)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if (found.code, found.root) == (_code(), _key(root)) else None


def _marks(root: Path) -> dict[str, Mark] | None:
    """What the file system says of every site's file, by the sites' names in order; None where it is not plain."""
    found = []
    try:
        with os.scandir(root / files.SITES) as entries:
            for entry in entries:
                name, _, ending = entry.name.rpartition(".")
                if ending != "yaml" or not name or name[0] == ".":
                    if files.is_stranger(entry.name):
                        return None
                    continue
                at = entry.stat()  # follows links, as reading does
                found.append((name, Mark(at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino)))
    except OSError:
        return None
    return dict(sorted(found))


def _others(root: Path) -> str | None:
    """Digest over the bytes of all other files and the platforms' names; None where one is missing."""
    hasher = hashlib.sha256()
    try:
        if files.strangers(root):
            return None
        for name in files.ALL_BUT_SITES:
            hasher.update(hashlib.sha256((root / name).read_bytes()).digest())
        for name in files.OPTIONAL:
            if (root / name).exists():
                hasher.update(hashlib.sha256(name.encode() + (root / name).read_bytes()).digest())
        hasher.update("\0".join(sorted(files.platforms(root))).encode())
    except (OSError, Unreadable):
        return None
    return hasher.hexdigest()


@once
def _code() -> str:
    """Digest over the code that a snapshot's content follows from: other code, other snapshot."""
    hasher = hashlib.sha256(msgspec.__version__.encode())
    package = Path(__file__).parent
    nouns = (package.parent / "model" / name for name in ("network.py", "addressing.py"))
    for path in (*sorted(package.rglob("*.py")), *sorted((package.parent / "addressing").glob("*.py")), *nouns):
        hasher.update(hashlib.sha256(path.read_bytes()).digest())
    return hasher.hexdigest()


def _key(root: Path) -> str:
    return str(root.absolute())


def _path(root: Path, cache: Path) -> Path:
    return cache / f"network-{hashlib.sha256(_key(root).encode()).hexdigest()[:16]}.msgpack"
