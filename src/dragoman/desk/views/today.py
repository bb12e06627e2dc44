"""Today: what changed since a chosen day, what comes next, how tension stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from dragoman.case import tallies
from dragoman.case.rows import EventRow
from dragoman.case.tallies import QUADS
from dragoman.desk.context import sentences_of
from dragoman.desk.desk import Desk
from dragoman.desk.drawing import spark
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question
from dragoman.desk.views.spans import Stretch, earlier, reference, stretch, within

_BACK: Final = 6  # days before the last that are new where none is chosen
_LOOKED_AT: Final = 300
_SHOWN: Final = 8
_PAIRS: Final = 6
_TENSION_DAYS: Final = 60


def today(desk: Desk, q: Question) -> Page:
    day = reference(desk, q)
    chosen = q if q.filter.since else replace_since(q, earlier(day, _BACK))
    days = stretch(desk, chosen, _BACK + 1)
    asked = within(q.filter, days, background=False, limit=_LOOKED_AT)
    said = within(q.filter, days, limit=_SHOWN, kind=("denial", "accusation"))
    rows, disputed, agenda = desk.cached(
        ("today", asked, said),
        lambda: (
            list(desk.case.events(asked)),
            list(desk.case.statements(said)),
            _agenda(desk, q, days.until),
        ),
    )
    sections = {
        "contacts": [
            r for r in rows if r.type == "CONSULT" and r.status in ("happened", "ongoing")
        ],
        "escalations": sorted(filter(_escalates, rows), key=lambda r: r.score),
        "easing": [r for r in rows if QUADS.get(r.type) == "material cooperation"],
        "denials": [r for r in rows if r.type in ("REJECT",)],
    }
    data: dict[str, Any] = {
        "since": days.since,
        "until": days.until,
        "counts": {name: len(found) for name, found in sections.items()},
        "more_than_looked_at": len(rows) == _LOOKED_AT,
        **{name: found[:_SHOWN] for name, found in sections.items()},
        "disputed": disputed[:_SHOWN],
        "agenda": agenda,
        "tension": _tension(desk, q, days.until),
        "choices": [(n, earlier(day, n - 1)) for n in (1, 3, 7, 14, 30)],
        "empty": not rows and not disputed and not agenda,
        "documents": list(desk.case.documents(limit=1)) != [],
    }
    return Page(
        template="today.html",
        title="Today",
        data=data,
        private={"sentences": sentences_of(desk, disputed[:_SHOWN])},
        rows=rows,
        fields=("actor", "with", "source", "as_known_at"),
    )


def replace_since(q: Question, since: str) -> Question:
    return Question(replace(q.filter, since=since), q.values)


def _escalates(row: EventRow) -> bool:
    hostile = QUADS.get(row.type) == "material conflict" or row.type == "THREATEN"
    return hostile and row.status in ("happened", "ongoing", "planned")


def _agenda(desk: Desk, q: Question, day: str) -> list[EventRow]:
    """What is planned for days to come, the next first; each once a day, actors and type."""
    asked = replace(
        q.filter, since=None, until=None, status=("planned",), sort="day", limit=60, after=(day, 0)
    )
    seen: dict[tuple[Any, ...], EventRow] = {}
    for row in desk.case.events(asked):
        if row.when_start:
            seen.setdefault((row.day, row.type, row.who, row.whom), row)
    return list(seen.values())[:12]


def _tension(desk: Desk, q: Question, day: str) -> list[dict[str, Any]]:
    """The pairs of most events with the course of their mean score."""
    days = Stretch(earlier(day, _TENSION_DAYS - 1), day, False)
    asked = within(q.filter, days, background=False)

    def make() -> list[dict[str, Any]]:
        pairs = tallies.by_pair(desk.case, asked, states=True, limit=_PAIRS).rows
        found = []
        for pair in pairs:
            own = replace(asked, actor=pair.a, with_=pair.b)
            rows = tallies.by_day(desk.case, own, most=800).rows
            found.append({**pair.to_dict(), "spark": spark(rows, days.since, days.until)})
        return found

    return desk.cached(("tension at a glance", asked), make)
