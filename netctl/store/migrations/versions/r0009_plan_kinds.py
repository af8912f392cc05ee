"""How many name servers and zones a plan is about, beside its routers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """How many name servers and zones a plan is about, beside its routers; plans made so far are about none."""
    for name in ("servers", "zones"):
        op.add_column("plan_outlines", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
