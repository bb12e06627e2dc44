"""Indices that lists of a large case need, and one that none did.

Frozen: a change of the tables is a new migration, never a change here.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.drop_index("ix_events_known_at", "events")
    op.create_index("ix_events_status_type", "events", ["status", "type"])
    op.create_index("ix_actors_code_document_id", "actors", ["code", "document_id"])
    op.drop_index("ix_actors_reading_id", "actors")
    op.create_index("ix_actors_reading_id_key", "actors", ["reading_id", "key"])
