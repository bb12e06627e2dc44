"""Tokens, with which a team opens the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", WORD, nullable=False),
        sa.Column("label", WORD, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("hash", WORD, nullable=False),
        sa.Column("made_at", WORD, nullable=False),
        sa.Column("expires_at", WORD, nullable=False),
        sa.Column("revoked_at", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
    )
