"""Imported events as documents of a case: one for each story, its events as its sentences.

The text of such a document says what the rows say, a line each, so that every event has a passage
and a span as all others have. Its kind is `event-data`; it is never taken for a copy of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from dragoman.analysis.coded import Coded
from dragoman.case.adding import EVENT_DATA
from dragoman.errors import DragomanError
from dragoman.records import (
    Actor,
    Document,
    Event,
    Input,
    Mention,
    PloverType,
    Provenance,
    Published,
    Reading,
    Span,
    Telling,
    When,
)
from dragoman.sources.found import Found
from dragoman.version import __version__

_MOST: Final = 500  # events of one story; more are a second document


@dataclass(frozen=True, slots=True)
class Story:
    """A document made of rows, and the reading that says what they say."""

    found: Found
    reading: Reading


def stories(events: Iterable[Coded], *, name: str, origin: str) -> Iterator[Story]:
    """The events by story; `name` is the data set's (ICEWS). Events that PLOVER does not code are
    left out. The rows of a story need not stand together, but a file is held as a whole."""
    groups: dict[str, list[Coded]] = {}
    for event in events:
        if event.type is not None:
            key = event.tellings[0].document if event.tellings else None
            groups.setdefault(key or event.id, []).append(event)
    for key, group in groups.items():
        for first in range(0, len(group), _MOST):
            part = group[first : first + _MOST]
            label = key if first == 0 else f"{key} ({first // _MOST + 1})"
            yield _story(label, part, name=name, origin=origin)


class Prepared:
    """Stands for the reader where documents come with their readings."""

    def __init__(self) -> None:
        self._readings: dict[str, Reading] = {}

    def offered(self, told: Iterable[Story]) -> Iterator[Found]:
        """The documents, their readings kept until they are asked for."""
        for story in told:
            assert story.found.document.id is not None
            self._readings[story.found.document.id] = story.reading
            yield story.found

    def read_many(
        self,
        documents: Iterable[Input | str],
        *,
        on_error: Callable[[Input, DragomanError], None] | None = None,
    ) -> Iterator[Reading]:
        for document in documents:
            assert isinstance(document, Input)
            assert document.id is not None
            yield self._readings.pop(document.id)


def _story(key: str, events: list[Coded], *, name: str, origin: str) -> Story:
    first = events[0]
    published = (first.published or first.day)[:10]
    head = f"{name}, story {key}, {published}."
    lines = [head, *(f"{_said(event)}." for event in events)]
    text = "\n".join(lines)
    spans: list[Span] = []
    at = 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    url = first.url
    document = Input(
        text=text,
        id=f"{name.lower()}-{key}",
        title=f"{name}: {first.passage}",
        date=published,
        source=first.sources[0] if first.sources else name,
        url=url if url and "://" in url else None,
    )
    reading = _reading(document, events, spans, published, name)
    return Story(Found(document=document, origin=origin, kind=EVENT_DATA), reading)


def _said(event: Coded) -> str:
    where = f", {event.place}" if event.place else ""
    return f"{event.passage} ({event.day}{where})"


def _reading(
    document: Input, events: list[Coded], spans: list[Span], published: str, name: str
) -> Reading:
    actors: dict[str, Actor] = {}
    for number, event in enumerate(events, 1):
        for party in event.parties:
            start = document.text.find(party.name, spans[number].start, spans[number].end)
            if party.key not in actors and start >= 0:
                end = start + len(party.name)
                actors[party.key] = Actor(
                    id=party.key,
                    name=party.name,
                    kind=party.kind,
                    code=party.code,
                    sectors=party.sectors,
                    role=party.role,
                    mentions=(Mention(start=start, end=end, text=party.name, form="name"),),
                )
    return Reading(
        document=Document(
            id=document.id or "",
            title=document.title,
            source=document.source,
            url=document.url,
            language="en",
            published=Published(date=published, basis="given", why=f"as {name} has it"),
            text=document.text,
        ),
        sentences=tuple(spans),
        actors=tuple(actors.values()),
        events=tuple(
            _event(event, number, spans[number], actors) for number, event in enumerate(events, 1)
        ),
        statements=(),
        times=(),
        places=(),
        provenance=Provenance(
            dragoman=__version__, model=f"import {name}", directory=f"import {name}"
        ),
    )


def _event(event: Coded, number: int, span: Span, actors: dict[str, Actor]) -> Event:
    shared: dict[str, Any] = {
        "sentence": number,
        "trigger": (span,),
        "status": event.status,
        "when": When(start=event.day, end=event.day_end, precision="day", text=event.day),
    }
    return Event(
        id=f"e{number}",
        type=cast(PloverType, event.type),
        mode=event.mode,
        contexts=event.contexts,
        actors=tuple(p.key for p in event.who if p.key in actors),
        recipients=tuple(p.key for p in event.whom if p.key in actors),
        where=event.where,
        tellings=(Telling(**shared),),
        rank=event.rank,
        score=event.score,
        confidence=event.confidence,
        method=event.method,
        **shared,
    )
