"""The JSON Schemas of a network's files, for people, editors and other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from netctl.errors import NetworkNotWritten, UsageError
from netctl.inventory import schema
from netctl.services.dns import schema as dns


def schemas(name: str = "") -> dict[str, Any]:
    """All schemas by name, or the one called `name`; raises `UsageError` for a name there is none of."""
    found = schema.schemas() | dns.schemas()
    if not name:
        return found
    if name not in found:
        raise UsageError(f"no schema is named {name!r}", hint=f"schemas: {', '.join(found)}")
    return found[name]


def write_schemas(folder: Path) -> list[Path]:
    """One file a schema in `folder`; a network keeps them in inventory/.schema. Returns the paths.

    Raises `NetworkNotWritten` with the reason.
    """
    try:
        return schema.write(folder) + dns.write(folder)
    except OSError as error:
        raise NetworkNotWritten(f"the schemas could not be written: {error}", where=str(folder)) from error
