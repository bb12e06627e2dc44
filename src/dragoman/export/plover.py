"""Events as PLOVER's JSON records: its manual's fields, its folding of what is only announced.

PLOVER has no status of its own; its manual names four auxiliary contexts (historical, future,
hypothetical, negation) and lets them be left out. An event that is planned is folded: cooperation
to come is AGREE, a retreat to come CONCEDE, a hostile step to come THREATEN. What is merely
possible, denied, cancelled or background, and what lacks an actor that the manual requires, is left
out, or kept on demand and marked in `context`. Field names are those of the manual (draft of
17 September 2021), with `identifer_` written out as `identifier_`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from dragoman.coding.folding import folded_type
from dragoman.ontology import load_ontology
from dragoman.records import Actor, Document, Event, Reading, Size, Span, Status

Kept = Literal["possible", "denied", "cancelled", "background", "incomplete"]
KEPT: Final[tuple[Kept, ...]] = get_args(Kept)
CODEBOOK: Final = "plover-2021-09"
_QUADS: Final = {
    "verbal cooperation": 1,
    "material cooperation": 2,
    "verbal conflict": 3,
    "material conflict": 4,
}
_SIZES: Final = {"killed": "dead"}  # PLOVER's name for a unit, where it differs
_MARKS: Final[Mapping[Status, str]] = {
    "possible": "hypothetical",
    "denied": "negation",
    "cancelled": "negation",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """An event as PLOVER sees it: its type and mode after folding, and PLOVER's marks of status."""

    type: str
    mode: str | None
    marks: tuple[str, ...]
    score: float

    @property
    def quad(self) -> int:
        """PLOVER's class: 1 verbal cooperation, 2 material, 3 verbal conflict, 4 material."""
        return _QUADS[load_ontology().types[self.type].quad]


def fold(event: Event) -> Folded:
    """What PLOVER makes of an event: a planned one becomes words, a possible one is only marked."""
    ontology = load_ontology()
    type_, mode = event.type, event.mode
    marks = []
    if event.status == "planned":
        type_ = folded_type(event.type, "planned")  # type: ignore[assignment]
        if type_ == event.type:
            marks.append("future")
        elif type_ == "THREATEN":
            mode = ontology.types[event.type].threat(event.mode)
        else:
            mode = None
    elif event.status in _MARKS:
        marks.append(_MARKS[event.status])
    if event.background:
        marks.append("historical")
    return Folded(type_, mode, tuple(marks), ontology.score(type_, mode))


def is_kept(event: Event, keep: Collection[str] = ()) -> bool:
    """Is the event a record, with what the caller wants kept beside what PLOVER codes?"""
    if event.status in _MARKS and event.status not in keep:
        return False
    if event.background and "background" not in keep:
        return False
    return "incomplete" in keep or _complete(event)


def _complete(event: Event) -> bool:
    """PLOVER asks for a source, and for some types for a recipient; two partners will do."""
    if not event.actors:
        return False
    needed = load_ontology().types[fold(event).type].recipient
    return not needed or bool(event.recipients) or len(event.actors) > 1


def plover_records(
    reading: Reading, *, keep: Collection[str] = (), text: bool = False
) -> Iterator[dict[str, Any]]:
    """The records of a reading, in the order of its events.

    `keep` names what is kept and marked beside what PLOVER codes: possible, denied, cancelled,
    background, incomplete (no source, or no recipient where one is required). `text` adds the
    sentence. Two events that fold into the same act of one sentence are one record.
    """
    actors = {actor.id: actor for actor in reading.actors}
    seen: set[tuple[Any, ...]] = set()
    for event in reading.events:
        if not is_kept(event, keep):
            continue
        folded = fold(event)
        key = (event.sentence, folded.type, event.actors, event.recipients)
        changed = folded.type != event.type
        if changed and key in seen:
            continue
        if changed and any(_told_as_act(event, folded, other) for other in reading.events):
            continue  # “agreed to meet”: the agreement is a record already
        seen.add(key)
        yield plover_record(event, actors, reading.document, sentences=reading.sentences, text=text)


def _told_as_act(event: Event, folded: Folded, other: Event) -> bool:
    """Is the act that an event folds into told by another event of its sentence?"""
    if other is event or other.sentence != event.sentence or other.type != folded.type:
        return False
    return bool(set(event.actors) & set(other.actors)) and is_kept(other)


