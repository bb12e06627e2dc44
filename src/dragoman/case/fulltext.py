"""Full-text search on both databases, with one way of writing a query.

All words must occur, in any order; `"in quotes"` they stand together; `-word` must not occur;
`one OR other` takes either. Words are compared by their stems: talks finds talked.
"""

from __future__ import annotations

import re
from typing import Final

import sqlalchemy as sa

from dragoman.errors import UsageError

# PostgreSQL's English stems without its stop words, which would make "no way" mean "way".
CONFIGURATION: Final = "dragoman"
_TERM: Final = re.compile(r'-?"[^"]*"|\S+')
_WORD: Final = re.compile(r"[^\W_]")


def match(table: sa.Table, words: str, *, postgres: bool) -> sa.ColumnElement[bool]:
    """Whether a row of the table has the words in its indexed columns."""
    query = checked(words)
    if postgres:
        asked = sa.func.websearch_to_tsquery(CONFIGURATION, query)
        return _vector(table).bool_op("@@")(asked)
    index = sqlite_index(table)
    return table.c.id.in_(sa.select(index.c.rowid).where(_matches(index, fts5(query))))


def sqlite_index(table: sa.Table) -> sa.TableClause:
    return sa.table(f"{table.name}_index", sa.column("rowid"), sa.column("rank"))


def sqlite_match(table: sa.Table, words: str) -> sa.ColumnElement[bool]:
    """The condition on the index itself, for queries that join it and order by its rank."""
    return _matches(sqlite_index(table), fts5(checked(words)))


def postgres_rank(table: sa.Table, words: str) -> sa.ColumnElement[float]:
    asked = sa.func.websearch_to_tsquery(CONFIGURATION, checked(words))
    return sa.func.ts_rank(_vector(table), asked)


def checked(words: str) -> str:
    """The query without what neither database can hold; UsageError where no word is left."""
    query = words.replace("\x00", " ").encode("utf-8", "replace").decode()
    if not any(_WORD.search(term) and not term.startswith("-") for term in _TERM.findall(query)):
        raise UsageError(f"{words!r} names no word to look for.")
    return query


def fts5(query: str) -> str:
    """The query in the words of FTS5; every term is quoted, so that none is an operator."""
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    for term in _TERM.findall(query):
        if term == "OR":
            either = bool(wanted)
            continue
        bare = term.removeprefix("-").replace('"', " ").strip()
        if not _WORD.search(bare):
            continue
        quoted = f'"{bare}"'
        if term.startswith("-"):
            unwanted.append(quoted)
        elif either:
            wanted[-1].append(quoted)
        else:
            wanted.append([quoted])
        either = False
    groups = [f"({' OR '.join(group)})" if len(group) > 1 else group[0] for group in wanted]
    asked = " AND ".join(groups)
    return " NOT ".join([f"({asked})" if unwanted else asked, *unwanted])


def _matches(index: sa.TableClause, query: str) -> sa.ColumnElement[bool]:
    return sa.literal_column(index.name).op("MATCH")(query)


def _vector(table: sa.Table) -> sa.ColumnClause[object]:
    return sa.column("search", _selectable=table)
