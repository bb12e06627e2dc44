"""What analyses give, as flat rows: for tables, CSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.analysis.agenda import AgendaItem
from dragoman.analysis.network import Network
from dragoman.analysis.timeline import TimelineDay
from dragoman.merging.records import Party
from dragoman.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow(Record):
    """A day that mattered. `told_by` counts independent sources, `recalled` those that still told
    of it two days later; `passage` says it best and stands in `event`."""

    day: str
    weight: float
    told_by: int
    recalled: int
    events: int
    event: str
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow(Record):
    """Something announced; `days` counts from the day of asking."""

    outcome: str
    day: str | None
    day_end: str | None
    days: int | None
    what: str
    who: str
    whom: str
    place: str | None
    announced: str | None
    told_by: int
    source: str
    passage: str
    event: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow(Record):
    """Two who talk; `tone` is the mean score of their events, from -10 to +10."""

    first: str
    second: str
    events: int
    weight: float
    tone: float
    since: str
    until: str


def timeline_rows(days: Iterable[TimelineDay]) -> Iterator[TimelineRow]:
    for day in days:
        yield TimelineRow(
            day=day.day,
            weight=day.weight,
            told_by=day.sources,
            recalled=day.recalled,
            events=len(day.events),
            event=day.passage_of,
            passage=day.passage,
        )


def agenda_rows(items: Iterable[AgendaItem]) -> Iterator[AgendaRow]:
    for item in items:
        yield AgendaRow(
            outcome=item.outcome,
            day=item.day,
            day_end=item.day_end,
            days=item.days,
            what=what_of(item.type, item.mode, item.medium),
            who=names_of(item.who),
            whom=names_of(item.whom),
            place=item.place,
            announced=item.announced,
            told_by=len(item.sources),
            source="; ".join(item.sources),
            passage=item.passage,
            event=item.id,
            url=item.url,
        )


def tie_rows(found: Network) -> Iterator[TieRow]:
    names = {node.key: node.name for node in found.nodes}
    for tie in found.ties:
        yield TieRow(
            first=names[tie.source],
            second=names[tie.target],
            events=tie.events,
            weight=tie.weight,
            tone=tie.tone,
            since=tie.first,
            until=tie.last,
        )


def names_of(parties: Iterable[Party]) -> str:
    """The parties' names, parted by semicolons.

    “Leaders of Turkey and Greece” is left out beside Turkey and Greece, which it stands for.
    """
    names = list(dict.fromkeys(party.name for party in parties))
    whole = [n for n in names if sum(other != n and other in n for other in names) >= 2]
    return "; ".join(name for name in names if name not in whole)


def what_of(type_: str, mode: str | None, medium: str | None) -> str:
    """An event's kind in few words: `CONSULT phone`, `SANCTION expel`."""
    return " ".join(dict.fromkeys(word for word in (type_, mode, medium) if word))
