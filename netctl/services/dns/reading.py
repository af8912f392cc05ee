"""The files of `dns/` → documents, with every problem of text and shape on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from netctl.inventory.documents import HostKeysDocument
from netctl.inventory.findings import Problem
from netctl.inventory.reading import Reader
from netctl.services.dns.documents import PolicyDocument, ServersDocument, ViewDocument, ViewsDocument, ZoneDocument

FOLDER = "dns"
SERVERS = "dns/servers.yaml"
VIEWS = "dns/views.yaml"
POLICY = "dns/policy.yaml"
HOST_KEYS = "dns/hostkeys.yaml"
ZONES = "dns/zones"
KNOWN = (SERVERS, VIEWS, POLICY)
ONLY_VIEW = "default"
"""What the one view of a network without views.yaml is called."""


@dataclass(frozen=True)
class DnsReading:
    """What was read, as it was read: a None in a document means "already reported".

    `zones` are by file. A file of `unread` could not be told at all. `texts` are by file.
    """

    servers: ServersDocument
    views: Mapping[str, ViewDocument]
    policy: PolicyDocument
    zones: Mapping[str, ZoneDocument]
    host_keys: Mapping[str, list[str]]
    unread: frozenset[str]
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]


def declares_dns(root: Path) -> bool:
    """True where a network declares anything of DNS: one YAML file is enough, or a folder nobody may look into."""
    zones, problems = _entries(root, ZONES)
    return bool(problems) or any((root / file).exists() for file in KNOWN) or any(map(_is_zone, zones))


def read(root: Path) -> DnsReading:
    """Every file, in the order a person would look."""
    reader = Reader(root)
    servers = reader.document(SERVERS, ServersDocument)
    policy = reader.document(POLICY, PolicyDocument)
    views: Mapping[str, ViewDocument] = {ONLY_VIEW: ViewDocument(order=1)}
    if (root / VIEWS).exists():
        views = reader.document(VIEWS, ViewsDocument)
    host_keys: Mapping[str, list[str]] = {}
    if (root / HOST_KEYS).exists():
        host_keys = reader.document(HOST_KEYS, HostKeysDocument)
    beside, problems = _entries(root, FOLDER)
    zone_names, unreadable = _entries(root, ZONES)
    problems += [*unreadable, *_strangers(beside), *_strangers_among_zones(zone_names)]
    zones = {
        file: reader.document(file, ZoneDocument)
        for file in (f"{ZONES}/{name}" for name in filter(_is_zone, zone_names))
    }
    kept = {file: body for file, body in zones.items() if file not in reader.unread}
    problems += reader.problems
    return DnsReading(servers, views, policy, kept, host_keys, frozenset(reader.unread), reader.texts, tuple(problems))


def _entries(root: Path, folder: str) -> tuple[list[str], list[Problem]]:
    """The names in a folder that people see, and a problem where nobody may look into it; none where it is missing."""
    try:
        found = sorted(path.name for path in (root / folder).iterdir())
    except FileNotFoundError:
        return [], []
    except OSError as error:
        hint = "check the folder's permissions"
        return [], [Problem("NETCTL-E0102", folder, (1, 1), "", error.strerror or str(error), hint)]
    return [name for name in found if not name.startswith(".") and not name.endswith(("~", ".md"))], []


def _is_zone(name: str) -> bool:
    return name.endswith(".yaml")


def _strangers(names: Iterable[str]) -> Iterator[Problem]:
    """A problem for each YAML file beside the known ones: a person may believe netctl reads it."""
    read_here = (*KNOWN, HOST_KEYS)
    hint = f"known: {', '.join(each.rpartition('/')[2] for each in read_here)}, zones/NAME.yaml"
    for name in names:
        if name.endswith((".yaml", ".yml")) and f"{FOLDER}/{name}" not in read_here:
            yield Problem("NETCTL-E0107", f"{FOLDER}/{name}", (1, 1), name, "netctl does not read this file", hint)


def _strangers_among_zones(names: Iterable[str]) -> Iterator[Problem]:
    """A problem for each file among the zones that is none."""
    hint = "zones are NAME.yaml; a bulk file stands elsewhere in dns/ and is named by `file:`"
    for name in names:
        if not _is_zone(name):
            yield Problem("NETCTL-E0107", f"{ZONES}/{name}", (1, 1), name, "netctl does not read this file", hint)
