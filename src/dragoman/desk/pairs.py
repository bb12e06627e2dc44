"""The tension of a pair as the analysis has it, from the newest reports that tell of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from dragoman.analysis.from_case import from_merged
from dragoman.analysis.tension import Tension, TensionPlan, tension
from dragoman.case.naming import keys_of
from dragoman.case.tallies import name_of
from dragoman.desk.desk import Desk
from dragoman.desk.merged import events_of
from dragoman.desk.questions import Question
from dragoman.desk.views.spans import Stretch, within
from dragoman.merging.fusion import fuse
from dragoman.merging.records import Merged

# So many of the newest reports of a pair are taken; more would keep the page waiting.
MOST: Final = 400


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair by key and name, its series, and the merged events behind it by id."""

    keys: tuple[str, str]
    names: tuple[str, str]
    found: Tension
    events: dict[str, Merged]
    whole: bool


def pair_of(desk: Desk, q: Question, days: Stretch) -> Pair | None:
    """The pair that the filters name; None where they name no two that the case knows."""
    asked = within(q.filter, days, background=False, limit=MOST)
    if not (asked.actor and asked.with_):
        return None
    with desk.case.database.reading() as connection:
        keys = [_state_first(keys_of(connection, name)) for name in (asked.actor, asked.with_)]
        names = name_of(connection, {key for key in keys if key})
    first, second = keys
    if not first or not second or first == second:
        return None

    def make() -> Pair:
        own = replace(asked, actor=first, with_=second)
        rows = list(desk.case.events(own))
        merged = only(events_of(desk, rows, q.filter.as_known_at), {row.number for row in rows})
        found = tension(
            [from_merged(event) for event in merged],
            (first, second),
            since=days.since if days.chosen else None,
            until=days.until,
            plan=TensionPlan(),
        )
        return Pair(
            (first, second),
            (names.get(first, first), names.get(second, second)),
            found,
            {event.id: event for event in merged},
            len(rows) < MOST,
        )

    return desk.cached(("pair", asked, first, second), make)


def _state_first(keys: list[str]) -> str | None:
    """A state where one is meant, whose code stands for all who act for it."""
    states = [key for key in keys if len(key) == 3 and key.isupper()]
    return next(iter(states or keys), None)


def only(events: Iterable[Merged], numbers: set[int]) -> list[Merged]:
    """Merged events as some of their reports tell them."""
    found = []
    for event in events:
        told = [report for report in event.reports if report.number in numbers]
        if told:
            whole = len(told) == len(event.reports)
            found.append(event if whole else replace(fuse(told), id=event.id))
    return found
