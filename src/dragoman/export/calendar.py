"""An agenda as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from dragoman.analysis.agenda import AgendaItem
from dragoman.analysis.rows import names_of, what_of
from dragoman.version import __version__

_STATUS: Final = {"to come": "TENTATIVE", "unconfirmed": "TENTATIVE", "called off": "CANCELLED"}


def to_ics(items: Iterable[AgendaItem], *, name: str = "dragoman agenda") -> bytes:
    """A calendar of the items that have a day, as events of whole days. The same items, the same
    bytes: the time stamp of an entry is the day of its announcement."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//dragoman {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for item in items:
        if item.day is None:
            continue
        entry = Event()
        first = date.fromisoformat(item.day)
        last = date.fromisoformat(item.day_end or item.day)
        told = date.fromisoformat((item.announced or item.day)[:10])
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


def summary_of(item: AgendaItem) -> str:
    """The item in one line: `CONSULT phone: Emmanuel Macron; Vladimir Putin`."""
    who = names_of((*item.who, *item.whom)) or "?"
    mark = {"unconfirmed": " (never confirmed)", "called off": " (called off)"}
    return f"{what_of(item.type, item.mode, item.medium)}: {who}{mark.get(item.outcome, '')}"


def _description(item: AgendaItem) -> str:
    said = [item.passage, f"Announced {item.announced}." if item.announced else ""]
    said.append(f"Sources: {', '.join(item.sources)}." if item.sources else "")
    return "\n".join(line for line in said if line)
