"""JSON Schemas of the inventory files, made from the same shapes that the files are decoded into."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from netctl.inventory.addressing import AddressingDocument, LedgerDocument
from netctl.inventory.documents import (
    BackboneDocument,
    CarriersDocument,
    CentresDocument,
    HostKeysDocument,
    NetworkDocument,
    OrganisationsDocument,
    RolesDocument,
    SiteDocument,
)

KINDS: Mapping[str, Any] = MappingProxyType({
    "network": NetworkDocument,
    "organisations": OrganisationsDocument,
    "carriers": CarriersDocument,
    "centres": CentresDocument,
    "backbone": BackboneDocument,
    "roles": RolesDocument,
    "hostkeys": HostKeysDocument,
    "addressing": AddressingDocument,
    "ledger": LedgerDocument,
    "site": SiteDocument,
})  # fmt: skip
"""Name of a schema → the shape of the file it describes; `site` is that of every file in sites/."""

FOLDER = "inventory/.schema"


def schemas() -> dict[str, dict[str, Any]]:
    """All schemas by name, JSON Schema draft 2020-12."""
    return {name: _schema(name, kind) for name, kind in KINDS.items()}


def write(folder: Path) -> list[Path]:
    """One file a schema in `folder`, which is `FOLDER` for a network whose editors shall find them; returns them."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_text(text(schema), encoding="utf-8")
        written.append(path)
    return written


def text(schema: Mapping[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(name: str, kind: Any) -> dict[str, Any]:
    made = msgspec.json.schema(kind)
    file = "sites/*.yaml" if name == "site" else f"{name}.yaml"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"inventory/{file}"} | made
