"""The reader: a document with what was found in it marked, and the analysis of what is clicked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dragoman.case import Filter
from dragoman.case.merging import find_held
from dragoman.case.queries import find_event
from dragoman.case.recall import Recalled, recall
from dragoman.case.rows import DocumentRow, EventRow
from dragoman.desk.api import one_document, one_event
from dragoman.desk.desk import Desk
from dragoman.desk.marking import paragraphs
from dragoman.desk.pages import Page
from dragoman.desk.questions import Question
from dragoman.desk.views.documents import beginnings
from dragoman.records import Actor, Event, Statement


def reader(desk: Desk, q: Question, number: int) -> Page:
    row = one_document(desk.case, number)
    found = recall(desk.case, number, q.filter.as_known_at)
    text = "" if found else desk.case.text(number)
    return Page(
        template="reader.html",
        title=row.title or beginnings(desk, [row]).get(number, "")[:90] or row.name,
        data={
            "document": row,
            "reading": found.reading if found else None,
            "text": text,
        },
        private={
            "paragraphs": paragraphs(found) if found else None,
            "lines": [line for line in text.split("\n") if line.strip()],
            "found": found,
            **_chosen(desk, q, row, found),
        },
        rows=list(desk.case.events(document=number)),
        fields=("as_known_at",),
    )


def part(desk: Desk, q: Question, number: int) -> Page:
    """The analysis of one mark alone, which the page puts beside its text."""
    row = one_document(desk.case, number)
    found = recall(desk.case, number, q.filter.as_known_at)
    chosen = _chosen(desk, q, row, found)
    return Page(
        template="part.html",
        title=row.title or row.name,
        data={"mark": q.first("mark"), "kind": chosen["kind"]},
        private={"found": found, "document": row, **chosen},
    )


def _chosen(desk: Desk, q: Question, row: DocumentRow, found: Recalled | None) -> dict[str, Any]:
    """What the mark that the address names stands for, with what the case tells beside it."""
    mark = q.first("mark")
    kind, _, name = mark.partition("-")
    chosen: dict[str, Any] = {
        "mark": mark,
        "kind": None,
        "part": None,
        "row": None,
        "others": [],
        "actors_of": {},
        "number": None,
        "decision": None,
    }
    if found is None:
        return chosen
    reading = found.reading
    actors = {actor.id: actor for actor in reading.actors}
    part = _part(found, kind, name)
    if part is None:
        return chosen
    chosen |= {"kind": kind, "part": part, "actors_of": actors}
    if kind in ("event", "statement"):
        chosen["number"] = found.numbers.get(name)
        chosen["decision"] = found.decisions.get(name)
    if isinstance(part, Event):
        own = one_event(desk.case, found.numbers[name])
        chosen |= {"row": own, "others": other_reports(desk, own, q)}
    elif isinstance(part, Actor):
        chosen["key"] = found.keys.get(part.id)
        chosen["statements"] = [s for s in reading.statements if s.speaker == part.id]
        chosen["events"] = [e for e in reading.events if part.id in (*e.actors, *e.recipients)]
    elif isinstance(part, Statement):
        chosen["events"] = [e for e in reading.events if e.id in part.events]
    return chosen


def _part(found: Recalled, kind: str, name: str) -> Any:
    reading = found.reading
    if kind in ("time", "place"):
        parts: Any = reading.times if kind == "time" else reading.places
        return (
            parts[int(name)]
            if name.isascii() and name.isdigit() and int(name) < len(parts)
            else None
        )
    lists: dict[str, Any] = {
        "event": reading.events,
        "statement": reading.statements,
        "actor": reading.actors,
    }
    return next((part for part in lists.get(kind, ()) if part.id == name), None)


def other_reports(desk: Desk, row: EventRow, q: Question) -> list[EventRow]:
    """The other reports of the same event; where nothing was merged yet, those that seem to be."""
    merged = find_held(desk.case, row.number) if not q.filter.as_known_at else None
    if merged is None:
        return similar_reports(desk, row, q)
    numbers = [report.number for report in merged.reports if report.number != row.number]
    found = (find_event(desk.case, number) for number in numbers[:8] if number is not None)
    return [other for other in found if other is not None]


def similar_reports(desk: Desk, row: EventRow, q: Question) -> list[EventRow]:
    """What other documents tell of the same type, between the same actors, on the same days."""
    if not row.actors or not row.day:
        return []
    first = row.who.split("; ")[0]
    asked = Filter(
        type=(row.type,),
        until=row.day_end or row.day,
        as_known_at=q.filter.as_known_at,
        limit=40,
    )
    rows = desk.case.events(
        replace(asked, actor=row.actors[0] if len(row.actors[0]) > 2 else first)
    )
    mine = {*row.actors, *row.recipients}
    return [
        other
        for other in rows
        if other.document != row.document
        and (other.day_end or "") >= row.day
        and len(mine & {*other.actors, *other.recipients}) >= 2
    ][:8]
