"""What mattered, day by day: days by how many independent sources tell of them, and how much.

The weight of a day is the number of independent sources that tell of it, once more those that still
tell of it two days later or after (what is recalled mattered), and a share of all tellings, so that
a day with much to tell goes before a day with little. An event counts with its intensity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dragoman.analysis.coded import HAPPENED, Coded
from dragoman.analysis.salience import Passage, most_central, rarity
from dragoman.analysis.tension import source_weight
from dragoman.records import Record

_LATER_DAYS: Final = 2
_SHARE_OF_TELLINGS: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineDay(Record):
    """A day: its weight, the independent sources, its events (ids), the weightiest first, and the
    sentence that says best what was told of it, with the event that it tells."""

    day: str
    weight: float
    sources: int
    recalled: int
    tellings: int
    events: tuple[str, ...]
    passage: str
    passage_of: str


def timeline(
    events: Iterable[Coded],
    *,
    most: int | None = None,
    since: str | None = None,
    until: str | None = None,
) -> tuple[TimelineDay, ...]:
    """The days in order; with `most`, the weightiest so many. Planned, possible and denied events,
    history, and events that are not told to a day are left out."""
    days: dict[str, list[Coded]] = defaultdict(list)
    for event in events:
        if _counts(event) and (not since or event.day >= since):
            if until and event.day > until:
                continue
            days[event.day].append(event)
    rare = rarity(p for told in days.values() for e in told for p in _passages(e))
    ranked = [_weigh(day, told) for day, told in days.items()]
    ranked.sort(key=lambda d: (-d.weight, d.day))
    chosen = sorted(ranked[:most], key=lambda d: d.day)
    return tuple(_with_passage(day, days[day.day], rare) for day in chosen)


def _counts(event: Coded) -> bool:
    return (
        event.status in HAPPENED
        and not event.background
        and len(event.day) == 10
        and event.day == event.day_end[:10]
    )


def intensity(event: Coded) -> float:
    """How much an event weighs in itself, from 0.5 to 1.5: cooperation and conflict alike."""
    return 0.5 + abs(event.score) / 10 if event.type else 1.0


def event_weight(event: Coded) -> float:
    """Intensity times the weight of its independent sources, times how sure it is; a deed inside
    another is lesser."""
    inner = 1.0 if event.rank <= 1 else 0.7
    sure = inner * event.confidence
    return sure * intensity(event) * source_weight(max(1, len(event.sources)))


def _weigh(day: str, events: Sequence[Coded]) -> TimelineDay:
    sources: dict[str, float] = {}
    later: dict[str, float] = {}
    tellings = weighed = 0.0
    then = date.fromisoformat(day)
    for event in events:
        much = intensity(event)
        for source in event.sources:
            sources[source] = max(sources.get(source, 0.0), much)
        for telling in event.tellings:
            told = date.fromisoformat(telling.published[:10]) if telling.published else then
            if (told - then).days >= _LATER_DAYS:
                later[telling.source] = max(later.get(telling.source, 0.0), much)
        tellings += event.reports
        weighed += much * len(event.sources)
    weight = sum(sources.values()) + sum(later.values()) + _SHARE_OF_TELLINGS * weighed
    order = sorted(events, key=lambda e: (-event_weight(e), e.id))
    return TimelineDay(
        day=day,
        weight=round(weight, 4),
        sources=len(sources),
        recalled=len(later),
        tellings=int(tellings),
        events=tuple(e.id for e in order),
        passage="",
        passage_of="",
    )


def _with_passage(day: TimelineDay, events: Sequence[Coded], rare: dict[str, float]) -> TimelineDay:
    from dataclasses import replace

    by_id = {event.id: event for event in events}
    passages, of = [], []
    for id in day.events:
        event = by_id[id]
        for text, place in _told(event):
            passages.append(Passage(text, event_weight(event), place))
            of.append(id)
    if not passages:
        return day
    best = most_central(passages, rare)
    return replace(day, passage=passages[best].text, passage_of=of[best])


def _told(event: Coded) -> list[tuple[str, int]]:
    told = [(t.passage, t.place) for t in event.tellings if t.passage]
    return told or ([(event.passage, 0)] if event.passage else [])


def _passages(event: Coded) -> list[str]:
    return [text for text, _ in _told(event)]
