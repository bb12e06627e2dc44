"""Searching the whole case for words: documents and statements, the closest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.conditions import visible
from dragoman.case.filters import Filter
from dragoman.case.fulltext import match, postgres_rank, sqlite_index, sqlite_match
from dragoman.case.moments import first_day, last_day, parse_moment
from dragoman.case.queries import spoken_by
from dragoman.case.rows import Rows
from dragoman.records import Record

if TYPE_CHECKING:
    from dragoman.case.case import Case

documents, statements = schema.documents, schema.statements
# Of words that stand in more places than this, the closest of the newest so many are given: to
# rank a hundred thousand takes seconds, and what all reports say tells none apart.
_RANKED: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Record):
    """A statement or a document in which the words stand."""

    part: str
    document: int
    number: int
    day: str | None
    speaker: str | None
    passage: str
    span_start: int
    span_end: int
    title: str | None
    source: str | None
    url: str | None


def search(case: Case, words: str, wanted: Filter) -> Rows[Hit]:
    """Statements with the words, then documents; with a speaker statements alone."""
    moment = parse_moment(wanted.as_known_at) if wanted.as_known_at else None

    def ask() -> Iterator[Hit]:
        left = wanted.limit
        with case.database.reading() as connection:
            for part in _parts(connection, wanted):
                select = _select(connection, part, words, wanted, moment, case.database.postgres)
                if left is not None:
                    select = select.limit(left)
                for row in connection.execute(select).mappings():
                    if left is not None:
                        left -= 1
                    yield _hit(part, dict(row), words)

    match(documents, words, postgres=case.database.postgres)  # a fault in the words is told at once
    return Rows(Hit, ask)


def _parts(connection: sa.Connection, wanted: Filter) -> list[sa.Table]:
    return [statements] if wanted.speaker else [statements, documents]


def _select(
    connection: sa.Connection,
    table: sa.Table,
    words: str,
    wanted: Filter,
    moment: str | None,
    postgres: bool,
) -> sa.Select[Any]:
    conditions = [visible(table, moment)]
    if wanted.speaker and table is statements:
        conditions.append(spoken_by(connection, wanted.speaker))
    if wanted.since:
        conditions.append(table.c.day >= first_day(wanted.since))
    if wanted.until:
        conditions += [table.c.day <= last_day(wanted.until), table.c.day != ""]
    owner = documents.c.id if table is documents else statements.c.document_id
    if wanted.source:
        own = documents.alias("own")
        conditions.append(sa.exists().where(own.c.id == owner, own.c.source == wanted.source))
    select = _columns(table)
    if postgres:
        rank = postgres_rank(table, words)
        conditions.append(match(table, words, postgres=True))
        return select.where(*conditions).order_by(rank.desc(), table.c.id.desc())
    index = sqlite_index(table)
    ranked = (
        sa.select(table.c.id, index.c.rank)
        .select_from(index)
        .join(table, table.c.id == index.c.rowid)
        .where(sqlite_match(table, words), *conditions)
        .order_by(index.c.rowid.desc())
        .limit(_RANKED)
        .subquery("ranked")
    )
    return select.join(ranked, ranked.c.id == table.c.id).order_by(ranked.c.rank, table.c.id.desc())


def _columns(table: sa.Table) -> sa.Select[Any]:
    if table is documents:
        return sa.select(
            documents.c.id.label("document"),
            documents.c.id.label("number"),
            documents.c.day,
            documents.c.text,
            documents.c.title,
            documents.c.source,
            documents.c.url,
        ).select_from(documents)
    return sa.select(
        statements.c.document_id.label("document"),
        statements.c.id.label("number"),
        statements.c.day,
        statements.c.speaker_name.label("speaker"),
        statements.c.passage,
        statements.c.span_start,
        statements.c.span_end,
        documents.c.title,
        documents.c.source,
        documents.c.url,
    ).join_from(statements, documents, documents.c.id == statements.c.document_id)


def _hit(table: sa.Table, row: dict[str, Any], words: str) -> Hit:
    row["day"] = row["day"] or None
    if table is statements:
        return Hit(part="statement", **row)
    text = row.pop("text")
    start, end = _around(text, words)
    passage = " ".join(text[start:end].split())
    return Hit(
        part="document", speaker=None, passage=passage, span_start=start, span_end=end, **row
    )


def _around(text: str, words: str) -> tuple[int, int]:
    """The stretch of a document that shows where the words stand: the first sentence with one."""
    folded = text.casefold()
    bare = [w.strip('"').casefold() for w in words.split() if not w.startswith("-")]
    # A stem finds other endings too; the first letters of a long word stand in most of them.
    starts = [folded.find(w[: max(4, len(w) - 3)]) for w in bare if w]
    first = min((start for start in starts if start >= 0), default=0)
    # Folding may change lengths in rare scripts; the ends are kept inside the text.
    first = min(first, len(text))
    start = max(text.rfind(". ", 0, first) + 1, text.rfind("\n", 0, first) + 1, first - 200, 0)
    end = text.find(". ", first)
    return start, min(len(text), first + 300 if end < 0 else min(end + 1, first + 300))
