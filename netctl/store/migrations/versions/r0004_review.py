"""What reviewers leave on a change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What reviewers leave on a change, what lists tell of plans, and pushes that were asked for."""
    op.create_table(
        "plan_outlines",
        sa.Column("digest", sa.String(64), sa.ForeignKey("plans.digest"), primary_key=True),
        sa.Column("routers", sa.Integer, nullable=False),
        sa.Column("worst", sa.String(8), nullable=False),
    )
    _review()
    _starts()
    op.create_index("receipts_by_change", "receipts", ["change", "number"])  # what moved last, asked every second


def _review() -> None:
    op.create_table(
        "ticks",
        sa.Column("change", _NUMBER, sa.ForeignKey("changes.number"), primary_key=True),
        sa.Column("user_name", sa.String(64), sa.ForeignKey("users.name"), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("plan_group", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "comments",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("change", _NUMBER, sa.ForeignKey("changes.number"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("plan_group", sa.Integer, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("quoted", sa.Text, nullable=False),
        sa.Column("user_name", sa.String(64), sa.ForeignKey("users.name"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("answers", _NUMBER, nullable=False),
        sa.Column("resolved_by", sa.String(64), nullable=False),
        sa.Column("resolved_at", sa.String(32), nullable=False),
    )
    op.create_index("comments_by_change", "comments", ["change"])


def _starts() -> None:
    op.create_table(
        "starts",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("change", _NUMBER, sa.ForeignKey("changes.number"), nullable=False),
        sa.Column("going", sa.String(8), nullable=False),
        sa.Column("user_name", sa.String(64), sa.ForeignKey("users.name"), nullable=False),
        sa.Column("order_digest", sa.String(64), nullable=False, unique=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("taken_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("hint", sa.Text, nullable=False),
    )
    op.create_index("starts_by_change", "starts", ["change"])
