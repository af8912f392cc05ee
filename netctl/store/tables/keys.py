"""Since when the keys of signed zones stand as they stand."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from netctl.store.tables.base import METADATA

key_histories = Table(
    "key_histories",
    METADATA,
    Column("view", String(64), primary_key=True),
    Column("zone", String(1024), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("published", String(32), nullable=False),  # "" for never, as all of these
    Column("signing", String(32), nullable=False),
    Column("signing_all", String(32), nullable=False),
    Column("signing_ended", String(32), nullable=False),
    Column("ds", String(32), nullable=False),
    Column("ds_ended", String(32), nullable=False),
    Column("gone", String(32), nullable=False),
)
