"""The feeds and pages that a case watches: kept in the case, so that any machine can go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.database import insert, next_id
from dragoman.case.identity import clean
from dragoman.errors import UsageError
from dragoman.records import Record
from dragoman.sources.addresses import canonical

if TYPE_CHECKING:
    from dragoman.case.case import Case

EVERY: Final = 15  # minutes
LEAST_EVERY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched(Record):
    """A feed or a page under watch. `every` in minutes; `failures` in a row; moments in UTC."""

    number: int
    address: str
    kind: str | None
    every: int
    checked_at: str | None
    next_at: str | None
    failures: int
    message: str | None
    entries: int
    added: int


def watch_address(case: Case, address: str, *, every: int = EVERY) -> Watched:
    """Put a feed or a page under watch; UsageError where it is there already or no web address."""
    address = clean(address.strip())
    if canonical(address) is None:
        raise UsageError(f"{address!r} is no web address; name a feed or a page: https://….")
    if every < LEAST_EVERY:
        raise UsageError(f"a site is asked every {LEAST_EVERY} minutes at most.")
    watched = schema.watched
    with case.database.writing() as connection:
        others = connection.execute(
            sa.select(watched.c.id, watched.c.address).where(watched.c.closed_at.is_(None))
        ).all()
        for number, other in others:
            if canonical(other) == canonical(address):
                raise UsageError(f"{address} is watched already (number {number}).")
        number = next_id(connection, watched)
        row = (
            *(number, address, None, every * 60, None, None, None, None, None, 0, None),
            *(case.now(), None),
        )
        insert(connection, watched, [row])
    return _watched(case, number)[0]


def list_watched(case: Case) -> list[Watched]:
    return _watched(case, None)


def remove_watched(case: Case, name: str) -> str:
    """Stop watching a source by its number or address; returns its address."""
    found = [
        source
        for source in list_watched(case)
        if name == str(source.number) or canonical(name) == canonical(source.address)
    ]
    if not found or (not name.isdigit() and canonical(name) is None):
        raise UsageError(f"the case watches no {name!r}; `dragoman source list` shows its sources.")
    watched = schema.watched
    with case.database.writing() as connection:
        connection.execute(
            sa.update(watched).where(watched.c.id == found[0].number).values(closed_at=case.now())
        )
    return found[0].address


def _watched(case: Case, number: int | None) -> list[Watched]:
    watched, entries = schema.watched, schema.watched_entries
    counted = (
        sa.select(
            entries.c.watched_id,
            sa.func.count().label("entries"),
            sa.func.count(sa.case((entries.c.outcome.in_(("added", "version", "copy")), 1))).label(
                "added"
            ),
        )
        .group_by(entries.c.watched_id)
        .subquery()
    )
    select = (
        sa.select(watched, counted.c.entries, counted.c.added)
        .outerjoin(counted, counted.c.watched_id == watched.c.id)
        .where(watched.c.closed_at.is_(None))
        .order_by(watched.c.id)
    )
    if number is not None:
        select = select.where(watched.c.id == number)
    with case.database.reading() as connection:
        rows = connection.execute(select).all()
    return [
        Watched(
            number=row.id,
            address=row.address,
            kind=row.kind,
            every=row.every // 60,
            checked_at=row.checked_at,
            next_at=row.next_at,
            failures=row.failures,
            message=row.message,
            entries=row.entries or 0,
            added=row.added or 0,
        )
        for row in rows
    ]
