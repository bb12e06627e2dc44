"""Alembic's entry: run the migrations on the connection that the case hands over."""

from __future__ import annotations

from alembic import context

from dragoman.case.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
