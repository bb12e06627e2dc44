"""Merged events as rows of a table: one row an event, every cell a plain value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.merging.records import Merged, Part, Party
from dragoman.merging.sources import tiers_in_words
from dragoman.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRow(Record):
    """A merged event. `conflicts`, `life` and `reasons` are sentences; `reports` the reports' ids.

    `sources` counts independent sources, `tiers` publishers by tier (`agency 2`),
    `documents` documents with reprints; `first` and `last` are the days on which it was
    first and last told.
    """

    id: str
    day: str | None
    day_end: str | None
    type: str
    mode: str | None
    status: str
    background: bool
    who: str
    whom: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    medium: str | None
    place: str | None
    country: str | None
    sources: int
    tiers: tuple[str, ...]
    documents: int
    witnesses: tuple[str, ...]
    publishers: tuple[str, ...]
    origins: tuple[str, ...]
    according_to: tuple[str, ...]
    agreed: tuple[str, ...]
    conflicts: tuple[str, ...]
    life: tuple[str, ...]
    reasons: tuple[str, ...]
    first: str | None
    last: str | None
    score: float
    confidence: float
    passage: str
    title: str | None
    url: str | None
    reports: tuple[str, ...]
    known_at: str | None


def merged_rows(events: Iterable[Merged]) -> Iterator[MergedRow]:
    """The rows of merged events, in their order."""
    for event in events:
        main = event.main_report
        yield MergedRow(
            id=event.id,
            day=event.day or None,
            day_end=(event.end or event.day)[:10] or None,
            type=event.type,
            mode=event.mode,
            status=event.status,
            background=event.background,
            who=names(event.actors),
            whom=names(event.recipients),
            actors=tuple(party.key for party in event.actors),
            recipients=tuple(party.key for party in event.recipients),
            medium=event.medium,
            place=event.place,
            country=event.country,
            sources=event.sources,
            tiers=tiers_in_words(event.tiers),
            documents=event.documents,
            witnesses=event.witnesses,
            publishers=event.publishers,
            origins=event.origins,
            according_to=tuple(party.name for party in event.according_to),
            agreed=event.agreed,
            conflicts=conflicts_in_words(event),
            life=life_in_words(event),
            reasons=reasons_in_words(event),
            first=event.first,
            last=event.last,
            score=event.score,
            confidence=event.confidence,
            passage=main.passage,
            title=main.title,
            url=main.url,
            reports=tuple(report.id for report in event.reports),
            known_at=event.known_at,
        )


def names(parties: Iterable[Party]) -> str:
    """Names of parties with the states that they stand for."""
    return "; ".join(
        party.name if party.kind == "state" or not party.code else f"{party.name} ({party.code})"
        for party in parties
    )


def conflicts_in_words(event: Merged) -> tuple[str, ...]:
    """Where reports differ: `start: 2022-02-07 (3 sources), 2022-02-08 (1: 12:e3)`."""
    said = []
    for conflict in event.conflicts:
        values = ", ".join(
            f"{shown(told.value)} ({told.sources}: {' '.join(told.reports[:4])})"
            for told in conflict.values
        )
        said.append(f"{conflict.field}: {values}")
    return tuple(said)


def assumed_in_words(event: Merged) -> tuple[str, ...]:
    """Sides whose state no report tells: `the police (SYR, of the story's country)`."""
    found = {
        f"{party.name} ({party.code}, of the story's country)": None
        for party in event.parties
        if party.assumed and party.code
    }
    return tuple(found)


def life_in_words(event: Merged) -> tuple[str, ...]:
    """Changes of status: `2022-02-04 planned (3:e1)`."""
    return tuple(
        f"{(step.date or 'no date')[:10]} {step.status} ({step.report})" for step in event.life
    )


def reasons_in_words(event: Merged) -> tuple[str, ...]:
    """Why reports were put together, a link a sentence."""
    said = []
    for link in event.links:
        by_hand = "a person held them together" + (f" ({link.note})" if link.note else "")
        why = by_hand if link.by == "person" else _parts(link.parts)
        said.append(f"{link.left} + {link.right}: {link.score:.2f}; {why}")
    return tuple(said)


def shown(value: object) -> str:
    """A value of a field in a few words."""
    if isinstance(value, Party):
        return value.name
    if isinstance(value, tuple):
        unit, size = value
        return f"{size.text} {unit}"
    return str(value)


def _parts(parts: Iterable[Part]) -> str:
    return "; ".join(f"{part.name} {part.weight:+.1f} ({part.why})" for part in parts)
