"""The sentences around statements: what is said is seldom understood without who says it how."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.rows import StatementRow
from dragoman.desk.desk import Desk

_MOST = 700


def sentences_of(desk: Desk, rows: Iterable[StatementRow]) -> dict[int, tuple[str, str, str]]:
    """By a statement's number: what stands before it in its sentences, itself, what follows."""
    rows = list(rows)
    readings, documents = schema.readings, schema.documents
    with desk.case.database.reading() as connection:
        found = connection.execute(
            sa.select(readings.c.id, readings.c.sentences, documents.c.text)
            .join(documents, documents.c.id == readings.c.document_id)
            .where(readings.c.id.in_({row.reading for row in rows}))
        )
        texts = {row.id: (orjson.loads(row.sentences), row.text) for row in found}
    around = {}
    for row in rows:
        if row.reading not in texts:
            continue
        sentences, text = texts[row.reading]
        starts = [start for start, _ in sentences]
        first = bisect_right(starts, row.span_start) - 1
        last = bisect_right(starts, max(row.span_start, row.span_end - 1)) - 1
        if first < 0:
            continue
        start = max(sentences[first][0], row.span_start - _MOST)
        end = min(max(sentences[last][1], row.span_end), row.span_end + _MOST)
        around[row.number] = (
            text[start : row.span_start],
            text[row.span_start : row.span_end][: 2 * _MOST],
            text[row.span_end : end],
        )
    return around
