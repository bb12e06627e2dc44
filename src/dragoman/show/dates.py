"""Days and hours as people write them, from the ISO dates of a reading."""

from __future__ import annotations

from datetime import date
from typing import Final

from dragoman.records import When

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_of(iso: str) -> str:
    """“Mon 7 February 2022” for an ISO date or date-time; the text itself where it is none."""
    day = _date(iso)
    if day is None:
        return iso
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def when_in_words(when: When) -> str:
    """A time of an event: as exact as it is known, and no more."""
    words = _plain(when)
    return f"about {words}" if when.about and not words.startswith("about") else words


def _plain(when: When) -> str:
    start, end = _date(when.start), _date(when.end)
    if start is None or end is None:
        return f"{when.start} to {when.end}"
    if when.precision == "year" and start.year == end.year:
        return str(start.year)
    if when.precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if when.precision in ("month", "season"):
        return f"{_MONTHS[start.month - 1]} {start.year} – {_MONTHS[end.month - 1]} {end.year}"
    if start == end:
        return day_of(when.start) + _clock(when)
    first = day_of(when.start)
    if start.year == end.year:
        first = first.removesuffix(f" {start.year}")
    return f"{first} – {day_of(when.end)}"


def _clock(when: When) -> str:
    start, end = when.start[11:16], when.end[11:16]
    if not start:
        return ""
    if when.precision == "part-of-day" and end and end != start:
        return f", {start}–{end}"
    return f", {start}"


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
