"""Every operation there is, and the document that describes them."""

from __future__ import annotations

from functools import cache
from typing import Any

from netctl.web.api import audit, changes, deciding, network, problems
from netctl.web.api.openapi import document
from netctl.web.api.operation import Operation

OPERATIONS: tuple[Operation, ...] = (
    *network.OPERATIONS,
    *problems.OPERATIONS,
    *changes.OPERATIONS,
    *deciding.OPERATIONS,
    *audit.OPERATIONS,
)


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document; treat as read-only."""
    return document(OPERATIONS)
