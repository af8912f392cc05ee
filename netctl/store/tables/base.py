"""What all tables share.

Moments are text, RFC 3339 in UTC with six digits after the point: they sort as text, and read the same on SQLite and
PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData, String

METADATA = MetaData()

# SQLite gives numbers by itself only to a column of type INTEGER, which holds 64 bits there anyway.
NUMBER = BigInteger().with_variant(Integer, "sqlite")

# A router's name is a label; a zone's may be 1,020 characters where each octet is escaped, and its view comes to it.
# SQLite keeps what it said of the column before there were zones, and never looks at it.
TARGET = String(1200).with_variant(String(64), "sqlite")
