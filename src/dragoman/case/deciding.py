"""What people decide of merged events: held together, held apart, and left to merging again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.conditions import visible
from dragoman.case.database import insert, next_id
from dragoman.case.merging import (
    decisions_of,
    find_merged,
    merged_ids,
    numbers_meant,
    regroup,
    update,
)
from dragoman.case.moments import parse_moment
from dragoman.errors import UsageError
from dragoman.merging.records import Merged
from dragoman.records import Record

if TYPE_CHECKING:
    from dragoman.case.case import Case

Pairs = list[tuple[str, str]]
events, merges, decided = schema.events, schema.merges, schema.merge_decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow(Record):
    """A person's word on two reports: `one event` or `two events`, by whom, when and why.

    `left` and `right` are ids of reports (`12:e3`), None where the case holds the report no longer;
    `event` is the merged event in which the left one is now.
    """

    event: str | None
    left: str | None
    right: str | None
    verdict: str
    by: str
    note: str | None
    at: str


def decide(
    case: Case, ids: Sequence[str], *, same: bool, reviewer: str, note: str | None = None
) -> list[Merged]:
    """Hold together, or apart, what these ids name; returns the merged events that now stand.

    To merge, name two or more merged events, or reports of them. To split, name one merged event
    and after it the reports (numbers of events) that are to stand apart from the rest of it.
    """
    if len(ids) < 2:
        raise UsageError("name two events or more." if same else "name the event, then reports.")
    if not reviewer.strip():
        raise UsageError("a decision needs the name of who makes it.")
    pairs, across = _pairs_same(case, ids) if same else _pairs_apart(case, ids)
    moment, verdict = case.now(), "same" if same else "different"
    with case.database.writing() as connection:
        for left, right in across:
            _close_decision(connection, left, right, moment)
        for left, right in pairs:
            row = (next_id(connection, decided), left, right, verdict, reviewer, note, moment, None)
            insert(connection, decided, [row])
        anchors = sorted(set(chain.from_iterable(pairs)))
        held = sa.select(merges.c.event_id).where(merges.c.anchor.in_(anchors))
        numbers = set(connection.execute(held).scalars())
        regroup(connection, numbers, decisions_of(connection))
        now = sorted(set(merged_ids(connection, sorted(numbers))))
    return [find_merged(case, id) for id in now]


def list_decisions(case: Case, *, as_known_at: str | None = None) -> list[DecisionRow]:
    """The decisions that hold, the newest first."""
    update(case)
    moment = parse_moment(as_known_at) if as_known_at else None
    newest = (decided.c.known_at.desc(), decided.c.id.desc())
    with case.database.reading() as connection:
        rows = connection.execute(
            sa.select(decided).where(visible(decided, moment)).order_by(*newest)
        ).all()
        anchors = sorted({anchor for row in rows for anchor in (row.left_anchor, row.right_anchor)})
        held = {
            row.anchor: row
            for first in range(0, len(anchors), 500)
            for row in connection.execute(
                sa.select(merges.c.anchor, merges.c.merged, events.c.document_id, events.c.event)
                .join(events, events.c.id == merges.c.event_id)
                .where(merges.c.anchor.in_(anchors[first : first + 500]))
            )
        }

    def report(anchor: str) -> str | None:
        found = held.get(anchor)
        return f"{found.document_id}:{found.event}" if found else None

    return [
        DecisionRow(
            event=held[row.left_anchor].merged if row.left_anchor in held else None,
            left=report(row.left_anchor),
            right=report(row.right_anchor),
            verdict="one event" if row.verdict == "same" else "two events",
            by=row.reviewer,
            note=row.note,
            at=row.known_at,
        )
        for row in rows
    ]


def undecide(case: Case, id: str) -> list[Merged]:
    """Take back what people decided of a merged event's reports; merging alone judges them again.

    Returns the merged events that now stand. UsageError where nothing was decided of it.
    """
    event = find_merged(case, id)
    own = [report.key for report in event.reports]
    either = sa.or_(decided.c.left_anchor.in_(own), decided.c.right_anchor.in_(own))
    with case.database.writing() as connection:
        held = connection.execute(
            sa.select(decided).where(either, decided.c.closed_at.is_(None))
        ).all()
        if not held:
            raise UsageError(
                f"nobody has decided on {event.id}; what holds it together is merging."
            )
        connection.execute(
            sa.update(decided)
            .where(decided.c.id.in_([row.id for row in held]))
            .values(closed_at=case.now())
        )
        anchors = {anchor for row in held for anchor in (row.left_anchor, row.right_anchor)}
        touched = sa.select(merges.c.event_id).where(merges.c.anchor.in_(sorted(anchors | {*own})))
        numbers = set(connection.execute(touched).scalars())
        regroup(connection, numbers, decisions_of(connection))
        now = sorted(set(merged_ids(connection, sorted(numbers))))
    return [find_merged(case, one) for one in now]


def _pairs_same(case: Case, ids: Sequence[str]) -> tuple[Pairs, Pairs]:
    """The first report of each named event beside that of the first, and all pairs across them."""
    found = {event.id: event for event in (find_merged(case, id) for id in ids)}
    if len(found) < 2:
        raise UsageError("these are one event already.")
    first, *rest = [[report.key for report in event.reports] for event in found.values()]
    across = [(a, b) for keys in rest for a in first for b in keys]
    return [(first[0], keys[0]) for keys in rest], across


def _pairs_apart(case: Case, ids: Sequence[str]) -> tuple[Pairs, Pairs]:
    """Each named report beside each of the event's others."""
    event = find_merged(case, ids[0])
    with case.database.reading() as connection:
        numbers = {n for id in ids[1:] for n in numbers_meant(connection, id)}
    out = [r for r in event.reports if r.number in numbers]
    rest = [r for r in event.reports if r.number not in numbers]
    if len(out) < len(numbers) or not out:
        raise UsageError(
            f"these are not all reports of {event.id}; its reports are: "
            f"{', '.join(str(r.number) for r in event.reports)}."
        )
    if not rest:
        raise UsageError(f"all reports of {event.id} are named; leave out those that stay.")
    pairs = [(one.key, other.key) for one in out for other in rest]
    return pairs, pairs


def _close_decision(connection: sa.Connection, left: str, right: str, moment: str) -> None:
    """A later decision on a pair takes the place of the earlier."""
    pair = sa.or_(
        sa.and_(decided.c.left_anchor == left, decided.c.right_anchor == right),
        sa.and_(decided.c.left_anchor == right, decided.c.right_anchor == left),
    )
    connection.execute(
        sa.update(decided).where(pair, decided.c.closed_at.is_(None)).values(closed_at=moment)
    )
