"""What people decided holds in later readings of a document, and in its later versions.

A decision names a stretch of text. In the same text it is where it was; in a new version it is
where its sentence is found again, and lapses where the sentence is gone. There a rejection closes
what the machine tells anew of the same type; an acceptance or a correction takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.counting import uncount
from dragoman.case.database import next_id
from dragoman.case.identity import actor_keys
from dragoman.case.plain import event_from, statement_from
from dragoman.case.storing import write
from dragoman.case.unfold import Folder, Owner, Rows
from dragoman.records import Event, Reading, Span, Statement

# What of an event people judge; the rest (spans, confidence, method) is how it was found.
CODING = ("type", "mode", "status", "actors", "recipients")


@dataclass(frozen=True, slots=True)
class Decision:
    """The last word of a person on an event or a statement."""

    id: int
    part: str
    decision: str
    before: dict[str, Any]
    after: dict[str, Any]
    text: str


def carry_decisions(
    connection: sa.Connection,
    documents: Sequence[int],
    reading: Reading,
    reading_id: int,
    owner: Owner,
) -> int:
    """Make the decisions on these documents hold in a reading just stored; returns how many do."""
    decisions = last_decisions(connection, documents)
    return sum(_carry(connection, d, reading, reading_id, owner) for d in decisions)


def last_decisions(connection: sa.Connection, documents: Sequence[int]) -> list[Decision]:
    """The last decision on each event and statement of these documents, oldest first."""
    reviews, texts = schema.reviews, schema.documents
    rows = connection.execute(
        sa.select(
            reviews.c.id,
            reviews.c.part,
            reviews.c.decision,
            reviews.c.before,
            reviews.c.after,
            texts.c.text,
            reviews.c.anchor,
        )
        .join(texts, texts.c.id == reviews.c.document_id)
        .where(reviews.c.document_id.in_(list(documents)))
        .order_by(reviews.c.id)
    )
    last: dict[tuple[str, str], Decision] = {}
    for number, part, decision, before, after, text, anchor in rows:
        last.pop((part, anchor), None)
        last[part, anchor] = Decision(
            number, part, decision, orjson.loads(before), orjson.loads(after), text
        )
    return list(last.values())


def _carry(
    connection: sa.Connection, decision: Decision, reading: Reading, reading_id: int, owner: Owner
) -> bool:
    shift = _shift(decision, reading.document.text or "")
    if shift is None:
        return False
    table = schema.events if decision.part == "event" else schema.statements
    start, end = _extent(decision.part, decision.before)
    matches = connection.execute(
        sa.select(table.c.id, table.c.data)
        .where(
            table.c.reading_id == reading_id,
            table.c.closed_at.is_(None),
            table.c.span_start < end + shift,
            table.c.span_end > start + shift,
        )
        .order_by(table.c.id)
    ).all()
    told = [(number, orjson.loads(data)) for number, data in matches]
    same = [(n, data) for n, data in told if _same_kind(decision, data)]
    if decision.decision == "rejected":
        for number, _ in same:
            _close(connection, table, number, "rejected", owner.known_at)
            _point(connection, decision, number)
        return bool(same)
    for number, data in same:
        if all(data.get(name) == decision.after.get(name) for name in _judged(decision.part)):
            connection.execute(
                sa.update(table).where(table.c.id == number).values(decision=decision.decision)
            )
            _point(connection, decision, number)
            return True
    for number, _ in same:
        _close(connection, table, number, "replaced", owner.known_at)
    taken = same[0][1]["id"] if same else None
    number = _insert(connection, decision, shift, taken, reading, reading_id, owner)
    _point(connection, decision, number)
    return True


def _same_kind(decision: Decision, told: dict[str, Any]) -> bool:
    """An event of the type decided on (before or after); of statements any at that place."""
    if decision.part == "statement":
        return True
    return told["type"] in (decision.before["type"], decision.after["type"])


def _judged(part: str) -> tuple[str, ...]:
    return CODING if part == "event" else ("speaker", "kind", "hedged", "quoted")


def _shift(decision: Decision, text: str) -> int | None:
    """How far the passage has moved in the new text; None where it is gone."""
    if decision.text == text:
        return 0
    start, end = _extent(decision.part, decision.before)
    # With some words around it the place is unique; a trigger alone ("said") is not.
    left, right = max(0, start - 60), end + 60
    for margin_start, margin_end in ((left, right), (max(0, start - 20), end + 20)):
        passage = decision.text[margin_start:margin_end]
        at = text.find(passage)
        if at >= 0:
            return at - margin_start
    return None


def _extent(part: str, data: dict[str, Any]) -> tuple[int, int]:
    if part == "statement":
        return data["content"]["start"], data["content"]["end"]
    spans = data["trigger"]
    return min(s["start"] for s in spans), max(s["end"] for s in spans)


def _insert(
    connection: sa.Connection,
    decision: Decision,
    shift: int,
    taken: str | None,
    reading: Reading,
    reading_id: int,
    owner: Owner,
) -> int:
    """Store what the person decided as part of the new reading."""
    tables = (schema.events, schema.statements)
    rows = Rows({table: next_id(connection, table) for table in tables})
    folder = Folder(reading, actor_keys(reading), reading_id, owner)
    if decision.part == "event":
        event = _moved_event(event_from(decision.after), shift, reading)
        event = replace(event, id=taken or f"p{decision.id}")
        number = folder.event(event, rows, decision=decision.decision)
    else:
        statement = _moved_statement(statement_from(decision.after), shift)
        statement = replace(statement, id=taken or f"p{decision.id}")
        number = folder.statement(statement, rows, decision=decision.decision)
    write(connection, rows, set())
    return number


def _moved_event(event: Event, shift: int, reading: Reading) -> Event:
    trigger = tuple(Span(s.start + shift, s.end + shift) for s in event.trigger)
    sentence = next(
        (n for n, s in enumerate(reading.sentences) if s.start <= trigger[0].start < s.end), 0
    )
    telling = replace(event.tellings[0], sentence=sentence, trigger=trigger)
    return replace(event, trigger=trigger, sentence=sentence, tellings=(telling,))


def _moved_statement(statement: Statement, shift: int) -> Statement:
    content = statement.content
    pieces = tuple(Span(s.start + shift, s.end + shift) for s in content.pieces)
    cue = statement.cue and Span(statement.cue.start + shift, statement.cue.end + shift)
    moved = replace(content, start=content.start + shift, end=content.end + shift, pieces=pieces)
    return replace(statement, content=moved, cue=cue)


def _close(
    connection: sa.Connection, table: sa.Table, number: int, decision: str, moment: str
) -> None:
    if table is schema.events:
        uncount(connection, schema.events.c.id == number)
    connection.execute(
        sa.update(table).where(table.c.id == number).values(decision=decision, closed_at=moment)
    )


def _point(connection: sa.Connection, decision: Decision, number: int) -> None:
    """The decision now stands at this row."""
    reviews = schema.reviews
    connection.execute(sa.update(reviews).where(reviews.c.id == decision.id).values(row_id=number))
