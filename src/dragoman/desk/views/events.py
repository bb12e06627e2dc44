"""One event as a document tells it: its parts, its sentence, why, and what people decided."""

from __future__ import annotations

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.merging import find_held
from dragoman.desk.api import one_event
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question
from dragoman.desk.views.reader import similar_reports
from dragoman.merging.views import assumed_in_words


def event(desk: Desk, q: Question, number: int) -> Page:
    row = one_event(desk.case, number)
    events, reviews = schema.events, schema.reviews
    with desk.case.database.reading() as connection:
        data = connection.execute(sa.select(events.c.data).where(events.c.id == number)).scalar()
        made = connection.execute(
            sa.select(reviews.c.decision, reviews.c.reviewer, reviews.c.note, reviews.c.made_at)
            .where(reviews.c.part == "event", reviews.c.row_id == number)
            .order_by(reviews.c.id)
        ).mappings()
        history = [dict(one) for one in made]
        actors = schema.actors
        named = connection.execute(
            sa.select(actors.c.actor, actors.c.name).where(
                actors.c.reading_id == row.reading, actors.c.actor.in_(row.according_to)
            )
        )
        names = {one.actor: one.name for one in named}
    merged = find_held(desk.case, number) if not q.filter.as_known_at else None
    return Page(
        template="event.html",
        title="Event",
        data={
            "event": row,
            "told": orjson.loads(data or "{}"),
            "others": similar_reports(desk, row, q),
            "history": history,
            "merged": merged,
            "assumed": assumed_in_words(merged) if merged is not None else (),
            "on_word_of": [names.get(id, id) for id in row.according_to],
        },
        rows=[row],
    )
