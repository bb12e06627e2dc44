"""The map: where events took place."""

from __future__ import annotations

from dragoman.case import tallies
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question
from dragoman.desk.views.spans import stretch, within

DAYS = 365


def map(desk: Desk, q: Question) -> Page:
    days = stretch(desk, q, DAYS)
    asked = within(q.filter, days)
    tally = desk.cached(("map", asked), lambda: tallies.by_place(desk.case, asked))
    most = max([row.events for row in tally.rows], default=1)
    return Page(
        template="map.html",
        title="Map",
        data={
            "places": tally.rows,
            "whole": tally.whole,
            "since": days.since,
            "until": days.until,
        },
        private={"most": most},
        rows=tally.rows,
        fields=("actor", "with", "type", "status", "since", "until", "source", "as_known_at"),
    )
