"""What people decide, samples for validation, and who may open the desk."""

from __future__ import annotations

import sqlalchemy as sa

from dragoman.case.schema.columns import Number, Word, id_, metadata, to, whole, word

# What people decided. `part`: event or statement; `anchor` is the fingerprint that ties a decision
# to the same event in later readings; `before` is what the machine had said.
reviews = sa.Table(
    "reviews",
    metadata,
    id_(),
    word("part", null=False),
    to("document_id", "documents"),
    whole("row_id", null=False),
    word("anchor", null=False),
    word("decision", null=False),
    word("before", null=False),
    word("after", null=False),
    word("reviewer", null=False),
    word("note"),
    word("made_at", null=False),
    sa.Index(None, "document_id"),
    sa.Index(None, "part", "row_id"),
)

# Samples drawn for validation, and what each coder said of each event in them.
samples = sa.Table(
    "samples",
    metadata,
    id_(),
    word("by", null=False),
    whole("per_class", null=False),
    whole("seed", null=False),
    word("coders", null=False),
    word("made_at", null=False),
)

sample_items = sa.Table(
    "sample_items",
    metadata,
    id_(),
    to("sample_id", "samples"),
    to("event_id", "events"),
    word("stratum", null=False),
    whole("stratum_size", null=False),
    whole("position", null=False),
    sa.UniqueConstraint("sample_id", "event_id"),
)

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("item_id", Number, sa.ForeignKey("sample_items.id"), primary_key=True),
    sa.Column("coder", Word, primary_key=True),
    word("verdict", null=False),
    word("label"),
    word("note"),
    word("made_at", null=False),
)

# Who may open the desk from elsewhere. `hash` is of a secret that is shown once and kept nowhere;
# `role`: read or edit.
tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", Word, primary_key=True),
    word("label", null=False),
    word("role", null=False),
    word("hash", null=False),
    word("made_at", null=False),
    word("expires_at", null=False),
    word("revoked_at"),
)
