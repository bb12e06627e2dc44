"""Counts of events by day, place, pair and actor, which `Case.upgrade` fills; indices for status.

Frozen: a change of the tables is a new migration, never a change here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _table("tally_days", "span")
    _table("tally_places", "span", "place", "country", whole=("placed",), real=("lat", "lon"))
    _table("tally_pairs", "kind", "span", "a", "b")
    _table("tally_actors", "key", "kind", "span", "other")
    for table in ("documents", "events", "statements"):
        closed = sa.text("closed_at IS NOT NULL")
        op.create_index(
            f"ix_{table}_closed_at",
            table,
            ["closed_at"],
            sqlite_where=closed,
            postgresql_where=closed,
        )
    op.drop_index("ix_readings_closed_at", "readings")
    op.create_index(
        "ix_readings_closed_at_dragoman",
        "readings",
        ["closed_at", "dragoman", "model", "directory", "ontology"],
    )


def _table(name: str, *keys: str, whole: tuple[str, ...] = (), real: tuple[str, ...] = ()) -> None:
    keys = (*keys, "type", "status")
    op.create_table(
        name,
        *[sa.Column(key, WORD, nullable=False) for key in keys],
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("events", NUMBER, nullable=False),
        sa.Column("score", sa.Float(53), nullable=False),
        *[sa.Column(column, NUMBER, nullable=False) for column in whole],
        *[sa.Column(column, sa.Float(53), nullable=False) for column in real],
        sa.PrimaryKeyConstraint(*keys, "background", name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )
