"""An agenda as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from dragoman.analysis.agenda import AgendaItem
from dragoman.analysis.rows import names_of
from dragoman.show.words import event_word
from dragoman.version import __version__

_LONGEST: Final = 31  # days
_STATUS: Final = {"to come": "TENTATIVE", "unconfirmed": "TENTATIVE", "called off": "CANCELLED"}


def to_ics(items: Iterable[AgendaItem], *, name: str = "dragoman agenda") -> bytes:
    """A calendar of the items that have a day, as events of whole days.

    What is told to more than a month (“this year”) has no place in a calendar and is left out. The
    same items, the same bytes: the time stamp of an entry is the day of its announcement.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//dragoman {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for item in in_calendar(items):
        first, last = _days(item)
        entry = Event()
        told = date.fromisoformat((item.announced or first.isoformat())[:10])
        entry.add("uid", f"{item.id}@dragoman")
        entry.add("dtstamp", datetime(told.year, told.month, told.day, tzinfo=UTC))
        entry.add("dtstart", first)
        entry.add("dtend", last + timedelta(days=1))
        entry.add("summary", summary_of(item))
        entry.add("status", _STATUS[item.outcome])
        entry.add("description", _description(item))
        if item.place:
            entry.add("location", item.place)
        if item.url:
            entry.add("url", item.url)
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def in_calendar(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Those that a calendar has a place for."""
    return [i for i in items if i.day and (_days(i)[1] - _days(i)[0]).days < _LONGEST]


def _days(item: AgendaItem) -> tuple[date, date]:
    first = item.day or ""
    return date.fromisoformat(first), date.fromisoformat(item.day_end or first)


def summary_of(item: AgendaItem) -> str:
    """The item in one line: `Phone call: Emmanuel Macron; Vladimir Putin`."""
    who = names_of((*item.who, *item.whom)) or "?"
    mark = {"unconfirmed": " (never confirmed)", "called off": " (called off)"}
    what = event_word(item.type, item.mode, item.medium)
    return f"{what[:1].upper()}{what[1:]}: {who}{mark.get(item.outcome, '')}"


def _description(item: AgendaItem) -> str:
    said = [item.passage, f"Announced {item.announced}." if item.announced else ""]
    said.append(f"Sources: {', '.join(item.sources)}." if item.sources else "")
    return "\n".join(line for line in said if line)
