"""Counts over the events that a filter wants: by day, by place, by pair, by whom an actor meets.

Each counts no more than `most` events, the newest first, so that the time it takes does not grow
with the case; `Tally.whole` says whether these were all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
        ids, whole = _chosen(case, connection, wanted, most)
        rows = connection.execute(
            sa.select(
                events.c.day,
                events.c.type,
                sa.func.count().label("events"),
                sa.func.sum(events.c.score).label("score"),
            )
            .where(events.c.id.in_(ids), events.c.day != "")
            .group_by(events.c.day, events.c.type)
            .order_by(events.c.day, events.c.type)
        ).mappings()
        return Tally([DayCount(**row) for row in rows], whole)


def by_place(case: Case, wanted: Filter, *, most: int = MOST, limit: int = 400) -> Tally:
    """`PlaceCount`, the place of most events first."""
    count = sa.func.count().label("events")
    with case.database.reading() as connection:
        ids, whole = _chosen(case, connection, wanted, most)
        rows = connection.execute(
            sa.select(
                events.c.place,
                events.c.country,
                sa.func.avg(events.c.lat).label("lat"),
                sa.func.avg(events.c.lon).label("lon"),
                count,
                sa.func.avg(events.c.score).label("score"),
                sa.func.max(events.c.day).label("last"),
            )
            .where(events.c.id.in_(ids), events.c.place.is_not(None))
            .group_by(events.c.place, events.c.country)
            .order_by(count.desc(), events.c.place)
            .limit(limit)
        ).mappings()
        return Tally([PlaceCount(**row) for row in rows], whole)


def by_pair(
    case: Case, wanted: Filter, *, states: bool = False, most: int = MOST, limit: int = 200
) -> Tally:
    """`PairCount` of those who take part in the same events, the pair of most events first.

    Actors are those whom the events name; with `states`, the codes for which they act.
    """
    count = sa.func.count(sa.distinct(events.c.id)).label("events")
    with case.database.reading() as connection:
        ids, whole = _chosen(case, connection, wanted, most)
        chosen = ids.subquery("chosen")
        a, b = _side(chosen, states), _side(chosen, states)
        rows = connection.execute(
            sa.select(
                a.c.key.label("a"),
                b.c.key.label("b"),
                count,
                sa.func.avg(events.c.score).label("score"),
                sa.func.max(events.c.day).label("last"),
            )
            .select_from(a)
            .join(b, sa.and_(b.c.event_id == a.c.event_id, a.c.key < b.c.key))
            .join(events, events.c.id == a.c.event_id)
            .group_by(a.c.key, b.c.key)
            .order_by(count.desc(), a.c.key, b.c.key)
            .limit(limit)
        ).all()
        known = name_of(connection, {row.a for row in rows} | {row.b for row in rows})
        # Those whom no text names ("three officials") are another in every document.
        named = [row for row in rows if states or (row.a in known and row.b in known)]
        pairs = [
            PairCount(
                a=row.a,
                a_name=known.get(row.a, row.a),
                b=row.b,
                b_name=known.get(row.b, row.b),
                events=row.events,
                score=round(row.score, 3),
                last=row.last,
            )
            for row in named
        ]
        return Tally(pairs, whole)


def name_of(connection: sa.Connection, keys: set[str]) -> dict[str, str]:
    """By key the names under which a person reads of actors."""
    found = connection.execute(
        sa.select(names.c.key, names.c.name).where(names.c.key.in_(sorted(keys)))
    )
    return {row.key: row.name for row in found}


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


def _chosen(
    case: Case, connection: sa.Connection, wanted: Filter, most: int
) -> tuple[sa.Select[Any], bool]:
    """The numbers of the events to count; and whether these are all."""
    postgres = case.database.postgres
    limited = replace(wanted, limit=most, sort=None, after=None)
    one = replace(limited, limit=most + 1)
    all_ids = select_events(connection, one, postgres=postgres).subquery()
    there = connection.execute(sa.select(sa.func.count()).select_from(all_ids)).scalar_one()
    return select_events(connection, limited, postgres=postgres), there <= most


def _side(chosen: sa.Subquery, states: bool) -> sa.Subquery:
    """Who takes part in the chosen events: by name, or by the codes under which they are found."""
    (number,) = chosen.c
    select = sa.select(parties.c.event_id, parties.c.key).where(
        parties.c.event_id.in_(sa.select(number))
    )
    if states:
        codes = sa.and_(parties.c.role == "party", sa.func.length(parties.c.key) == 3)
        select = select.where(codes, parties.c.key == sa.func.upper(parties.c.key))
    else:
        select = select.where(parties.c.role.in_(("actor", "recipient")))
    return select.distinct().subquery()
