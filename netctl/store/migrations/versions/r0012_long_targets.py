"""Room for zones as targets: their names are longer than those of routers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_COLUMNS = (("members", "target"), ("members", "redundancy_group"), ("receipts", "target"), ("snapshots", "target"))


def upgrade() -> None:
    """Room for zones as targets. SQLite asks nobody how long a text is, and could only make its tables anew."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, column in _COLUMNS:
        op.alter_column(table, column, existing_type=sa.String(64), type_=sa.String(1200), existing_nullable=False)
