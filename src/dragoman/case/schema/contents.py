"""Documents, their readings, and what the readings tell."""

from __future__ import annotations

import sqlalchemy as sa

from dragoman.case.schema.columns import (
    Number,
    Word,
    closed,
    flag,
    id_,
    metadata,
    real,
    to,
    whole,
    word,
)

# What the case is about: its name, and when it was made.
about = sa.Table(
    "about",
    metadata,
    sa.Column("name", Word, primary_key=True),
    word("value", null=False),
)

# One row a command that changes the case. `state`: running, done, failed, stopped.
runs = sa.Table(
    "runs",
    metadata,
    id_(),
    word("kind", null=False),
    word("state", null=False),
    word("started_at", null=False),
    word("finished_at"),
    word("host", null=False),
    whole("process", null=False),
    word("version", null=False),
    word("counts", null=False),
    word("message"),
)

# What could not be taken in, and why; the rest of the run went on.
troubles = sa.Table(
    "troubles",
    metadata,
    id_(),
    to("run_id", "runs"),
    word("origin", null=False),
    word("kind", null=False),
    word("message", null=False),
    word("known_at", null=False),
    sa.Index(None, "run_id"),
)

# One row a version of a document. `identity` makes adding idempotent; `address` ties versions.
documents = sa.Table(
    "documents",
    metadata,
    id_(),
    word("identity", null=False),
    word("address"),
    whole("version", null=False),
    word("content", null=False),
    word("name", null=False),
    word("title"),
    word("author"),
    word("source"),
    word("url"),
    word("language"),
    word("published"),
    word("day", null=False),
    word("dating", null=False),
    word("dating_why", null=False),
    word("kind", null=False),
    word("text", null=False),
    whole("length", null=False),
    word("origin", null=False),
    to("run_id", "runs"),
    to("copy_of", "documents", null=True),
    word("known_at", null=False),
    word("closed_at"),
    word("host"),
    sa.UniqueConstraint("identity"),
    sa.Index(None, "address", "version"),
    sa.Index(None, "content"),
    sa.Index(None, "name"),
    sa.Index(None, "source", "day"),
    sa.Index(None, "day"),
    sa.Index(None, "copy_of"),
    closed("documents"),
)

# A reprint and what it was printed from. `kind`: exact or near; `similarity` from 0 to 1.
copies = sa.Table(
    "copies",
    metadata,
    sa.Column("document_id", Number, sa.ForeignKey("documents.id"), primary_key=True),
    to("original_id", "documents"),
    word("kind", null=False),
    real("similarity", null=False),
    word("known_at", null=False),
    sa.Index(None, "original_id"),
)

# Where near-copies are looked for: documents that share a band of their MinHash signatures.
bands = sa.Table(
    "bands",
    metadata,
    sa.Column("band", Number, primary_key=True, autoincrement=False),
    sa.Column("document_id", Number, sa.ForeignKey("documents.id"), primary_key=True),
    sqlite_with_rowid=False,
)

# One row a reading of a document, with the versions that made it.
readings = sa.Table(
    "readings",
    metadata,
    id_(),
    to("document_id", "documents"),
    to("run_id", "runs"),
    word("schema", null=False),
    word("dragoman", null=False),
    word("model", null=False),
    word("directory", null=False),
    word("ontology", null=False),
    word("sentences", null=False),
    word("warnings", null=False),
    word("published", null=False),
    word("known_at", null=False),
    word("closed_at"),
    sa.Index(None, "document_id"),
    sa.Index(
        "ix_readings_closed_at_dragoman",
        *("closed_at", "dragoman", "model", "directory", "ontology"),
    ),
)

# The actors of the whole case by their key: directory ids, and names that the texts gave.
# `documents` counts the documents that now name them.
names = sa.Table(
    "names",
    metadata,
    sa.Column("key", Word, primary_key=True),
    word("name", null=False),
    word("folded", null=False),
    word("kind", null=False),
    word("code"),
    whole("documents", null=False),
    word("known_at", null=False),
    sa.Index(None, "documents"),
)

