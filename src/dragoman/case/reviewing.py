"""What people decide on events and statements: accept, reject, correct.

A decision is kept with name and time and wins over every reading, this one and later ones. Nothing
is overwritten: a rejected row is closed, a corrected one is closed and its correction stands beside
it, so that questions about earlier moments are answered as they would have been.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import orjson
import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.counting import uncount
from dragoman.case.database import insert, next_id
from dragoman.case.identity import clean, event_fingerprint
from dragoman.case.plain import event_from, statement_from
from dragoman.case.storing import write
from dragoman.case.unfold import NUMBERED, PARTY, Rows, dump
from dragoman.errors import UsageError
from dragoman.ontology import load_ontology
from dragoman.records import Event, Record, StatementKind, Status

if TYPE_CHECKING:
    from dragoman.case.case import Case

Decided = Literal["accepted", "rejected", "corrected"]
Part = Literal["event", "statement"]
EVENT_CHANGES: Final = ("type", "mode", "status", "background", "actors", "recipients")
STATEMENT_CHANGES: Final = ("kind", "hedged", "quoted")
events, statements, reviews = schema.events, schema.statements, schema.reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Record):
    """A person's decision. `changes` are fields and their right values, for a correction."""

    decision: Decided
    reviewer: str
    changes: Mapping[str, Any] | None = None
    note: str | None = None


def review(case: Case, part: Part, number: int, verdict: Verdict) -> int:
    """Keep a decision on an event or statement by its number; returns the row that now stands."""
    if not verdict.reviewer.strip():
        raise UsageError("a decision needs the name of who makes it.")
    if (verdict.decision == "corrected") != bool(verdict.changes):
        raise UsageError("a correction, and only a correction, says what is right.")
    table = events if part == "event" else statements
    with case.database.writing() as connection:
        found = connection.execute(sa.select(table).where(table.c.id == number)).mappings().first()
        row = dict(found or {})
        if not row:
            raise UsageError(f"the case has no {part} {number}.")
        if row["closed_at"] is not None and row["decision"] != "rejected":
            raise UsageError(
                f"{part} {number} is no longer what the case holds: its document was read again or "
                f"it was corrected. `dragoman show CASE {part}s` lists what it holds."
            )
        moment = case.now()
        before, after = orjson.loads(row["data"]), orjson.loads(row["data"])
        if verdict.changes:
            after = _corrected(connection, part, row, after, verdict.changes)
        standing = _apply(connection, part, row, after, verdict, moment)
        kept = (
            next_id(connection, reviews),
            part,
            row["document_id"],
            standing,
            _anchor(connection, part, number, row["fingerprint"]),
            verdict.decision,
            dump(before),
            dump(after),
            clean(verdict.reviewer.strip()),
            clean(verdict.note) if verdict.note else None,
            moment,
        )
        insert(connection, reviews, [kept])
    return standing


def history(case: Case) -> Iterator[dict[str, Any]]:
    """All decisions, the oldest first."""
    with case.database.reading() as connection:
        for row in connection.execute(sa.select(reviews).order_by(reviews.c.id)).mappings():
            yield {
                **{name: row[name] for name in ("id", "part", "document_id", "decision")},
                **{name: row[name] for name in ("reviewer", "note", "made_at")},
                "before": orjson.loads(row["before"]),
                "after": orjson.loads(row["after"]),
            }


def gold(case: Case) -> Iterator[dict[str, Any]]:
    """What people decided, a document a row: its text, what is right in it and what is not."""
    documents = schema.documents
    decided = sa.select(reviews.c.document_id).distinct()
    with case.database.reading() as connection:
        rows = connection.execute(
            sa.select(documents).where(documents.c.id.in_(decided)).order_by(documents.c.id)
        ).all()
        for row in rows:
            yield {
                "document": {
                    "id": row.name,
                    "title": row.title,
                    "source": row.source,
                    "url": row.url,
                    "published": {"date": row.published, "basis": row.dating},
                    "text": row.text,
                },
                "actors": _actors_of(connection, row.id),
                "events": _decided(connection, row.id, "event", rejected=False),
                "statements": _decided(connection, row.id, "statement", rejected=False),
                "rejected_events": _decided(connection, row.id, "event", rejected=True),
                "rejected_statements": _decided(connection, row.id, "statement", rejected=True),
            }


