"""The register of contacts: who with whom, how, when, where, about what, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dragoman.merging.kept_out import (
    is_contact,
    is_listed,
    is_old_invitation,
    is_public,
    is_recalled,
    is_registered,
    is_weighed,
)
from dragoman.merging.profiles import days_between, side_of
from dragoman.merging.records import Merged, Party
from dragoman.merging.retold import told_once
from dragoman.merging.sources import tiers_in_words
from dragoman.merging.views import conflicts_in_words, life_in_words, names
from dragoman.records import Record

# What parties do to each other or together in the same reports that tell of their contact.
OUTCOMES: Final = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REJECT", "SANCTION"}
)
_TWO: Final = 2
_MOST_OUTCOMES: Final = 3
_DAYS_AFTER: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow(Record):
    """A contact through its life: planned, held, called off. One row, however many report it.

    `states` are the codes of those who take part; `life` lists each change of status with the
    report that told it; `outcome` what the parties agreed, refused or did according to the same
    reports. `sources` counts independent sources, `tiers` publishers by tier (`agency 2`).
    """

    id: str
    day: str | None
    day_end: str | None
    time: str | None
    status: str
    medium: str | None
    level: str | None
    who: str
    parties: tuple[str, ...]
    states: tuple[str, ...]
    host: str | None
    place: str | None
    country: str | None
    topics: tuple[str, ...]
    initiator: str | None
    outcome: tuple[str, ...]
    life: tuple[str, ...]
    conflicts: tuple[str, ...]
    sources: int
    tiers: tuple[str, ...]
    documents: int
    first: str | None
    last: str | None
    passage: str
    title: str | None
    url: str | None
    reports: tuple[str, ...]
    confidence: float


def contacts(
    events: Iterable[Merged], *, pair: tuple[str, str] | None = None, history: bool = False
) -> list[ContactRow]:
    """The contacts among merged events, by day; with `pair`, those in which both take part.

    A contact has two known sides at least: what goes on inside one state is none. `pair`
    takes codes or keys of parties. With `history` also what reports only recall.
    """
    everything = list(events)
    by_document: dict[str, list[Merged]] = {}
    for event in everything:
        if event.type in OUTCOMES and not event.background:
            for document in {report.document for report in event.reports}:
                by_document.setdefault(document, []).append(event)
    return [
        _row(event, by_document)
        for event in registered(everything, history=history)
        if pair is None or all(takes_part(event, name) for name in pair)
    ]


def registered(events: Iterable[Merged], *, history: bool = False) -> list[Merged]:
    """The events that are rows of the register, as it has them: each contact once, by day."""
    everything = list(events)
    found = [event for event in everything if is_registered(event, history=history)]
    found += _far_down(everything, found)
    found = list(_without_mentions(found))
    return [
        _without_public(_each_once(_without_hosts(event)))
        for event in sorted(told_once(found), key=lambda e: (_held_on(e), e.id))
        if is_listed(event)
    ]


def _far_down(events: Sequence[Merged], found: Sequence[Merged]) -> list[Merged]:
    """Contacts that stand far down in a story of the very people: “he also saw the speaker”.

    Two people who are named meet, and one of them is in a contact that the same document tells
    further up.
    """
    told: dict[str, set[str]] = {}
    for event in found:
        people = {party.key for party in event.parties if party.kind == "person"}
        for report in event.reports:
            told.setdefault(report.document, set()).update(people)
    taken = {event.id for event in found}
    return [
        event
        for event in events
        if event.id not in taken
        and is_contact(event)
        and not is_recalled(event, deep=False)
        and len({side_of(p) for p in event.parties if p.kind == "person"}) >= _TWO
        and any(
            party.kind == "person" and party.key in told.get(report.document, ())
            for party in event.parties
            for report in event.reports
        )
    ]


def _without_mentions(found: Sequence[Merged]) -> Iterator[Merged]:
    """The contacts without those that a document only weighs, or thanks for having been asked to.

    “The importance of her visit” tells a visit where she is told to be met; an invitation for which
    a guest thanks is the one that he has followed.
    """
    by_document: dict[str, list[Merged]] = {}
    for event in found:
        for document in {report.document for report in event.reports}:
            by_document.setdefault(document, []).append(event)
    for event in found:
        weighed, invited = is_weighed(event), is_old_invitation(event)
        if not weighed and not invited:
            yield event
            continue
        near = [o for r in event.reports for o in by_document[r.document] if o is not event]
        real = [o for o in near if o.status in ("happened", "ongoing") and not is_weighed(o)]
        guests = {p.key for p in event.actors or event.parties if p.kind == "person"}
        met = any(guests & {p.key for p in other.parties} for other in real)
        if met != invited:
            yield event


def _held_on(event: Merged) -> str:
    """Its day, or that of the first report that tells it as it is now: plans come before."""
    if event.start:
        return event.start[:10]
    days = [r.published[:10] for r in event.reports if r.published and r.status == event.status]
    return min(days, default=event.day)


def takes_part(event: Merged, name: str) -> bool:
    """Is one of the parties this actor, or one who stands for it?"""
    return any(name in (p.key, p.code, p.part_of, *p.members) for p in event.parties)


def _without_hosts(event: Merged) -> Merged:
    """A visit to a state without its own people: who shows a guest round is no visitor."""
    hosts = {p.key for p in event.recipients if p.kind == "state"}
    at_home = {p.key for p in event.actors if p.kind == "person" and p.code in hosts}
    if event.mode != "visit" or not at_home or len(at_home) == len(event.actors):
        return event
    return replace(
        event,
        actors=tuple(p for p in event.actors if p.key not in at_home),
    )


def _each_once(event: Merged) -> Merged:
    """A contact in which nobody takes part on both sides, as reports of two shapes may have it."""
    hosts = {p.key for p in event.recipients}
    others = tuple(p for p in event.actors if p.key not in hosts)
    return replace(event, actors=others) if others else event


def _without_public(event: Merged) -> Merged:
    """A contact without those before whom its sides appear (“met with the workers of a plant”)."""
    sides = {side_of(p) for p in event.parties if not is_public(p)}
    if len(sides) < _TWO or not any(map(is_public, event.parties)):
        return event
    return replace(
        event,
        actors=tuple(p for p in event.actors if not is_public(p)),
        recipients=tuple(p for p in event.recipients if not is_public(p)),
    )


def _row(event: Merged, by_document: dict[str, list[Merged]]) -> ContactRow:
    main = event.main_report
    start, day = event.start or "", _held_on(event)
    return ContactRow(
        id=event.id,
        day=day or None,
        day_end=(event.end or day)[:10] or None,
        time=start[11:] if "T" in start else None,
        status=event.status,
        medium=event.medium,
        level=event.level,
        who=names(event.parties),
        parties=tuple(party.key for party in event.parties),
        states=tuple(dict.fromkeys(party.code for party in event.parties if party.code)),
        host=names(event.recipients) or None,
        place=event.place,
        country=event.country,
        topics=event.topics,
        initiator=event.initiator.name if event.initiator else None,
        outcome=tuple(_outcomes(event, by_document)),
        life=life_in_words(event),
        conflicts=conflicts_in_words(event),
        sources=event.sources,
        tiers=tiers_in_words(event.tiers),
        documents=event.documents,
        first=event.first,
        last=event.last,
        passage=main.passage,
        title=main.title,
        url=main.url,
        reports=tuple(report.id for report in event.reports),
        confidence=event.confidence,
    )


def _outcomes(event: Merged, by_document: dict[str, list[Merged]]) -> Iterator[str]:
    """What the same reports say that the parties did towards each other or together."""
    if event.status not in ("happened", "ongoing"):
        return
    sides = {side_of(party) for party in event.parties}
    documents = sorted({report.document for report in event.reports})
    seen: dict[str, Merged] = {}
    for document in documents:
        for other in by_document.get(document, ()):
            if _of_the_parties(other.parties, sides) and _follows(other, event):
                seen[other.id] = other
    ordered = sorted(seen.values(), key=lambda e: (-e.sources, e.day, e.id))
    for other in ordered[:_MOST_OUTCOMES]:
        yield f"{other.type} ({other.status}): {other.main_report.passage}"


def _of_the_parties(parties: Sequence[Party], sides: set[str]) -> bool:
    own = {side_of(party) for party in parties}
    return bool(own) and own <= sides


def _follows(event: Merged, contact: Merged) -> bool:
    """Is it told as of the contact's day or the days after it, or with no day of its own?"""
    if not event.start or not contact.start:
        return True
    later, first = event.start[:10], contact.start[:10]
    return later >= first and days_between(first, later) <= _DAYS_AFTER
