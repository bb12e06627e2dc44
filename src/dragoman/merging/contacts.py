"""The register of contacts: who with whom, how, when, where, about what, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.merging.profiles import side_of
from dragoman.merging.records import Merged, Party
from dragoman.merging.views import conflicts_in_words, life_in_words, names
from dragoman.records import Record

# What parties do to each other or together in the same reports that tell of their contact.
OUTCOMES: Final = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REJECT", "SANCTION"}
)
# Sectors of those who stand for no side: citizens, students, physicians, the press, workers.
_PUBLIC: Final = (("CVL",), ("EDU",), ("MED",), ("JRN",), ("LAB",), ("REF",), ("AGR",))
_STANDING: Final = (["dialogue"], ["dialog"])
_GOING: Final = tuple(
    [word]
    for word in ("go", "goes", "went", "gone", "going", "come", "comes", "came", "coming", "return",
                 "returns", "returned", "arrive", "arrived", "enter", "entered",
                 "head", "heads", "headed", "heading", "move", "moves", "moved", "moving")
)  # fmt: skip
_MEETING: Final = tuple([word] for word in ("meet", "meets", "met", "address"))
_MOST_OUTCOMES: Final = 3
_DAYS_AFTER: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow(Record):
    """A contact through its life: planned, held, called off. One row, however many report it.

    `states` are the codes of those who take part; `life` lists each change of status with the
    report that told it; `outcome` what the parties agreed, refused or did according to the same
    reports. `sources` counts independent sources.
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
    documents: int
    first: str | None
    last: str | None
    passage: str
    title: str | None
    url: str | None
    reports: tuple[str, ...]
    confidence: float


def contacts(events: Iterable[Merged], *, pair: tuple[str, str] | None = None) -> list[ContactRow]:
    """The contacts among merged events, by day; with `pair`, those in which both take part.

    A contact has two known sides at least: what goes on inside one state is none. `pair`
    takes codes or keys of parties.
    """
    everything = list(events)
    by_document: dict[str, list[Merged]] = {}
    for event in everything:
        if event.type in OUTCOMES and not event.background:
            for document in {report.document for report in event.reports}:
                by_document.setdefault(document, []).append(event)
    return [
        _row(event, by_document)
        for event in sorted(everything, key=lambda e: (e.day, e.id))
        if is_contact(event) and (pair is None or all(takes_part(event, name) for name in pair))
    ]


def is_contact(event: Merged) -> bool:
    """Does a merged event belong in the register: are there two sides that are known?

    Somebody of no known state (“reporters”, a governor whose region the text does not place) is no
    side of its own, nor is the public of a country. A dialogue without a day that two states have
    as such is how they stand, and no contact.
    """
    if event.type != "CONSULT" or _is_standing(event) or _is_figure(event) or _is_press(event):
        return False
    return len({side_of(party) for party in event.parties if _is_side(party)}) > 1


def _is_side(party: Party) -> bool:
    if party.kind in ("unnamed", "people"):
        return party.code is not None and party.sectors[:1] not in _PUBLIC
    if party.kind == "government" and party.key.startswith("name:"):
        return party.code is not None  # “courts”
    if party.kind in ("person", "organisation"):
        return party.code is not None or not party.key.startswith("name:")
    return True


def _is_standing(event: Merged) -> bool:
    if event.start or event.medium or event.place:
        return False
    return all(report.trigger.split()[-1:] in _STANDING for report in event.reports)


def _is_figure(event: Merged) -> bool:
    """“Russia came to us”, “we are heading to the European Union”.

    A state itself goes nowhere, those who visit are people of its; a union of states is no place.
    """
    if event.mode != "visit" or not event.actors or not event.recipients:
        return False
    going = all(report.trigger.split()[:1] in _GOING for report in event.reports)
    unions = ("igo", "bloc")  # those that have no seat to go to, as the United Nations have
    abroad = any(p.kind not in unions or p.code == "UNO" for p in event.recipients)
    return going and (not abroad or all(party.kind == "state" for party in event.actors))


def _is_press(event: Merged) -> bool:
    """“The leaders will meet with journalists”: they stand together before the press."""
    return all(
        report.trigger.split()[:1] in _MEETING
        and any(p.kind == "unnamed" and p.sectors[:1] == ("JRN",) for p in report.actors)
        for report in event.reports
    )


def takes_part(event: Merged, name: str) -> bool:
    """Is one of the parties this actor, or one who stands for it?"""
    return any(name in (p.key, p.code, p.part_of, *p.members) for p in event.parties)


def _row(event: Merged, by_document: dict[str, list[Merged]]) -> ContactRow:
    main = event.main_report
    start = event.start or ""
    return ContactRow(
        id=event.id,
        day=event.day or None,
        day_end=(event.end or event.day)[:10] or None,
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
    return event.start[:10] >= contact.start[:10] and _gap(event, contact) <= _DAYS_AFTER


def _gap(event: Merged, contact: Merged) -> int:
    from datetime import date

    try:
        first, last = (date.fromisoformat((e.start or "")[:10]) for e in (contact, event))
    except ValueError:
        return 0
    return (last - first).days
