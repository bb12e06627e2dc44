"""An event as every analysis takes it, wherever it comes from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dragoman.merging.records import Party
from dragoman.ontology import load_ontology
from dragoman.records import Record, Status, Where

if TYPE_CHECKING:
    import pandas

_NO_TIERS: Final[Mapping[str, int]] = MappingProxyType({})
HAPPENED: Final[frozenset[str]] = frozenset({"happened", "ongoing"})


def is_party(party: Party, wanted: str) -> bool:
    """Is this the actor with that key, or one of the state or body with that code?"""
    return wanted in (party.key, party.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Record):
    """One report of an event: on whose word (the independent source), when, in which sentence.

    `place` counts the sentences before it in its document; `number` is that of the event's row.
    """

    source: str
    published: str | None = None
    passage: str = ""
    place: int = 0
    document: str | None = None
    title: str | None = None
    url: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded(Record):
    """One event. `who` did it, to `whom`; for a contact all who take part are `who`.

    `day` and `day_end` are ISO days; `precision` is None where no report tells a day, and `day` is
    then that of the first report. `score` is PLOVER's, from -10 to +10. `sources` are the
    independent sources, each once; `tiers` counts publishers by tier; `reports` counts the reports,
    copies too. `type` is None for what PLOVER does not code (a comment in CAMEO data). `published`
    is the day of the first report, `last` that of the last. `trace` leads to the reports: numbers
    of events in the case, or another project's ids.
    """

    id: str
    day: str
    day_end: str
    type: str | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    medium: str | None = None
    status: Status = "happened"
    background: bool = False
    score: float = 0.0
    who: tuple[Party, ...] = ()
    whom: tuple[Party, ...] = ()
    sources: tuple[str, ...] = ()
    tiers: Mapping[str, int] = field(default_factory=lambda: _NO_TIERS)
    reports: int = 1
    published: str | None = None
    last: str | None = None
    known_at: str | None = None
    precision: str | None = "day"
    place: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    topics: tuple[str, ...] = ()
    level: str | None = None
    according_to: tuple[str, ...] = ()
    confidence: float = 1.0
    rank: int = 1
    method: str = ""
    passage: str = ""
    title: str | None = None
    url: str | None = None
    trace: tuple[str, ...] = ()
    tellings: tuple[Telling, ...] = ()

    @property
    def parties(self) -> tuple[Party, ...]:
        return self.who + self.whom

    @property
    def where(self) -> Where | None:
        """Where it took place; without coordinates the place is a guess."""
        if not self.place:
            return None
        return Where(
            text=self.place,
            name=self.place,
            country=self.country,
            lat=self.lat,
            lon=self.lon,
            precision="guess" if self.lat is None else "city",
        )

    @property
    def quad(self) -> str | None:
        """PLOVER's quad class in words: `verbal conflict`."""
        return load_ontology().types[self.type].quad if self.type else None

    def between(self, first: str, second: str) -> bool:
        """Is it something between the two: one does it to the other, or both take part?

        Two who do something together to a third party do nothing to each other.
        """
        who = [wanted for wanted in (first, second) if any(is_party(p, wanted) for p in self.who)]
        if len(who) == 2 and first != second:
            return not self.whom or self.type == "CONSULT"
        if len(who) != 1 and first != second:
            return False
        other = second if who[:1] == [first] else first
        return bool(who) and any(is_party(p, other) for p in self.whom)


def coded_frame(events: Iterable[Coded]) -> pandas.DataFrame:
    """The events as a pandas data frame, parties as lists of codes."""
    import pandas as pd

    rows = []
    for event in events:
        row = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
        row["who"] = [p.code or p.key for p in event.who]
        row["whom"] = [p.code or p.key for p in event.whom]
        rows.append(row)
    return pd.DataFrame(rows, columns=[f.name for f in dataclasses.fields(Coded)])
