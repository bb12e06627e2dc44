"""What is doubtful in a document's times, in words: days that there are not, dates to come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dragoman.coding.times.finding import TimeExpression, day_of
from dragoman.records import Notice

_MOST = 5  # of one kind; a table of broken dates is told of once


def time_notices(
    times: Sequence[TimeExpression], *, date: str | None, now: str | None = None
) -> tuple[Notice, ...]:
    """Warnings for the reader of a reading; `now` is an ISO date, where the caller knows it."""
    return (*_of_date(date, now), *_of_days(times), *_of_zones(times))


def _of_date(date: str | None, now: str | None) -> list[Notice]:
    if date is not None and day_of(date) is None:
        message = f"The date “{date[:40]}” is no ISO date, so nothing was resolved against it."
        return [Notice(code="date-invalid", message=message)]
    if date is not None and now is not None and date[:10] > now[:10]:
        message = f"The date {date[:10]} lies after today, {now[:10]}; the times rest on it."
        return [Notice(code="date-future", message=message)]
    return []


def _of_days(times: Sequence[TimeExpression]) -> list[Notice]:
    broken = [t for t in times if t.problem is not None]
    return [
        Notice(code="time-invalid", message=f"“{' '.join(t.text.split())}”: {t.problem}.")
        for t in broken[:_MOST]
    ]


def _of_zones(times: Sequence[TimeExpression]) -> list[Notice]:
    """Two clock times told as one ("8 p.m. Moscow time, 1500 GMT") that are not the same moment."""
    found = []
    for one, two in pairwise(times):
        if two.start - one.end > 3 or one.when is None or two.when is None:
            continue
        a, b = _moment(one.when.start), _moment(two.when.start)
        if a is not None and b is not None and (a - b) % (24 * 60):
            message = f"“{one.text}” and “{two.text}” stand together, but are not the same moment."
            found.append(Notice(code="zones-differ", message=message))
    return found[:_MOST]


def _moment(stamp: str) -> int | None:
    """Minutes of the day in UTC; None without a zone."""
    if len(stamp) != len("2022-02-07T16:00+03:00"):
        return None
    hours, minutes = int(stamp[11:13]), int(stamp[14:16])
    shift = int(stamp[17:19]) * 60 + int(stamp[20:22])
    return hours * 60 + minutes - (shift if stamp[16] == "+" else -shift)
