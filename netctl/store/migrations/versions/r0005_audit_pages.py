"""What the audit log is read by."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """What the audit log is read by."""
    op.create_index("audit_by_subject", "audit", ["subject", "number"])
    op.create_index("audit_by_actor", "audit", ["actor", "number"])
    op.create_index("audit_by_action", "audit", ["action", "number"])
    op.create_index("audit_by_moment", "audit", ["at"])
