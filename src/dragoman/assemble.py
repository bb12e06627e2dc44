"""Put what the stages found together into a reading: tokens become spans, numbers become ids.

Nothing is decided here but what to keep: an actor that is only a description and neither acts nor
speaks nor belongs to one that does is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.coding.times.notices import time_notices
from dragoman.language.analysis import Tokens
from dragoman.records import (
    Actor,
    Content,
    Document,
    Event,
    Notice,
    Provenance,
    Published,
    Reading,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from dragoman.coding.places.finding import PlaceExpression
    from dragoman.coding.statements import Said
    from dragoman.coding.times.finding import TimeExpression

_NO_TOKENS = Tokens("", [], [], [0], [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the stages have found in a document so far."""

    tokens: Tokens = _NO_TOKENS
    times: Sequence[TimeExpression] = ()
    actors: Sequence[Actor] = ()
    places: Sequence[PlaceExpression] = ()
    said: Sequence[Said] = ()
    events: Sequence[Event] = ()


def assemble(
    document: Document,
    published: Published,
    parts: Parts,
    warnings: Iterable[Notice],
    provenance: Provenance,
) -> Reading:
    """The reading of a document from what the stages found."""
    statements = _statements(parts)
    notices = (*warnings, *_doubts(published, parts))
    return Reading(
        document=replace(document, published=published, warnings=notices),
        sentences=_sentences(parts.tokens),
        actors=_kept(parts.actors, parts.events, statements),
        events=tuple(parts.events),
        statements=statements,
        times=tuple(time.to_time() for time in parts.times),
        places=tuple(place.to_place() for place in parts.places),
        provenance=provenance,
    )


def _sentences(tokens: Tokens) -> tuple[Span, ...]:
    return tuple(_span(tokens, first, last) for first, last in pairwise(tokens.bounds))


def _span(tokens: Tokens, first: int, last: int) -> Span:
    """The text that the tokens `first` to `last` (exclusive) cover."""
    return Span(tokens.starts[first], tokens.ends[last - 1])


def _statements(parts: Parts) -> tuple[Statement, ...]:
    told: dict[str, list[str]] = {}
    for event in parts.events:
        for statement in dict.fromkeys((event.statement, *(t.statement for t in event.tellings))):
            if statement is not None:
                told.setdefault(statement, []).append(event.id)
    return tuple(
        _statement(number, said, parts.tokens, told.get(statement_id(number), ()))
        for number, said in enumerate(parts.said)
    )


def statement_id(number: int) -> str:
    """The id of the statement with this number, counted from 0."""
    return f"s{number + 1}"


def _statement(number: int, said: Said, tokens: Tokens, events: Iterable[str]) -> Statement:
    pieces = tuple(_span(tokens, first, last) for first, last in said.content)
    start, end = pieces[0].start, pieces[-1].end
    return Statement(
        id=statement_id(number),
        speaker=said.speaker,
        speaker_text=said.speaker_text,
        named=said.named,
        to=said.to,
        cue=None if said.cue is None else _span(tokens, *said.cue),
        content=Content(
            start=start,
            end=end,
            text=tokens.text[start:end],
            pieces=pieces if len(pieces) > 1 else (),
        ),
        quoted=said.quoted,
        kind=said.kind,
        hedged=said.hedged,
        answers=None if said.answers is None else statement_id(said.answers),
        inside=None if said.inside is None else statement_id(said.inside),
        events=tuple(events),
    )


def _kept(
    actors: Sequence[Actor], events: Sequence[Event], statements: Sequence[Statement]
) -> tuple[Actor, ...]:
    """The actors without those that are described in passing and play no part."""
    wanted: set[str | None] = set()
    for event in events:
        wanted.update(event.actors, event.recipients, event.according_to, (event.initiator,))
        for telling in event.tellings:
            wanted.update(telling.according_to)
    for statement in statements:
        wanted.update((statement.speaker, statement.to))
    by_id = {actor.id: actor for actor in actors}
    for actor in actors:
        if actor.id in wanted or not _in_passing(actor):
            wanted |= {actor.part_of, *actor.members} & by_id.keys()
    kept = [actor for actor in actors if actor.id in wanted or not _in_passing(actor)]
    present = {actor.id for actor in kept}
    return tuple(_with_members_that_occur(actor, present) for actor in kept)


def _with_members_that_occur(actor: Actor, present: set[str]) -> Actor:
    """An alliance has members that the document never names; they are left to the directory."""
    if present.issuperset(actor.members):
        return actor
    return replace(actor, members=tuple(id for id in actor.members if id in present))


def _in_passing(actor: Actor) -> bool:
    return actor.basis == "text" and actor.kind in ("unnamed", "people")


def _doubts(published: Published, parts: Parts) -> list[Notice]:
    """Warnings that follow from the reading itself."""
    notices = []
    if published.date is None and parts.times:
        message = (
            "The day of publication is not known, so that times such as “Monday” could not be "
            "placed; give it with the document (--date)."
        )
        notices.append(Notice(code="date-unknown", message=message))
    return [*notices, *time_notices(parts.times, date=published.date)]
