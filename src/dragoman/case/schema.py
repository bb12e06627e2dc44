"""The tables of a case. The migrations make them; a test holds both against each other.

What is known of time: `known_at` is when a row came into the case, `closed_at` when it ceased to be
what the case holds (a newer version, a newer reading, a person's rejection). A question asked of
an earlier moment takes the rows that were open then. Moments are UTC texts of one width, so that
they sort as texts. Strings compare by code point on both databases.

A row of events, statements, actors, times and places leads to its reading, the reading to its
versions and its document, and its span into the document's text.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Word: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Number: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id() -> sa.Column[int]:
    return sa.Column("id", Number, primary_key=True, autoincrement=False)


def _to(name: str, table: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, Number, sa.ForeignKey(f"{table}.id"), nullable=null)


def _word(name: str, *, null: bool = True) -> sa.Column[str]:
    return sa.Column(name, Word, nullable=null)


def _int(name: str, *, null: bool = True) -> sa.Column[int]:
    return sa.Column(name, Number, nullable=null)


def _real(name: str, *, null: bool = True) -> sa.Column[float]:
    return sa.Column(name, sa.Float(53), nullable=null)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


# What the case is about: its name, and when it was made.
about = sa.Table(
    "about",
    metadata,
    sa.Column("name", Word, primary_key=True),
    _word("value", null=False),
)

# One row a command that changes the case. `state`: running, done, failed, stopped.
runs = sa.Table(
    "runs",
    metadata,
    _id(),
    _word("kind", null=False),
    _word("state", null=False),
    _word("started_at", null=False),
    _word("finished_at"),
    _word("host", null=False),
    _int("process", null=False),
    _word("version", null=False),
    _word("counts", null=False),
    _word("message"),
)

# What could not be taken in, and why; the rest of the run went on.
troubles = sa.Table(
    "troubles",
    metadata,
    _id(),
    _to("run_id", "runs"),
    _word("origin", null=False),
    _word("kind", null=False),
    _word("message", null=False),
    _word("known_at", null=False),
    sa.Index(None, "run_id"),
)

# One row a version of a document. `identity` makes adding idempotent; `address` ties versions.
documents = sa.Table(
    "documents",
    metadata,
    _id(),
    _word("identity", null=False),
    _word("address"),
    _int("version", null=False),
    _word("content", null=False),
    _word("name", null=False),
    _word("title"),
    _word("author"),
    _word("source"),
    _word("url"),
    _word("language"),
    _word("published"),
    _word("day", null=False),
    _word("dating", null=False),
    _word("dating_why", null=False),
    _word("kind", null=False),
    _word("text", null=False),
    _int("length", null=False),
    _word("origin", null=False),
    _to("run_id", "runs"),
    _to("copy_of", "documents", null=True),
    _word("known_at", null=False),
    _word("closed_at"),
    _word("host"),
    sa.UniqueConstraint("identity"),
    sa.Index(None, "address", "version"),
    sa.Index(None, "content"),
    sa.Index(None, "name"),
    sa.Index(None, "source", "day"),
    sa.Index(None, "day"),
    sa.Index(None, "copy_of"),
)

# A reprint and what it was printed from. `kind`: exact or near; `similarity` from 0 to 1.
copies = sa.Table(
    "copies",
    metadata,
    sa.Column("document_id", Number, sa.ForeignKey("documents.id"), primary_key=True),
    _to("original_id", "documents"),
    _word("kind", null=False),
    _real("similarity", null=False),
    _word("known_at", null=False),
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
    _id(),
    _to("document_id", "documents"),
    _to("run_id", "runs"),
    _word("schema", null=False),
    _word("dragoman", null=False),
    _word("model", null=False),
    _word("directory", null=False),
    _word("ontology", null=False),
    _word("sentences", null=False),
    _word("warnings", null=False),
    _word("published", null=False),
    _word("known_at", null=False),
    _word("closed_at"),
    sa.Index(None, "document_id"),
    sa.Index(None, "closed_at"),
)

# The actors of the whole case by their key: directory ids, and names that the texts gave.
# `documents` counts the documents that now name them.
names = sa.Table(
    "names",
    metadata,
    sa.Column("key", Word, primary_key=True),
    _word("name", null=False),
    _word("folded", null=False),
    _word("kind", null=False),
    _word("code"),
    _int("documents", null=False),
    _word("known_at", null=False),
    sa.Index(None, "documents"),
)

actors = sa.Table(
    "actors",
    metadata,
    _id(),
    _to("document_id", "documents"),
    _to("reading_id", "readings"),
    _word("actor", null=False),
    _word("key", null=False),
    _word("name", null=False),
    _word("kind", null=False),
    _word("code"),
    _word("sectors", null=False),
    _word("role"),
    _word("wikidata"),
    _word("basis", null=False),
    _word("part_of"),
    _word("data", null=False),
    sa.Index(None, "reading_id", "key"),
    sa.Index(None, "key", "document_id"),
    sa.Index(None, "code", "document_id"),
)

mentions = sa.Table(
    "mentions",
    metadata,
    _id(),
    _to("actor_id", "actors"),
    _int("span_start", null=False),
    _int("span_end", null=False),
    _word("text", null=False),
    _word("form", null=False),
    sa.Index(None, "actor_id"),
)

# `day` and `day_end`: the event's own days, or the day of publication where it tells none.
# `data` is the event as the reading has it; the columns beside it are what is asked for.
events = sa.Table(
    "events",
    metadata,
    _id(),
    _to("document_id", "documents"),
    _to("reading_id", "readings"),
    _word("event", null=False),
    _word("type", null=False),
    _word("mode"),
    _word("status", null=False),
    _flag("background"),
    _word("who", null=False),
    _word("whom", null=False),
    _word("day", null=False),
    _word("day_end", null=False),
    _word("when_start"),
    _word("when_end"),
    _word("when_precision"),
    _word("place"),
    _word("country"),
    _real("lat"),
    _real("lon"),
    _int("sentence", null=False),
    _int("span_start", null=False),
    _int("span_end", null=False),
    _word("passage", null=False),
    _real("score", null=False),
    _real("confidence", null=False),
    _word("method", null=False),
    _word("fingerprint", null=False),
    _word("data", null=False),
    _word("decision"),
    _word("known_at", null=False),
    _word("closed_at"),
    sa.Index(None, "reading_id"),
    sa.Index(None, "document_id"),
    sa.Index(None, "day"),
    sa.Index(None, "type", "day"),
    sa.Index(None, "country", "day"),
    sa.Index(None, "status", "type"),
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
    _int("position", null=False),
    sa.Index(None, "event_id"),
    sqlite_with_rowid=False,
)

statements = sa.Table(
    "statements",
    metadata,
    _id(),
    _to("document_id", "documents"),
    _to("reading_id", "readings"),
    _word("statement", null=False),
    _word("speaker"),
    _word("speaker_key"),
    _word("speaker_code"),
    _word("speaker_name"),
    _flag("named"),
    _word("kind", null=False),
    _flag("quoted"),
    _flag("hedged"),
    _word("day", null=False),
    _int("span_start", null=False),
    _int("span_end", null=False),
    _word("passage", null=False),
    _word("fingerprint", null=False),
    _word("data", null=False),
    _word("decision"),
    _word("known_at", null=False),
    _word("closed_at"),
    sa.Index(None, "reading_id"),
    sa.Index(None, "document_id"),
    sa.Index(None, "day"),
    sa.Index(None, "speaker_key", "day"),
    sa.Index(None, "speaker_code", "day"),
)

times = sa.Table(
    "times",
    metadata,
    _id(),
    _to("document_id", "documents"),
    _to("reading_id", "readings"),
    _word("type", null=False),
    _word("value", null=False),
    _int("span_start", null=False),
    _int("span_end", null=False),
    _word("text", null=False),
    sa.Index(None, "reading_id"),
    sa.Index(None, "value"),
)

places = sa.Table(
    "places",
    metadata,
    _id(),
    _to("document_id", "documents"),
    _to("reading_id", "readings"),
    _word("name", null=False),
    _word("country"),
    _word("kind", null=False),
    _real("lat"),
    _real("lon"),
    _int("geonames"),
    _int("span_start", null=False),
    _int("span_end", null=False),
    _word("text", null=False),
    sa.Index(None, "reading_id"),
    sa.Index(None, "name"),
    sa.Index(None, "country"),
)

# What people decided. `part`: event or statement; `anchor` is the fingerprint that ties a decision
# to the same event in later readings; `before` is what the machine had said.
reviews = sa.Table(
    "reviews",
    metadata,
    _id(),
    _word("part", null=False),
    _to("document_id", "documents"),
    _int("row_id", null=False),
    _word("anchor", null=False),
    _word("decision", null=False),
    _word("before", null=False),
    _word("after", null=False),
    _word("reviewer", null=False),
    _word("note"),
    _word("made_at", null=False),
    sa.Index(None, "document_id"),
    sa.Index(None, "part", "row_id"),
)

# Samples drawn for validation, and what each coder said of each event in them.
samples = sa.Table(
    "samples",
    metadata,
    _id(),
    _word("by", null=False),
    _int("per_class", null=False),
    _int("seed", null=False),
    _word("coders", null=False),
    _word("made_at", null=False),
)

sample_items = sa.Table(
    "sample_items",
    metadata,
    _id(),
    _to("sample_id", "samples"),
    _to("event_id", "events"),
    _word("stratum", null=False),
    _int("stratum_size", null=False),
    _int("position", null=False),
    sa.UniqueConstraint("sample_id", "event_id"),
)

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("item_id", Number, sa.ForeignKey("sample_items.id"), primary_key=True),
    sa.Column("coder", Word, primary_key=True),
    _word("verdict", null=False),
    _word("label"),
    _word("note"),
    _word("made_at", null=False),
)

# Who may open the desk from elsewhere. `hash` is of a secret that is shown once and kept nowhere;
# `role`: read or edit.
tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", Word, primary_key=True),
    _word("label", null=False),
    _word("role", null=False),
    _word("hash", null=False),
    _word("made_at", null=False),
    _word("expires_at", null=False),
    _word("revoked_at"),
)

# Whose word an outlet carries, by its host or its name in small letters, as the user set it.
outlets = sa.Table(
    "outlets",
    metadata,
    sa.Column("name", Word, primary_key=True),
    _word("tier", null=False),
    _word("known_at", null=False),
)

# The feeds and pages that `watch` polls. `every` in seconds; `digest` is of the last content.
watched = sa.Table(
    "watched",
    metadata,
    _id(),
    _word("address", null=False),
    _word("kind"),
    _int("every", null=False),
    _word("etag"),
    _word("last_modified"),
    _word("digest"),
    _word("checked_at"),
    _word("next_at"),
    _int("failures", null=False),
    _word("message"),
    _word("known_at", null=False),
    _word("closed_at"),
)

# What a feed has listed and what became of it; `mark` tells whether an entry has changed.
watched_entries = sa.Table(
    "watched_entries",
    metadata,
    sa.Column("watched_id", Number, sa.ForeignKey("watched.id"), primary_key=True),
    sa.Column("address", Word, primary_key=True),
    _word("mark", null=False),
    _word("outcome", null=False),
    _int("tries", null=False),
    _word("known_at", null=False),
)

# How a site wants to be visited: its robots.txt, and not before when.
hosts = sa.Table(
    "hosts",
    metadata,
    sa.Column("name", Word, primary_key=True),
    _word("robots"),
    _word("robots_until"),
    _word("next_at"),
    _int("failures", null=False),
)

# What the case is about: a new document is relevant when all actors and words of one topic occur.
topics = sa.Table(
    "topics",
    metadata,
    _id(),
    _word("actors", null=False),
    _word("words", null=False),
    _word("known_at", null=False),
    _word("closed_at"),
)

# Rules that tell of new events. `seen` is the highest number of an event that was looked at.
alerts = sa.Table(
    "alerts",
    metadata,
    _id(),
    _word("name", null=False),
    _word("rule", null=False),
    _word("channels", null=False),
    _int("seen", null=False),
    _word("known_at", null=False),
    _word("closed_at"),
)

# An event that an alert told of, once: its fingerprint is the same in later readings.
firings = sa.Table(
    "firings",
    metadata,
    _id(),
    _to("alert_id", "alerts"),
    _to("event_id", "events"),
    _word("fingerprint", null=False),
    _word("known_at", null=False),
    sa.UniqueConstraint("alert_id", "fingerprint"),
    sa.Index(None, "event_id"),
)

# A firing on its way through a channel. `state`: waiting, sending, sent or given-up.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("firing_id", Number, sa.ForeignKey("firings.id"), primary_key=True),
    sa.Column("channel", Word, primary_key=True),
    _word("state", null=False),
    _int("tries", null=False),
    _word("next_at"),
    _word("message"),
    _word("changed_at", null=False),
    sa.Index(None, "state"),
)

# To which merged event each event of the case belongs: `merged` is the merged event's id, `anchor`
# the fingerprint that ties a person's decision to the same event in later readings.
merges = sa.Table(
    "merges",
    metadata,
    sa.Column("event_id", Number, sa.ForeignKey("events.id"), primary_key=True),
    _word("merged", null=False),
    _word("anchor", null=False),
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
    _real("score", null=False),
    sa.Index(None, "right_id"),
    sqlite_with_rowid=False,
)

# What people decided of pairs of events, by fingerprint. `verdict`: same or different.
merge_decisions = sa.Table(
    "merge_decisions",
    metadata,
    _id(),
    _word("left_anchor", null=False),
    _word("right_anchor", null=False),
    _word("verdict", null=False),
    _word("reviewer", null=False),
    _word("note"),
    _word("known_at", null=False),
    _word("closed_at"),
    sa.Index(None, "closed_at"),
)
