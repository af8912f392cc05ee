"""Since when the keys of signed zones stand as they stand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Since when the keys of signed zones stand as they stand."""
    op.create_table(
        "key_histories",
        sa.Column("view", sa.String(64), primary_key=True),
        sa.Column("zone", sa.String(1024), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("published", sa.String(32), nullable=False),
        sa.Column("signing", sa.String(32), nullable=False),
        sa.Column("signing_all", sa.String(32), nullable=False),
        sa.Column("signing_ended", sa.String(32), nullable=False),
        sa.Column("ds", sa.String(32), nullable=False),
        sa.Column("ds_ended", sa.String(32), nullable=False),
        sa.Column("gone", sa.String(32), nullable=False),
    )
