"""Counts over the events that a filter wants: by day, by place, by pair, by whom an actor meets.

Days, kinds, statuses and actors are counted over the whole case, from the counts that it keeps
(counting.py). What those do not know (words, sources, places, an earlier moment) is counted from
the events, no more than `most`, the newest first, so that the time it takes does not grow with the
case; `Tally.whole` says whether these were all. Either way an event counts on its first day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from dragoman.case import kept, schema
from dragoman.case.conditions import visible
from dragoman.case.counting import pairs_of
from dragoman.case.filters import Filter
from dragoman.case.identity import is_local
from dragoman.case.moments import first_day, parse_moment
from dragoman.case.moments import last_day as end_of
from dragoman.case.naming import keys_of
from dragoman.case.queries import select_events
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
class StatusCount(Record):
    """Events of a type and status on a day; `score` is the sum of theirs."""

    day: str
    type: str
    status: str
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
        asked = kept.counted(connection, wanted)
        if asked is not None:
            told = kept.sums_by_day(connection, asked, status=False)
            return Tally(
                [
                    DayCount(day=day, type=type_, events=count, score=round(score, 3))
                    for (day, type_), (count, score) in sorted(told.items())
                ],
                True,
            )
    cells = by_status(case, wanted, most=most)
    sums: dict[tuple[str, str], list[float]] = {}
    for cell in cells.rows:
        one = sums.setdefault((cell.day, cell.type), [0, 0.0])
        one[0] += cell.events
        one[1] += cell.score
    counts = [
        DayCount(day=day, type=type_, events=int(count), score=round(score, 3))
        for (day, type_), (count, score) in sorted(sums.items())
    ]
    return Tally(counts, cells.whole)


def by_status(case: Case, wanted: Filter, *, most: int = MOST) -> Tally:
    """`StatusCount` by day, type and status, the oldest day first."""
    with case.database.reading() as connection:
        asked = kept.counted(connection, wanted)
        if asked is not None:
            sums = kept.sums_by_day(connection, asked)
            return Tally(_cells(sums), True)
        chosen = _chosen(case, connection, wanted, most)
        columns = (events.c.day, events.c.type, events.c.status, events.c.score)
        rows = connection.execute(
            sa.select(*columns).where(events.c.id.in_(chosen)).order_by(*_NEWEST)
        ).all()
    since, until = _bounds(wanted)
    added: dict[tuple[Any, ...], tuple[int, float]] = {}
    for row in rows[:most]:
        if row.day and since <= row.day <= until:
            count, score = added.get((row.day, row.type, row.status), (0, 0.0))
            added[row.day, row.type, row.status] = (count + 1, score + row.score)
    return Tally(_cells(added), len(rows) <= most)


def by_place(case: Case, wanted: Filter, *, most: int = MOST, limit: int = 400) -> Tally:
    """`PlaceCount`, the place of most events first."""
    with case.database.reading() as connection:
        asked = kept.counted(connection, wanted)
        if asked is not None and not asked.keys:
            return Tally(_kept_places(connection, asked, limit), True)
        chosen = _chosen(case, connection, wanted, most)
        columns = ("place", "country", "lat", "lon", "score", "day")
        rows = connection.execute(
            sa.select(*[events.c[name] for name in columns])
            .where(events.c.id.in_(chosen))
            .order_by(*_NEWEST)
        ).all()
    since, until = _bounds(wanted)
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows[:most]:
        if row.place is not None and row.day and since <= row.day <= until:
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
    case: Case,
    wanted: Filter,
    *,
    states: bool = False,
    own: bool = False,
    most: int = MOST,
    limit: int = 200,
) -> Tally:
    """`PairCount` of those who take part in the same events, the pair of most events first.

    Actors are those whom the events name; with `states`, the codes for which they act. With `own`
    the pairs of the actor that the filter names, by its key, alone.
    """
    with case.database.reading() as connection:
        asked = kept.counted(connection, wanted)
        if asked is not None and (not asked.keys or (own and len(asked.keys) == 1)):
            return Tally(_kept_pairs(connection, asked, states, limit), True)
        chosen = _chosen(case, connection, wanted, most)
        rows = connection.execute(
            sa.select(events.c.id, events.c.day, events.c.score)
            .where(events.c.id.in_(chosen))
            .order_by(*_NEWEST)
        ).all()
        since, until = _bounds(wanted)
        told = {r.id: r for r in rows[:most] if r.day and since <= r.day <= until}
        sides: dict[int, set[str]] = defaultdict(set)
        for event, key in connection.execute(_sides(chosen, states)):
            sides[event].add(key)
        mine = set(keys_of(connection, wanted.actor)) if own and wanted.actor else None
        # Those whom no text names ("three officials") are another in every document.
        groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for event, keys in sides.items():
            if event in told:
                for pair in pairs_of([key for key in keys if not is_local(key)]):
                    if mine is None or mine & set(pair):
                        groups[pair].append(told[event])
        sums = {
            pair: [len(group), sum(row.score for row in group), max(row.day for row in group)]
            for pair, group in groups.items()
        }
        return Tally(_pairs(connection, sums, limit), len(rows) <= most)


def _kept_places(connection: sa.Connection, asked: kept.Counted, limit: int) -> list[PlaceCount]:
    rows = kept.sums_by_place(connection, asked)
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    rows = rows[:limit]
    spans = {(row[0], row[1]): row[-1] for row in rows}
    last = kept.last_days(connection, schema.tally_places, ("place", "country"), asked, spans)
    return [
        PlaceCount(
            place=place,
            country=country or None,
            lat=round(lat / placed, 4) if placed else None,
            lon=round(lon / placed, 4) if placed else None,
            events=int(count),
            score=round(score / count, 3),
            last=last[place, country],
        )
        for place, country, count, score, placed, lat, lon, _ in rows
    ]


def _kept_pairs(
    connection: sa.Connection, asked: kept.Counted, states: bool, limit: int
) -> list[PairCount]:
    kind = "state" if states else "actor"
    sums = kept.sums_by_pair(connection, asked, kind)
    first = sorted(sums, key=lambda pair: (-sums[pair][0], pair))[:limit]
    table, spans = schema.tally_pairs, {pair: sums[pair][2] for pair in first}
    last = kept.last_days(connection, table, ("a", "b"), asked, spans, table.c.kind == kind)
    return _pairs(connection, {pair: [*sums[pair][:2], last[pair]] for pair in first}, limit)


def _pairs(
    connection: sa.Connection, sums: dict[tuple[str, str], list[Any]], limit: int
) -> list[PairCount]:
    first = sorted(sums, key=lambda pair: (-sums[pair][0], pair))[:limit]
    known = name_of(connection, {key for pair in first for key in pair})
    return [
        PairCount(
            a=a,
            a_name=known.get(a, a),
            b=b,
            b_name=known.get(b, b),
            events=int(sums[a, b][0]),
            score=round(sums[a, b][1] / sums[a, b][0], 3),
            last=sums[a, b][2],
        )
        for a, b in first
    ]


def _cells(sums: kept.Sums) -> list[StatusCount]:
    return [
        StatusCount(day=day, type=type_, status=status, events=count, score=round(score, 3))
        for (day, type_, status), (count, score) in sorted(sums.items())
    ]


def _bounds(wanted: Filter) -> tuple[str, str]:
    """The days that are asked for: an event that goes on counts on its first day."""
    since = first_day(wanted.since) if wanted.since else ""
    return since, end_of(wanted.until) if wanted.until else "9999-12-31"


def name_of(connection: sa.Connection, keys: set[str]) -> dict[str, str]:
    """By key the names under which a person reads of actors."""
    ordered, named = sorted(keys), {}
    for start in range(0, len(ordered), 500):
        some = names.c.key.in_(ordered[start : start + 500])
        for row in connection.execute(sa.select(names.c.key, names.c.name).where(some)):
            named[row.key] = row.name
    return named


def last_day(case: Case, as_known_at: str | None = None) -> str | None:
    """The last day on which a document of the case was published; None where none has a day.

    A day that lies ahead, by the clock by which the case was known, is a clock that was wrong: it
    is the last only where there is no other.
    """
    documents = schema.documents
    moment = parse_moment(as_known_at) if as_known_at else None
    newest = (
        sa.select(documents.c.day)
        .where(documents.c.day != "", visible(documents, moment))
        .order_by(documents.c.day.desc())
        .limit(1)
    )
    today = date.fromisoformat((moment or case.now())[:10])
    # Where the day begins earlier than at Greenwich it is tomorrow already.
    near = documents.c.day <= (today + timedelta(days=1)).isoformat()
    with case.database.reading() as connection:
        found = connection.execute(newest.where(near)).scalar()
        found = found or connection.execute(newest).scalar()
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
