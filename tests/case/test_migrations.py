"""An older case is brought up to date, and keeps what it held."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command

from case.clock import Clock
from dragoman.case import Case, migrations
from dragoman.case.database import Database
from dragoman.errors import CaseError

DOCUMENT = {
    "id": 1,
    "identity": "i",
    "version": 1,
    "content": "c",
    "name": "d",
    "url": "https://www.Paper.org/1",
    "day": "",
    "dating": "unknown",
    "dating_why": "",
    "kind": "article",
    "text": "Russia attacked Ukraine.",
    "length": 24,
    "origin": "a file",
    "run_id": 1,
    "known_at": "2022-02-06T12:00:00.000000Z",
}
RUN = {
    "id": 1,
    "kind": "add",
    "state": "done",
    "started_at": "2022",
    "host": "h",
    "process": 1,
    "version": "0",
    "counts": "{}",
}


def _as_it_was(address: str, version: str) -> None:
    """A case with the tables of an older version and one document in it."""
    database = Database(address, create=True)
    with database.writing() as connection:
        command.upgrade(migrations._config(connection), version)
        for table, row in (("runs", RUN), ("documents", DOCUMENT)):
            marks = ", ".join(f":{name}" for name in row)
            into = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
            connection.execute(sa.text(into), row)
    database.close()


def test_an_older_case_is_brought_up_to_date(address: str, clock: Clock) -> None:
    _as_it_was(address, "0001")
    with pytest.raises(CaseError, match=r"older dragoman.*init --upgrade"):
        Case.open(address, clock=clock)
    with Case.upgrade(address, clock=clock) as case:
        (row,) = case.documents()
        assert (row.name, row.host) == ("d", "paper.org")
        with case.database.reading() as connection:
            assert migrations.current(connection) == migrations.newest()
    Case.open(address, clock=clock).close()
