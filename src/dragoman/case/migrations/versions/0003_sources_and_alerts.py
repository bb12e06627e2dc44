"""What is watched, whose word an outlet carries, and rules that tell of new events.

Frozen: a change of the tables is a new migration, never a change here.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _hosts_of_documents()
    _sources()
    _alerts()


def _hosts_of_documents() -> None:
    op.add_column("documents", sa.Column("host", WORD, nullable=True))
    bind = op.get_bind()
    documents = sa.table("documents", sa.column("id"), sa.column("url"), sa.column("host"))
    stored = bind.execute(sa.select(documents.c.id, documents.c.url)).all()
    found = [{"number": number, "name": host} for number, url in stored if (host := _host(url))]
    if found:
        change = sa.update(documents).where(documents.c.id == sa.bindparam("number"))
        bind.execute(change.values(host=sa.bindparam("name")), found)


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _sources() -> None:
    op.create_table(
        "outlets",
        sa.Column("name", WORD, nullable=False),
        sa.Column("tier", WORD, nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_outlets")),
    )
    op.create_table(
        "watched",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("address", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=True),
        sa.Column("every", NUMBER, nullable=False),
        sa.Column("etag", WORD, nullable=True),
        sa.Column("last_modified", WORD, nullable=True),
        sa.Column("digest", WORD, nullable=True),
        sa.Column("checked_at", WORD, nullable=True),
        sa.Column("next_at", WORD, nullable=True),
        sa.Column("failures", NUMBER, nullable=False),
        sa.Column("message", WORD, nullable=True),
        sa.Column("known_at", WORD, nullable=False),
        sa.Column("closed_at", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched")),
    )
    op.create_table(
        "watched_entries",
        sa.Column("watched_id", NUMBER, nullable=False),
        sa.Column("address", WORD, nullable=False),
        sa.Column("mark", WORD, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["watched_id"], ["watched.id"], name=op.f("fk_watched_entries_watched_id")
        ),
        sa.PrimaryKeyConstraint("watched_id", "address", name=op.f("pk_watched_entries")),
    )
    op.create_table(
        "hosts",
        sa.Column("name", WORD, nullable=False),
        sa.Column("robots", WORD, nullable=True),
        sa.Column("robots_until", WORD, nullable=True),
        sa.Column("next_at", WORD, nullable=True),
        sa.Column("failures", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hosts")),
    )
    op.create_table(
        "topics",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("actors", WORD, nullable=False),
        sa.Column("words", WORD, nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.Column("closed_at", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("rule", WORD, nullable=False),
        sa.Column("channels", WORD, nullable=False),
        sa.Column("seen", NUMBER, nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.Column("closed_at", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    op.create_table(
        "firings",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("alert_id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("fingerprint", WORD, nullable=False),
        sa.Column("known_at", WORD, nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_firings_alert_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_firings_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firings")),
        sa.UniqueConstraint(
            "alert_id", "fingerprint", name=op.f("uq_firings_alert_id_fingerprint")
        ),
    )
    op.create_index(op.f("ix_firings_event_id"), "firings", ["event_id"])
    op.create_table(
        "deliveries",
        sa.Column("firing_id", NUMBER, nullable=False),
        sa.Column("channel", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("next_at", WORD, nullable=True),
        sa.Column("message", WORD, nullable=True),
        sa.Column("changed_at", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["firing_id"], ["firings.id"], name=op.f("fk_deliveries_firing_id")
        ),
        sa.PrimaryKeyConstraint("firing_id", "channel", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_state"), "deliveries", ["state"])
