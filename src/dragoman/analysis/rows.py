"""What analyses give, as flat rows: for tables, CSV and Parquet."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.analysis.agenda import AgendaItem
from dragoman.analysis.network import Network
from dragoman.analysis.timeline import TimelineDay
from dragoman.merging.records import Party
from dragoman.merging.sources import tiers_in_words
from dragoman.records import Record
from dragoman.show.words import event_word


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
    """Something announced; `what` names it in words (`phone call`), `type` as PLOVER does.

    `when` writes its days as they were told: a day, a month, a year, or the first and the last
    day; `days` counts from the day of asking to the first. `tiers` counts publishers by tier.
    """

    outcome: str
    when: str | None
    day: str | None
    day_end: str | None
    days: int | None
    what: str
    type: str
    mode: str | None
    medium: str | None
    who: str
    whom: str
    place: str | None
    announced: str | None
    told_by: int
    tiers: tuple[str, ...]
    source: str
    passage: str
    event: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow(Record):
    """Two who talk, as told by so many independent sources.

    `tone` is the mean score of their events, from -10 to +10.
    """

    first: str
    second: str
    events: int
    sources: int
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
            when=span_of(item.day, item.day_end),
            day=item.day,
            day_end=item.day_end,
            days=item.days,
            what=event_word(item.type, item.mode, item.medium),
            type=item.type,
            mode=item.mode,
            medium=item.medium,
            who=names_of(item.who),
            whom=names_of(item.whom),
            place=item.place,
            announced=item.announced,
            told_by=len(item.sources),
            tiers=tiers_in_words(item.tiers),
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
            sources=tie.sources,
            weight=round(tie.weight, 2),
            tone=round(tie.tone, 2),
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


def span_of(day: str | None, day_end: str | None) -> str | None:
    """ISO days as they were told: `2022-02-07`, `2022-02`, `2022`, `2022-02-07/2022-02-09`."""
    if day is None or day_end in (None, day):
        return day
    if (day[4:], day_end[4:]) == ("-01-01", "-12-31") and day[:4] == day_end[:4]:
        return day[:4]
    if day[8:] == "01" and day[:7] == day_end[:7] and day_end == _last_of_month(day):
        return day[:7]
    return f"{day}/{day_end}"


def _last_of_month(day: str) -> str:
    first = date.fromisoformat(day)
    return first.replace(day=monthrange(first.year, first.month)[1]).isoformat()
