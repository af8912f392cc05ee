"""What watching the network gives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What watching the network gives."""
    _standings()
    _history()
    _configurations()


def _standings() -> None:
    op.create_table(
        "watch_rounds",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("began_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=False),
        sa.Column("interval", sa.Float, nullable=False),
        sa.Column("targets", sa.Integer, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
    )
    op.create_index("watch_rounds_by_beginning", "watch_rounds", ["began_at"])
    op.create_table(
        "standings",
        sa.Column("target", sa.String(64), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("tried_at", sa.String(32), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("drift", sa.String(16), nullable=False),
        sa.Column("drift_lines", sa.Integer, nullable=False),
        sa.Column("drift_at", sa.String(32), nullable=False),
        sa.Column("clock_offset", sa.Float),
        sa.Column("counts", sa.Text, nullable=False),
    )
    op.create_table(
        "looks",
        sa.Column("target", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "exposition",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("round", _NUMBER, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _history() -> None:
    op.create_table(
        "metric_sets",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("names", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "points",
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("target", sa.String(64), primary_key=True),
        sa.Column("metric_set", _NUMBER, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "episodes",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
    )
    op.create_index("episodes_by_target", "episodes", ["target", "since"])
    op.create_index("episodes_by_end", "episodes", ["until"])
    lasting = sa.text("until = ''")
    op.create_index(
        "one_episode_lasts", "episodes", ["target"], unique=True, sqlite_where=lasting, postgresql_where=lasting
    )


def _configurations() -> None:
    op.create_table(
        "configurations",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("change", sa.String(32), nullable=False),
    )
    op.create_index("configurations_by_target", "configurations", ["target", "at"])
    op.create_index("configurations_by_digest", "configurations", ["digest"])
    op.create_table(
        "configuration_texts",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    _problems()


def _problems() -> None:
    is_open = sa.text("closed_at = ''")
    op.create_table(
        "problems",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("service", sa.String(32), nullable=False),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("symptom_count", sa.Integer, nullable=False),
        sa.Column("symptoms", sa.LargeBinary, nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("closed_at", sa.String(32), nullable=False),
        sa.Column("acknowledged_by", sa.String(64), nullable=False),
        sa.Column("acknowledged_at", sa.String(32), nullable=False),
        sa.Column("acknowledged_reason", sa.Text, nullable=False),
    )
    op.create_index(
        "one_open_problem", "problems", ["key"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index("problems_by_end", "problems", ["closed_at", "number"])
    op.create_index("problems_by_change", "problems", ["changed_at"])
    op.create_table(
        "problem_targets",
        sa.Column("problem", _NUMBER, sa.ForeignKey("problems.number"), primary_key=True),
        sa.Column("target", sa.String(64), primary_key=True),
    )
    op.create_index("problems_of_target", "problem_targets", ["target"])
    op.create_table(
        "silences",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("user_name", sa.String(64), sa.ForeignKey("users.name"), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=False),
    )
    op.create_index("silences_by_end", "silences", ["ended_at", "until"])
    op.create_table(
        "outbox",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("sink", sa.String(16), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", sa.String(32), nullable=False),
        sa.Column("error", sa.Text, nullable=False),
    )
    op.create_index("outbox_by_sink", "outbox", ["sink", "due_at"])
    op.create_index("members_by_target", "members", ["target", "at"])
    op.create_index("members_by_moment", "members", ["at"])
