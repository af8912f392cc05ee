"""Which primary writes where the declared one does not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Which primary writes where the declared one does not."""
    op.create_table(
        "promotions",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("server", sa.String(64), nullable=False),
        sa.Column("former", sa.String(64), nullable=False),
        sa.Column("as_declared", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("user_name", sa.String(64), sa.ForeignKey("users.name"), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("losing", sa.Text, nullable=False),
        sa.Column("owed", sa.Text, nullable=False),
        sa.Column("worker", sa.String(255), nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "promotion_steps",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("promotion", _NUMBER, sa.ForeignKey("promotions.number"), nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("promotion_steps_by_promotion", "promotion_steps", ["promotion"])
