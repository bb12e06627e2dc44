"""What is watched, whose word outlets carry, and alerts."""

from __future__ import annotations

import sqlalchemy as sa

from dragoman.case.schema.columns import Number, Word, id_, metadata, to, whole, word

# Whose word an outlet carries, by its host or its name in small letters, as the user set it.
outlets = sa.Table(
    "outlets",
    metadata,
    sa.Column("name", Word, primary_key=True),
    word("tier", null=False),
    word("known_at", null=False),
)

# The feeds and pages that `watch` polls. `every` in seconds; `digest` is of the last content.
watched = sa.Table(
    "watched",
    metadata,
    id_(),
    word("address", null=False),
    word("kind"),
    whole("every", null=False),
    word("etag"),
    word("last_modified"),
    word("digest"),
    word("checked_at"),
    word("next_at"),
    whole("failures", null=False),
    word("message"),
    word("known_at", null=False),
    word("closed_at"),
)

# What a feed has listed and what became of it; `mark` tells whether an entry has changed.
watched_entries = sa.Table(
    "watched_entries",
    metadata,
    sa.Column("watched_id", Number, sa.ForeignKey("watched.id"), primary_key=True),
    sa.Column("address", Word, primary_key=True),
    word("mark", null=False),
    word("outcome", null=False),
    whole("tries", null=False),
    word("known_at", null=False),
)

# How a site wants to be visited: its robots.txt, and not before when.
hosts = sa.Table(
    "hosts",
    metadata,
    sa.Column("name", Word, primary_key=True),
    word("robots"),
    word("robots_until"),
    word("next_at"),
    whole("failures", null=False),
)

# What the case is about: a new document is relevant when all actors and words of one topic occur.
topics = sa.Table(
    "topics",
    metadata,
    id_(),
    word("actors", null=False),
    word("words", null=False),
    word("known_at", null=False),
    word("closed_at"),
)

# Rules that tell of new events. `seen` is the highest number of an event that was looked at.
alerts = sa.Table(
    "alerts",
    metadata,
    id_(),
    word("name", null=False),
    word("rule", null=False),
    word("channels", null=False),
    whole("seen", null=False),
    word("known_at", null=False),
    word("closed_at"),
)

# An event that an alert told of, once: its fingerprint is the same in later readings.
firings = sa.Table(
    "firings",
    metadata,
    id_(),
    to("alert_id", "alerts"),
    to("event_id", "events"),
    word("fingerprint", null=False),
    word("known_at", null=False),
    sa.UniqueConstraint("alert_id", "fingerprint"),
    sa.Index(None, "event_id"),
)

# A firing on its way through a channel. `state`: waiting, sending, sent or given-up.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("firing_id", Number, sa.ForeignKey("firings.id"), primary_key=True),
    sa.Column("channel", Word, primary_key=True),
    word("state", null=False),
    whole("tries", null=False),
    word("next_at"),
    word("message"),
    word("changed_at", null=False),
    sa.Index(None, "state"),
)
