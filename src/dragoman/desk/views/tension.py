"""Tension: pairs of states by how they stand, and the course of one pair."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dragoman.case import tallies
from dragoman.desk.desk import Desk
from dragoman.desk.drawing import spark
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question
from dragoman.desk.views.spans import stretch, within

_DAYS = 180


def tension(desk: Desk, q: Question) -> Page:
    days = stretch(desk, q, _DAYS)
    asked = within(q.filter, days, background=False)

    def make() -> list[dict[str, Any]]:
        pairs = tallies.by_pair(desk.case, asked, states=True, limit=8).rows
        found = []
        for pair in pairs:
            own = replace(asked, actor=pair.a, with_=pair.b)
            rows = tallies.by_day(desk.case, own, most=1_000).rows
            found.append({**pair.to_dict(), "spark": spark(rows, days.since, days.until)})
        return found

    pairs = desk.cached(("tension", asked), make)
    one = bool(q.filter.actor and q.filter.with_)
    rows = list(desk.case.events(replace(asked, limit=30))) if one else []
    return Page(
        template="tension.html",
        title="Tension",
        data={
            "pairs": pairs,
            "one": one,
            "events": rows,
            "since": days.since,
            "until": days.until,
        },
        rows=rows or [{k: v for k, v in pair.items() if k != "spark"} for pair in pairs],
        fields=("actor", "with", "since", "until", "source", "as_known_at"),
    )
