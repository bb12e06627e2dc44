"""Who is charged in the accusations of a case: by the event at the cue, or by the content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import orjson
import sqlalchemy as sa

from dragoman.case import schema

# “… that Norland's navy rammed it”: so far into what is said the one who is charged is named.
_HEAD: Final = 32
_PREPOSITIONS: Final = frozenset(
    {"in", "of", "at", "on", "near", "against", "from", "to", "with", "for", "including", "across"}
)
# What stands between the members of a list, and those who are charged by a pronoun.
_JOINED: Final = re.compile(r"\s*(?:,|,?\s*(?:and|as well as))\s+(?:the\s+|its\s+)?")
_PRONOUN: Final = re.compile(r"(?:them|him|her|it)\s+(?:of|for|over|as)\b", re.IGNORECASE)
_BLAME: Final = re.compile(r"\bblam(?:e[sd]?|ing)\b", re.IGNORECASE)
Ids = tuple[str, ...]
Place = tuple[int, int, str]


def charged_in(
    connection: sa.Connection, readings: Sequence[int], statements: Iterable[Any]
) -> Mapping[tuple[int, str], Ids]:
    """By reading and statement the ids of those who are charged; `statements` are rows of theirs.

    “Norland blamed Sundra for the delay” is an event of its own, whose recipients are those who
    are charged. Where none was coded they are the first who is named at the head of the content.
    """
    coded = _coded(connection, readings)
    named = _named(connection, readings)
    texts = _texts(connection, readings)
    pronouns = _pronouns(connection, readings)
    found: dict[tuple[int, str], Ids] = {}
    for row in statements:
        if row.kind != "accusation":
            continue
        cue = orjson.loads(row.data)["cue"]
        key = row.reading_id, row.statement
        by_event = _at_cue(coded.get(row.reading_id, ()), cue) if cue else ()
        places, text = named.get(row.reading_id, ()), texts.get(row.reading_id, "")
        by_event = tuple(id for id in by_event if not _is_struck(id, places, row, text))
        if _PRONOUN.match(text, row.span_start):
            found[key] = pronouns.get((row.reading_id, row.span_start), ())
            continue
        ids = _blamed_on(places, row, cue, text) or by_event or _at_head(places, row, text)
        found[key] = _with_listed(ids, places, row, text)
    return found


def _blamed_on(named: Iterable[Place], row: Any, cue: Mapping[str, int] | None, text: str) -> Ids:
    """“Blamed the attacks on Oslo”: Oslo."""
    if not cue or not _BLAME.search(text, cue["start"], cue["end"]):
        return ()
    for start, _, actor in named:
        before = text[row.span_start : start].casefold().split()[-2:]
        inside = row.span_start <= start < row.span_end and actor != row.speaker
        if inside and (before[-1:] == ["on"] or before == ["on", "the"]):
            return (actor,)
    return ()


def _with_listed(ids: Ids, named: Iterable[Place], row: Any, text: str) -> Ids:
    """“Oslo, Bern and Rome's veto” charges all three where one of them is charged."""
    inside = [place for place in named if row.span_start <= place[0] < row.span_end]
    runs: list[list[Place]] = []
    for place in inside:
        if runs and place[0] < runs[-1][-1][1]:
            continue  # within a longer name
        if runs and _JOINED.fullmatch(text, runs[-1][-1][1], place[0]):
            runs[-1].append(place)
        else:
            runs.append([place])
    listed = [p[2] for run in runs if any(p[2] in ids for p in run) for p in run]
    return tuple(dict.fromkeys([*ids, *(id for id in listed if id != row.speaker)]))


def _texts(connection: sa.Connection, readings: Sequence[int]) -> dict[int, str]:
    documents, table = schema.documents, schema.readings
    select = (
        sa.select(table.c.id, documents.c.text)
        .join(documents, documents.c.id == table.c.document_id)
        .where(table.c.id.in_(list(readings)))
    )
    return {row.id: row.text for row in connection.execute(select)}


def _coded(
    connection: sa.Connection, readings: Sequence[int]
) -> dict[int, list[tuple[list[dict[str, int]], Ids]]]:
    """By reading the triggers and recipients of its accusations."""
    events = schema.events
    # By their readings: by the index on types, all accusations of the case would be looked at.
    select = sa.select(events.c.reading_id, events.c.data).where(
        events.c.reading_id.in_(list(readings)), events.c.type.concat("") == "ACCUSE"
    )
    found: dict[int, list[tuple[list[dict[str, int]], Ids]]] = {}
    for row in connection.execute(select.order_by(events.c.id)):
        data = orjson.loads(row.data)
        spans = [span for telling in data["tellings"] for span in telling["trigger"]]
        found.setdefault(row.reading_id, []).append((spans, tuple(data["recipients"])))
    return found


def _named(connection: sa.Connection, readings: Sequence[int]) -> dict[int, list[Place]]:
    """By reading where actors are named or described, in order; pronouns are left out."""
    actors, mentions = schema.actors, schema.mentions
    select = (
        sa.select(actors.c.reading_id, actors.c.actor, mentions.c.span_start, mentions.c.span_end)
        .join(mentions, mentions.c.actor_id == actors.c.id)
        .where(actors.c.reading_id.in_(list(readings)), mentions.c.form != "pronoun")
        .order_by(mentions.c.span_start, mentions.c.span_end.desc(), mentions.c.id)
    )
    found: dict[int, list[Place]] = {}
    for row in connection.execute(select):
        place = row.span_start, row.span_end, row.actor
        found.setdefault(row.reading_id, []).append(place)
    return found


def _pronouns(connection: sa.Connection, readings: Sequence[int]) -> dict[tuple[int, int], Ids]:
    """Whom the pronoun at a place of a reading means."""
    actors, mentions = schema.actors, schema.mentions
    select = (
        sa.select(actors.c.reading_id, actors.c.actor, mentions.c.span_start)
        .join(mentions, mentions.c.actor_id == actors.c.id)
        .where(actors.c.reading_id.in_(list(readings)), mentions.c.form == "pronoun")
        .order_by(mentions.c.id)
    )
    return {(r.reading_id, r.span_start): (r.actor,) for r in connection.execute(select)}


def _at_cue(events: Iterable[tuple[list[dict[str, int]], Ids]], cue: Mapping[str, int]) -> Ids:
    for spans, recipients in events:
        if any(span["start"] < cue["end"] and cue["start"] < span["end"] for span in spans):
            return recipients
    return ()


def _at_head(named: Iterable[Place], row: Any, text: str) -> Ids:
    """The first at the head of what is said, unless he is told as a place or a victim."""
    last = min(row.span_end, row.span_start + _HEAD)
    for start, end, actor in named:
        if text[end : end + 1] == "-":
            continue  # “the Oslo-backed militia”
        if row.span_start <= start < last and actor != row.speaker:
            return () if _is_governed(start, row, text) else (actor,)
    return ()


def _is_struck(id: str, named: Iterable[Place], row: Any, text: str) -> bool:
    """Is one told as a place or a victim where he is first named in what is said?"""
    starts = [start for start, _, actor in named if actor == id]
    inside = [start for start in starts if row.span_start <= start < row.span_end]
    return bool(inside) and _is_governed(min(inside), row, text)


def _is_governed(start: int, row: Any, text: str) -> bool:
    """“The acts of terror in Norland”, “the shelling of Norland” charge nobody who is named."""
    before = text[row.span_start : start].rsplit(None, 2)
    return any(word.casefold() in _PREPOSITIONS for word in before[-2:])
