"""What reviewers leave on a change: comments and ticks; what a list of plans tells; pushes that were asked for."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from netctl.store.tables.base import METADATA, NUMBER

plan_outlines = Table(
    "plan_outlines",
    METADATA,
    Column("digest", String(64), ForeignKey("plans.digest"), primary_key=True),
    Column("routers", Integer, nullable=False),
    Column("worst", String(8), nullable=False),  # the gravest severity of its findings, "" for none
    Column("servers", Integer, nullable=False, server_default="0"),
    Column("zones", Integer, nullable=False, server_default="0"),
)

ticks = Table(
    "ticks",
    METADATA,
    Column("change", NUMBER, ForeignKey("changes.number"), primary_key=True),
    Column("user_name", String(64), ForeignKey("users.name"), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("plan_group", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
)

comments = Table(
    "comments",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("change", NUMBER, ForeignKey("changes.number"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("plan_group", Integer, nullable=False),  # from 1; 0 for the whole change
    Column("line", Integer, nullable=False),  # from 1; 0 for the whole group
    Column("quoted", Text, nullable=False),
    Column("user_name", String(64), ForeignKey("users.name"), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("answers", NUMBER, nullable=False),  # 0 for one that begins a thread
    Column("resolved_by", String(64), nullable=False),
    Column("resolved_at", String(32), nullable=False),
    Index("comments_by_change", "change"),
)

starts = Table(
    "starts",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("change", NUMBER, ForeignKey("changes.number"), nullable=False),
    Column("going", String(8), nullable=False),
    Column("user_name", String(64), ForeignKey("users.name"), nullable=False),
    Column("order_digest", String(64), nullable=False, unique=True),  # SHA-256 of what only the process is told
    Column("at", String(32), nullable=False),
    Column("taken_at", String(32), nullable=False),
    Column("ended_at", String(32), nullable=False),
    Column("code", String(16), nullable=False),
    Column("message", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Index("starts_by_change", "change"),
)
