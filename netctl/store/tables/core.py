"""People, plans, changes, pushes and the audit log."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from netctl.store.tables.base import METADATA, NUMBER, TARGET

users = Table(
    "users",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("created_at", String(32), nullable=False),
)

grants = Table(
    "grants",
    METADATA,
    Column("user_name", String(64), ForeignKey("users.name"), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("organisation", String(64), primary_key=True),
)

plans = Table(
    "plans",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # zlib over canonical JSON
    Column("created_at", String(32), nullable=False),
)

changes = Table(
    "changes",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("author", String(64), ForeignKey("users.name"), nullable=False),
    Column("plan_digest", String(64), ForeignKey("plans.digest"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("opens", String(40), nullable=False),
    Column("closes", String(40), nullable=False),
    Column("approvals_needed", Integer, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("stop_requested", Boolean, nullable=False),
    Index("changes_by_state", "state"),
)

approvals = Table(
    "approvals",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("change", NUMBER, ForeignKey("changes.number"), nullable=False),
    Column("user_name", String(64), ForeignKey("users.name"), nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Index("approvals_by_change", "change"),
)

members = Table(
    "members",
    METADATA,
    Column("change", NUMBER, ForeignKey("changes.number"), primary_key=True),
    Column("target", TARGET, primary_key=True),
    Column("redundancy_group", TARGET, nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Index("members_by_target", "target", "at"),
    Index("members_by_moment", "at"),
    # Safety law 1, kept by the database itself: whatever crashes, one member of a group is in flight at most.
    Index(
        "one_in_flight",
        "redundancy_group",
        unique=True,
        sqlite_where=text("state = 'in_flight'"),
    ),
)

receipts = Table(
    "receipts",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("change", NUMBER, ForeignKey("changes.number"), nullable=False),
    Column("target", TARGET, nullable=False),
    Column("step", String(64), nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("detail", Text, nullable=False),
    Column("worker", String(128), nullable=False),
    Column("at", String(32), nullable=False),
    Index("receipts_by_member", "change", "target"),
    Index("receipts_by_change", "change", "number"),
)

snapshots = Table(
    "snapshots",
    METADATA,
    Column("change", NUMBER, ForeignKey("changes.number"), primary_key=True),
    Column("target", TARGET, primary_key=True),
    Column("platform", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib over canonical JSON
    Column("at", String(32), nullable=False),
)

leases = Table(
    "leases",
    METADATA,
    Column("name", String(128), primary_key=True),
    Column("owner", String(128), nullable=False),  # "" when given back
    Column("fence", NUMBER, nullable=False),
    Column("expires_at", String(32), nullable=False),
)

workers = Table(
    "workers",
    METADATA,
    Column("name", String(128), primary_key=True),
    Column("started_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("detail", Text, nullable=False),
)

audit = Table(
    "audit",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("previous", name="one_successor"),
    # Whoever reads a part of the log reads it by entry number, and never the rest of it.
    Index("audit_by_subject", "subject", "number"),
    Index("audit_by_actor", "actor", "number"),
    Index("audit_by_action", "action", "number"),
    Index("audit_by_moment", "at"),
)

audit_head = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("number", NUMBER, nullable=False),
    Column("hash", String(64), nullable=False),
)
