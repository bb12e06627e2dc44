"""The first tables of a case, and its full-text index.

Frozen: a change of the tables is a new migration, never a change here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_index()
    else:
        _postgres_index()


def _sqlite_index() -> None:
    words = "tokenize='porter unicode61 remove_diacritics 2'"
    op.execute(
        "CREATE VIRTUAL TABLE documents_index USING fts5"
        f"(title, text, content='documents', content_rowid='id', {words})"
    )
    for table in ("events", "statements"):
        op.execute(
            f"CREATE VIRTUAL TABLE {table}_index USING fts5"
            f"(passage, content='{table}', content_rowid='id', {words})"
        )


def _postgres_index() -> None:
    # English stems without stop words: a phrase of small words is a phrase on both databases.
    op.execute(
        "CREATE TEXT SEARCH DICTIONARY dragoman_stem (TEMPLATE = snowball, LANGUAGE = english)"
    )
    op.execute("CREATE TEXT SEARCH CONFIGURATION dragoman (COPY = english)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION dragoman "
        "ALTER MAPPING REPLACE english_stem WITH dragoman_stem"
    )
    for table in ("documents", "events", "statements"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN search tsvector")
        op.execute(f"CREATE INDEX ix_{table}_search ON {table} USING gin (search)")


def _tables() -> None:
    op.create_table(
        "about",
        sa.Column("name", WORD, nullable=False),
        sa.Column("value", WORD, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_about")),
    )
    op.create_table(
        "names",
        sa.Column("key", WORD, nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("folded", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("code", WORD, nullable=True),
        sa.Column("documents", NUMBER, nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_names")),
    )
    op.create_index(op.f("ix_names_documents"), "names", ["documents"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("started_at", WORD, nullable=False),
        sa.Column("finished_at", WORD, nullable=True),
        sa.Column("host", WORD, nullable=False),
        sa.Column("process", NUMBER, nullable=False),
        sa.Column("version", WORD, nullable=False),
        sa.Column("counts", WORD, nullable=False),
        sa.Column("message", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "samples",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("by", WORD, nullable=False),
        sa.Column("per_class", NUMBER, nullable=False),
        sa.Column("seed", NUMBER, nullable=False),
        sa.Column("coders", WORD, nullable=False),
        sa.Column("made_at", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samples")),
    )
    op.create_table(
        "documents",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("identity", WORD, nullable=False),
        sa.Column("address", WORD, nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("content", WORD, nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("title", WORD, nullable=True),
        sa.Column("author", WORD, nullable=True),
        sa.Column("source", WORD, nullable=True),
        sa.Column("url", WORD, nullable=True),
        sa.Column("language", WORD, nullable=True),
        sa.Column("published", WORD, nullable=True),
        sa.Column("day", WORD, nullable=False),
        sa.Column("dating", WORD, nullable=False),
        sa.Column("dating_why", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("text", WORD, nullable=False),
        sa.Column("length", NUMBER, nullable=False),
        sa.Column("origin", WORD, nullable=False),
        sa.Column("run_id", NUMBER, nullable=False),
        sa.Column("copy_of", NUMBER, nullable=True),
        sa.Column("known_at", WORD, nullable=False),
        sa.Column("closed_at", WORD, nullable=True),
        sa.ForeignKeyConstraint(["copy_of"], ["documents.id"], name=op.f("fk_documents_copy_of")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_documents_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("identity", name=op.f("uq_documents_identity")),
    )
    op.create_index(
        op.f("ix_documents_address_version"), "documents", ["address", "version"], unique=False
    )
    op.create_index(op.f("ix_documents_content"), "documents", ["content"], unique=False)
    op.create_index(op.f("ix_documents_copy_of"), "documents", ["copy_of"], unique=False)
    op.create_index(op.f("ix_documents_day"), "documents", ["day"], unique=False)
    op.create_index(op.f("ix_documents_name"), "documents", ["name"], unique=False)
    op.create_index(op.f("ix_documents_source_day"), "documents", ["source", "day"], unique=False)
    op.create_table(
        "troubles",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("run_id", NUMBER, nullable=False),
        sa.Column("origin", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("message", WORD, nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_troubles_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_troubles")),
    )
    op.create_index(op.f("ix_troubles_run_id"), "troubles", ["run_id"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_bands_document_id")
        ),
        sa.PrimaryKeyConstraint("band", "document_id", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copies",
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("original_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("similarity", sa.Float(precision=53), nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_copies_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["original_id"], ["documents.id"], name=op.f("fk_copies_original_id")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_original_id"), "copies", ["original_id"], unique=False)
    op.create_table(
        "readings",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("run_id", NUMBER, nullable=False),
        sa.Column("schema", WORD, nullable=False),
        sa.Column("dragoman", WORD, nullable=False),
        sa.Column("model", WORD, nullable=False),
        sa.Column("directory", WORD, nullable=False),
        sa.Column("ontology", WORD, nullable=False),
        sa.Column("sentences", WORD, nullable=False),
        sa.Column("warnings", WORD, nullable=False),
        sa.Column("published", WORD, nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.Column("closed_at", WORD, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_readings_document_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_readings_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_closed_at"), "readings", ["closed_at"], unique=False)
    op.create_index(op.f("ix_readings_document_id"), "readings", ["document_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("part", WORD, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("row_id", NUMBER, nullable=False),
        sa.Column("anchor", WORD, nullable=False),
        sa.Column("decision", WORD, nullable=False),
        sa.Column("before", WORD, nullable=False),
        sa.Column("after", WORD, nullable=False),
        sa.Column("reviewer", WORD, nullable=False),
        sa.Column("note", WORD, nullable=True),
        sa.Column("made_at", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_reviews_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_document_id"), "reviews", ["document_id"], unique=False)
    op.create_index(op.f("ix_reviews_part_row_id"), "reviews", ["part", "row_id"], unique=False)
    op.create_table(
        "actors",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("reading_id", NUMBER, nullable=False),
        sa.Column("actor", WORD, nullable=False),
        sa.Column("key", WORD, nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("code", WORD, nullable=True),
        sa.Column("sectors", WORD, nullable=False),
        sa.Column("role", WORD, nullable=True),
        sa.Column("wikidata", WORD, nullable=True),
        sa.Column("basis", WORD, nullable=False),
        sa.Column("part_of", WORD, nullable=True),
        sa.Column("data", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_actors_document_id")
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_actors_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
    )
    op.create_index(
        op.f("ix_actors_key_document_id"), "actors", ["key", "document_id"], unique=False
    )
    op.create_index(op.f("ix_actors_reading_id"), "actors", ["reading_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("reading_id", NUMBER, nullable=False),
        sa.Column("event", WORD, nullable=False),
        sa.Column("type", WORD, nullable=False),
        sa.Column("mode", WORD, nullable=True),
        sa.Column("status", WORD, nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("who", WORD, nullable=False),
        sa.Column("whom", WORD, nullable=False),
        sa.Column("day", WORD, nullable=False),
        sa.Column("day_end", WORD, nullable=False),
        sa.Column("when_start", WORD, nullable=True),
        sa.Column("when_end", WORD, nullable=True),
        sa.Column("when_precision", WORD, nullable=True),
        sa.Column("place", WORD, nullable=True),
        sa.Column("country", WORD, nullable=True),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("sentence", NUMBER, nullable=False),
        sa.Column("span_start", NUMBER, nullable=False),
        sa.Column("span_end", NUMBER, nullable=False),
        sa.Column("passage", WORD, nullable=False),
        sa.Column("score", sa.Float(precision=53), nullable=False),
        sa.Column("confidence", sa.Float(precision=53), nullable=False),
        sa.Column("method", WORD, nullable=False),
        sa.Column("fingerprint", WORD, nullable=False),
        sa.Column("data", WORD, nullable=False),
        sa.Column("decision", WORD, nullable=True),
        sa.Column("known_at", WORD, nullable=False),
        sa.Column("closed_at", WORD, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_events_document_id")
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_events_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_country_day"), "events", ["country", "day"], unique=False)
    op.create_index(op.f("ix_events_day"), "events", ["day"], unique=False)
    op.create_index(op.f("ix_events_document_id"), "events", ["document_id"], unique=False)
    op.create_index(op.f("ix_events_known_at"), "events", ["known_at"], unique=False)
    op.create_index(op.f("ix_events_reading_id"), "events", ["reading_id"], unique=False)
    op.create_index(op.f("ix_events_type_day"), "events", ["type", "day"], unique=False)
    op.create_table(
        "places",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("reading_id", NUMBER, nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("country", WORD, nullable=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("geonames", NUMBER, nullable=True),
        sa.Column("span_start", NUMBER, nullable=False),
        sa.Column("span_end", NUMBER, nullable=False),
        sa.Column("text", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_places_document_id")
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_places_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
    )
    op.create_index(op.f("ix_places_country"), "places", ["country"], unique=False)
    op.create_index(op.f("ix_places_name"), "places", ["name"], unique=False)
    op.create_index(op.f("ix_places_reading_id"), "places", ["reading_id"], unique=False)
    op.create_table(
        "statements",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("reading_id", NUMBER, nullable=False),
        sa.Column("statement", WORD, nullable=False),
        sa.Column("speaker", WORD, nullable=True),
        sa.Column("speaker_key", WORD, nullable=True),
        sa.Column("speaker_code", WORD, nullable=True),
        sa.Column("speaker_name", WORD, nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.Column("hedged", sa.Boolean(), nullable=False),
        sa.Column("day", WORD, nullable=False),
        sa.Column("span_start", NUMBER, nullable=False),
        sa.Column("span_end", NUMBER, nullable=False),
        sa.Column("passage", WORD, nullable=False),
        sa.Column("fingerprint", WORD, nullable=False),
        sa.Column("data", WORD, nullable=False),
        sa.Column("decision", WORD, nullable=True),
        sa.Column("known_at", WORD, nullable=False),
        sa.Column("closed_at", WORD, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_statements_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["readings.id"], name=op.f("fk_statements_reading_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_day"), "statements", ["day"], unique=False)
    op.create_index(op.f("ix_statements_document_id"), "statements", ["document_id"], unique=False)
    op.create_index(op.f("ix_statements_reading_id"), "statements", ["reading_id"], unique=False)
    op.create_index(
        op.f("ix_statements_speaker_code_day"), "statements", ["speaker_code", "day"], unique=False
    )
    op.create_index(
        op.f("ix_statements_speaker_key_day"), "statements", ["speaker_key", "day"], unique=False
    )
    op.create_table(
        "times",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("reading_id", NUMBER, nullable=False),
        sa.Column("type", WORD, nullable=False),
        sa.Column("value", WORD, nullable=False),
        sa.Column("span_start", NUMBER, nullable=False),
        sa.Column("span_end", NUMBER, nullable=False),
        sa.Column("text", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_times_document_id")
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_times_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_times")),
    )
    op.create_index(op.f("ix_times_reading_id"), "times", ["reading_id"], unique=False)
    op.create_index(op.f("ix_times_value"), "times", ["value"], unique=False)
    op.create_table(
        "event_actors",
        sa.Column("key", WORD, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("day", WORD, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_actors_event_id")),
        sa.PrimaryKeyConstraint("key", "role", "day", "event_id", name=op.f("pk_event_actors")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_actors_event_id"), "event_actors", ["event_id"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("actor_id", NUMBER, nullable=False),
        sa.Column("span_start", NUMBER, nullable=False),
        sa.Column("span_end", NUMBER, nullable=False),
        sa.Column("text", WORD, nullable=False),
        sa.Column("form", WORD, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_mentions_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
    )
    op.create_index(op.f("ix_mentions_actor_id"), "mentions", ["actor_id"], unique=False)
    op.create_table(
        "sample_items",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("sample_id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("stratum", WORD, nullable=False),
        sa.Column("stratum_size", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_sample_items_event_id")),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["samples.id"], name=op.f("fk_sample_items_sample_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_items")),
        sa.UniqueConstraint(
            "sample_id", "event_id", name=op.f("uq_sample_items_sample_id_event_id")
        ),
    )
    op.create_table(
        "judgements",
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("coder", WORD, nullable=False),
        sa.Column("verdict", WORD, nullable=False),
        sa.Column("label", WORD, nullable=True),
        sa.Column("note", WORD, nullable=True),
        sa.Column("made_at", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["sample_items.id"], name=op.f("fk_judgements_item_id")
        ),
        sa.PrimaryKeyConstraint("item_id", "coder", name=op.f("pk_judgements")),
    )
