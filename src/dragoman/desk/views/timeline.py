"""The timeline: events by day, the newest first."""

from __future__ import annotations

from itertools import groupby

from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question, one_more, page_of

FIELDS = ("actor", "with", "type", "status", "since", "until", "source", "text", "as_known_at")


def timeline(desk: Desk, q: Question) -> Page:
    rows = list(desk.case.events(one_more(q.filter)))
    more = page_of(rows, q.filter, "-day")
    return Page(
        template="timeline.html",
        title="Timeline",
        data={"events": rows},
        private={"days_of": [(d, list(g)) for d, g in groupby(rows, key=lambda row: row.day)]},
        rows=rows,
        more=more,
        fields=FIELDS,
    )
