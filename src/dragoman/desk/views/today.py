"""Today: what changed since a chosen day, what comes next, how tension stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from dragoman.analysis.agenda import AgendaItem, agenda
from dragoman.analysis.network import state_name
from dragoman.case import Filter, tallies
from dragoman.case.tallies import QUADS
from dragoman.desk.context import sentences_of
from dragoman.desk.desk import Desk
from dragoman.desk.drawing import spark
from dragoman.desk.merged import by_report, coded_up_to, events_of, told_once
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question
from dragoman.desk.views.claims import charges
from dragoman.desk.views.spans import Stretch, earlier, reference, stretch, within
from dragoman.desk.words import what
from dragoman.merging.contacts import registered
from dragoman.merging.views import names

_BACK: Final = 6  # days before the last that are new where none is chosen
_LOOKED_AT: Final = 30  # newest reports of a section, of which the most told are shown
_SHOWN: Final = 8
_PAIRS: Final = 6
_TENSION_DAYS: Final = 60
_ANNOUNCED: Final = 60  # announcements that are looked at, of those ahead and of the newest
_PATIENCE_DAYS: Final = 60  # as the agenda's: an announcement without a day is looked out for
HELD: Final = ("happened", "ongoing")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: the types and statuses that belong to it."""

    name: str
    types: tuple[str, ...]
    statuses: tuple[str, ...]


def _of_quad(*quads: str) -> tuple[str, ...]:
    return tuple(type_ for type_, quad in QUADS.items() if quad in quads)


SECTIONS: Final = (
    Section("contacts", ("CONSULT",), HELD),
    Section("escalations", (*_of_quad("material conflict"), "THREATEN"), (*HELD, "planned")),
    Section("easing", _of_quad("material cooperation"), HELD),
    Section("denials", ("REJECT",), (*HELD, "planned", "possible", "denied")),
)


def today(desk: Desk, q: Question) -> Page:
    day = reference(desk, q)
    chosen = q if q.filter.since else replace_since(q, earlier(day, _BACK))
    days = stretch(desk, chosen, _BACK + 1)
    asked = within(q.filter, days, background=False)
    parts, told, disputed, coming = desk.cached(
        ("today", asked, day),
        lambda: (
            _sections(desk, asked),
            _counts(desk, asked),
            charges(desk, within(q.filter, days), 24, 24),
            coming_up(desk, q.filter, days.until),
        ),
    )
    counts, whole = told
    rows, contested, _ = disputed
    announced = [one for one in coming if one["outcome"] == "to come"]
    data: dict[str, Any] = {
        "since": days.since,
        "until": days.until,
        "counts": counts,
        "whole": whole,
        **parts,
        "contested": contested[:_SHOWN],
        "agenda": announced,
        "off": [one for one in coming if one["outcome"] != "to come"],
        "tension": _tension(desk, q, days.until),
        "choices": [(n, earlier(day, n - 1)) for n in (1, 3, 7, 14, 30)],
        "empty": not any(parts.values()) and not contested and not announced,
        "documents": list(desk.case.documents(limit=1)) != [],
    }
    return Page(
        template="today.html",
        title="Today",
        data=data,
        private={
            "sentences": sentences_of(desk, rows),
            "section_types": {part.name: ",".join(part.types) for part in SECTIONS},
        },
        rows=[one["row"] for part in parts.values() for one in part],
        fields=("actor", "with", "source", "as_known_at"),
    )


def replace_since(q: Question, since: str) -> Question:
    return Question(replace(q.filter, since=since), q.values)


def _sections(desk: Desk, asked: Filter) -> dict[str, list[dict[str, Any]]]:
    """The events of each section, each once: of the newest reports those that most sources tell."""
    rows = {
        part.name: list(
            desk.case.events(
                replace(asked, type=part.types, status=part.statuses, limit=_LOOKED_AT)
            )
        )
        for part in SECTIONS
    }
    every = [row for own in rows.values() for row in own]
    merged = events_of(desk, every, asked.as_known_at)
    events = by_report(merged)
    listed = {event.id for event in registered(merged)}
    rows["contacts"] = [
        row for row in rows["contacts"] if row.number in events and events[row.number].id in listed
    ]
    found = {name: told_once(own, events) for name, own in rows.items()}
    for told in found.values():
        told.sort(key=lambda one: (-one["sources"], -abs(one["row"].score)))
    return {name: told[:_SHOWN] for name, told in found.items()}


def _counts(desk: Desk, asked: Filter) -> tuple[dict[str, int], bool]:
    """How many reports belong to each section, and whether all were counted."""
    tally = tallies.by_status(desk.case, replace(asked, limit=None))
    counts = {
        part.name: sum(
            row.events
            for row in tally.rows
            if row.type in part.types and row.status in part.statuses
        )
        for part in SECTIONS
    }
    return counts, tally.whole


def coming_up(desk: Desk, wanted: Filter, day: str) -> list[dict[str, Any]]:
    """The agenda as of a day: what is to come, then what was called off or never confirmed.

    It is made of the announcements for the days ahead that come first, and of the newest others.
    """
    known = wanted.as_known_at
    asked = replace(
        wanted, status=("planned", "cancelled"), after=None, background=False, limit=_ANNOUNCED
    )
    # Behind the day before: the index on days is then walked from there.
    ahead = replace(asked, since=None, until=None, sort="day", after=(day, 0))
    behind = replace(asked, since=earlier(day, _PATIENCE_DAYS), until=day, sort=None)
    rows = {row.number: row for one in (ahead, behind) for row in desk.case.events(one)}
    events = coded_up_to(desk, rows.values(), day, known)
    numbers = {event.id: event.trace for event in events}
    return [_agenda_row(item, numbers[item.id]) for item in _near(agenda(events, as_of=day))]


def _near(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """What is to come, the next first; of the rest the newest."""
    found = list(items)
    coming = [item for item in found if item.outcome == "to come"]
    rest = [item for item in found if item.outcome != "to come"]
    rest.sort(key=lambda item: item.announced or "", reverse=True)
    return [*coming[:12], *rest[:_SHOWN]]


def _agenda_row(item: AgendaItem, trace: tuple[str, ...]) -> dict[str, Any]:
    return {
        **item.to_dict(),
        "what": what(item),
        "who": names(item.who),
        "whom": names(item.whom),
        "number": int(trace[0]) if trace else None,
        "told_by": len(item.sources),
    }


def _tension(desk: Desk, q: Question, day: str) -> list[dict[str, Any]]:
    """The pairs of most events with the course of their mean score."""
    days = Stretch(earlier(day, _TENSION_DAYS - 1), day, False)
    asked = within(q.filter, days, background=False)
    return desk.cached(("tension at a glance", asked), lambda: busiest(desk, asked, days, _PAIRS))


def busiest(desk: Desk, asked: Filter, days: Stretch, most: int) -> list[dict[str, Any]]:
    """The pairs of states of most events, each with the course of its days."""
    found = []
    own_pairs = asked.actor is not None
    for pair in tallies.by_pair(desk.case, asked, states=True, own=own_pairs, limit=most).rows:
        own = replace(asked, actor=pair.a, with_=pair.b)
        rows = tallies.by_day(desk.case, own, most=800).rows
        names = {"a_name": _name(pair.a, pair.a_name), "b_name": _name(pair.b, pair.b_name)}
        found.append({**pair.to_dict(), **names, "spark": spark(rows, days.since, days.until)})
    return found


def _name(code: str, name: str) -> str:
    """The name of a state or body, also where no document names it itself."""
    return name if name != code else state_name(code)
