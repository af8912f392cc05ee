"""The tables, as queries see them. What makes them is `migrations/`; a test holds the two equal."""

from netctl.store.tables import accounts, keys, names, problems, review, watch, writers, zones
from netctl.store.tables.base import METADATA
from netctl.store.tables.core import (
    approvals,
    audit,
    audit_head,
    changes,
    grants,
    leases,
    members,
    plans,
    receipts,
    snapshots,
    users,
    workers,
)

__all__ = [
    "METADATA",
    "accounts",
    "approvals",
    "audit",
    "audit_head",
    "changes",
    "grants",
    "keys",
    "leases",
    "members",
    "names",
    "plans",
    "problems",
    "receipts",
    "review",
    "snapshots",
    "users",
    "watch",
    "workers",
    "writers",
    "zones",
]
