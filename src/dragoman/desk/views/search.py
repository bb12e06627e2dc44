"""Search: the words of statements and documents, the closest first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

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
        names = list(desk.case.actors(text=words, limit=6))
    return Page(
        template="search.html",
        title=f"Search: {words}" if words else "Search",
        data={"words": words, "hits": hits, "actors": names, "fault": fault},
        rows=hits,
        fields=("speaker", "since", "until", "source", "as_known_at"),
    )
