"""Passwords, sessions, tokens, the directory's names of people, and whose routers a plan is about."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from netctl.store.tables.base import METADATA

passwords = Table(
    "passwords",
    METADATA,
    Column("user_name", String(64), ForeignKey("users.name"), primary_key=True),
    Column("hash", Text, nullable=False),
    Column("changed_at", String(32), nullable=False),
)

password_links = Table(
    "password_links",
    METADATA,
    Column("user_name", String(64), ForeignKey("users.name"), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("expires_at", String(32), nullable=False),
)

sessions = Table(
    "sessions",
    METADATA,
    Column("digest", String(64), primary_key=True),  # of the secret in the cookie
    Column("id", String(16), nullable=False),
    Column("user_name", String(64), ForeignKey("users.name"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("way", String(16), nullable=False),
    Column("signed_in_at", String(32), nullable=False),
    Column("authenticated_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("idle_seconds", Integer, nullable=False),
    Column("address", String(64), nullable=False),
    Column("agent", String(256), nullable=False),
    Index("sessions_by_user", "user_name"),
)

tokens = Table(
    "tokens",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("id", String(16), nullable=False),
    Column("user_name", String(64), ForeignKey("users.name"), nullable=False),
    Column("name", String(64), nullable=False),
    Column("scope", String(8), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("used_at", String(32), nullable=False),
    Index("tokens_by_user", "user_name"),
)

identities = Table(
    "identities",
    METADATA,
    Column("issuer", String(256), primary_key=True),
    Column("subject", String(256), primary_key=True),
    Column("user_name", String(64), ForeignKey("users.name"), nullable=False),
    Column("at", String(32), nullable=False),
    UniqueConstraint("issuer", "user_name", name="one_subject_a_user"),
)

attempts = Table(
    "attempts",
    METADATA,
    Column("key", String(128), primary_key=True),  # "name:…" or "address:…"
    Column("failures", Integer, nullable=False),
    Column("last_at", String(32), nullable=False),
    Index("attempts_by_age", "last_at"),
)

plan_organisations = Table(
    "plan_organisations",
    METADATA,
    Column("digest", String(64), ForeignKey("plans.digest"), primary_key=True),
    Column("organisation", String(64), primary_key=True),  # "" for the backbone
)
