"""What watching the name servers keeps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """What watching the name servers keeps."""
    op.create_table(
        "names_rounds",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("began_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=False),
        sa.Column("interval", sa.Float, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
    )
    op.create_table(
        "names_servers",
        sa.Column("server", sa.String(64), primary_key=True),
        sa.Column("answers", sa.Boolean, nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_table(
        "names_lapses",
        sa.Column("server", sa.String(64), primary_key=True),
        sa.Column("view", sa.String(64), primary_key=True),
        sa.Column("zone", sa.String(1024), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("lag", sa.BigInteger, nullable=False),
        sa.Column("wanted", sa.BigInteger, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_table(
        "names_signatures",
        sa.Column("view", sa.String(64), primary_key=True),
        sa.Column("zone", sa.String(1024), primary_key=True),
        sa.Column("serial", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.String(32), nullable=False),
        sa.Column("looked_at", sa.String(32), nullable=False),
        sa.Column("flaw", sa.Text, nullable=False),
        sa.Column("chain", sa.String(16), nullable=False),
        sa.Column("whole", sa.LargeBinary, nullable=False),
    )
