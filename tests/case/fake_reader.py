"""A small reader that needs no language model: it reads sentences of one plain form.

"X VERB Y …" where X and Y are known names tells an event; a sentence with “said:” is a statement.
It is deterministic and gives readings of full shape, with spans that point into the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dragoman.errors import DragomanError, InputError
from dragoman.records import (
    Actor,
    Content,
    Document,
    Event,
    Input,
    Mention,
    Place,
    Provenance,
    Published,
    Reading,
    Span,
    Statement,
    Telling,
    Time,
    When,
    Where,
)

KNOWN = {
    "Russia": ("RUS", "state", "RUS"),
    "Ukraine": ("UKR", "state", "UKR"),
    "France": ("FRA", "state", "FRA"),
    "Emmanuel Macron": ("emmanuel-macron", "person", "FRA"),
    "Vladimir Putin": ("vladimir-putin", "person", "RUS"),
    "Anna Ferro": ("x1", "person", "ITA"),
}
VERBS = {
    "met": ("CONSULT", "visit", "happened", 4.0),
    "will meet": ("CONSULT", None, "planned", 2.5),
    "attacked": ("ASSAULT", None, "happened", -9.0),
    "threatened": ("THREATEN", None, "happened", -3.5),
    "praised": ("SUPPORT", None, "happened", 5.0),
    "accused": ("ACCUSE", None, "happened", -3.0),
}
PLACES = {"Moscow": ("RUS", 55.75, 37.62), "Kyiv": ("UKR", 50.45, 30.52)}
_NAMES = "|".join(sorted(KNOWN, key=len, reverse=True))
_VERB = "|".join(sorted(VERBS, key=len, reverse=True))
_EVENT = re.compile(rf"({_NAMES}) ({_VERB}) ({_NAMES})")
_SAID = re.compile(rf"({_NAMES}) said: “([^”]+)”")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SENTENCE = re.compile(r"[^.\n]+[.]?")


@dataclass(frozen=True)
class FakeReader:
    """Reads the plain form. `model` is the version it signs with; `verbs` what it codes."""

    model: str = "fake-1"
    unreadable: str = "\x1aunreadable"

    def read(self, document: Input) -> Reading:
        if self.unreadable in document.text:
            raise InputError(f"document {document.id} cannot be read.")
        return read_plainly(document, self.model)

    def read_many(
        self,
        documents: Iterable[Input | str],
        *,
        on_error: Callable[[Input, DragomanError], None] | None = None,
    ) -> Iterator[Reading]:
        for document in documents:
            given = Input(text=document) if isinstance(document, str) else document
            try:
                yield self.read(given)
            except DragomanError as error:
                if on_error is None:
                    raise
                on_error(given, error)


def read_plainly(document: Input, model: str) -> Reading:
    text = document.text
    sentences = tuple(Span(m.start(), m.end()) for m in _SENTENCE.finditer(text))
    actors = _actors(text)
    events = tuple(_events(text, sentences, document.date))
    return Reading(
        document=Document(
            id=document.id or "unnamed",
            title=document.title,
            source=document.source,
            url=document.url,
            language="en",
            published=Published(date=document.date, basis="given" if document.date else "unknown"),
            text=text,
        ),
        sentences=sentences,
        actors=actors,
        events=events,
        statements=tuple(_statements(text)),
        times=tuple(
            Time(start=m.start(), end=m.end(), text=m.group(), type="DATE", value=m.group())
            for m in _DAY.finditer(text)
        ),
        places=tuple(
            Place(
                start=m.start(),
                end=m.end(),
                text=name,
                name=name,
                country=country,
                kind="city",
                lat=lat,
                lon=lon,
            )
            for name, (country, lat, lon) in PLACES.items()
            for m in re.finditer(name, text)
        ),
        provenance=Provenance(dragoman="test", model=model, directory="fake"),
    )


def _actors(text: str) -> tuple[Actor, ...]:
    found = []
    for name, (id, kind, code) in KNOWN.items():
        mentions = tuple(
            Mention(start=m.start(), end=m.end(), text=name, form="name")
            for m in re.finditer(name, text)
        )
        if mentions:
            found.append(
                Actor(
                    id=id,
                    name=name,
                    kind=kind,  # type: ignore[arg-type]
                    code=code,
                    sectors=("GOV",),
                    basis="text" if id.startswith("x") else "directory",
                    mentions=mentions,
                )
            )
    return tuple(found)


def _events(text: str, sentences: tuple[Span, ...], date: str | None) -> Iterator[Event]:
    for number, found in enumerate(_EVENT.finditer(text), 1):
        type, mode, status, score = VERBS[found.group(2)]
        trigger = (Span(*found.span(2)),)
        sentence = next(n for n, s in enumerate(sentences) if s.start <= found.start(2) < s.end)
        span = sentences[sentence]
        told = text[span.start : span.end]
        day = _DAY.search(told)
        place = next((name for name in PLACES if name in told), None)
        yield Event(
            id=f"e{number}",
            type=type,  # type: ignore[arg-type]
            mode=mode,
            actors=(KNOWN[found.group(1)][0],),
            recipients=(KNOWN[found.group(3)][0],),
            status=status,  # type: ignore[arg-type]
            when=When(start=day.group(), end=day.group(), precision="day", text=day.group())
            if day
            else None,
            where=Where(
                text=place,
                name=place,
                country=PLACES[place][0],
                lat=PLACES[place][1],
                lon=PLACES[place][2],
                precision="city",
            )
            if place
            else None,
            trigger=trigger,
            sentence=sentence,
            tellings=(
                Telling(sentence=sentence, trigger=trigger, status=status),  # type: ignore[arg-type]
            ),
            score=score,
            confidence=0.8,
            method="frame:plain",
        )


def _statements(text: str) -> Iterator[Statement]:
    for number, found in enumerate(_SAID.finditer(text), 1):
        name = found.group(1)
        yield Statement(
            id=f"s{number}",
            speaker=KNOWN[name][0],
            speaker_text=name,
            named=True,
            cue=Span(found.end(1) + 1, found.end(1) + 5),
            content=Content(start=found.start(2), end=found.end(2), text=found.group(2)),
            quoted=True,
        )
