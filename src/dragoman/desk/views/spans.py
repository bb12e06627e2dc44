"""The stretch of time that a page shows where the address names none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dragoman.case import Filter, tallies
from dragoman.desk.desk import Desk
from dragoman.desk.questions import Question


@dataclass(frozen=True, slots=True)
class Stretch:
    """From day to day; `chosen` where the address names one of them."""

    since: str
    until: str
    chosen: bool

    def days(self) -> int:
        return max(1, (_day(self.until) - _day(self.since)).days + 1)


def reference(desk: Desk, q: Question) -> str:
    """The day on which the desk stands: the case's last, which today is of a case in progress."""
    known = q.filter.as_known_at
    found = desk.cached(("last", known), lambda: tallies.last_day(desk.case, known))
    return found or desk.case.now()[:10]


def stretch(desk: Desk, q: Question, length: int) -> Stretch:
    """The days that are asked for, else the `length` days up to the case's last."""
    asked = q.filter
    if asked.since or asked.until:
        until = _full(asked.until, last=True) if asked.until else reference(desk, q)
        since = _full(asked.since, last=False) if asked.since else _before(until, length)
        return Stretch(since, until, True)
    until = reference(desk, q)
    return Stretch(_before(until, length), until, False)


def within(asked: Filter, days: Stretch, **changes: Any) -> Filter:
    """The filter, bound to the days that are shown."""
    return replace(asked, since=days.since, until=days.until, after=None, sort=None, **changes)


def earlier(day: str, by: int) -> str:
    return _before(day, by + 1)


def _before(day: str, length: int) -> str:
    try:
        return (_day(day) - timedelta(days=length - 1)).isoformat()
    except OverflowError:
        return "0001-01-01"


def _full(text: str, *, last: bool) -> str:
    year, _, rest = text[:10].partition("-")
    month, _, day = rest.partition("-")
    if day:
        return text[:10]
    if month:
        return _month_end(year, month) if last else f"{year}-{month}-01"
    return f"{year}-12-31" if last else f"{year}-01-01"


def _month_end(year: str, month: str) -> str:
    first = date(int(year), int(month), 28) + timedelta(days=4)
    return (first - timedelta(days=first.day)).isoformat()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        # A month may have been given a 31st that it has not.
        return date(max(1, int(text[:4])), max(1, int(text[5:7])), 28)
