"""What a person wants to see of a reading, in words and in sections; how it looks comes later.

Every event goes into one section: what is planned is one section whatever it is, what is history to
the document another, and the rest goes by type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from dragoman.records import Actor, Event, Reading, Span, Statement
from dragoman.show.dates import day_of, when_in_words
from dragoman.show.words import event_word

_GROUPS: Final = (
    ("Contacts", ("CONSULT",)),
    ("Accusations and denials", ("ACCUSE", "REJECT")),
    ("Demands and threats", ("REQUEST", "THREATEN")),
    ("Force, sanctions, protest", ("ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "PROTEST")),
    (
        "Agreement, support, steps back",
        ("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"),
    ),
)
PLANNED: Final = "Planned"
BACKGROUND: Final = "Background"
NOT_TOLD: Final = "(who is not told)"
# Control characters, and those that turn the direction of what follows: a text must not be able to
# steer the terminal or the page that shows it.
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text on one line, and which parts of it are to stand out."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event in words."""

    id: str
    status: str
    what: str
    who: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One statement in words."""

    kind: str
    passage: Passage
    quoted: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Events that one sentence tells, and the sentence with the words that tell them."""

    entries: tuple[Entry, ...]
    sentence: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    told: tuple[Told, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for told in self.told for entry in told.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    name: str
    named: bool
    sayings: tuple[Saying, ...]


def sections(reading: Reading) -> tuple[Section, ...]:
    """The events of a reading, each in one section; empty sections are left out."""
    actors = {actor.id: actor for actor in reading.actors}
    rest = sorted(reading.events, key=lambda event: (event.sentence, event.rank))
    found = []
    for title, belongs, order in _choices():
        chosen = [event for event in rest if belongs(event)]
        rest = [event for event in rest if not belongs(event)]
        if order is not None:
            chosen.sort(key=order)
        if chosen:
            told = tuple(
                _told(tuple(events), reading, actors)
                for _, events in groupby(chosen, key=lambda event: event.sentence)
            )
            found.append((title, Section(title=title, told=told)))
    places = {title: number for number, title in enumerate(_titles())}
    return tuple(section for _, section in sorted(found, key=lambda pair: places[pair[0]]))


def _titles() -> tuple[str, ...]:
    first, *others = (title for title, _ in _GROUPS)
    return (first, PLANNED, *others, BACKGROUND)


def _choices() -> Iterable[
    tuple[str, Callable[[Event], bool], Callable[[Event], tuple[str, int]] | None]
]:
    yield BACKGROUND, lambda event: event.background, None
    yield PLANNED, lambda event: event.status == "planned", _by_day
    for title, types in _GROUPS:
        yield title, lambda event, types=types: event.type in types, None  # type: ignore[misc]


def _by_day(event: Event) -> tuple[str, int]:
    return (event.when.start if event.when else "9999", event.sentence)


def speakers(reading: Reading) -> tuple[Speaker, ...]:
    """The statements, gathered by who made them, in the order in which they first speak."""
    actors = {actor.id: actor for actor in reading.actors}
    by_speaker: dict[str, list[Statement]] = {}
    for statement in reading.statements:
        by_speaker.setdefault(_speaker_name(statement, actors), []).append(statement)
    return tuple(
        Speaker(
            name=name,
            named=any(statement.named for statement in statements),
            sayings=tuple(_saying(statement, reading, actors) for statement in statements),
        )
        for name, statements in by_speaker.items()
    )


def _speaker_name(statement: Statement, actors: dict[str, Actor]) -> str:
    """The actor's name; an unnamed source is called what the text calls it."""
    actor = actors.get(statement.speaker or "")
    if actor is not None and actor.kind != "unnamed":
        return clean(actor.name)
    return clean(statement.speaker_text or (actor.name if actor else "")) or "not told"


def _saying(statement: Statement, reading: Reading, actors: dict[str, Actor]) -> Saying:
    notes = []
    if statement.to is not None:
        notes.append(f"to {_name(statement.to, actors)}")
    if statement.hedged:
        notes.append("reportedly")
    if statement.inside is not None:
        teller = _statement(reading, statement.inside)
        notes.append(f"as told by {_speaker_name(teller, actors)}" if teller else "")
    if statement.answers is not None:
        asked = _statement(reading, statement.answers)
        notes.append(f"in answer to {_speaker_name(asked, actors)}" if asked else "")
    return Saying(
        kind=statement.kind,
        passage=Passage(_clipped(clean(statement.content.text), 400)),
        quoted=statement.quoted,
        notes=tuple(note for note in notes if note),
    )


def _statement(reading: Reading, id: str) -> Statement | None:
    return next((statement for statement in reading.statements if statement.id == id), None)


def _told(events: tuple[Event, ...], reading: Reading, actors: dict[str, Actor]) -> Told:
    number = events[0].sentence
    sentence = Passage("")
    if reading.document.text and number < len(reading.sentences):
        marks = [span for event in events for span in event.trigger]
        sentence = passage(reading.document.text, reading.sentences[number], marks)
    return Told(
        entries=tuple(_entry(event, reading, actors) for event in events), sentence=sentence
    )


def _entry(event: Event, reading: Reading, actors: dict[str, Actor]) -> Entry:
    return Entry(
        id=event.id,
        status=event.status,
        what=_what(event, reading),
        who=_who(event, actors),
        details=tuple(_details(event, actors)),
    )


def _what(event: Event, reading: Reading) -> str:
    what = event_word(event.type, event.mode, event.medium, _kind_of_saying(event, reading))
    return f"{what} ×{event.count}" if event.count and event.count > 1 else what


def _kind_of_saying(event: Event, reading: Reading) -> str | None:
    """The kind of the statement that the event is, where it is one: its words tell the event."""
    spans = {(span.start, span.end) for span in event.trigger}
    for statement in reading.statements:
        if statement.cue and (statement.cue.start, statement.cue.end) in spans:
            return statement.kind
    return None


def _who(event: Event, actors: dict[str, Actor]) -> str:
    doers = _listed(_names(event.actors, actors)) or NOT_TOLD
    others = _listed(_names(event.recipients, actors))
    return f"{doers} → {others}" if others else doers


def _details(event: Event, actors: dict[str, Actor]) -> Iterable[str]:
    if event.when is not None:
        yield when_in_words(event.when)
    if event.where is not None:
        yield clean(event.where.name or event.where.text)
    for unit, size in event.size.items():
        yield f"{clean(size.text)} {clean(unit)}"
    if event.topics:
        yield "on " + "; ".join(clean(topic) for topic in event.topics)
    if event.initiator is not None:
        yield f"asked for by {_name(event.initiator, actors)}"
    if event.according_to:
        yield "according to " + ", as told by ".join(_name(i, actors) for i in event.according_to)
    if len(event.tellings) > 1:
        yield f"told {len(event.tellings)} times"


def _names(ids: Sequence[str], actors: dict[str, Actor]) -> list[str]:
    """The names of actors; of a group that is named with its members, the group's alone."""
    members = {member for id in ids if id in actors for member in actors[id].members}
    return [_name(id, actors) for id in ids if id not in members]


def _name(id: str, actors: dict[str, Actor]) -> str:
    actor = actors.get(id)
    return clean(actor.name) if actor else id


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def passage(text: str, span: Span, marks: Iterable[Span] = (), most: int = 320) -> Passage:
    """A span of the text on one line, cut to `most` characters around what is marked."""
    start, end = span.start, span.end
    inside = sorted((m.start, m.end) for m in marks if span.start <= m.start and m.end <= span.end)
    if end - start > most:
        centre = inside[0][0] if inside else start
        start = max(start, min(centre - most // 3, end - most))
        end = min(end, start + most)
        start, end = _at_words(text, start, span.start), _at_words(text, end, span.end)
    pieces: list[str] = ["…"] if start > span.start else []
    shown: list[tuple[int, int]] = []
    at = start
    for first, last in inside:
        if first < at or last > end:
            continue
        pieces.append(_flat(text[at:first]))
        begun = sum(map(len, pieces))
        pieces.append(_flat(text[first:last]))
        shown.append((begun, begun + len(pieces[-1])))
        at = last
    pieces.append(_flat(text[at:end]))
    if end < span.end:
        pieces.append("…")
    return Passage("".join(pieces), tuple(shown))


def _at_words(text: str, at: int, limit: int) -> int:
    """Move a cut to the right, to the beginning of a word."""
    while at != limit and at < len(text) and not text[at - 1].isspace():
        at += 1
    return at


def readable(text: str) -> str:
    """A text without what could steer the screen or page that shows it."""
    return _CONTROL.sub("\ufffd", text)


def _flat(piece: str) -> str:
    return _SPACE.sub(" ", readable(piece))


def clean(text: str) -> str:
    """Words of the text, safe to show on one line."""
    return _flat(text).strip()


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def cast(reading: Reading) -> tuple[tuple[str, str, int], ...]:
    """Who takes part: name, what they are, and how often they are mentioned; most often first."""
    rows = [
        (clean(actor.name), _described(actor), len(actor.mentions))
        for actor in reading.actors
        if _is_named(actor)
    ]
    return tuple(sorted(rows, key=lambda row: -row[2]))


def _is_named(actor: Actor) -> bool:
    return bool(actor.mentions) and (
        actor.kind not in ("unnamed", "people") or actor.basis == "directory"
    )


def _described(actor: Actor) -> str:
    code = " ".join(filter(None, (actor.code, "/".join(actor.sectors))))
    return ", ".join(filter(None, (clean(actor.role or ""), actor.kind, code)))


def times(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The words for each time, and what they stand for."""
    return tuple((clean(time.text), f"{time.type} {clean(time.value)}") for time in reading.times)


def places(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The words for each place, and what they stand for."""
    return tuple(
        (clean(place.text), ", ".join(filter(None, (clean(place.name), place.country))))
        for place in reading.places
    )


def warnings(reading: Reading) -> tuple[str, ...]:
    return tuple(clean(notice.message) for notice in reading.document.warnings)


def headline(reading: Reading) -> tuple[str, str]:
    """The title of a reading, and the line under it: source, day, how much was found."""
    document = reading.document
    beginning = _clipped(clean((document.text or "")[:200]), 60)
    title = clean(document.title or "") or beginning or f"Document {clean(document.id)}"
    facts = [clean(document.source or ""), _published(reading)]
    facts.append(f"{len(reading.events)} events, {len(reading.statements)} statements")
    return title, " · ".join(filter(None, facts))


def _published(reading: Reading) -> str:
    published = reading.document.published
    if published.date is None:
        return "day of publication unknown"
    day = day_of(published.date)
    return f"{day} (inferred from the text)" if published.basis == "inferred" else day
