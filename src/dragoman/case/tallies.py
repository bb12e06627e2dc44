"""Counts over the events that a filter wants: by day, by place, by pair, by whom an actor meets.

Each counts no more than `most` events, the newest first, so that the time it takes does not grow
with the case; `Tally.whole` says whether these were all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.filters import Filter
from dragoman.case.moments import parse_moment
from dragoman.case.queries import select_events, visible
from dragoman.records import Record

if TYPE_CHECKING:
    from dragoman.case.case import Case

MOST: Final = 10_000
events, parties, names = schema.events, schema.event_actors, schema.names
_NEWEST: Final = (events.c.day.desc(), events.c.id.desc())
# PLOVER's four corners, by type: words or deeds, of cooperation or conflict.
QUADS: Final = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount(Record):
    """Events of a type on a day; `score` is the sum of theirs."""

    day: str
    type: str
    events: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount(Record):
    """Events at a place; `score` is their mean."""

    place: str
    country: str | None
    lat: float | None
    lon: float | None
    events: int
    score: float
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCount(Record):
    """Events in which two actors take part; `score` is their mean."""

    a: str
    a_name: str
    b: str
    b_name: str
    events: int
    score: float
    last: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts, and whether all events that the filter wants are in them."""

    rows: Sequence[Any]
    whole: bool


def by_day(case: Case, wanted: Filter, *, most: int = MOST) -> Tally:
    """`DayCount` by day and type, the oldest day first."""
    with case.database.reading() as connection:
        rows = connection.execute(
            sa.select(events.c.day, events.c.type, events.c.score)
            .where(events.c.id.in_(_chosen(case, connection, wanted, most)))
            .order_by(*_NEWEST)
        ).all()
    sums: dict[tuple[str, str], list[float]] = {}
    for row in rows[:most]:
        one = sums.setdefault((row.day, row.type), [0, 0.0])
        one[0] += 1
        one[1] += row.score
    counts = [
        DayCount(day=day, type=type_, events=int(count), score=round(score, 3))
        for (day, type_), (count, score) in sorted(sums.items())
        if day
    ]
    return Tally(counts, len(rows) <= most)


def by_place(case: Case, wanted: Filter, *, most: int = MOST, limit: int = 400) -> Tally:
    """`PlaceCount`, the place of most events first."""
    columns = ("place", "country", "lat", "lon", "score", "day")
    with case.database.reading() as connection:
        rows = connection.execute(
            sa.select(*[events.c[name] for name in columns])
            .where(events.c.id.in_(_chosen(case, connection, wanted, most)))
            .order_by(*_NEWEST)
        ).all()
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows[:most]:
        if row.place is not None:
            groups[row.place, row.country or ""].append(row)
    counts = [
        PlaceCount(
            place=place,
            country=country or None,
            lat=_mean([row.lat for row in group if row.lat is not None]),
            lon=_mean([row.lon for row in group if row.lon is not None]),
            events=len(group),
            score=round(sum(row.score for row in group) / len(group), 3),
            last=max(row.day for row in group),
        )
        for (place, country), group in groups.items()
    ]
    counts.sort(key=lambda one: (-one.events, one.place, one.country or ""))
    return Tally(counts[:limit], len(rows) <= most)


def by_pair(
    case: Case, wanted: Filter, *, states: bool = False, most: int = MOST, limit: int = 200
) -> Tally:
    """`PairCount` of those who take part in the same events, the pair of most events first.

    Actors are those whom the events name; with `states`, the codes for which they act.
    """
    with case.database.reading() as connection:
        ids = _chosen(case, connection, wanted, most)
        rows = connection.execute(
            sa.select(events.c.id, events.c.day, events.c.score)
            .where(events.c.id.in_(ids))
            .order_by(*_NEWEST)
        ).all()
        told = {row.id: row for row in rows[:most]}
        sides: dict[int, set[str]] = defaultdict(set)
        for event, key in connection.execute(_sides(ids, states)):
            sides[event].add(key)
        groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for event, keys in sides.items():
            if event in told:
                for pair in combinations(sorted(keys), 2):
                    groups[pair].append(told[event])
        known = name_of(connection, {key for pair in groups for key in pair})
    # Those whom no text names ("three officials") are another in every document.
    pairs = [
        PairCount(
            a=a,
            a_name=known.get(a, a),
            b=b,
            b_name=known.get(b, b),
            events=len(group),
            score=round(sum(row.score for row in group) / len(group), 3),
            last=max(row.day for row in group),
        )
        for (a, b), group in groups.items()
        if states or (a in known and b in known)
    ]
    pairs.sort(key=lambda pair: (-pair.events, pair.a, pair.b))
    return Tally(pairs[:limit], len(rows) <= most)


def name_of(connection: sa.Connection, keys: set[str]) -> dict[str, str]:
    """By key the names under which a person reads of actors."""
    ordered, named = sorted(keys), {}
    for start in range(0, len(ordered), 500):
        some = names.c.key.in_(ordered[start : start + 500])
        for row in connection.execute(sa.select(names.c.key, names.c.name).where(some)):
            named[row.key] = row.name
    return named


def last_day(case: Case, as_known_at: str | None = None) -> str | None:
    """The last day on which a document of the case was published."""
    documents = schema.documents
    moment = parse_moment(as_known_at) if as_known_at else None
    with case.database.reading() as connection:
        found = connection.execute(
            sa.select(documents.c.day)
            .where(documents.c.day != "", visible(documents, moment))
            .order_by(documents.c.day.desc())
            .limit(1)
        ).scalar()
        return str(found) if found else None


def _chosen(case: Case, connection: sa.Connection, wanted: Filter, most: int) -> sa.Select[Any]:
    """The numbers of the events to count, the newest first, and one more to know of the rest."""
    limited = replace(wanted, limit=most + 1, sort=None, after=None)
    return select_events(connection, limited, postgres=case.database.postgres)


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _sides(ids: sa.Select[Any], states: bool) -> sa.Select[Any]:
    """Who takes part in the chosen events: by name, or by the codes under which they are found."""
    select = sa.select(parties.c.event_id, parties.c.key).where(parties.c.event_id.in_(ids))
    if states:
        codes = sa.and_(parties.c.role == "party", sa.func.length(parties.c.key) == 3)
        return select.where(codes, parties.c.key == sa.func.upper(parties.c.key))
    return select.where(parties.c.role.in_(("actor", "recipient")))
