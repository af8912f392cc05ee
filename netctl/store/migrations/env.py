"""Alembic runs this to migrate; the connection and its transaction are netctl's (`netctl.store.schema`)."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="netctl_schema")
with context.begin_transaction():
    context.run_migrations()
