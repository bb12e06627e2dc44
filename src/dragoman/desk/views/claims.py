"""Claims: what is charged and what is said against it, side by side, on whose word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.rows import StatementRow
from dragoman.desk.context import sentences_of
from dragoman.desk.desk import Desk
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question, one_more, page_of

CHARGES = ("accusation", "claim", "demand", "threat")


def claims(desk: Desk, q: Question) -> Page:
    """Accusations, the newest first, each with the denials of the same report that answer it."""
    asked = replace(q.filter, kind=q.filter.kind or ("accusation", "denial"))
    rows = list(desk.case.statements(one_more(asked)))
    more = page_of(rows, asked, "-day")
    pairs = answered(desk, rows)
    return Page(
        template="claims.html",
        title="Claims",
        data={"claims": pairs},
        private={"sentences": sentences_of(desk, rows)},
        rows=rows,
        more=more,
        fields=("speaker", "since", "until", "source", "text", "as_known_at"),
    )


def answered(desk: Desk, rows: list[StatementRow]) -> list[dict[str, Any]]:
    """By day what is charged beside what answers it; a denial that answers nothing stands alone."""
    data = _data(desk, [row.number for row in rows])
    by_place = {(row.reading, row.statement): row for row in rows}
    answers: dict[int, list[StatementRow]] = defaultdict(list)
    taken: set[int] = set()
    for row in rows:
        charge = by_place.get((row.reading, data[row.number].get("answers") or ""))
        if charge is not None and charge.number != row.number:
            answers[charge.number].append(row)
            taken.add(row.number)
    found = []
    for row in rows:
        if row.number in taken:
            continue
        left = row if row.kind != "denial" else None
        right = answers.get(row.number, []) if left else [row, *answers.get(row.number, [])]
        found.append({"day": row.day, "charge": left, "answers": right})
    return found


def _data(desk: Desk, numbers: list[int]) -> dict[int, dict[str, Any]]:
    statements = schema.statements
    with desk.case.database.reading() as connection:
        rows = connection.execute(
            sa.select(statements.c.id, statements.c.data).where(statements.c.id.in_(numbers))
        )
        return {row.id: orjson.loads(row.data) for row in rows}
