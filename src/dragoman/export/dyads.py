"""Merged events as other projects write them: folded, in pairs, one row a pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from dragoman.analysis.coded import Coded
from dragoman.export.cameo import actor_code, pairs_of
from dragoman.export.plover import Folded, Kept, fold, is_kept
from dragoman.merging.records import Party
from dragoman.ontology.cameo import CameoCode
from dragoman.records import (
    Actor,
    Document,
    Event,
    PloverType,
    Published,
    Record,
    Telling,
    When,
    WhenPrecision,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan(Record):
    """What goes out. `keep` names what is kept beside what PLOVER codes (possible, denied,
    cancelled, background, incomplete); `one_a_day` leaves one record of the same two and the same
    kind a day, as much of the field does."""

    keep: tuple[Kept, ...] = ()
    one_a_day: bool = False


@dataclass(frozen=True, slots=True)
class Dyad:
    """One row: the event, what it folds into, its day, and the two (None: not told)."""

    event: Coded
    folded: Folded
    day: str
    code: CameoCode
    source: Actor | None
    target: Actor | None


def actors_of(event: Coded) -> dict[str, Actor]:
    """The parties as actors of a reading, by their keys."""
    return {party.key: _actor(party) for party in event.parties}


def _actor(party: Party) -> Actor:
    return Actor(
        id=party.key,
        name=party.name,
        kind=party.kind,
        code=party.code,
        sectors=party.sectors,
        role=party.role,
        members=party.members,
        part_of=party.part_of,
    )


def as_event(event: Coded) -> Event:
    """The merged event as an event of a reading, which PLOVER's and CAMEO's rules take."""
    assert event.type is not None
    when = None
    if event.precision is not None and event.day:
        precision = cast(WhenPrecision, event.precision)
        when = When(start=event.day, end=event.day_end, precision=precision, text="")
    return Event(
        id=event.id,
        type=cast(PloverType, event.type),
        mode=event.mode,
        contexts=event.contexts,
        medium=event.medium,  # type: ignore[arg-type]
        actors=tuple(dict.fromkeys(p.key for p in event.who)),
        recipients=tuple(dict.fromkeys(p.key for p in event.whom)),
        status=event.status,
        background=event.background,
        when=when,
        where=event.where,
        topics=event.topics,
        trigger=(),
        sentence=0,
        tellings=cast(tuple[Telling, ...], ()),
        rank=event.rank,
        score=event.score,
        confidence=event.confidence,
        method=event.method,
    )


def document_of(event: Coded) -> Document:
    """The document that tells the event best, as far as an export names it."""
    main = event.tellings[0] if event.tellings else None
    return Document(
        id=(main.document if main and main.document else event.id),
        title=event.title,
        source=main.source if main else next(iter(event.sources), None),
        url=event.url,
        language="en",
        published=Published(date=event.published, basis="given"),
    )


def kept(events: Iterable[Coded], plan: ExportPlan) -> Iterator[tuple[Coded, Event]]:
    """The events that go out, with their form as events of a reading, by the day of filing."""
    found = [(coded, as_event(coded)) for coded in events if coded.type is not None]
    going = [(coded, event) for coded, event in found if is_kept(event, plan.keep)]
    yield from sorted(going, key=lambda pair: day_of(pair[0], fold(pair[1])))


def day_of(event: Coded, folded: Folded) -> str:
    """The day under which an event is filed: that of its report where it is only announced."""
    announced = folded.type != event.type
    return (event.published if announced and event.published else event.day)[:10]


def dyads(events: Iterable[Coded], plan: ExportPlan) -> Iterator[Dyad]:
    """One row for each pair of a source and a target, by the day of filing."""
    seen: set[tuple[str, str, str, str]] = set()
    for coded, event in kept(events, plan):
        folded = fold(event)
        day = day_of(coded, folded)
        for source, target, code in pairs_of(event, actors_of(coded)):
            if plan.one_a_day:
                key = (day, _coded(source), _coded(target), code.code)
                if key in seen:
                    continue
                seen.add(key)
            yield Dyad(coded, folded, day, code, source, target)


def _coded(actor: Actor | None) -> str:
    return "" if actor is None else actor_code(actor) or actor.id
