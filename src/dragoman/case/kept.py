"""Reading the counts that a case keeps: which questions they answer, and by which rows.

A stretch of days is read as its whole months and, at its ends, as days.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.counting import is_state
from dragoman.case.filters import Filter
from dragoman.case.moments import first_day, last_day
from dragoman.case.naming import keys_of

# A stretch that takes more rows of time than this is not asked of the counts.
_MOST_SPANS: Final = 4_000
_ASKED: Final = 500
days, places = schema.tally_days, schema.tally_places
pairs, actors = schema.tally_pairs, schema.tally_actors
Sums = dict[tuple[Any, ...], tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A question that the counts answer: of whom, in which days, of which kinds."""

    keys: tuple[str, ...]
    days: tuple[str, ...]
    spans: tuple[str, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    background: bool | None

    def of_kind(self, table: sa.Table) -> list[sa.ColumnElement[bool]]:
        conditions: list[sa.ColumnElement[bool]] = []
        if self.types:
            conditions.append(table.c.type.in_(self.types))
        if self.statuses:
            conditions.append(table.c.status.in_(self.statuses))
        if self.background is not None:
            conditions.append(table.c.background == self.background)
        return conditions


def counted(connection: sa.Connection, wanted: Filter) -> Counted | None:
    """The question as the counts answer it; None where they do not.

    They know days, types, statuses, background, one actor, and two that are states; of the words,
    the sources, the place, and of what was known earlier they know nothing.
    """
    known = Filter(
        actor=wanted.actor,
        with_=wanted.with_,
        type=wanted.type,
        status=wanted.status,
        since=wanted.since,
        until=wanted.until,
        background=wanted.background,
    )
    if replace(wanted, sort=None, after=None, limit=None) != known:
        return None
    keys = []
    for name in (wanted.actor, wanted.with_):
        if name:
            found = keys_of(connection, name)
            if len(found) != 1:
                return None
            keys.append(found[0])
    if len(keys) == 2 and not (is_state(keys[0]) and is_state(keys[1]) and keys[0] != keys[1]):
        return None
    told = _extent(connection)
    if told is None:
        return Counted(tuple(keys), (), (), (), (), None)
    since = max(first_day(wanted.since), told[0]) if wanted.since else told[0]
    until = min(last_day(wanted.until), told[1]) if wanted.until else told[1]
    stretch = _days(since, until)
    if stretch is None:
        return None
    return Counted(
        tuple(keys),
        stretch,
        tuple(_spans(stretch)),
        tuple(one.upper() for one in wanted.type),
        wanted.status,
        wanted.background,
    )


def sums_by_day(connection: sa.Connection, asked: Counted, *, status: bool = True) -> Sums:
    """Events and scores by day and type, and by status where that is wanted."""
    table: sa.Table = actors if asked.keys else days
    conditions = asked.of_kind(table)
    if asked.keys:
        kind = "state" if len(asked.keys) == 2 else "own"
        other = asked.keys[1] if len(asked.keys) == 2 else ""
        conditions += [table.c.key == asked.keys[0], table.c.kind == kind, table.c.other == other]
    columns = [table.c.span, table.c.type, *([table.c.status] if status else [])]
    return _sums(connection, columns, asked.days, conditions)


def sums_by_place(connection: sa.Connection, asked: Counted) -> list[Any]:
    """By place and country: events, score, placed events with the sums of their coordinates."""
    found: dict[tuple[str, str], list[Any]] = {}
    more = [_sum(places.c[name]) for name in ("events", "score", "placed", "lat", "lon")]
    for spans in _slices(asked.spans):
        select = (
            sa.select(places.c.place, places.c.country, *more, sa.func.max(places.c.span))
            .where(places.c.span.in_(spans), *asked.of_kind(places))
            .group_by(places.c.place, places.c.country)
        )
        for place, country, *sums, last in connection.execute(select):
            one = found.setdefault((place, country), [0, 0.0, 0, 0.0, 0.0, ""])
            for at, value in enumerate(sums):
                one[at] += value
            one[-1] = max(one[-1], last)
    return [(*key, *sums) for key, sums in found.items()]


def sums_by_pair(connection: sa.Connection, asked: Counted, kind: str) -> dict[Any, list[Any]]:
    """By pair: events, score, and the last span in which they have one."""
    found: dict[tuple[str, str], list[Any]] = {}
    for spans in _slices(asked.spans):
        table, a, b = pairs, pairs.c.a, pairs.c.b
        own: list[sa.ColumnElement[bool]] = []
        if asked.keys:
            table, a, b = actors, actors.c.key, actors.c.other
            own = [a == asked.keys[0]]
        select = (
            sa.select(
                a,
                b,
                _sum(table.c.events),
                _sum(table.c.score),
                sa.func.max(table.c.span),
            )
            .where(table.c.kind == kind, table.c.span.in_(spans), *own, *asked.of_kind(table))
            .group_by(a, b)
        )
        for one, other, events, score, last in connection.execute(select):
            sums = found.setdefault((min(one, other), max(one, other)), [0, 0.0, ""])
            sums[0] += events
            sums[1] += score
            sums[2] = max(sums[2], last)
    return found


def last_days(
    connection: sa.Connection,
    table: sa.Table,
    names: tuple[str, str],
    asked: Counted,
    last: dict[tuple[str, str], str],
    *where: sa.ColumnElement[bool],
) -> dict[tuple[str, str], str]:
    """The last days of places or pairs of which the last span, a month or a day, is known."""
    found = {key: span for key, span in last.items() if len(span) > len("2022-02")}
    by_month: dict[str, set[tuple[str, str]]] = {}
    for key, span in last.items():
        if key not in found:
            by_month.setdefault(span, set()).add(key)
    one, other = (table.c[name] for name in names)
    for month, keys in by_month.items():
        inside = [day for day in asked.days if day[:7] == month]
        for firsts in _slices(sorted({key[0] for key in keys})):
            select = (
                sa.select(one, other, sa.func.max(table.c.span))
                .where(table.c.span.in_(inside), one.in_(firsts), *where, *asked.of_kind(table))
                .group_by(one, other)
            )
            for a, b, day in connection.execute(select):
                if (a, b) in keys:
                    found[a, b] = day
    return found


def _sums(
    connection: sa.Connection,
    columns: Sequence[sa.Column[Any]],
    spans: Sequence[str],
    conditions: Iterable[sa.ColumnElement[bool]],
) -> Sums:
    table = columns[0].table
    found: Sums = {}
    for part in _slices(spans):
        select = (
            sa.select(*columns, _sum(table.c.events), _sum(table.c.score))
            .where(columns[0].in_(part), *conditions)
            .group_by(*columns)
        )
        for *key, events, score in connection.execute(select):
            found[tuple(key)] = (int(events), float(score))
    return found


def _sum(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """A sum in the column's own type, which PostgreSQL widens."""
    return sa.cast(sa.func.sum(column), column.type)


def _extent(connection: sa.Connection) -> tuple[str, str] | None:
    """The first and the last day of which something is counted."""
    span, day = days.c.span, sa.func.length(days.c.span) == len("2022-02-24")
    ends = [
        connection.execute(sa.select(span).where(day).order_by(order).limit(1)).scalar()
        for order in (span.asc(), span.desc())
    ]
    return (ends[0], ends[1]) if ends[0] and ends[1] else None


def _days(since: str, until: str) -> tuple[str, ...] | None:
    """Each day of a stretch; None where there are too many, or they are no days of the calendar."""
    try:
        first, last = date.fromisoformat(since), _date(until)
    except ValueError:
        return None
    length = (last - first).days + 1
    if length > _MOST_SPANS:
        return None
    return tuple((first + timedelta(days=at)).isoformat() for at in range(max(0, length)))


def _date(text: str) -> date:
    """A day; of a 31st that the month has not, its last."""
    year, month, day = (int(part) for part in text.split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _spans(stretch: Sequence[str]) -> Iterator[str]:
    """The months that lie wholly in a stretch of days, and the days of the others."""
    by_month: dict[str, list[str]] = {}
    for day in stretch:
        by_month.setdefault(day[:7], []).append(day)
    for month, inside in by_month.items():
        year, number = month.split("-")
        whole = calendar.monthrange(int(year), int(number))[1] == len(inside)
        yield from [month] if whole else inside


def _slices(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[at : at + _ASKED] for at in range(0, len(items), _ASKED))
