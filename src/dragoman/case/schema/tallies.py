"""Counts of the events that the case holds now, kept up to date as they come and go.

`span` is a day or a month on which events begin (2022-02-24, 2022-02): a year is read as months.
`score` is the sum of the events' scores. Kinds of pairs: `state`, two codes for which those act who
take part; `actor`, two whom the event names itself. Empty rows are not kept.
"""

from __future__ import annotations

import sqlalchemy as sa

from dragoman.case.schema.columns import Word, metadata, real, whole


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, Word, primary_key=True)


def _kind() -> tuple[sa.Column[str], sa.Column[str], sa.Column[bool]]:
    background = sa.Column("background", sa.Boolean, primary_key=True)
    return _key("type"), _key("status"), background


def _sums() -> tuple[sa.Column[int], sa.Column[float]]:
    return whole("events", null=False), real("score", null=False)


tally_days = sa.Table(
    "tally_days", metadata, _key("span"), *_kind(), *_sums(), sqlite_with_rowid=False
)

# `placed` events have coordinates, of which `lat` and `lon` are the sums; no country is "".
tally_places = sa.Table(
    "tally_places",
    metadata,
    _key("span"),
    _key("place"),
    _key("country"),
    *_kind(),
    *_sums(),
    whole("placed", null=False),
    real("lat", null=False),
    real("lon", null=False),
    sqlite_with_rowid=False,
)

# Each pair once, the smaller key first: for lists of the busiest.
tally_pairs = sa.Table(
    "tally_pairs",
    metadata,
    _key("kind"),
    _key("span"),
    _key("a"),
    _key("b"),
    *_kind(),
    *_sums(),
    sqlite_with_rowid=False,
)

# Each actor under whose key events are found, alone (`own`, `other` is "") and with each other.
tally_actors = sa.Table(
    "tally_actors",
    metadata,
    _key("key"),
    _key("kind"),
    _key("span"),
    _key("other"),
    *_kind(),
    *_sums(),
    sqlite_with_rowid=False,
)
