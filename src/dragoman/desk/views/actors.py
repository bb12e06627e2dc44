"""Actors: all of the case, and one on a page: offices, contacts, statements, dyads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from starlette.exceptions import HTTPException

from dragoman.case import Filter, schema, tallies
from dragoman.case.conditions import visible
from dragoman.case.counting import is_state
from dragoman.case.moments import parse_moment
from dragoman.desk.context import sentences_of
from dragoman.desk.desk import Desk
from dragoman.desk.drawing import spark
from dragoman.desk.merged import by_report, events_of, newest, told_once
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question, one_more, page_of
from dragoman.desk.views.claims import positions_in
from dragoman.desk.views.contacts import register
from dragoman.desk.views.spans import stretch, within
from dragoman.merging.kept_out import is_contact

_DAYS = 365
_NEWEST = 20
_CONTACTS = 8
_POSITIONS = 12
_SPOKEN = 100  # newest statements, in which positions are looked for
_SAID = 15
_ROLES = 2_000  # mentions of an actor, the newest, among which offices are looked for


def actors(desk: Desk, q: Question) -> Page:
    rows = list(desk.case.actors(one_more(q.filter)))
    more = page_of(rows, q.filter, "-documents", "id")
    most = max([row.documents for row in rows], default=1)
    return Page(
        template="actors.html",
        title="Actors",
        data={"actors": rows},
        private={"most": most},
        rows=rows,
        more=more,
        fields=("text", "kind", "since", "until", "source", "as_known_at"),
    )


def actor(desk: Desk, q: Question, key: str) -> Page:
    found = _known(desk, key)
    if found is None:
        raise HTTPException(404, f"The case names no actor {key[:80]!r}.")
    days = stretch(desk, q, _DAYS)
    own = Filter(actor=key, as_known_at=q.filter.as_known_at)
    bound = within(own, days, background=False)
    known = q.filter.as_known_at

    def make() -> dict[str, Any]:
        dyads = tallies.by_pair(desk.case, bound, states=is_state(key), own=True, limit=40).rows
        course = tallies.by_day(desk.case, bound).rows
        spoken = Filter(speaker=key, as_known_at=known)
        told = list(desk.case.events(replace(own, limit=_NEWEST)))
        said = list(desk.case.statements(replace(spoken, limit=_SPOKEN)))
        meetings = newest(desk, replace(own, type=("CONSULT",), limit=_CONTACTS), is_contact)
        return {
            "offices": _roles(desk, key, known),
            "dyads": [other for pair in dyads if (other := _other(pair, key))][:12],
            "events": told_once(told, by_report(events_of(desk, told, known))),
            "contacts": register(desk, meetings.events, known),
            "statements": said[:_SAID],
            "positions": positions_in(desk, said, known)[:_POSITIONS],
            "spark": spark(course, days.since, days.until),
        }

    found_of = desk.cached(("actor", bound, own), make)
    data = {"actor": found, "since": days.since, "until": days.until, **found_of}
    return Page(
        template="actor.html",
        title=found["name"],
        data=data,
        private={"sentences": sentences_of(desk, data["statements"])},
        rows=[one["row"] for one in data["events"]],
        fields=("since", "until", "as_known_at"),
    )


def _known(desk: Desk, key: str) -> dict[str, Any] | None:
    names = schema.names
    with desk.case.database.reading() as connection:
        row = connection.execute(
            sa.select(
                names.c.key, names.c.name, names.c.kind, names.c.code, names.c.documents
            ).where(names.c.key == key.replace("\x00", ""))
        ).first()
    return dict(row._mapping) if row else None


def _roles(desk: Desk, key: str, known: str | None) -> list[dict[str, Any]]:
    """The offices in which documents show an actor, with the days between which they do."""
    actors, documents, readings = schema.actors, schema.documents, schema.readings
    moment = parse_moment(known) if known else None
    # The newest mentions first, then those with a role: most actors have none, and the index ends.
    newest_of = (
        sa.select(actors.c.id)
        .where(actors.c.key == key)
        .order_by(actors.c.document_id.desc())
        .limit(_ROLES)
    )
    latest = (
        sa.select(actors.c.role, documents.c.day)
        .join(documents, documents.c.id == actors.c.document_id)
        .join(readings, readings.c.id == actors.c.reading_id)
        .where(actors.c.id.in_(newest_of), actors.c.role.is_not(None), visible(readings, moment))
        .subquery()
    )
    with desk.case.database.reading() as connection:
        rows = connection.execute(
            sa.select(
                latest.c.role,
                sa.func.min(latest.c.day).label("first"),
                sa.func.max(latest.c.day).label("last"),
                sa.func.count().label("documents"),
            )
            .group_by(latest.c.role)
            .order_by(sa.func.max(latest.c.day).desc(), latest.c.role)
        ).mappings()
        return [dict(row) for row in rows]


def _other(pair: tallies.PairCount, key: str) -> dict[str, Any] | None:
    """A pair as seen by one of the two; None where the actor is neither."""
    if key not in (pair.a, pair.b):
        return None
    other = (pair.b, pair.b_name) if pair.a == key else (pair.a, pair.a_name)
    return {
        "key": other[0],
        "name": other[1],
        "events": pair.events,
        "score": pair.score,
        "last": pair.last,
    }
