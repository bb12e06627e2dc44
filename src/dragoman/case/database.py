"""The two databases behind one door: SQLite by path, PostgreSQL by address.

Writers take turns: SQLite by BEGIN IMMEDIATE, PostgreSQL by an advisory lock that ends with the
transaction. Within its turn a writer sees what is stored and may number its rows itself, and a
document goes in wholly or not at all.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event, exc

from dragoman.case.extras import extra
from dragoman.errors import CaseBusyError, CaseError, UsageError

LOCK_KEY: Final = 0x647261676F6D616E  # "dragoman" in ASCII; names the writers' turn on a server
BUSY_SECONDS: Final = 60
_ADDRESS: Final = re.compile(r"(postgresql|postgres)(\+psycopg)?://", re.IGNORECASE)
_OTHER_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_PASSWORD: Final = re.compile(r"(?<=:)[^:@/]+(?=@)")

Row = tuple[Any, ...]


class Database:
    """An engine, and the words for what can go wrong with it."""

    def __init__(self, where: str, *, create: bool = False) -> None:
        self.where = where
        self.shown = _PASSWORD.sub("…", where)
        self.postgres = bool(_ADDRESS.match(where))
        if not self.postgres and _OTHER_SCHEME.match(where):
            raise UsageError(
                f"{self.shown} is no case: name a file for SQLite, or postgresql://host/database."
            )
        if not self.postgres:
            self._check_file(Path(where), create)
        self.engine = _postgres(where) if self.postgres else _sqlite(where)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the case from beginning to end."""
        with self.worded("read"), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A turn of writing: all of it is stored at the end, or nothing."""
        with self.worded("written"), self.engine.connect() as connection:
            connection = connection.execution_options(dragoman_write=True)
            with connection.begin():
                if self.postgres:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK_KEY)))
                yield connection

    @contextmanager
    def worded(self, done: str) -> Iterator[None]:
        """Say in words what the database reports."""
        try:
            yield
        except exc.DBAPIError as error:
            raise self._worded(error, done) from error

    def _worded(self, error: exc.DBAPIError, done: str) -> CaseError:
        original = error.orig
        said = " ".join(str(original).split())
        start = f"the case {self.shown} cannot be {done}: "
        after = " What it held before is still there."
        code = getattr(original, "sqlite_errorcode", None)
        if code is not None:
            return _sqlite_words(code & 0xFF, start, after, said)
        state = getattr(original, "sqlstate", None) or ""
        if error.connection_invalidated or not state or state.startswith(("08", "57P")):
            return CaseBusyError(
                f"{start}the server does not answer ({said}).{after} Run the command again when it "
                "does; it goes on where it stopped."
            )
        if state.startswith("53"):
            return CaseError(
                f"{start}the server has no room left ({said}).{after} Make room, then run the "
                "command again; it goes on where it stopped."
            )
        if state in ("42501", "25006"):
            return CaseError(f"{start}this user may not do so ({said}).{after}")
        return CaseError(f"{start}{said}.{after}")

    def _check_file(self, path: Path, create: bool) -> None:
        if create:
            if path.exists() and path.stat().st_size:
                raise UsageError(f"{path} is there already; choose another name for a new case.")
            if not path.absolute().parent.is_dir():
                raise UsageError(
                    f"the folder {path.absolute().parent} is not there; make it first."
                )
            return
        if not path.is_file():
            raise CaseError(f"there is no case at {path}. `dragoman init {path}` makes one.")
        try:
            with path.open("rb") as file:
                head = file.read(16)
        except OSError as error:
            raise CaseError(f"the case {path} cannot be read: {error.strerror}.") from error
        if head != b"SQLite format 3\x00":
            raise CaseError(
                f"{path} is no case: it is no SQLite file. "
                f"`dragoman init NAME` makes a case; articles are added with `dragoman add NAME …`."
            )


def _sqlite_words(code: int, start: str, after: str, said: str) -> CaseError:
    again = " Run the command again; it goes on where it stopped."
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return CaseBusyError(
            f"{start}another process has held it for {BUSY_SECONDS} seconds.{after}{again}"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return CaseError(
            f"{start}the file or its folder is read-only or cannot be opened ({said}).{after} "
            "SQLite also writes beside the file (-wal, -shm), so the folder must be writable."
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return CaseError(
            f"{start}the disk is full or failed ({said}).{after} Make room, then run the command "
            "again; it goes on where it stopped."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return CaseError(f"{start}the file is damaged ({said}). Take it from a backup.")
    return CaseError(f"{start}{said}.{after}")


def _sqlite(where: str) -> sa.Engine:
    url = sa.URL.create("sqlite", database=where)
    engine = sa.create_engine(
        url,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        poolclass=sa.QueuePool,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own transactions would begin too late to take the writer's turn.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys=ON",
            "synchronous=FULL",
            "temp_store=MEMORY",
            "cache_size=-65536",
            "mmap_size=1073741824",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get("dragoman_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _postgres(where: str) -> sa.Engine:
    with extra("postgres", "a case on PostgreSQL"):
        import psycopg  # noqa: F401
    url = sa.make_url(_ADDRESS.sub("postgresql+psycopg://", where))
    return sa.create_engine(
        url,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 10, "application_name": "dragoman"},
    )


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows that name all columns in the table's order."""
    if rows:
        connection.exec_driver_sql(_insert_into(table, connection.dialect.name), list(rows))


@cache
def _insert_into(table: sa.Table, dialect: str) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join(mark for _ in table.columns)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'


def next_id(connection: sa.Connection, table: sa.Table) -> int:
    """The first free number of a table; safe only within a turn of writing."""
    highest = connection.execute(sa.select(sa.func.max(table.c.id))).scalar()
    return (highest or 0) + 1