def _apply(
    connection: sa.Connection,
    part: Part,
    row: Mapping[str, Any],
    after: dict[str, Any],
    verdict: Verdict,
    moment: str,
) -> int:
    """Make the decision stand; returns the number of the row that carries it."""
    table = events if part == "event" else statements
    number: int = row["id"]
    closed = row["closed_at"] is not None
    if part == "event" and not closed and verdict.decision != "accepted":
        uncount(connection, events.c.id == number)
    if verdict.decision == "rejected":
        _update(
            connection, table, number, decision="rejected", closed_at=row["closed_at"] or moment
        )
        return number
    if verdict.decision == "accepted" and not closed:
        _update(connection, table, number, decision="accepted")
        return number
    if not closed:
        _update(connection, table, number, decision="replaced", closed_at=moment)
    return _beside(connection, part, row, after, verdict, moment)


def _beside(
    connection: sa.Connection,
    part: Part,
    row: Mapping[str, Any],
    after: dict[str, Any],
    verdict: Verdict,
    moment: str,
) -> int:
    """A new row beside the old one, as the person decided."""
    table = events if part == "event" else statements
    rows = Rows({t: next_id(connection, t) for t in NUMBERED})
    number = rows.number(table)
    fields: dict[str, Any] = dict(row) | {
        "id": number,
        "decision": verdict.decision,
        "known_at": moment,
        "closed_at": None,
        "data": dump(after),
    }
    if part == "event":
        event = event_from(after)
        fields |= {name: after[name] for name in ("type", "mode", "status", "background", "score")}
        fields["method"] = event.method
        known = _known_actors(connection, row["reading_id"])
        fields["who"] = "; ".join(known.get(i, (i, i))[1] for i in event.actors)
        fields["whom"] = "; ".join(known.get(i, (i, i))[1] for i in event.recipients)
        identity = _identity(connection, row["document_id"])
        fields["fingerprint"] = event_fingerprint(identity, event, row["passage"])
        _add_participants(connection, row, event, known, number, rows)
    else:
        fields |= {name: after[name] for name in STATEMENT_CHANGES}
    rows.add(table, tuple(fields[column.name] for column in table.columns))
    write(connection, rows, set())
    return number


def _add_participants(
    connection: sa.Connection,
    row: Mapping[str, Any],
    event: Event,
    known: Mapping[str, tuple[str, str]],
    number: int,
    rows: Rows,
) -> None:
    roles = schema.event_actors
    before = orjson.loads(row["data"])
    unchanged = all(
        tuple(before[name]) == getattr(event, name) for name in ("actors", "recipients")
    )
    if unchanged:
        old = connection.execute(sa.select(roles).where(roles.c.event_id == row["id"]))
        for one in old:
            rows.add(roles, (one.key, one.role, one.day, number, one.position))
        return
    codes = _codes(connection, row["reading_id"])
    keys: dict[str, None] = {}
    for role, ids in (("actor", event.actors), ("recipient", event.recipients)):
        for position, actor in enumerate(dict.fromkeys(ids)):
            key = known.get(actor, (actor, actor))[0] or actor
            rows.add(roles, (key, role, row["day"], number, position))
            keys |= dict.fromkeys((key, *codes.get(actor, ())))
    for key in keys:
        rows.add(roles, (key, PARTY, row["day"], number, 0))


