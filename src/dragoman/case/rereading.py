"""Bringing old readings up to a new model, directory or frames, and what people decided with them.

Each document is reread and stored in a turn of its own batch; a run that is killed goes on with
those that are still old. The old readings stay, closed, for questions about earlier moments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.adding import Reads
from dragoman.case.carrying import carry_decisions
from dragoman.case.database import next_id
from dragoman.case.moments import day_of
from dragoman.case.outcomes import Outcome, Summary
from dragoman.case.runs import Run, add_trouble, run
from dragoman.case.storing import close_readings, versions_of, write
from dragoman.case.unfold import NUMBERED, Owner, Rows, unfold
from dragoman.errors import DragomanError
from dragoman.records import Input, Provenance, Reading

if TYPE_CHECKING:
    from dragoman.case.case import Case

BATCH: Final = 32
documents, readings = schema.documents, schema.readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which documents are reread: the old ones, or `everything`."""

    everything: bool = False
    limit: int | None = None


def reread(
    case: Case,
    reader: Reads,
    provenance: Provenance,
    choice: Choice,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Reread what was read with other versions than `provenance` names."""
    summary = Summary()
    with run(case, "reread") as current:
        last = 0
        try:
            while choice.limit is None or summary.counts["version"] < choice.limit:
                rows = _old(case, provenance, choice, last)
                if choice.limit is not None:
                    rows = rows[: choice.limit - summary.counts["version"]]
                if not rows:
                    break
                last = rows[-1].id
                for outcome in _batch(case, current, reader, rows):
                    summary.add(outcome)
                    if on_outcome:
                        on_outcome(outcome)
        finally:
            current.counts = {
                "reread": summary.counts["version"],
                "failed": summary.counts["failed"],
            }
    return summary


def count_old(case: Case, provenance: Provenance) -> int:
    """How many documents have readings of other versions."""
    with case.database.reading() as connection:
        select = sa.select(sa.func.count()).select_from(_joined()).where(*_is_old(provenance))
        return int(connection.execute(select).scalar_one())


def _joined() -> sa.Join:
    return documents.join(readings, readings.c.document_id == documents.c.id)


def _is_old(provenance: Provenance) -> list[sa.ColumnElement[bool]]:
    current = sa.and_(
        readings.c.dragoman == provenance.dragoman,
        readings.c.model == provenance.model,
        readings.c.directory == provenance.directory,
        readings.c.ontology == provenance.ontology,
        readings.c.schema == provenance.schema,
    )
    return [readings.c.closed_at.is_(None), sa.not_(current)]


def _old(case: Case, provenance: Provenance, choice: Choice, after: int) -> Sequence[sa.Row[Any]]:
    conditions = [documents.c.id > after, documents.c.closed_at.is_(None)]
    conditions += [readings.c.closed_at.is_(None)] if choice.everything else _is_old(provenance)
    with case.database.reading() as connection:
        return connection.execute(
            sa.select(documents)
            .select_from(_joined())
            .where(*conditions)
            .order_by(documents.c.id)
            .limit(BATCH)
        ).all()


def _batch(case: Case, current: Run, reader: Reads, rows: Sequence[sa.Row[Any]]) -> list[Outcome]:
    inputs = [_input(row) for row in rows]
    failed: dict[int, DragomanError] = {}

    def fail(document: Input, error: DragomanError) -> None:
        at = next(n for n, own in enumerate(inputs) if n not in failed and own == document)
        failed[at] = error

    read = iter(list(reader.read_many(inputs, on_error=fail)))
    outcomes = []
    with case.database.writing() as connection:
        moment = case.now()
        for at, row in enumerate(rows):
            name = row.title or row.name
            if at in failed:
                error = failed[at]
                kind = type(error).__name__
                add_trouble(connection, current.id, row.name, kind, str(error), moment)
                outcome = Outcome(state="failed", origin=name, name=row.name, message=str(error))
            else:
                _store(connection, current, row, next(read), moment, case.seen_names)
                outcome = Outcome(state="version", origin=name, name=row.name, number=row.id)
            outcomes.append(outcome)
    return outcomes


def _input(row: sa.Row[Any]) -> Input:
    """The document as it was first read: a date that was inferred is inferred anew."""
    given = row.published if row.dating in ("given", "metadata") else None
    return Input(
        text=row.text, id=row.name, title=row.title, date=given, source=row.source, url=row.url
    )


def _store(
    connection: sa.Connection,
    current: Run,
    row: sa.Row[Any],
    reading: Reading,
    moment: str,
    seen_names: set[str],
) -> None:
    close_readings(connection, row.id, moment)
    rows = Rows({table: next_id(connection, table) for table in NUMBERED})
    owner = Owner(row.id, current.id, row.address or row.identity, moment)
    reading_id = unfold(reading, owner, rows)
    write(connection, rows, seen_names)
    published = reading.document.published
    connection.execute(
        sa.update(documents)
        .where(documents.c.id == row.id)
        .values(
            published=published.date,
            day=day_of(published.date),
            dating=published.basis,
            dating_why=published.why,
            language=reading.document.language,
        )
    )
    same = versions_of(connection, row.address) or [row.id]
    carry_decisions(connection, same, reading, reading_id, owner)
