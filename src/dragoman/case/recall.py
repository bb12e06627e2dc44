"""A document's reading as the case holds it: put together again from its rows.

Events and statements are those that stand, with what people decided; the numbers lead back to their
rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.conditions import visible
from dragoman.case.moments import parse_moment
from dragoman.case.plain import actor_from, event_from, from_plain, statement_from
from dragoman.errors import UsageError
from dragoman.records import (
    Actor,
    Document,
    Mention,
    Notice,
    Place,
    Provenance,
    Published,
    Reading,
    Span,
    Time,
)

if TYPE_CHECKING:
    from dragoman.case.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A reading, and what the case knows of its parts: numbers and decisions by id, keys of actors.

    `document` is the one that was read: for a copy, its original.
    """

    document: int
    reading: Reading
    numbers: Mapping[str, int]
    decisions: Mapping[str, str]
    keys: Mapping[str, str]


def recall(case: Case, document: int, as_known_at: str | None = None) -> Recalled | None:
    """The reading of a document; None where none was made, as none is of a copy's own text."""
    moment = parse_moment(as_known_at) if as_known_at else None
    documents, readings = schema.documents, schema.readings
    with case.database.reading() as connection:
        row = connection.execute(sa.select(documents).where(documents.c.id == document)).first()
        if row is None:
            raise UsageError(f"the case has no document {document}.")
        select = sa.select(readings).where(readings.c.document_id == document)
        # An older version's reading is closed with it, and still what was read of it.
        held = connection.execute(select.where(visible(readings, moment))).first()
        held = held or connection.execute(select.order_by(readings.c.id.desc())).first()
        if held is None:
            return None
        return _recalled(connection, row, held, moment)


def _recalled(
    connection: sa.Connection, row: sa.Row[Any], held: sa.Row[Any], moment: str | None
) -> Recalled:
    found = {
        name: _standing(connection, table, held.id, moment)
        for name, table in (("event", schema.events), ("statement", schema.statements))
    }
    numbers, decisions = {}, {}
    for name, parts in found.items():
        for part in parts:
            own = getattr(part, name)
            numbers[own] = part.id
            if part.decision:
                decisions[own] = part.decision
    actors, keys = _actors(connection, held.id)
    reading = Reading(
        document=Document(
            id=row.name,
            title=row.title,
            source=row.source,
            url=row.url,
            language=row.language,
            warnings=tuple(from_plain(Notice, n) for n in orjson.loads(held.warnings)),
            published=from_plain(Published, orjson.loads(held.published)),
            text=row.text,
        ),
        sentences=tuple(Span(*pair) for pair in orjson.loads(held.sentences)),
        actors=actors,
        events=tuple(event_from(orjson.loads(event.data)) for event in found["event"]),
        statements=tuple(statement_from(orjson.loads(s.data)) for s in found["statement"]),
        times=tuple(Time(**r) for r in _spans(connection, schema.times, held.id, _TIME)),
        places=tuple(Place(**r) for r in _spans(connection, schema.places, held.id, _PLACE)),
        provenance=Provenance(
            schema=held.schema,
            dragoman=held.dragoman,
            model=held.model,
            directory=held.directory,
            ontology=held.ontology,
        ),
    )
    return Recalled(
        document=row.id, reading=reading, numbers=numbers, decisions=decisions, keys=keys
    )


_TIME = ("type", "value", "text")
_PLACE = ("name", "country", "kind", "lat", "lon", "geonames", "text")


def _standing(
    connection: sa.Connection, table: sa.Table, reading: int, moment: str | None
) -> list[sa.Row[Any]]:
    rows = connection.execute(
        sa.select(table)
        .where(table.c.reading_id == reading, visible(table, moment))
        .order_by(table.c.span_start, table.c.id)
    ).all()
    if rows or moment is not None:
        return list(rows)
    closed = sa.select(schema.readings.c.closed_at).where(schema.readings.c.id == reading)
    # All is closed where the reading itself is: then what it held when it was.
    at = connection.execute(closed).scalar()
    if at is None:
        return []
    held = sa.or_(table.c.closed_at.is_(None), table.c.closed_at >= at)
    select = sa.select(table).where(table.c.reading_id == reading, held)
    return list(connection.execute(select.order_by(table.c.span_start, table.c.id)).all())


def _actors(connection: sa.Connection, reading: int) -> tuple[tuple[Actor, ...], dict[str, str]]:
    actors, mentions = schema.actors, schema.mentions
    by_actor: dict[int, list[Mention]] = defaultdict(list)
    own = sa.select(actors.c.id).where(actors.c.reading_id == reading)
    for row in connection.execute(
        sa.select(mentions).where(mentions.c.actor_id.in_(own)).order_by(mentions.c.id)
    ):
        by_actor[row.actor_id].append(
            Mention(start=row.span_start, end=row.span_end, text=row.text, form=row.form)
        )
    found, keys = [], {}
    for row in connection.execute(
        sa.select(actors).where(actors.c.reading_id == reading).order_by(actors.c.id)
    ):
        keys[row.actor] = row.key
        found.append(actor_from(row, by_actor[row.id]))
    return tuple(found), keys


def _spans(
    connection: sa.Connection, table: sa.Table, reading: int, columns: tuple[str, ...]
) -> list[dict[str, Any]]:
    rows = connection.execute(
        sa.select(table).where(table.c.reading_id == reading).order_by(table.c.id)
    )
    return [
        {"start": row.span_start, "end": row.span_end}
        | {name: getattr(row, name) for name in columns}
        for row in rows
    ]