def plover_record(
    event: Event,
    actors: Mapping[str, Actor],
    document: Document,
    *,
    sentences: tuple[Span, ...] = (),
    text: bool = False,
) -> dict[str, Any]:
    """One event as PLOVER's JSON object; fields without a value are left out."""
    folded = fold(event)
    sentence = sentences[event.sentence] if event.sentence < len(sentences) else None
    whole = document.text or ""
    date, time, enddate, endtime = dates_of(event, folded, document)
    cited = {
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "publication": document.source,
        "codebook": CODEBOOK,
    }
    record = {
        "id": f"{document.id}-{event.id}",
        "has_event": True,
        "date": date,
        "time": time,
        "enddate": enddate,
        "endtime": endtime,
        "source": [actor_object(a, sentence) for a in told(event.actors, actors)],
        "recipient": [actor_object(a, sentence) for a in told(event.recipients, actors)],
        "event": [folded.type],
        "mode": [folded.mode] if folded.mode else [],
        "context": [*event.contexts, *folded.marks],
        "event_loc": _location(event),
        "event_text": [whole[span.start : span.end] for span in event.trigger] if whole else [],
        "quad_code": folded.quad,
        "event_scale": folded.score,
        "size_info": {_SIZES.get(unit, unit): _number(s) for unit, s in event.size.items()},
        "text": whole[sentence.start : sentence.end] if text and sentence and whole else None,
        "text_info": {"sequence": event.sentence, **(sentence.to_dict() if sentence else {})},
        "cite_info": {k: v for k, v in cited.items() if v is not None},
        "coder": "dragoman",
        "status": event.status,
        "background": event.background,
        "confidence": event.confidence,
        "comment": event.method,
    }
    required = ("id", "date", "source", "recipient", "event", "mode", "context")
    return {k: v for k, v in record.items() if k in required or v not in (None, [], {})}


def told(ids: tuple[str, ...], actors: Mapping[str, Actor]) -> list[Actor]:
    """The actors with these ids; one without a code that has members stands for its members."""
    found: dict[str, Actor] = {}
    for id in ids:
        actor = actors.get(id)
        if actor is None:
            continue
        members = [actors[m] for m in actor.members if m in actors]
        for one in members if members and actor.code is None else [actor]:
            found.setdefault(one.id, one)
    return list(found.values())


def actor_object(actor: Actor, sentence: Span | None = None) -> dict[str, Any]:
    """PLOVER's object for an actor: code, sector (the first two, joined), words, identifier."""
    found = {
        "code": actor.code,
        "sector": "".join(actor.sectors[:2]) or None,
        "actor_text": _words(actor, sentence),
        "identifier_id": actor.wikidata,
        "identifier_text": actor.name,
        "office": actor.role,
    }
    return {name: value for name, value in found.items() if name == "code" or value is not None}


def _words(actor: Actor, sentence: Span | None) -> str | None:
    """How the sentence calls the actor, else how the document first does."""
    mentions = actor.mentions
    inside = [
        m for m in mentions if sentence and sentence.start <= m.start and m.end <= sentence.end
    ]
    named = [m for m in inside if m.form != "pronoun"] or inside or list(mentions)
    return named[0].text if named else None


def dates_of(
    event: Event, folded: Folded, document: Document
) -> tuple[str | None, str | None, str | None, str | None]:
    """Date, time, end date and end time. What is folded into words is as old as the document;
    an event without a date of its own takes the document's; None where that is not known."""
    when = event.when
    published = document.published.date
    if when is None or folded.type != event.type:
        return (published[:10] if published else None), None, None, None
    date, _, time = when.start.partition("T")
    enddate, _, endtime = when.end.partition("T")
    same = (enddate, endtime) == (date, time)
    return date, time or None, (None if same else enddate), (None if same else endtime or None)


def _location(event: Event) -> dict[str, Any]:
    where = event.where
    if where is None:
        return {}
    found = {
        "geonameid": where.geonames,
        "name": where.name,
        "latitude": where.lat,
        "longitude": where.lon,
        "cc3": where.country,
        "admin1 code": where.adm1,
    }
    return {name: value for name, value in found.items() if value is not None}


def _number(size: Size) -> int | str:
    """A number, or its bounds as text: `24-99`, `2701-`, `-500`."""
    if size.low == size.high and size.low is not None:
        return size.low
    return f"{'' if size.low is None else size.low}-{'' if size.high is None else size.high}"
