"""Tension: pairs of states by how they stand, and the course of one pair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dragoman.case import tallies
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.pairs import Pair, pair_of
from dragoman.desk.questions import Question
from dragoman.desk.views.spans import stretch, within
from dragoman.desk.views.today import busiest
from dragoman.records import Record

_DAYS = 180
_PAIRS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind(Record):
    """A merged event behind a turn; `number` is that of its first report."""

    number: int | None
    type: str
    mode: str | None
    medium: str | None
    who: str
    whom: str
    passage: str
    sources: int


def tension(desk: Desk, q: Question) -> Page:
    days = stretch(desk, q, _DAYS)
    asked = within(q.filter, days, background=False)

    def make() -> tuple[list[dict[str, Any]], bool]:
        return busiest(desk, asked, days, _PAIRS), tallies.by_day(desk.case, asked).whole

    one = pair_of(desk, q, days)
    pairs, whole = ([], True) if one else desk.cached(("tension", asked), make)
    rows = list(desk.case.events(replace(asked, limit=30))) if one else []
    return Page(
        template="tension.html",
        title="Tension",
        data={
            "pairs": pairs,
            "whole": whole,
            "pair": {"keys": one.keys, "names": one.names, "whole": one.whole} if one else None,
            "turns": turns(one) if one else [],
            "kinds_of": one.found.parts if one else [],
            "events": rows,
            "since": days.since,
            "until": days.until,
        },
        rows=(one.found.days if one else None)
        or [{k: v for k, v in pair.items() if k != "spark"} for pair in pairs],
        fields=("actor", "with", "since", "until", "source", "as_known_at"),
    )


def turns(pair: Pair) -> list[dict[str, Any]]:
    """The days from which on things are otherwise, each with the events behind it."""
    return [
        {
            **change.to_dict(),
            "events": [
                Behind(
                    number=event.reports[0].number,
                    type=event.type,
                    mode=event.mode,
                    medium=event.medium,
                    who="; ".join(party.name for party in event.actors),
                    whom="; ".join(party.name for party in event.recipients),
                    passage=event.reports[0].passage,
                    sources=len(event.witnesses),
                )
                for id in change.events[:5]
                if (event := pair.events.get(id)) is not None and event.reports
            ],
        }
        for change in pair.found.changes
    ]
