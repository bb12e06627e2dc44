"""Counts that a case keeps of its events: by day and kind, by place, by pair, by actor.

They are brought up to date in the turn of writing in which events come or go, so that they are
never behind, and hold what the case holds now; what it held at an earlier moment is counted from
the events themselves (tallies.py). An event counts on its first day; one without a day counts
nowhere. Each count is kept for the day and for the month, so that a year is read as twelve rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.database import Row
from dragoman.case.identity import is_local
from dragoman.case.unfold import PARTY

# Of an event with more parties than this (a list of signatories) the first are paired.
MOST_SIDES: Final = 40
_SLICE: Final = 500
_REBUILT: Final = 20_000
events, parties = schema.events, schema.event_actors
TABLES: Final = (
    schema.tally_days,
    schema.tally_places,
    schema.tally_pairs,
    schema.tally_actors,
)
_COLUMNS: Final = {column.name: at for at, column in enumerate(events.columns)}
_TOLD: Final = (
    *("id", "day", "type", "status", "background", "score", "place", "country", "lat", "lon"),
)
_AT: Final = tuple(_COLUMNS[name] for name in _TOLD)
Key = tuple[Any, ...]


@dataclass(slots=True)
class Counts:
    """Sums by key, a table each; what is added with the sign -1 is taken away."""

    sums: dict[sa.Table, dict[Key, list[float]]] = field(
        default_factory=lambda: {table: {} for table in TABLES}
    )

    def add(self, event: Sequence[Any], sides: Iterable[tuple[str, str]], sign: int) -> None:
        """Count an event (`_TOLD`) with those who take part in it, by key and role."""
        _, day, type_, status, background, score, place, country, lat, lon = event
        if not day:
            return
        sides = list(sides)
        found = sorted({key for key, role in sides if role == PARTY and not is_local(key)})
        named = sorted({key for key, role in sides if role in SIDES and not is_local(key)})
        pairs = [("state", *pair) for pair in pairs_of([key for key in found if is_state(key)])]
        pairs += [("actor", *pair) for pair in pairs_of(named)]
        end = (type_, status, bool(background))
        once = (sign, sign * score)
        for span in (day, day[:7]):
            self._sum(schema.tally_days, (span, *end), once)
            if place:
                known = lat is not None and lon is not None
                where = (sign, sign * lat, sign * lon) if known else (0, 0.0, 0.0)
                self._sum(schema.tally_places, (span, place, country or "", *end), (*once, *where))
            for key in found:
                self._sum(schema.tally_actors, (key, "own", span, "", *end), once)
            for kind, a, b in pairs:
                self._sum(schema.tally_pairs, (kind, span, a, b, *end), once)
                self._sum(schema.tally_actors, (a, kind, span, b, *end), once)
                self._sum(schema.tally_actors, (b, kind, span, a, *end), once)

    def _sum(self, table: sa.Table, key: Key, values: tuple[float, ...]) -> None:
        sums = self.sums[table]
        held = sums.get(key)
        if held is None:
            sums[key] = list(values)
            return
        for at, value in enumerate(values):
            held[at] += value


SIDES: Final = ("actor", "recipient")


def is_state(key: str) -> bool:
    """Whether a key is a code, under which all are found who act for a state or body."""
    return len(key) == 3 and key == key.upper()


def pairs_of(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each two of those who take part, in the order of their keys."""
    return combinations(sorted(keys)[:MOST_SIDES], 2)


def count_rows(connection: sa.Connection, told: Sequence[Row], sides: Iterable[Row]) -> None:
    """Count events that come in, from the rows that are written of them."""
    by_event: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, role, _, number, _ in sides:
        by_event[number].append((key, role))
    counts, closed = Counts(), _COLUMNS["closed_at"]
    for row in told:
        if row[closed] is None:
            counts.add([row[at] for at in _AT], by_event[row[0]], 1)
    keep(connection, counts)


def uncount(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> None:
    """Take the events away that are about to be closed; `where` finds them, open as they are."""
    counts = Counts()
    for event, sides in _told(connection, *where):
        counts.add(event, sides, -1)
    keep(connection, counts)


def keep(connection: sa.Connection, counts: Counts) -> None:
    """Add sums to what the case keeps; a count that comes to nothing is not kept."""
    for table, sums in counts.sums.items():
        if not sums:
            continue
        rows = sorted((*key, *values) for key, values in sums.items())
        connection.exec_driver_sql(_upsert(table, connection.dialect.name), rows)
        gone = [key for key, values in sorted(sums.items()) if values[0] < 0]
        if gone:
            connection.exec_driver_sql(_delete_empty(table, connection.dialect.name), gone)


def rebuild(connection: sa.Connection) -> int:
    """Count all events anew; returns how many."""
    for table in TABLES:
        connection.execute(sa.delete(table))
    counts, counted, waiting = Counts(), 0, 0
    for event, sides in _told(connection):
        counts.add(event, sides, 1)
        counted, waiting = counted + 1, waiting + 1
        if waiting == _REBUILT:
            keep(connection, counts)
            counts, waiting = Counts(), 0
    keep(connection, counts)
    return counted


def faults(connection: sa.Connection) -> list[str]:
    """Where the counts that are kept differ from the events; empty where they do not."""
    counts = Counts()
    for event, sides in _told(connection):
        counts.add(event, sides, 1)
    found = []
    for table, sums in counts.sums.items():
        keys = list(table.primary_key.columns)
        rows = connection.execute(sa.select(*keys, table.c.events, table.c.score))
        kept = {tuple(row[: len(keys)]): (row.events, row.score) for row in rows}
        right = {key: (int(values[0]), values[1]) for key, values in sums.items()}
        wrong = [
            key
            for key in kept.keys() | right.keys()
            if (one := kept.get(key)) is None
            or (other := right.get(key)) is None
            or one[0] != other[0]
            or abs(one[1] - other[1]) > 1e-6
        ]
        if wrong:
            found.append(f"{len(wrong):,} counts in {table.name} are not those of the events")
    return found


def _told(
    connection: sa.Connection, *where: sa.ColumnElement[bool]
) -> Iterator[tuple[Sequence[Any], list[tuple[str, str]]]]:
    """The open events with their parties, in the order of their numbers."""
    last = 0
    columns = [events.c[name] for name in _TOLD]
    while True:
        rows = connection.execute(
            sa.select(*columns)
            .where(events.c.closed_at.is_(None), events.c.id > last, *where)
            .order_by(events.c.id)
            .limit(_SLICE)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        by_event: dict[int, list[tuple[str, str]]] = defaultdict(list)
        numbers = [row.id for row in rows]
        for number, key, role in connection.execute(
            sa.select(parties.c.event_id, parties.c.key, parties.c.role).where(
                parties.c.event_id.in_(numbers)
            )
        ):
            by_event[number].append((key, role))
        for row in rows:
            yield row, by_event[row.id]


def _upsert(table: sa.Table, dialect: str) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    keys = [column.name for column in table.primary_key.columns]
    values = [column.name for column in table.columns if column.name not in keys]
    marks = ", ".join(mark for _ in table.columns)
    sums = ", ".join(f"{name} = {table.name}.{name} + excluded.{name}" for name in values)
    return (
        f"INSERT INTO {table.name} ({', '.join([*keys, *values])}) VALUES ({marks}) "
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sums}"
    )


def _delete_empty(table: sa.Table, dialect: str) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    same = " AND ".join(f"{column.name} = {mark}" for column in table.primary_key.columns)
    return f"DELETE FROM {table.name} WHERE {same} AND events = 0"
