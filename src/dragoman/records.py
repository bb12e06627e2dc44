"""What flows between the stages: frozen records, and the plain data that they become.

The fields, their names and their meaning are the public contract of a reading (docs/reading.md);
`schema.py` derives the JSON Schema from the annotations here. Offsets are Unicode code points into
`Document.text`, end exclusive.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, Self, get_args, get_origin, get_type_hints

import orjson

SCHEMA = "dragoman.reading/1"
ISO_DATE = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?"
)  # the dates that a document may bring

Kind = Literal[
    "state",
    "government",
    "person",
    "organisation",
    "igo",
    "bloc",
    "armed-group",
    "people",
    "unnamed",
]
Form = Literal["name", "description", "pronoun"]
Medium = Literal["in-person", "phone", "video", "letter"]
Status = Literal["happened", "ongoing", "planned", "possible", "cancelled", "denied"]
Level = Literal["leaders", "ministers", "officials", "envoys", "military", "parties"]
DatingBasis = Literal["given", "metadata", "inferred", "unknown"]
WhenPrecision = Literal["minute", "hour", "part-of-day", "day", "week", "month", "season", "year"]
WherePrecision = Literal["point", "city", "region", "country", "guess"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
StatementKind = Literal[
    "claim",
    "denial",
    "accusation",
    "demand",
    "offer",
    "promise",
    "threat",
    "aim",
    "assessment",
    "other",
]
PloverType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]

_NO_SIZES: Mapping[str, Size] = MappingProxyType({})


class Record:
    """Base of everything that flows: immutable, compared by value, turned into plain data."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as dictionaries, lists, strings and numbers, in the order of its fields."""
        return {name: _plain(getattr(self, name)) for name in _field_names(type(self))}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The record that `to_dict` made this of; unknown names are a TypeError."""
        kinds = _field_kinds(cls)
        unknown = data.keys() - kinds.keys()
        if unknown:
            raise TypeError(f"{cls.__name__} has no field {', '.join(sorted(unknown))}")
        return cls(**{name: _record(kinds[name], value) for name, value in data.items()})


# The fields of a class of records: their names, and what their annotations stand for.
_field_names: Callable[[Any], tuple[str, ...]] = cache(
    lambda record: tuple(field.name for field in dataclasses.fields(record))
)
_field_kinds: Callable[[Any], dict[str, Any]] = cache(get_type_hints)


def _record(kind: Any, value: Any) -> Any:
    """Plain data as what the annotation `kind` asks for."""
    if isinstance(value, dict):
        options = [kind, *get_args(kind)]
        if get_origin(kind) is Mapping:
            return {name: _record(options[2], item) for name, item in value.items()}
        record = next(o for o in options if isinstance(o, type) and issubclass(o, Record))
        return record.from_dict(value)
    if isinstance(value, list):
        return tuple(_record(get_args(kind)[0], item) for item in value)
    return value


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value]


@dataclass(frozen=True, slots=True)
class Span(Record):
    """A piece of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Input(Record):
    """A document as it comes in, before it is read. `date` is an ISO date or date-time.

    `notices` are what taking it in had to guess, such as its encoding; they become warnings.
    """

    text: str
    id: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Record):
    """What the reader of a reading should know; `code` is stable, `message` a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Record):
    """The day of publication and on what it rests."""

    date: str | None = None
    basis: DatingBasis = "unknown"
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    id: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    warnings: tuple[Notice, ...] = ()
    published: Published = Published()
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Record):
    start: int
    end: int
    text: str
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Record):
    """One of several actors that an ambiguous name may be."""

    id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Record):
    """Who is in a text. `assumed`: its state is told nowhere, and only what the story suggests."""

    id: str
    name: str
    kind: Kind
    code: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    wikidata: str | None = None
    basis: Literal["directory", "text"] = "text"
    members: tuple[str, ...] = ()
    part_of: str | None = None
    candidates: tuple[Candidate, ...] = ()
    mentions: tuple[Mention, ...] = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class When(Record):
    """A stretch of time: full ISO dates, with the time and zone where known."""

    start: str
    end: str
    precision: WhenPrecision
    text: str
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Where(Record):
    text: str
    name: str
    country: str | None = None
    adm1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    precision: WherePrecision = "guess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size(Record):
    """A number told with its bounds; null where the text gives no bound on that side."""

    low: int | None
    high: int | None
    text: str
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Record):
    """One sentence that tells an event; `sentence` counts from 0."""

    sentence: int
    trigger: tuple[Span, ...]
    status: Status
    background: bool = False
    when: When | None = None
    statement: str | None = None
    according_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    id: str
    type: PloverType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    medium: Medium | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: Status
    background: bool = False
    when: When | None = None
    where: Where | None = None
    count: int | None = None
    size: Mapping[str, Size] = field(default_factory=lambda: _NO_SIZES)
    initiator: str | None = None
    topics: tuple[str, ...] = ()
    level: Level | None = None
    statement: str | None = None
    according_to: tuple[str, ...] = ()
    trigger: tuple[Span, ...]
    sentence: int
    tellings: tuple[Telling, ...]
    rank: int = 1
    score: float
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Record):
    """What is said; `pieces` lists its parts where the attribution interrupts it."""

    start: int
    end: int
    text: str
    pieces: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    id: str
    speaker: str | None
    speaker_text: str | None
    named: bool
    to: str | None = None
    cue: Span | None = None
    content: Content
    quoted: bool = False
    kind: StatementKind = "claim"
    hedged: bool = False
    answers: str | None = None
    inside: str | None = None
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Record):
    """A time expression as TIMEX3 has it, resolved against the document's date."""

    start: int
    end: int
    text: str
    type: TimeType
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    start: int
    end: int
    text: str
    name: str
    country: str | None = None
    kind: str = "place"
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Record):
    """What made the reading: the same text and the same provenance give the same bytes."""

    schema: str = SCHEMA
    dragoman: str
    model: str
    directory: str
    ontology: str = "PLOVER 2021-09"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """All that dragoman takes from one document."""

    document: Document
    sentences: tuple[Span, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    provenance: Provenance

    def actor(self, id: str) -> Actor:
        """The actor with this id; KeyError where there is none."""
        for actor in self.actors:
            if actor.id == id:
                return actor
        raise KeyError(id)

    def without_text(self) -> Reading:
        """The reading without the text it was made from."""
        return dataclasses.replace(self, document=dataclasses.replace(self.document, text=None))

    def to_json(self) -> str:
        """The reading as one line of JSON."""
        return orjson.dumps(self.to_dict()).decode()

    def passage(self, span: Span | Mention | Content | Time | Place) -> str:
        """The words of the document that a span covers."""
        return (self.document.text or "")[span.start : span.end]

    def _repr_html_(self) -> str:
        from dragoman.show import as_html

        return as_html(self)
