"""What watching gives: rounds, standings, points, episodes, configurations, problems.

The tables of samples have no foreign keys: a round writes thousands of rows at once, and deletes as many.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, String, Table, Text, text

from netctl.store.tables.base import METADATA, NUMBER

rounds = Table(
    "watch_rounds",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("began_at", String(32), nullable=False),
    Column("ended_at", String(32), nullable=False),
    Column("interval", Float, nullable=False),
    Column("targets", Integer, nullable=False),
    Column("whole", Boolean, nullable=False),  # false for a second look at a few
    Index("watch_rounds_by_beginning", "began_at"),
)

standings = Table(
    "standings",
    METADATA,
    Column("target", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("since", String(32), nullable=False),
    Column("tried_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("reasons", Text, nullable=False),  # JSON, "" for none
    Column("version", Text, nullable=False),
    Column("drift", String(16), nullable=False),
    Column("drift_lines", Integer, nullable=False),
    Column("drift_at", String(32), nullable=False),
    Column("clock_offset", Float),
    Column("counts", Text, nullable=False),  # JSON, "" for none
)

# What was seen last, whole; beside the standings, so that lists do not read it.
looks = Table(
    "looks",
    METADATA,
    Column("target", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # JSON
)

metric_sets = Table(
    "metric_sets",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("names", Text, nullable=False, unique=True),
)

# Ordered by time first: a round is one stretch of pages, and so is what has become too old.
points = Table(
    "points",
    METADATA,
    Column("step", Integer, primary_key=True, autoincrement=False),  # seconds; 0 for single looks
    Column("at", NUMBER, primary_key=True, autoincrement=False),  # milliseconds since 1970
    Column("target", String(64), primary_key=True),
    Column("metric_set", NUMBER, nullable=False),
    Column("content", LargeBinary, nullable=False),  # a 32-bit float for each name of the set
    sqlite_with_rowid=False,
)

episodes = Table(
    "episodes",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("target", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("since", String(32), nullable=False),
    Column("until", String(32), nullable=False),  # "" while it lasts
    Column("reasons", Text, nullable=False),
    Index("episodes_by_target", "target", "since"),
    Index("episodes_by_end", "until"),
    Index(
        "one_episode_lasts",
        "target",
        unique=True,
        sqlite_where=text("until = ''"),
    ),
)

configurations = Table(
    "configurations",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("target", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("platform", String(64), nullable=False),
    Column("change", String(32), nullable=False),  # "" where netctl did not cause it
    Index("configurations_by_target", "target", "at"),
    Index("configurations_by_digest", "digest"),
)

configuration_texts = Table(
    "configuration_texts",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # zlib over JSON
)

# What Prometheus reads of the routers, written once a round.
exposition = Table(
    "exposition",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("round", NUMBER, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib over text
)
