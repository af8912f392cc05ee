"""Problems, the routers they touch, silences, and what waits to be told outside."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, text

from netctl.store.tables.base import METADATA, NUMBER

problems = Table(
    "problems",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("key", String(255), nullable=False),
    Column("code", String(64), nullable=False),
    Column("service", String(32), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("organisation", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("places", Text, nullable=False),  # names a silence may be about, as JSON
    Column("symptom_count", Integer, nullable=False),
    Column("symptoms", LargeBinary, nullable=False),  # zlib over JSON; only read where one problem is asked for
    Column("opened_at", String(32), nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("closed_at", String(32), nullable=False),  # "" while it is open
    Column("acknowledged_by", String(64), nullable=False),
    Column("acknowledged_at", String(32), nullable=False),
    Column("acknowledged_reason", Text, nullable=False),
    # One cause is one problem: the database itself refuses a second one.
    Index(
        "one_open_problem",
        "key",
        unique=True,
        sqlite_where=text("closed_at = ''"),
    ),
    Index("problems_by_end", "closed_at", "number"),
    Index("problems_by_change", "changed_at"),
)

problem_targets = Table(
    "problem_targets",
    METADATA,
    Column("problem", NUMBER, ForeignKey("problems.number"), primary_key=True),
    Column("target", String(64), primary_key=True),
    Index("problems_of_target", "target"),
)

silences = Table(
    "silences",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("subject", String(255), nullable=False),
    Column("code", String(64), nullable=False),
    Column("user_name", String(64), ForeignKey("users.name"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("until", String(32), nullable=False),
    Column("ended_at", String(32), nullable=False),
    Index("silences_by_end", "ended_at", "until"),
)

outbox = Table(
    "outbox",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("sink", String(16), nullable=False),
    Column("content", Text, nullable=False),  # the alert as JSON
    Column("at", String(32), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", String(32), nullable=False),
    Column("error", Text, nullable=False),
    Index("outbox_by_sink", "sink", "due_at"),
)
