"""What watching the name servers keeps: only what is so now, and since when."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, String, Table, Text

from netctl.store.tables.base import METADATA

names_rounds = Table(
    "names_rounds",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1: the last one
    Column("began_at", String(32), nullable=False),
    Column("ended_at", String(32), nullable=False),
    Column("interval", Float, nullable=False),
    Column("asked", Integer, nullable=False),
)

names_servers = Table(
    "names_servers",
    METADATA,
    Column("server", String(64), primary_key=True),
    Column("answers", Boolean, nullable=False),
    Column("since", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),  # "" for never
    Column("tries", Integer, nullable=False),
    Column("why", Text, nullable=False),
)

# Zones that a server which answers does not serve as its source does: mostly there are none.
names_lapses = Table(
    "names_lapses",
    METADATA,
    Column("server", String(64), primary_key=True),
    Column("view", String(64), primary_key=True),
    Column("zone", String(1024), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("since", String(32), nullable=False),
    Column("lag", BigInteger, nullable=False),
    Column("wanted", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
)

names_signatures = Table(
    "names_signatures",
    METADATA,
    Column("view", String(64), primary_key=True),
    Column("zone", String(1024), primary_key=True),
    Column("serial", BigInteger, nullable=False),
    Column("expires", String(32), nullable=False),  # "" for none
    Column("looked_at", String(32), nullable=False),
    Column("flaw", Text, nullable=False),
    Column("chain", String(16), nullable=False),
    Column("whole", LargeBinary, nullable=False),  # JSON: everything that was seen of keys and signatures
)
