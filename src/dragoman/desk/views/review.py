"""Review: what nobody has decided on yet, one after another, driven by the keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dragoman.desk.context import sentences_of
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question, one_more, page_of


def review(desk: Desk, q: Question) -> Page:
    part = "statement" if q.first("part") == "statement" else "event"
    asked = replace(
        q.filter, decision=q.filter.decision or "none", limit=min(q.filter.limit or 20, 20)
    )
    ask = desk.case.events if part == "event" else desk.case.statements
    rows: list[Any] = list(ask(one_more(asked)))
    more = page_of(rows, asked, "-day")
    return Page(
        template="review.html",
        title="Review",
        data={"part": part, "items": rows, "decision": asked.decision},
        private={"sentences": sentences_of(desk, rows) if part == "statement" else {}},
        rows=rows,
        more=more,
        fields=("actor", "type", "status", "since", "until", "source", "decision"),
    )
