"""The tables of a case. The migrations make them; a test holds both against each other.

What is known of time: `known_at` is when a row came into the case, `closed_at` when it ceased to be
what the case holds (a newer version, a newer reading, a person's rejection). A question asked of
an earlier moment takes the rows that were open then. Moments are UTC texts of one width, so that
they sort as texts. Strings compare by code point on both databases.

A row of events, statements, actors, times and places leads to its reading, the reading to its
versions and its document, and its span into the document's text.
"""

from dragoman.case.schema.columns import Number, Word, metadata
from dragoman.case.schema.contents import (
    about,
    actors,
    bands,
    copies,
    documents,
    event_actors,
    events,
    mentions,
    names,
    places,
    readings,
    runs,
    statements,
    times,
    troubles,
)
from dragoman.case.schema.decisions import judgements, reviews, sample_items, samples, tokens
from dragoman.case.schema.merges import merge_blocks, merge_decisions, merge_links, merges
from dragoman.case.schema.tallies import tally_actors, tally_days, tally_pairs, tally_places
from dragoman.case.schema.watching import (
    alerts,
    deliveries,
    firings,
    hosts,
    outlets,
    topics,
    watched,
    watched_entries,
)

__all__ = [
    "Number",
    "Word",
    "about",
    "actors",
    "alerts",
    "bands",
    "copies",
    "deliveries",
    "documents",
    "event_actors",
    "events",
    "firings",
    "hosts",
    "judgements",
    "mentions",
    "merge_blocks",
    "merge_decisions",
    "merge_links",
    "merges",
    "metadata",
    "names",
    "outlets",
    "places",
    "readings",
    "reviews",
    "runs",
    "sample_items",
    "samples",
    "statements",
    "tally_actors",
    "tally_days",
    "tally_pairs",
    "tally_places",
    "times",
    "tokens",
    "topics",
    "troubles",
    "watched",
    "watched_entries",
]
