"""A document's text in pieces, each with what was found in it, for the reader to click on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dragoman.case.recall import Recalled
from dragoman.records import Reading, Record

# A click is on the innermost mark; of equals on the one that says most.
_WEIGHT: Final = {"event": 0, "actor": 1, "place": 2, "time": 3, "statement": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Record):
    """What was found at a stretch of text; `name` is what the address calls it."""

    start: int
    end: int
    kind: str
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Record):
    """A stretch of text with the same marks from beginning to end.

    `first` names what begins here, so that an address can lead to it.
    """

    text: str
    kinds: tuple[str, ...] = ()
    name: str | None = None
    about: str = ""
    names: tuple[str, ...] = ()
    first: str | None = None


def paragraphs(found: Recalled) -> list[list[Piece]]:
    """The text by paragraphs, each in pieces."""
    made: list[list[Piece]] = [[]]
    for piece in pieces(found.reading):
        lines = piece.text.split("\n")
        for at, line in enumerate(lines):
            if at and made[-1]:
                made.append([])
            if line:
                first = piece.first if not at else None
                made[-1].append(_with_text(piece, line, first))
    return [paragraph for paragraph in made if paragraph]


def pieces(reading: Reading) -> Iterator[Piece]:
    text = reading.document.text or ""
    marks = [mark for mark in marks_of(reading) if 0 <= mark.start < mark.end <= len(text)]
    borders = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    opening: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(mark.start, []).append(mark)
    active: list[Mark] = []
    begun: set[str] = set()
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.end > start] + opening.get(start, [])
        yield _piece(text[start:end], active, begun)


def marks_of(reading: Reading) -> Iterator[Mark]:
    for statement in reading.statements:
        about = f"{statement.kind} of {statement.speaker_text or 'someone'}"
        for piece in statement.content.pieces or (statement.content,):
            yield Mark(
                start=piece.start,
                end=piece.end,
                kind="statement",
                name=f"statement-{statement.id}",
                about=about,
            )
    for actor in reading.actors:
        about = actor.name + (f", {actor.role}" if actor.role else "")
        for mention in actor.mentions:
            yield Mark(
                start=mention.start,
                end=mention.end,
                kind="actor",
                name=f"actor-{actor.id}",
                about=about,
            )
    for number, time in enumerate(reading.times):
        yield Mark(
            start=time.start, end=time.end, kind="time", name=f"time-{number}", about=time.value
        )
    for number, place in enumerate(reading.places):
        about = ", ".join(filter(None, (place.name, place.country)))
        yield Mark(
            start=place.start, end=place.end, kind="place", name=f"place-{number}", about=about
        )
    for event in reading.events:
        about = f"{event.type}, {event.status}"
        for span in event.trigger:
            yield Mark(
                start=span.start, end=span.end, kind="event", name=f"event-{event.id}", about=about
            )


def _piece(text: str, active: list[Mark], begun: set[str]) -> Piece:
    if not active:
        return Piece(text=text)
    inner = min(active, key=lambda mark: (_WEIGHT[mark.kind], mark.end - mark.start))
    first = inner.name if inner.name not in begun else None
    begun.add(inner.name)
    return Piece(
        text=text,
        kinds=tuple(dict.fromkeys(mark.kind for mark in active)),
        name=inner.name,
        about="; ".join(dict.fromkeys(mark.about for mark in active)),
        names=tuple(dict.fromkeys(mark.name for mark in active)),
        first=first,
    )


def _with_text(piece: Piece, text: str, first: str | None) -> Piece:
    return Piece(
        text=text,
        kinds=piece.kinds,
        name=piece.name,
        about=piece.about,
        names=piece.names,
        first=first,
    )
