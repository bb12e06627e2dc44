"""Two questions about a passage, for those who bring their own spans.

`relation` gives what one marked phrase does to another, for researchers with actor lists of their
own; `status` whether what a marked predicate tells happened. Both read the whole text they are
given: a sentence will do, and more of the document resolves more pronouns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.reader import Stages
from dragoman.records import Record, Status
from dragoman.settings import Settings

if TYPE_CHECKING:
    from dragoman.language.analysis import Analysis

Offsets = tuple[int, int]  # start and end, in code points, end exclusive


@dataclass(frozen=True, slots=True)
class Relation(Record):
    """What the source does to the target: a PLOVER type, or None where nothing is told.

    `confidence` lies between 0 and 1; `reason` names the frames that decided, outermost first.
    """

    type: str | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class PredicateStatus(Record):
    """Whether what a predicate tells happened; `reasons` are its clues, in plain words."""

    status: Status
    reasons: tuple[str, ...]


def relation(
    text: str, *, source: Offsets, target: Offsets, settings: Settings | None = None
) -> Relation:
    """The PLOVER type between two marked mentions.

    What is only announced is folded as PLOVER does (a meeting to come is AGREE). InputError where
    a span holds no word of the text.
    """
    from dragoman.coding.relation import relation_in

    stages = _stages(settings)
    analysis = stages.analyse(stages.tokenize(text))
    for name, span in (("source", source), ("target", target)):
        _tokens(analysis, span, name)
    cast = stages.find_cast(analysis, None)
    said = stages.find_statements(analysis, cast)
    found = relation_in(analysis, cast, source, target, said=said)
    return Relation(found.type, found.confidence, found.reason)


def status(text: str, span: Offsets, *, settings: Settings | None = None) -> PredicateStatus:
    """The status of the predicate in a span: a verb, an event noun, or the head of a phrase.

    InputError where the span holds no word of the text.
    """
    from dragoman.coding.explain import clue_words
    from dragoman.coding.status import status_of

    stages = _stages(settings)
    analysis = stages.analyse(stages.tokenize(text))
    tokens = _tokens(analysis, span, "span")
    head = analysis.head_of(tokens.start, tokens.stop)
    reading = status_of(analysis, head)
    return PredicateStatus(reading.status, tuple(clue_words(c, analysis) for c in reading.clues))


@lru_cache(maxsize=1)
def _default() -> Settings:
    return Settings.load()


def _stages(settings: Settings | None) -> Stages:
    return Stages.load(settings or _default())


def _tokens(analysis: Analysis, span: Offsets, name: str) -> range:
    """The tokens of a span; InputError where it has none."""
    from dragoman.coding.relation import tokens_of

    start, end = span
    length = len(analysis.text)
    tokens = tokens_of(analysis, span) if 0 <= start < end <= length else range(0)
    if not tokens:
        raise InputError(
            f"{name} ({start}, {end}) holds no word of the text, which has {length} characters; "
            "give start and end in characters, end exclusive."
        )
    return tokens
