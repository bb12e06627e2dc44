"""Writing documents and their readings in a turn: all of a document, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.counting import count_rows, uncount
from dragoman.case.database import Row, insert, next_id
from dragoman.case.identity import address_of, clean, content_of, identity_of, name_of, storable
from dragoman.case.moments import day_of
from dragoman.case.unfold import NUMBERED, Owner, Rows, unfold
from dragoman.records import Input, Published, Reading
from dragoman.sources.addresses import host_of
from dragoman.sources.copies import Signature
from dragoman.sources.found import Found

# A text of PostgreSQL's full-text index may have 1 MB of words; four bytes a character at most.
_MOST_INDEXED: Final = 200_000
# The columns that full-text search looks into.
INDEXED: Final = {
    schema.documents: ("title", "text"),
    schema.events: ("passage",),
    schema.statements: ("passage",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document on its way into the case, with what it is known by."""

    found: Found
    document: Input
    content: str
    address: str | None
    identity: str
    name: str

    @classmethod
    def of(cls, found: Found) -> Candidate:
        document = storable(found.document)
        content, address = content_of(document.text), address_of(document)
        return cls(
            found=found,
            document=document,
            content=content,
            address=address,
            identity=identity_of(document, content, address),
            name=name_of(document, content, address),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a copy is a copy of: a stored document, or one of the same batch."""

    similarity: float
    document_id: int | None = None
    identity: str | None = None

    @property
    def kind(self) -> str:
        return "exact" if self.similarity == 1.0 else "near"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A candidate with its reading, or with what it is a copy of."""

    candidate: Candidate
    signature: Signature
    reading: Reading | None = None
    original: Original | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document that went in; `replaced` is the version it closed."""

    entry: Entry
    number: int
    reading_id: int | None
    version: int
    replaced: int | None

    @property
    def identity(self) -> str:
        """What all versions of the document share."""
        return self.entry.candidate.address or self.entry.candidate.identity


def versions_of(connection: sa.Connection, address: str | None) -> list[int]:
    """The numbers of a page's versions, the oldest first."""
    documents = schema.documents
    if address is None:
        return []
    found = connection.execute(
        sa.select(documents.c.id)
        .where(documents.c.address == address)
        .order_by(documents.c.version)
    )
    return [number for (number,) in found]


def store(
    connection: sa.Connection,
    entries: Sequence[Entry],
    *,
    run_id: int,
    known_at: str,
    seen_names: set[str],
) -> list[Stored]:
    """Store entries none of which is stored yet and no two of which share an address."""
    rows = Rows({table: next_id(connection, table) for table in NUMBERED})
    latest = _latest_versions(connection, [e.candidate.address for e in entries])
    numbers: dict[str, int] = {}
    stored = []
    for entry in entries:
        candidate = entry.candidate
        version, replaced = latest.get(candidate.address or "", (0, None))
        number = rows.number(schema.documents)
        numbers[candidate.identity] = number
        original = _original_number(connection, entry.original, numbers)
        row = _document_row(entry, number, version + 1, original, run_id, known_at)
        rows.add(schema.documents, row)
        if entry.original and original:
            kind, similarity = entry.original.kind, entry.original.similarity
            rows.add(schema.copies, (number, original, kind, similarity, known_at))
        else:
            for band in entry.signature.bands:
                rows.add(schema.bands, (band, number))
        reading_id = None
        if entry.reading:
            owner = Owner(number, run_id, candidate.address or candidate.identity, known_at)
            reading_id = unfold(entry.reading, owner, rows)
        stored.append(
            Stored(
                entry=entry,
                number=number,
                reading_id=reading_id,
                version=version + 1,
                replaced=replaced,
            )
        )
    for old in [s.replaced for s in stored if s.replaced is not None]:
        close_document(connection, old, known_at)
    write(connection, rows, seen_names)
    return stored


def write(connection: sa.Connection, rows: Rows, seen_names: set[str]) -> None:
    """Insert rows in the order in which the tables refer to each other, and index their texts."""
    for table in schema.metadata.sorted_tables:
        insert(connection, table, rows.rows.get(table, ()))
    fresh = [row for key, row in rows.names.items() if key not in seen_names]
    if fresh:
        add_names(connection, fresh)
        seen_names.update(row[0] for row in fresh)
    _count(connection, {key: len(readings) for key, readings in rows.named.items()})
    told, sides = rows.rows.get(schema.events, ()), rows.rows.get(schema.event_actors, ())
    count_rows(connection, told, sides)
    _index(connection, rows)


def add_names(connection: sa.Connection, rows: Sequence[Row]) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join(mark for _ in schema.names.columns)
    connection.exec_driver_sql(
        f"INSERT INTO names VALUES ({marks}) ON CONFLICT DO NOTHING", list(rows)
    )


def _count(connection: sa.Connection, more: dict[str, int]) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    if more:
        connection.exec_driver_sql(
            f"UPDATE names SET documents = documents + {mark} WHERE key = {mark}",
            [(count, key) for key, count in more.items()],
        )


def close_document(connection: sa.Connection, number: int, moment: str) -> None:
    """A newer version has come: this one, its readings and what they tell are closed."""
    documents = schema.documents
    connection.execute(
        sa.update(documents)
        .where(documents.c.id == number, documents.c.closed_at.is_(None))
        .values(closed_at=moment)
    )
    close_readings(connection, number, moment)


def close_readings(connection: sa.Connection, document_id: int, moment: str) -> None:
    """Close what the open readings of a document tell; nothing is taken away."""
    readings, actors = schema.readings, schema.actors
    named = connection.execute(
        sa.select(actors.c.key, sa.func.count(sa.distinct(actors.c.reading_id)))
        .join(readings, readings.c.id == actors.c.reading_id)
        .where(readings.c.document_id == document_id, readings.c.closed_at.is_(None))
        .where(actors.c.key != "")
        .group_by(actors.c.key)
    )
    _count(connection, {key: -count for key, count in named})
    uncount(connection, schema.events.c.document_id == document_id)
    for table in (schema.readings, schema.events, schema.statements):
        connection.execute(
            sa.update(table)
            .where(table.c.document_id == document_id, table.c.closed_at.is_(None))
            .values(closed_at=moment)
        )


def among(column: sa.ColumnElement[Any], values: Iterable[Any]) -> sa.ColumnElement[bool]:
    """`column IN values`, bound as one parameter each whatever their number."""
    return column.in_(list(values))


def _latest_versions(
    connection: sa.Connection, addresses: Sequence[str | None]
) -> dict[str, tuple[int, int]]:
    wanted = [address for address in addresses if address]
    if not wanted:
        return {}
    documents = schema.documents
    found = connection.execute(
        sa.select(documents.c.address, documents.c.version, documents.c.id)
        .where(among(documents.c.address, wanted))
        .order_by(documents.c.version)
    )
    return {address: (version, number) for address, version, number in found}


def _original_number(
    connection: sa.Connection, original: Original | None, numbers: dict[str, int]
) -> int | None:
    if original is None or original.document_id is not None:
        return original.document_id if original else None
    if original.identity in numbers:
        return numbers[original.identity]
    documents = schema.documents
    return connection.execute(
        sa.select(documents.c.id).where(documents.c.identity == original.identity)
    ).scalar()


def _document_row(
    entry: Entry, number: int, version: int, original: int | None, run_id: int, known_at: str
) -> Row:
    candidate, reading = entry.candidate, entry.reading
    document, found = candidate.document, candidate.found
    published = reading.document.published if reading else _as_given(document.date)
    text = (reading.document.text if reading else None) or document.text
    return (
        number,
        candidate.identity,
        candidate.address,
        version,
        candidate.content,
        candidate.name,
        document.title,
        clean(found.author) if found.author else None,
        document.source or host_of(document.url),
        document.url,
        reading.document.language if reading else None,
        published.date,
        day_of(published.date),
        published.basis,
        published.why,
        found.kind,
        text,
        len(text),
        clean(found.origin),
        run_id,
        original,
        known_at,
        None,
        host_of(document.url),
    )


def _as_given(date: str | None) -> Published:
    if not date:
        return Published()
    return Published(date=date, basis="given", why="The date was given with the document.")


def _index(connection: sa.Connection, rows: Rows) -> None:
    """Enter texts into the full-text index."""
    for table, columns in INDEXED.items():
        stored = rows.rows.get(table)
        if not stored:
            continue
        if connection.dialect.name == "sqlite":
            places = [list(table.c.keys()).index(name) for name in columns]
            marks = ", ".join("?" for _ in columns)
            connection.exec_driver_sql(
                f"INSERT INTO {table.name}_index(rowid, {', '.join(columns)}) VALUES (?, {marks})",
                [(row[0], *(row[place] for place in places)) for row in stored],
            )
            continue
        words = " || ' ' || ".join(
            f"left(coalesce({name}, ''), {_MOST_INDEXED})" for name in columns
        )
        connection.exec_driver_sql(
            f"UPDATE {table.name} SET search = to_tsvector('dragoman', {words}) "
            "WHERE id BETWEEN %s AND %s",
            (stored[0][0], stored[-1][0]),
        )
