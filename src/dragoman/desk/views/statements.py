"""Statements: who said what, to be filtered and searched; and each on a page of its own."""

from __future__ import annotations

from dragoman.case.recall import recall
from dragoman.desk.api import one_statement
from dragoman.desk.context import sentences_of
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question, one_more, page_of


def statements(desk: Desk, q: Question) -> Page:
    rows = list(desk.case.statements(one_more(q.filter)))
    more = page_of(rows, q.filter, "-day")
    return Page(
        template="statements.html",
        title="Statements",
        data={"statements": rows},
        private={"sentences": sentences_of(desk, rows)},
        rows=rows,
        more=more,
        fields=("speaker", "kind", "since", "until", "source", "text", "as_known_at"),
    )


def statement(desk: Desk, q: Question, number: int) -> Page:
    row = one_statement(desk.case, number)
    found = recall(desk.case, row.document, q.filter.as_known_at)
    own = (
        next((s for s in found.reading.statements if s.id == row.statement), None)
        if found
        else None
    )
    return Page(
        template="statement.html",
        title=f"Statement of {row.speaker or 'someone'}",
        data={"statement": row, "told": own},
        private={"sentences": sentences_of(desk, [row])},
        rows=[row],
    )
