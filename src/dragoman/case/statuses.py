"""What a case holds: counts, sizes, versions, last runs, troubles."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
import sqlalchemy as sa

from dragoman.case import counting, schema
from dragoman.case.migrations import newest

if TYPE_CHECKING:
    from dragoman.case.case import Case

_HELD: Final = (schema.documents, schema.readings, schema.events, schema.statements)
_KEPT: Final = (schema.reviews, schema.copies)


def status(case: Case, *, runs: int = 5) -> dict[str, Any]:
    """The state of a case as plain data."""
    with case.database.reading() as connection:
        about = {row.name: row.value for row in connection.execute(sa.select(schema.about))}
        counts = {
            table.name: _count(connection, table)
            - _count(connection, table, table.c.closed_at.is_not(None))
            for table in _HELD
        }
        counts |= {table.name: _count(connection, table) for table in _KEPT}
        counts["actors"] = _count(connection, schema.names, schema.names.c.documents > 0)
        closed = _count(connection, schema.documents, schema.documents.c.closed_at.is_not(None))
        return {
            "case": about.get("name"),
            "where": case.database.shown,
            "made_at": about.get("made_at"),
            "tables": newest(),
            "bytes": _size(case, connection),
            "counts": counts,
            "older_versions": closed,
            "published": _days(connection),
            "dated_ahead": _count(connection, schema.documents, *_ahead(case)),
            "readings_by": _versions(connection),
            "runs": _runs(connection, runs),
            "troubles": _troubles(connection),
        }


def check(case: Case) -> list[str]:
    """What is wrong with the database's own structure, or its counts; empty where nothing is."""
    with case.database.reading() as connection:
        miscounted = counting.faults(connection)
        if case.database.postgres:
            return miscounted
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    faults = [line for line in found if line != "ok"]
    faults += miscounted
    return faults + [f"{row[0]} row {row[1]} leads to no {row[2]}" for row in broken]


def _count(connection: sa.Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    select = sa.select(sa.func.count()).select_from(table).where(*where)
    return int(connection.execute(select).scalar_one())


def _size(case: Case, connection: sa.Connection) -> int:
    if case.database.postgres:
        size = connection.execute(
            sa.select(sa.func.pg_database_size(sa.func.current_database()))
        ).scalar_one()
        return int(size)
    files = [Path(case.database.where + end) for end in ("", "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())


def _days(connection: sa.Connection) -> list[str | None]:
    day = schema.documents.c.day
    first, last = connection.execute(
        sa.select(sa.func.min(day), sa.func.max(day)).where(day != "")
    ).one()
    return [first, last]


def _ahead(case: Case) -> tuple[sa.ColumnElement[bool], ...]:
    """Documents whose day lies after tomorrow by the case's clock."""
    tomorrow = date.fromisoformat(case.now()[:10]) + timedelta(days=1)
    documents = schema.documents
    return documents.c.closed_at.is_(None), documents.c.day > tomorrow.isoformat()


def _versions(connection: sa.Connection) -> list[dict[str, Any]]:
    readings = schema.readings
    names = ("dragoman", "model", "directory", "ontology")
    columns = [readings.c[name] for name in names]
    rows = connection.execute(
        sa.select(*columns, sa.func.count().label("readings"))
        .where(readings.c.closed_at.is_(None))
        .group_by(*columns)
        .order_by(sa.func.count().desc(), *columns)
    )
    return [dict(row) for row in rows.mappings()]


def _runs(connection: sa.Connection, most: int) -> list[dict[str, Any]]:
    runs = schema.runs
    rows = connection.execute(sa.select(runs).order_by(runs.c.id.desc()).limit(most)).mappings()
    names = ("id", "kind", "state", "started_at", "finished_at", "version", "message")
    return [
        {**{name: row[name] for name in names}, "counts": orjson.loads(row["counts"])}
        for row in rows
    ]


def _troubles(connection: sa.Connection, most: int = 10) -> list[dict[str, Any]]:
    troubles = schema.troubles
    rows = connection.execute(
        sa.select(troubles).order_by(troubles.c.id.desc()).limit(most)
    ).mappings()
    return [{name: row[name] for name in ("origin", "message", "known_at")} for row in rows]
