"""Every operation there is, and the document that describes them."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from netctl.web.api import audit, changes, deciding, network, problems, zones
from netctl.web.api.openapi import document
from netctl.web.api.operation import Operation

OPERATIONS: tuple[Operation, ...] = (
    *network.OPERATIONS,
    *zones.OPERATIONS,
    *problems.OPERATIONS,
    *changes.OPERATIONS,
    *deciding.OPERATIONS,
    *audit.OPERATIONS,
)


def page() -> str:
    """The document as docs/openapi.json holds it."""
    return json.dumps(description(), ensure_ascii=False, indent=1) + "\n"


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document; treat as read-only."""
    return document(OPERATIONS)


if __name__ == "__main__":
    (Path(sys.argv[1]) / "openapi.json").write_text(page(), encoding="utf-8")