actors = sa.Table(
    "actors",
    metadata,
    id_(),
    to("document_id", "documents"),
    to("reading_id", "readings"),
    word("actor", null=False),
    word("key", null=False),
    word("name", null=False),
    word("kind", null=False),
    word("code"),
    word("sectors", null=False),
    word("role"),
    word("wikidata"),
    word("basis", null=False),
    word("part_of"),
    word("data", null=False),
    sa.Index(None, "reading_id", "key"),
    sa.Index(None, "key", "document_id"),
    sa.Index(None, "code", "document_id"),
)

mentions = sa.Table(
    "mentions",
    metadata,
    id_(),
    to("actor_id", "actors"),
    whole("span_start", null=False),
    whole("span_end", null=False),
    word("text", null=False),
    word("form", null=False),
    sa.Index(None, "actor_id"),
)

# `day` and `day_end`: the event's own days, or the day of publication where it tells none.
# `data` is the event as the reading has it; the columns beside it are what is asked for.
events = sa.Table(
    "events",
    metadata,
    id_(),
    to("document_id", "documents"),
    to("reading_id", "readings"),
    word("event", null=False),
    word("type", null=False),
    word("mode"),
    word("status", null=False),
    flag("background"),
    word("who", null=False),
    word("whom", null=False),
    word("day", null=False),
    word("day_end", null=False),
    word("when_start"),
    word("when_end"),
    word("when_precision"),
    word("place"),
    word("country"),
    real("lat"),
    real("lon"),
    whole("sentence", null=False),
    whole("span_start", null=False),
    whole("span_end", null=False),
    word("passage", null=False),
    real("score", null=False),
    real("confidence", null=False),
    word("method", null=False),
    word("fingerprint", null=False),
    word("data", null=False),
    word("decision"),
    word("known_at", null=False),
    word("closed_at"),
    sa.Index(None, "reading_id"),
    sa.Index(None, "document_id"),
    sa.Index(None, "day"),
    sa.Index(None, "type", "day"),
    sa.Index(None, "country", "day"),
    sa.Index(None, "status", "type"),
    closed("events"),
)

# Who takes part. `role`: actor, recipient or source, in order of `position`; and party: one row
# for each key under which the event is found (the actor's id, its code, what it is part of).
event_actors = sa.Table(
    "event_actors",
    metadata,
    sa.Column("key", Word, primary_key=True),
    sa.Column("role", Word, primary_key=True),
    sa.Column("day", Word, primary_key=True),
    sa.Column("event_id", Number, sa.ForeignKey("events.id"), primary_key=True),
    whole("position", null=False),
    sa.Index(None, "event_id"),
    sqlite_with_rowid=False,
)

statements = sa.Table(
    "statements",
    metadata,
    id_(),
    to("document_id", "documents"),
    to("reading_id", "readings"),
    word("statement", null=False),
    word("speaker"),
    word("speaker_key"),
    word("speaker_code"),
    word("speaker_name"),
    flag("named"),
    word("kind", null=False),
    flag("quoted"),
    flag("hedged"),
    word("day", null=False),
    whole("span_start", null=False),
    whole("span_end", null=False),
    word("passage", null=False),
    word("fingerprint", null=False),
    word("data", null=False),
    word("decision"),
    word("known_at", null=False),
    word("closed_at"),
    sa.Index(None, "reading_id"),
    sa.Index(None, "document_id"),
    sa.Index(None, "day"),
    sa.Index(None, "speaker_key", "day"),
    sa.Index(None, "speaker_code", "day"),
    closed("statements"),
)

times = sa.Table(
    "times",
    metadata,
    id_(),
    to("document_id", "documents"),
    to("reading_id", "readings"),
    word("type", null=False),
    word("value", null=False),
    whole("span_start", null=False),
    whole("span_end", null=False),
    word("text", null=False),
    sa.Index(None, "reading_id"),
    sa.Index(None, "value"),
)

places = sa.Table(
    "places",
    metadata,
    id_(),
    to("document_id", "documents"),
    to("reading_id", "readings"),
    word("name", null=False),
    word("country"),
    word("kind", null=False),
    real("lat"),
    real("lon"),
    whole("geonames"),
    whole("span_start", null=False),
    whole("span_end", null=False),
    word("text", null=False),
    sa.Index(None, "reading_id"),
    sa.Index(None, "name"),
    sa.Index(None, "country"),
)
