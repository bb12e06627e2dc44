"""Stages made by hand: a reading of any text without the model, for tests of what is around them.

They look at the text alone, so that different texts give different readings: a capitalised word is
an actor, a weekday a time, a word in quotation marks said by the first actor, a “met” an event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from dragoman.actors.publishers import Publisher
from dragoman.language.analysis import ROOT, Analysis, Tokens
from dragoman.reader import Stages
from dragoman.records import Actor, Event, Mention, Published, Span, Telling, Time

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class HandCast:
    actors: tuple[Actor, ...]


@dataclass(frozen=True)
class HandTime:
    start: int
    end: int
    text: str
    problem: str | None = None

    def to_time(self) -> Time:
        return Time(start=self.start, end=self.end, text=self.text, type="DATE", value="2022-02-07")


@dataclass(frozen=True)
class HandSaid:
    speaker: str | None
    speaker_text: str | None
    content: tuple[tuple[int, int], ...]
    named: bool = True
    to: str | None = None
    cue: tuple[int, int] | None = None
    quoted: bool = True
    kind: str = "claim"
    hedged: bool = False
    inside: int | None = None
    answers: int | None = None


def tokenize(text: str) -> Tokens:
    found = list(re.finditer(r"\w+|[^\w\s]", text))
    bounds = [0]
    for number, token in enumerate(found, start=1):
        if token.group() == "." or number == len(found):
            bounds.append(number)
    return Tokens(
        text=text,
        starts=[token.start() for token in found],
        ends=[token.end() for token in found],
        bounds=bounds,
        paragraphs=[0] * (len(bounds) - 1),
    )


def analyse(tokens: Tokens) -> Analysis:
    words = tokens.words
    empty = ["_"] * len(words)
    return Analysis(
        tokens=tokens,
        words=words,
        lemmas=[word.lower() for word in words],
        upos=empty,
        xpos=empty,
        feats=empty,
        heads=[ROOT] * len(words),
        deprels=empty,
    )


def _actors(
    analysis: Analysis, date: str | None, /, *, publisher: Publisher | None = None
) -> HandCast:
    mentions: dict[str, list[Mention]] = {}
    for token, word in enumerate(analysis.words):
        if word[:1].isupper() and word not in WEEKDAYS:
            start, end = analysis.span(token, token + 1)
            mention = Mention(start=start, end=end, text=word, form="name")
            mentions.setdefault(word, []).append(mention)
    return HandCast(
        tuple(
            Actor(id=word.lower(), name=word, kind="person", mentions=tuple(found))
            for word, found in mentions.items()
        )
    )


def _times(analysis: Analysis, date: str | None) -> list[HandTime]:
    return [
        HandTime(*analysis.span(token, token + 1), word)
        for token, word in enumerate(analysis.words)
        if word in WEEKDAYS
    ]


def _said(analysis: Analysis, people: HandCast) -> list[HandSaid]:
    marks = [token for token, word in enumerate(analysis.words) if word == '"']
    speaker = people.actors[0] if people.actors else None
    return [
        HandSaid(
            None if speaker is None else speaker.id,
            None if speaker is None else speaker.name,
            ((first + 1, last),),
        )
        for first, last in zip(marks[::2], marks[1::2], strict=False)
        if last > first + 1
    ]


def _events(
    analysis: Analysis, people: HandCast, said: Sequence[HandSaid], *rest: object
) -> list[Event]:
    events: list[Event] = []
    for token, word in enumerate(analysis.words):
        if word != "met":
            continue
        trigger = (Span(*analysis.span(token, token + 1)),)
        sentence = analysis.sentence_of[token]
        inside = next(
            (f"s{n + 1}" for n, s in enumerate(said) if s.content[0][0] <= token < s.content[0][1]),
            None,
        )
        telling = Telling(sentence=sentence, trigger=trigger, status="happened", statement=inside)
        events.append(
            Event(
                id=f"e{len(events) + 1}",
                type="CONSULT",
                medium="in-person",
                actors=tuple(actor.id for actor in people.actors[:2]),
                status="happened",
                statement=inside,
                trigger=trigger,
                sentence=sentence,
                tellings=(telling,),
                score=2.5,
                confidence=0.5,
                method="frame:hand",
            )
        )
    return events


def _dated(analysis: Analysis, date: str | None, url: str | None) -> Published:
    return Published(date=date, basis="given", why="given") if date else Published()


def stages(**changes: Any) -> Stages:
    """The stages made by hand, with some of them changed."""
    made = Stages(
        tokenize=tokenize,
        analyse=analyse,
        date_document=_dated,
        find_times=cast(Any, _times),
        find_cast=cast(Any, _actors),
        find_places=lambda analysis, actors: [],
        find_statements=cast(Any, _said),
        code_events=cast(Any, _events),
        model="hand",
        directory="hand",
    )
    return replace(made, **changes)
