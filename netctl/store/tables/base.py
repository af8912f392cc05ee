"""What all tables share.

Moments are text, RFC 3339 in UTC with six digits after the point: they sort as text, and read the same on SQLite and
PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData

METADATA = MetaData()

# SQLite gives numbers by itself only to a column of type INTEGER, which holds 64 bits there anyway.
NUMBER = BigInteger().with_variant(Integer, "sqlite")
