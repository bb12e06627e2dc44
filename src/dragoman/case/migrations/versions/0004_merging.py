"""Which events are one: blocks, links, membership, and what people decided of them.

Frozen: a change of the tables is a new migration, never a change here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "merges",
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("merged", WORD, nullable=False),
        sa.Column("anchor", WORD, nullable=False),
        _event("merges", "event_id"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_merged"), "merges", ["merged"])
    op.create_index(op.f("ix_merges_anchor"), "merges", ["anchor"])
    op.create_table(
        "merge_blocks",
        sa.Column("block", NUMBER, autoincrement=False, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        _event("merge_blocks", "event_id"),
        sa.PrimaryKeyConstraint("block", "event_id", name=op.f("pk_merge_blocks")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_merge_blocks_event_id"), "merge_blocks", ["event_id"])
    op.create_table(
        "merge_links",
        sa.Column("left_id", NUMBER, nullable=False),
        sa.Column("right_id", NUMBER, nullable=False),
        sa.Column("score", sa.Float(53), nullable=False),
        _event("merge_links", "left_id"),
        _event("merge_links", "right_id"),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_merge_links")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_merge_links_right_id"), "merge_links", ["right_id"])
    op.create_table(
        "merge_decisions",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("left_anchor", WORD, nullable=False),
        sa.Column("right_anchor", WORD, nullable=False),
        sa.Column("verdict", WORD, nullable=False),
        sa.Column("reviewer", WORD, nullable=False),
        sa.Column("note", WORD, nullable=True),
        sa.Column("known_at", WORD, nullable=False),
        sa.Column("closed_at", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_decisions")),
    )
    op.create_index(op.f("ix_merge_decisions_closed_at"), "merge_decisions", ["closed_at"])


def _event(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["events.id"], name=op.f(f"fk_{table}_{column}"))
