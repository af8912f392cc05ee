"""Which primary writes where the declared one does not, and every step that made it so."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

from netctl.store.tables.base import METADATA, NUMBER

promotions = Table(
    "promotions",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("server", String(64), nullable=False),
    Column("former", String(64), nullable=False),
    Column("as_declared", Boolean, nullable=False),
    Column("state", String(8), nullable=False),
    Column("user_name", String(64), ForeignKey("users.name"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("losing", Text, nullable=False),  # ZONE@VIEW, one a line
    Column("owed", Text, nullable=False),  # servers, one a line
    Column("worker", String(255), nullable=False),
    Column("begun_at", String(32), nullable=False),
    Column("ended_at", String(32), nullable=False),  # "" while it is under way
)

promotion_steps = Table(
    "promotion_steps",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("promotion", NUMBER, ForeignKey("promotions.number"), nullable=False),
    Column("target", String(64), nullable=False),
    Column("step", String(32), nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Index("promotion_steps_by_promotion", "promotion"),
)
