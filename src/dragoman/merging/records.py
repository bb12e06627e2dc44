"""What merging takes and gives: reports of events, and the events that they tell of.

A report is one event as one document tells it. A merged event is a view over the reports that tell
it: nothing that a report says is lost, and every value leads back to who gives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from dragoman.records import Kind, Level, Medium, PloverType, Record, Size, Status

Tier = Literal["agency", "state-media", "official", "paper"]
By = Literal["machine", "person"]

_NO_SIZES: Mapping[str, Size] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """Who takes part in an event, as it is known across documents.

    `key`: the directory's id (`FRA`, `emmanuel-macron`), `name:…` for one that only texts name,
    `unnamed:…` for one without a name. `code`, `sectors` and `role` are those at the document's
    date; `part_of` and `members` are keys. `assumed`: the code is but that of the story's country.
    """

    key: str
    name: str
    kind: Kind = "unnamed"
    code: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    part_of: str | None = None
    members: tuple[str, ...] = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One event as one document tells it.

    `id` is unique among the reports at hand (`12:e3`: event e3 of the case's document 12); `key`
    stays the same when the document is read again. `root` is the document of which this one is a
    copy, or itself; `copies` counts the reprints of the document, which are not read. `origins` are
    those on whose word it stands or from whom the document has it (agencies, speakers), the one
    closest to the event first: keys of parties. `published` is an ISO date or date-time, `known_at`
    when it came into the case. `start` and `end` are the event's own first and last day or moment,
    None where the document tells none. `trigger` are the words that tell it, `passage` its
    sentence, `span_start` and `span_end` where the trigger lies in the document's text. `number` is
    that of the event in the case.
    """

    id: str
    key: str
    document: str
    root: str
    copies: int = 0
    title: str | None = None
    url: str | None = None
    source: str | None = None
    tier: Tier | None = None
    origins: tuple[str, ...] = ()
    published: str | None = None
    known_at: str | None = None
    type: PloverType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    medium: Medium | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    status: Status = "happened"
    background: bool = False
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    about: bool = False
    place: str | None = None
    place_precision: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    sizes: Mapping[str, Size] = field(default_factory=lambda: _NO_SIZES)
    count: int | None = None
    initiator: Party | None = None
    topics: tuple[str, ...] = ()
    level: Level | None = None
    according_to: tuple[Party, ...] = ()
    statement: str | None = None
    trigger: str = ""
    passage: str = ""
    span_start: int = 0
    span_end: int = 0
    rank: int = 1
    score: float = 0.0
    confidence: float = 0.5
    method: str = ""
    number: int | None = None

    @property
    def day(self) -> str:
        """The event's first day, or the day of publication where it tells none, or empty."""
        return (self.start or self.published or "")[:10]

    @property
    def frame(self) -> str:
        """The frame by which the event was told, without what else `method` says of it."""
        return self.method.partition(" >")[0]

    @property
    def parties(self) -> tuple[Party, ...]:
        """All who take part."""
        return (*self.actors, *self.recipients)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Record):
    """One value of a field, the reports that give it, and how many independent sources they are."""

    value: Any
    reports: tuple[str, ...]
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Record):
    """A field on which reports contradict each other; the value that is shown comes first."""

    field: str
    values: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Record):
    """What one comparison adds to the score of a link (log-odds, base e), and why."""

    name: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """Why two reports (by id) are held to tell the same event; `score` is a probability."""

    left: str
    right: str
    score: float
    parts: tuple[Part, ...] = ()
    by: By = "machine"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Record):
    """A change of status in an event's life: on which day which report told it."""

    date: str | None
    status: Status
    report: str
    start: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Record):
    """One event and all reports of it.

    `id` derives from its first report's key, whatever the order of arrival; the id of any of its
    reports leads to it, so that links to it stay good when it grows. Values are those that most
    independent sources give; `told` lists by field all values with who gives them, `agreed` the
    fields on which several sources agree, `conflicts` those on which they contradict each other.
    `sources` counts independent sources, `witnesses` names them: one publisher counts once, and so
    does one origin, however many cite it. `documents` counts documents with reprints, `tiers`
    publishers by tier. `first` and `last` are the days on which it was first and last told,
    `known_at` when the case held the first report of it.
    """

    id: str
    type: PloverType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    medium: Medium | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    status: Status = "happened"
    background: bool = False
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    place: str | None = None
    place_precision: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    sizes: Mapping[str, Size] = field(default_factory=lambda: _NO_SIZES)
    count: int | None = None
    initiator: Party | None = None
    topics: tuple[str, ...] = ()
    level: Level | None = None
    according_to: tuple[Party, ...] = ()
    score: float = 0.0
    confidence: float = 0.5
    reports: tuple[Report, ...] = ()
    sources: int = 1
    witnesses: tuple[str, ...] = ()
    documents: int = 1
    publishers: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    tiers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    told: Mapping[str, tuple[Told, ...]] = field(default_factory=lambda: MappingProxyType({}))
    agreed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    first: str | None = None
    last: str | None = None
    known_at: str | None = None
    life: tuple[Step, ...] = ()
    links: tuple[Link, ...] = ()
    main: str = ""

    @property
    def day(self) -> str:
        """The event's first day, or the first day on which it was told, or empty."""
        return (self.start or self.first or "")[:10]

    @property
    def parties(self) -> tuple[Party, ...]:
        """All who take part."""
        return (*self.actors, *self.recipients)

    @property
    def main_report(self) -> Report:
        """The report whose sentence is shown for the event."""
        return next(report for report in self.reports if report.id == self.main)
