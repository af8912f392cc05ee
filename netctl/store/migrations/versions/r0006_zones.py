"""What name servers held, and the writes to their zones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What name servers held when they were last read, and the writes to their zones."""
    _held()
    _writes()


def _held() -> None:
    op.create_table(
        "zones_held",
        sa.Column("server", sa.String(64), primary_key=True),
        sa.Column("view", sa.String(64), primary_key=True),
        sa.Column("zone", sa.String(1024), primary_key=True),
        sa.Column("serial", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("zones_held_by_digest", "zones_held", ["digest"])
    op.create_table(
        "zone_contents",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _writes() -> None:
    op.create_table(
        "zone_writes",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("token", sa.String(64), nullable=False, unique=True),
        sa.Column("server", sa.String(64), nullable=False),
        sa.Column("view", sa.String(64), nullable=False),
        sa.Column("zone", sa.String(1024), nullable=False),
        sa.Column("owner", sa.String(255), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
        sa.Column("revert_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=False),
        sa.Column("serial", sa.BigInteger, nullable=False),
        sa.Column("touched", sa.LargeBinary, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("zone_writes_by_zone", "zone_writes", ["server", "view", "zone"])
    op.create_index("zone_writes_by_end", "zone_writes", ["ended_at"])
    op.create_table(
        "zone_chunks",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("write", _NUMBER, sa.ForeignKey("zone_writes.number"), nullable=False),
        sa.Column("chunk", sa.Integer, nullable=False),
        sa.Column("back", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("serial", sa.BigInteger, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("zone_chunks_by_write", "zone_chunks", ["write"])
