"""Documents: what the case holds, and the place to add more."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.outcomes import WORDS
from dragoman.case.rows import DocumentRow
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question, one_more, page_of

_BEGINNING = 160


def documents(desk: Desk, q: Question) -> Page:
    rows = list(desk.case.documents(one_more(q.filter)))
    more = page_of(rows, q.filter, "-day")
    adding = q.first("adding")
    order = desk.adding.get(int(adding)) if adding.isascii() and adding[:9].isdigit() else None
    return Page(
        template="documents.html",
        title="Documents",
        data={"documents": rows},
        private={
            "begins": beginnings(desk, rows),
            "order": order.shown() if order else None,
            "orders": [one.shown() for one in desk.adding.recent() if one.open],
            "outcome_words": WORDS,
            "most_upload": desk.options.most_upload // 1_000_000,
        },
        rows=rows,
        more=more,
        fields=("actor", "with", "since", "until", "source", "text", "as_known_at"),
    )


def beginnings(desk: Desk, rows: Iterable[DocumentRow]) -> dict[int, str]:
    """By number the first words of documents that have no title."""
    documents = schema.documents
    untitled = [row.number for row in rows if not row.title]
    select = sa.select(documents.c.id, sa.func.substr(documents.c.text, 1, _BEGINNING))
    with desk.case.database.reading() as connection:
        found = connection.execute(select.where(documents.c.id.in_(untitled)))
        return {number: " ".join(text.split()) for number, text in found}
