"""What name servers held when they were last read, and the writes to their zones."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from netctl.store.tables.base import METADATA, NUMBER

zones_held = Table(
    "zones_held",
    METADATA,
    Column("server", String(64), primary_key=True),
    Column("view", String(64), primary_key=True),
    Column("zone", String(1024), primary_key=True),
    Column("serial", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Index("zones_held_by_digest", "digest"),
)

# Since when netctl knows a server to serve a serial; beside what it read whole, which is about primaries only.
zone_sightings = Table(
    "zone_sightings",
    METADATA,
    Column("server", String(64), primary_key=True),
    Column("view", String(64), primary_key=True),
    Column("zone", String(1024), primary_key=True),
    Column("serial", BigInteger, nullable=False),
    Column("since", String(32), nullable=False),
)

zone_contents = Table(
    "zone_contents",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

zone_writes = Table(
    "zone_writes",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("server", String(64), nullable=False),
    Column("view", String(64), nullable=False),
    Column("zone", String(1024), nullable=False),
    Column("owner", String(255), nullable=False),
    Column("state", String(16), nullable=False),
    Column("begun_at", String(32), nullable=False),
    Column("revert_at", String(32), nullable=False),  # "" for never
    Column("ended_at", String(32), nullable=False),  # "" while it is open
    Column("serial", BigInteger, nullable=False),
    Column("touched", LargeBinary, nullable=False),  # RRsets before and after
    Column("note", Text, nullable=False),
    Index("zone_writes_by_zone", "server", "view", "zone"),
    Index("zone_writes_by_end", "ended_at"),
)

zone_chunks = Table(
    "zone_chunks",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("write", NUMBER, ForeignKey("zone_writes.number"), nullable=False),
    Column("chunk", Integer, nullable=False),
    Column("back", Boolean, nullable=False),
    Column("state", String(8), nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("at", String(32), nullable=False),
    Index("zone_chunks_by_write", "write"),
)