def _corrected(
    connection: sa.Connection,
    part: Part,
    row: Mapping[str, Any],
    data: dict[str, Any],
    changes: Mapping[str, Any],
) -> dict[str, Any]:
    """The plain record with the changes, checked; UsageError names what is not possible."""
    allowed = EVENT_CHANGES if part == "event" else STATEMENT_CHANGES
    unknown = sorted(set(changes) - set(allowed))
    if unknown:
        raise UsageError(
            f"a correction of {', '.join(unknown)} is not possible; of these it is: "
            f"{', '.join(allowed)}."
        )
    if part == "statement":
        if changes.get("kind", data["kind"]) not in get_args(StatementKind):
            raise UsageError(f"there is no kind {changes['kind']!r} of statements.")
        return statement_from({**data, **changes}).to_dict()
    merged = {**data, **changes}
    types = load_ontology().types
    if merged["type"] not in types:
        raise UsageError(f"there is no type {merged['type']!r}; there are: {', '.join(types)}.")
    if "type" in changes and "mode" not in changes:
        merged["mode"] = None
    modes = types[merged["type"]].modes
    if merged["mode"] is not None and merged["mode"] not in modes:
        shown = ", ".join(modes) or "none"
        raise UsageError(f"{merged['type']} has no mode {merged['mode']!r}; it has: {shown}.")
    if merged["status"] not in get_args(Status):
        raise UsageError(
            f"there is no status {merged['status']!r}; there are: {', '.join(get_args(Status))}."
        )
    known = _known_actors(connection, row["reading_id"])
    for actor in (*merged["actors"], *merged["recipients"]):
        if actor not in known and not _in_case(connection, actor):
            raise UsageError(
                f"no actor of the case has the id {actor!r}; "
                "`dragoman show CASE actors` lists them."
            )
    event = event_from(merged)
    score = load_ontology().score(event.type, event.mode)
    telling = replace(event.tellings[0], status=event.status, background=event.background)
    tellings = (telling, *event.tellings[1:])
    return replace(event, score=score, confidence=1.0, method="person", tellings=tellings).to_dict()


def _known_actors(connection: sa.Connection, reading_id: int) -> dict[str, tuple[str, str]]:
    """By id in the reading the key and the name of its actors."""
    actors = schema.actors
    found = connection.execute(
        sa.select(actors.c.actor, actors.c.key, actors.c.name).where(
            actors.c.reading_id == reading_id
        )
    )
    return {row.actor: (row.key, row.name) for row in found}


def _codes(connection: sa.Connection, reading_id: int) -> dict[str, list[str]]:
    actors = schema.actors
    found = connection.execute(
        sa.select(actors.c.actor, actors.c.code, actors.c.part_of).where(
            actors.c.reading_id == reading_id
        )
    )
    return {row.actor: [key for key in (row.code, row.part_of) if key] for row in found}


def _in_case(connection: sa.Connection, key: str) -> bool:
    names = schema.names
    return connection.execute(sa.select(names.c.key).where(names.c.key == key)).first() is not None


def _identity(connection: sa.Connection, document_id: int) -> str:
    documents = schema.documents
    row = connection.execute(
        sa.select(documents.c.address, documents.c.identity).where(documents.c.id == document_id)
    ).one()
    return str(row.address or row.identity)


def _anchor(connection: sa.Connection, part: Part, number: int, fingerprint: str) -> str:
    """What ties decisions on the same event together: a second one follows the first."""
    earlier = connection.execute(
        sa.select(reviews.c.anchor)
        .where(reviews.c.part == part, reviews.c.row_id == number)
        .order_by(reviews.c.id.desc())
    ).scalar()
    return str(earlier or fingerprint)


def _update(connection: sa.Connection, table: sa.Table, number: int, **values: Any) -> None:
    connection.execute(sa.update(table).where(table.c.id == number).values(**values))


def _actors_of(connection: sa.Connection, document_id: int) -> list[dict[str, Any]]:
    actors, readings = schema.actors, schema.readings
    found = connection.execute(
        sa.select(actors.c.actor, actors.c.name, actors.c.kind, actors.c.code)
        .join(readings, readings.c.id == actors.c.reading_id)
        .where(actors.c.document_id == document_id, readings.c.closed_at.is_(None))
        .order_by(actors.c.id)
    )
    return [
        {"id": row.actor, "name": row.name, "kind": row.kind, "code": row.code} for row in found
    ]


def _decided(
    connection: sa.Connection, document_id: int, part: Part, *, rejected: bool
) -> list[dict[str, Any]]:
    """The last decisions on a document's events or statements, in the order of the text."""
    rows = connection.execute(
        sa.select(reviews)
        .where(reviews.c.document_id == document_id, reviews.c.part == part)
        .order_by(reviews.c.id)
    )
    last = {row.anchor: row for row in rows}
    told = [
        orjson.loads(row.before if rejected else row.after)
        for row in last.values()
        if (row.decision == "rejected") == rejected
    ]
    return sorted(told, key=_place)


def _place(data: dict[str, Any]) -> tuple[int, str]:
    spans = data.get("trigger") or [data["content"]]
    return spans[0]["start"], data["id"]
