"""Which events are one."""

from __future__ import annotations

import sqlalchemy as sa

from dragoman.case.schema.columns import Number, id_, metadata, real, word

# To which merged event each event of the case belongs: `merged` is the merged event's id, `anchor`
# the fingerprint that ties a person's decision to the same event in later readings.
merges = sa.Table(
    "merges",
    metadata,
    sa.Column("event_id", Number, sa.ForeignKey("events.id"), primary_key=True),
    word("merged", null=False),
    word("anchor", null=False),
    sa.Index(None, "merged"),
    sa.Index(None, "anchor"),
)

# Where events that may be one are looked for: those that share a block of kind, sides and days.
merge_blocks = sa.Table(
    "merge_blocks",
    metadata,
    sa.Column("block", Number, primary_key=True, autoincrement=False),
    sa.Column("event_id", Number, sa.ForeignKey("events.id"), primary_key=True),
    sa.Index(None, "event_id"),
    sqlite_with_rowid=False,
)

# Pairs that speak for being one event: log-odds, the smaller number first.
merge_links = sa.Table(
    "merge_links",
    metadata,
    sa.Column("left_id", Number, sa.ForeignKey("events.id"), primary_key=True),
    sa.Column("right_id", Number, sa.ForeignKey("events.id"), primary_key=True),
    real("score", null=False),
    sa.Index(None, "right_id"),
    sqlite_with_rowid=False,
)

# What people decided of pairs of events, by fingerprint. `verdict`: same or different.
merge_decisions = sa.Table(
    "merge_decisions",
    metadata,
    id_(),
    word("left_anchor", null=False),
    word("right_anchor", null=False),
    word("verdict", null=False),
    word("reviewer", null=False),
    word("note"),
    word("known_at", null=False),
    word("closed_at"),
    sa.Index(None, "closed_at"),
)
