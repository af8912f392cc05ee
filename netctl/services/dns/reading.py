"""The files of `dns/` → documents, with every problem of text and shape on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from netctl.inventory.findings import Problem
from netctl.inventory.reading import Reader
from netctl.services.dns.documents import PolicyDocument, ServersDocument, ViewDocument, ViewsDocument, ZoneDocument

FOLDER = "dns"
SERVERS = "dns/servers.yaml"
VIEWS = "dns/views.yaml"
POLICY = "dns/policy.yaml"
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
    unread: frozenset[str]
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]


def declares_dns(root: Path) -> bool:
    """True where a network declares anything of DNS: one YAML file is enough."""
    return any((root / file).exists() for file in KNOWN) or any((root / ZONES).glob("*.yaml"))


def read(root: Path) -> DnsReading:
    """Every file, in the order a person would look."""
    reader = Reader(root)
    servers = reader.document(SERVERS, ServersDocument)
    policy = reader.document(POLICY, PolicyDocument)
    views: Mapping[str, ViewDocument] = {ONLY_VIEW: ViewDocument(order=1)}
    if (root / VIEWS).exists():
        views = reader.document(VIEWS, ViewsDocument)
    problems = [*_strangers(root, FOLDER, KNOWN), *_strangers(root, ZONES, None)]
    zones = {
        file: reader.document(file, ZoneDocument)
        for file in sorted(f"{ZONES}/{path.name}" for path in (root / ZONES).glob("*.yaml"))
        if not file.startswith(f"{ZONES}/.")
    }
    kept = {file: body for file, body in zones.items() if file not in reader.unread}
    problems += reader.problems
    return DnsReading(servers, views, policy, kept, frozenset(reader.unread), reader.texts, tuple(problems))


def _strangers(root: Path, folder: str, known: tuple[str, ...] | None) -> Iterator[Problem]:
    """A problem for each file that a person may believe netctl reads; among zones that is every other file."""
    if not (root / folder).is_dir():
        return
    for name in sorted(path.name for path in (root / folder).iterdir() if path.is_file()):
        file = f"{folder}/{name}"
        if name.startswith(".") or name.endswith(("~", ".md")):
            continue
        if known is None and not name.endswith(".yaml"):
            hint = "zones are NAME.yaml; a bulk file stands elsewhere in dns/ and is named by `file:`"
            yield Problem("NETCTL-E0107", file, (1, 1), name, "netctl does not read this file", hint)
        elif known is not None and name.endswith((".yaml", ".yml")) and file not in known:
            hint = f"known: {', '.join(each.rpartition('/')[2] for each in known)}, zones/NAME.yaml"
            yield Problem("NETCTL-E0107", file, (1, 1), name, "netctl does not read this file", hint)
