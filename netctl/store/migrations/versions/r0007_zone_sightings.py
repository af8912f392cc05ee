"""Since when servers serve the serials they serve."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Since when servers serve the serials they serve."""
    op.create_table(
        "zone_sightings",
        sa.Column("server", sa.String(64), primary_key=True),
        sa.Column("view", sa.String(64), primary_key=True),
        sa.Column("zone", sa.String(1024), primary_key=True),
        sa.Column("serial", sa.BigInteger, nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
    )
