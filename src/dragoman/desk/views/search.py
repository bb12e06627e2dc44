"""Search: the words of statements and documents, the closest first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question
from dragoman.errors import UsageError


def search(desk: Desk, q: Question) -> Page:
    words = q.filter.text or ""
    hits: list[Any] = []
    names: list[Any] = []
    fault = ""
    if words:
        try:
            hits = list(desk.case.search(words, replace(q.filter, text=None)))
        except UsageError as error:
            fault = str(error)
        names = _named(desk, words)
    return Page(
        template="search.html",
        title=f"Search: {words}" if words else "Search",
        data={"words": words, "hits": hits, "actors": names, "fault": fault},
        private={"marks": _marks(desk, hits)},
        rows=hits,
        fields=("speaker", "since", "until", "source", "as_known_at"),
    )


def _named(desk: Desk, words: str) -> list[Any]:
    """The actors whose names have the words, as words."""
    whole = re.compile(rf"\b{re.escape(words.strip())}\b", re.IGNORECASE)
    return [row for row in desk.case.actors(text=words, limit=60) if whole.search(row.name)][:6]


def _marks(desk: Desk, hits: list[Any]) -> dict[int, str]:
    """By number what the statements found are called in their documents, to lead to the words."""
    statements = schema.statements
    numbers = [hit.number for hit in hits if hit.part == "statement"]
    with desk.case.database.reading() as connection:
        found = connection.execute(
            sa.select(statements.c.id, statements.c.statement).where(statements.c.id.in_(numbers))
        )
        return {row.id: row.statement for row in found}
