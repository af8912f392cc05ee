"""JSON Schemas of the files of `dns/`, beside those of the inventory: one folder holds all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from netctl.inventory.documents import HostKeysDocument
from netctl.inventory.schema import text
from netctl.services.dns.documents import PolicyDocument, ServersDocument, ViewsDocument, ZoneDocument

KINDS: Mapping[str, tuple[Any, str]] = MappingProxyType({
    "dns-servers": (ServersDocument, "dns/servers.yaml"),
    "dns-views": (ViewsDocument, "dns/views.yaml"),
    "dns-policy": (PolicyDocument, "dns/policy.yaml"),
    "dns-zone": (ZoneDocument, "dns/zones/*.yaml"),
    "dns-hostkeys": (HostKeysDocument, "dns/hostkeys.yaml"),
})  # fmt: skip
"""Name of a schema → the shape it is made from, and the files it describes."""


def schemas() -> dict[str, dict[str, Any]]:
    """All schemas by name, JSON Schema draft 2020-12."""
    return {name: _schema(kind, files) for name, (kind, files) in KINDS.items()}


def write(folder: Path) -> list[Path]:
    """One file a schema in a folder that exists; returns them."""
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_text(text(schema), encoding="utf-8")
        written.append(path)
    return written


def _schema(kind: Any, files: str) -> dict[str, Any]:
    made = msgspec.json.schema(kind)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": files} | made
