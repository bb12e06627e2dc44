"""Makes a large case without reading a text: documents and readings of full shape, by rule.

    python benchmarks/synthetic.py CASE [--documents 100000] [--events 10] [--seed 1]

The words are made up, the shape is that of real readings: a year of days with crises that rise and
fall, a few states that are in most of the news and many that seldom are, outlets of unequal size,
sentences that tell the event they stand for, at the offsets that the rows name. The same seed gives
the same case. Near-copies are not looked for: no two documents are alike.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Any, Final, TypeVar

import numpy as np

from dragoman.case import Case
from dragoman.case.runs import run
from dragoman.case.storing import Candidate, Entry, store
from dragoman.records import (
    Actor,
    Content,
    Document,
    Event,
    Input,
    Mention,
    Place,
    Provenance,
    Published,
    Reading,
    Span,
    Statement,
    Telling,
    Time,
    When,
    Where,
)
from dragoman.sources.copies import Signature
from dragoman.sources.found import Found

FIRST: Final = date(2022, 1, 1)
DAYS: Final = 365
BATCH: Final = 500
STATES: Final = (
    ("RUS", "Russia", "Moscow", 55.75, 37.62),
    ("UKR", "Ukraine", "Kyiv", 50.45, 30.52),
    ("USA", "the United States", "Washington", 38.9, -77.04),
    ("FRA", "France", "Paris", 48.85, 2.35),
    ("DEU", "Germany", "Berlin", 52.52, 13.4),
    ("GBR", "Britain", "London", 51.51, -0.13),
    ("CHN", "China", "Beijing", 39.9, 116.4),
    ("TUR", "Turkey", "Ankara", 39.93, 32.86),
    ("GRC", "Greece", "Athens", 37.98, 23.73),
    ("IRN", "Iran", "Tehran", 35.69, 51.39),
    ("ISR", "Israel", "Jerusalem", 31.78, 35.22),
    ("POL", "Poland", "Warsaw", 52.23, 21.01),
    ("BLR", "Belarus", "Minsk", 53.9, 27.57),
    ("IND", "India", "New Delhi", 28.61, 77.21),
    ("JPN", "Japan", "Tokyo", 35.68, 139.69),
    ("ARM", "Armenia", "Yerevan", 40.18, 44.51),
    ("AZE", "Azerbaijan", "Baku", 40.41, 49.87),
    ("SRB", "Serbia", "Belgrade", 44.79, 20.45),
    ("EGY", "Egypt", "Cairo", 30.04, 31.24),
    ("ETH", "Ethiopia", "Addis Ababa", 9.03, 38.74),
)
# Type, mode, verb, weight among events, PLOVER's intensity.
KINDS: Final = (
    ("CONSULT", "visit", "visited", 24, 2.8),
    ("CONSULT", "phone", "telephoned", 14, 1.9),
    ("SUPPORT", None, "praised", 8, 4.4),
    ("REQUEST", "assist", "appealed for help to", 9, -0.4),
    ("ACCUSE", None, "accused", 12, -2.9),
    ("REJECT", None, "rebuffed", 6, -4.0),
    ("THREATEN", "force", "threatened", 7, -6.2),
    ("AGREE", None, "reached agreement with", 5, 5.1),
    ("AID", "humanitarian", "delivered relief to", 4, 7.3),
    ("SANCTION", "embargo", "imposed restrictions on", 4, -5.6),
    ("MOBILIZE", "troops", "massed troops against", 4, -7.1),
    ("ASSAULT", "shelling", "shelled", 6, -9.4),
    ("COERCE", "restrict", "closed the border to", 3, -6.8),
    ("COOPERATE", "military", "began exercises with", 3, 6.4),
)
STATUSES: Final = (
    ("happened", 78),
    ("planned", 9),
    ("possible", 7),
    ("ongoing", 2),
    ("denied", 3),
    ("cancelled", 1),
)
SPEECH: Final = (
    "we ask for security guarantees in writing",
    "the talks on grain will go on next week",
    "no soldier of ours has crossed the border",
    "sanctions are the last thing that anyone wants",
    "the ceasefire was broken again during the night",
    "our patience is not without end",
    "the pipeline will be opened when the treaty is signed",
)
NOUNS: Final = [
    "harbour",
    "bridge",
    "treaty",
    "winter",
    "market",
    "ministry",
    "border",
    "river",
    "convoy",
    "embassy",
    "council",
    "parliament",
    "station",
    "grain",
    "pipeline",
    "airport",
    "prisoner",
    "envoy",
    "summit",
    "monitor",
    "strait",
    "island",
    "budget",
    "election",
    "railway",
    "reactor",
    "tribunal",
    "dam",
    "corridor",
    "garrison",
    "frigate",
    "drone",
]
_Choice = TypeVar("_Choice")


@dataclass(frozen=True, slots=True)
class World:
    """Who there is, and how often each is in the news."""

    people: tuple[tuple[str, str, str], ...]  # key, name, state's code
    outlets: tuple[str, ...]
    crises: tuple[tuple[int, int, int, int], ...]  # two states, middle day, width in days

    @classmethod
    def made(cls, chance: random.Random) -> World:
        first = [
            "Ada",
            "Boris",
            "Clara",
            "Dmitri",
            "Elena",
            "Farid",
            "Greta",
            "Hugo",
            "Ines",
            "Jonas",
            "Kira",
            "Leon",
        ]
        last = [
            "Arden",
            "Belov",
            "Castell",
            "Dorn",
            "Ekman",
            "Farkas",
            "Gallo",
            "Hadid",
            "Ivers",
            "Jansen",
            "Kovac",
            "Lund",
        ]
        people = tuple(
            (f"person-{n}", f"{chance.choice(first)} {chance.choice(last)}{n}", STATES[n % 20][0])
            for n in range(400)
        )
        outlets = tuple(f"paper{n}.org" for n in range(80))
        crises = tuple(
            (*chance.sample(range(len(STATES)), 2), chance.randrange(DAYS), chance.randint(5, 40))
            for _ in range(12)
        )
        return cls(people, outlets, crises)


@dataclass(slots=True)
class _Page:
    """A document that is being written: its text, and what the text tells, with offsets."""

    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    mentions: dict[int, list[Mention]] = field(default_factory=dict)  # by number of the state
    events: list[Event] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    speakers: dict[int, Mention] = field(default_factory=dict)  # by number of the person

    def write(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)


class Author:
    """Writes documents; each draws from its own chance, so that any one can be made alone."""

    def __init__(self, *, seed: int = 1, events: int = 10) -> None:
        self._seed, self._events = seed, events
        self._world = World.made(random.Random(seed))
        self._states = list(accumulate(1 / (n + 1) for n in range(len(STATES))))
        self._people = list(accumulate(1 / (n + 3) for n in range(len(self._world.people))))
        self._outlets = list(accumulate(1 / (n + 2) for n in range(len(self._world.outlets))))
        self._kinds = list(accumulate(kind[3] for kind in KINDS))
        self._statuses = list(accumulate(weight for _, weight in STATUSES))

    def pages(self, count: int) -> Iterator[tuple[Input, Reading]]:
        """So many documents with their readings, in the order of their days."""
        for number in range(count):
            yield self.page(number, number * DAYS // count)

    def page(self, number: int, day: int) -> tuple[Input, Reading]:
        chance = random.Random(self._seed * 1_000_003 + number)
        today = (FIRST + timedelta(days=day)).isoformat()
        page = _Page()
        many = max(1, self._events + chance.randint(-4, 4)) if self._events > 4 else self._events
        for at in range(many):
            self._event(page, at + 1, day, chance)
            if at % 3 == 0:
                self._statement(page, len(page.statements) + 1, chance)
        self._padding(page, number, chance)
        outlet = _weighted(chance, self._world.outlets, self._outlets)
        title = page.text[: page.sentences[0].end - 1]
        given = Input(
            text=page.text,
            id=f"synthetic-{number}",
            title=title,
            date=today,
            source=outlet,
            url=f"https://{outlet}/{today[:4]}/{number}",
        )
        return given, _reading(given, page, self._world)

    def _event(self, page: _Page, number: int, day: int, chance: random.Random) -> None:
        near = [c for c in self._world.crises if abs(c[2] - day) <= c[3]]
        if near and chance.random() < 0.5:
            one, other = chance.sample(chance.choice(near)[:2], 2)
        else:
            one = other = 0
            while one == other:
                one, other = (_weighted(chance, range(len(STATES)), self._states) for _ in "ab")
        type_, mode, verb, _, score = _weighted(chance, KINDS, self._kinds)
        status, _ = _weighted(chance, STATUSES, self._statuses)
        told = FIRST + timedelta(days=day + (7 if status == "planned" else -chance.randint(0, 2)))
        start = len(page.text)
        _mention(page, one)
        page.write(" ")
        trigger = page.write(verb)
        page.write(" ")
        _mention(page, other)
        where = None
        if chance.random() < 0.4:
            code, _, city, lat, lon = STATES[other]
            page.write(" in ")
            found = page.write(city)
            where = Where(text=city, name=city, country=code, lat=lat, lon=lon, precision="city")
            page.places.append(
                Place(start=found[0], end=found[1], text=city, name=city, country=code, kind="city")
            )
        words = f"on {told.isoformat()}"
        page.write(" ")
        found = page.write(words)
        page.times.append(
            Time(start=found[0], end=found[1], text=words, type="DATE", value=told.isoformat())
        )
        page.write(f" over the {chance.choice(NOUNS)} and the {chance.choice(NOUNS)}. ")
        page.sentences.append(Span(start, len(page.text) - 1))
        sentence = len(page.sentences) - 1
        spans = (Span(*trigger),)
        page.events.append(
            Event(
                id=f"e{number}",
                type=type_,
                mode=mode,
                medium="phone" if mode == "phone" else "in-person" if mode == "visit" else None,
                actors=(STATES[one][0],),
                recipients=(STATES[other][0],),
                status=status,
                background=chance.random() < 0.15,
                when=When(
                    start=told.isoformat(), end=told.isoformat(), precision="day", text=words
                ),
                where=where,
                trigger=spans,
                sentence=sentence,
                tellings=(Telling(sentence=sentence, trigger=spans, status=status),),
                score=score,
                confidence=round(chance.uniform(0.5, 0.99), 3),
                method="synthetic",
            )
        )

    def _statement(self, page: _Page, number: int, chance: random.Random) -> None:
        who = _weighted(chance, range(len(self._world.people)), self._people)
        key, name, _ = self._world.people[who]
        start = len(page.text)
        first, end = page.write(name)
        page.speakers.setdefault(who, Mention(start=first, end=end, text=name, form="name"))
        page.write(" ")
        cue = page.write("said")
        page.write(": “")
        words = f"{chance.choice(SPEECH)}, and the {chance.choice(NOUNS)} stays"
        content = page.write(words)
        page.write(".” ")
        page.sentences.append(Span(start, len(page.text) - 1))
        page.statements.append(
            Statement(
                id=f"s{number}",
                speaker=key,
                speaker_text=name,
                named=True,
                cue=Span(*cue),
                content=Content(start=content[0], end=content[1], text=words),
                quoted=True,
                kind=chance.choice(("claim", "demand", "denial", "threat", "promise")),
            )
        )

    def _padding(self, page: _Page, number: int, chance: random.Random) -> None:
        """Running text between the events, so that a document is as long as a short report."""
        for _ in range(8):
            start = len(page.text)
            page.write("The " + " and the ".join(chance.choices(NOUNS, k=9)) + f" of {number}. ")
            page.sentences.append(Span(start, len(page.text) - 1))


def _weighted(chance: random.Random, of: Any, weights: list[float] | list[int]) -> Any:
    return chance.choices(of, cum_weights=weights)[0]


def _mention(page: _Page, state: int) -> None:
    name = STATES[state][1]
    start, end = page.write(name)
    mention = Mention(start=start, end=end, text=name, form="name")
    page.mentions.setdefault(state, []).append(mention)


def _reading(given: Input, page: _Page, world: World) -> Reading:
    states = tuple(
        Actor(
            id=STATES[n][0],
            name=STATES[n][1],
            kind="state",
            code=STATES[n][0],
            sectors=("GOV",),
            basis="directory",
            mentions=tuple(mentions),
        )
        for n, mentions in page.mentions.items()
    )
    people = tuple(
        Actor(
            id=world.people[n][0],
            name=world.people[n][1],
            kind="person",
            code=world.people[n][2],
            sectors=("GOV",),
            basis="directory",
            mentions=(mention,),
        )
        for n, mention in page.speakers.items()
    )
    return Reading(
        document=Document(
            id=given.id or "",
            title=given.title,
            source=given.source,
            url=given.url,
            language="en",
            published=Published(date=given.date, basis="given", why="synthetic"),
            text=given.text,
        ),
        sentences=tuple(page.sentences),
        actors=states + people,
        events=tuple(page.events),
        statements=tuple(page.statements),
        times=tuple(page.times),
        places=tuple(page.places),
        provenance=Provenance(dragoman="synthetic", model="synthetic", directory="synthetic"),
    )


def fill(case: Case, *, documents: int, events: int = 10, seed: int = 1) -> None:
    """Put synthetic documents into an empty case, by the case's own way of storing."""
    nothing = Signature((), np.zeros(0, np.uint64))
    author = Author(seed=seed, events=events)
    pages = author.pages(documents)
    with run(case, "add") as current:
        while batch := list(islice(pages, BATCH)):
            entries = [
                Entry(
                    candidate=Candidate.of(Found(document=given, origin="synthetic")),
                    signature=nothing,
                    reading=reading,
                )
                for given, reading in batch
            ]
            with case.database.writing() as connection:
                store(
                    connection,
                    entries,
                    run_id=current.id,
                    known_at=case.now(),
                    seen_names=case.seen_names,
                )
        current.counts = {"added": documents}


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("case", help="a file that is not there yet, or postgresql://…")
    options.add_argument("--documents", type=int, default=100_000)
    options.add_argument("--events", type=int, default=10, help="a document, on average")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    began = time.perf_counter()
    with Case.create(given.case, name="synthetic") as case:
        fill(case, documents=given.documents, events=given.events, seed=given.seed)
    print(f"{given.documents:,} documents in {time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
