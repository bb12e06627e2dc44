"""Scores the status of predicates against factuality on a scale of −3 to +3.

A status, with its last clue, is mapped to the mean that annotators gave to such predicates in the
first 900 sentences of the training part of UW; the figures are mean absolute error and Pearson's r.
Annotators of UW take what is announced for certain, so the planned stands close to the happened.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.coding.status import StatusReading
from dragoman.errors import RecordError
from dragoman.language.analysis import Tokens

VALUES = {
    "happened": 2.66,
    "ongoing": 2.54,
    "planned": 2.14,
    "possible": 1.39,
    "cancelled": -1.28,  # too few in the training part: as what is denied
    "denied": -1.28,
}
# Where the last clue tells more than the status alone.
BY_CLUE = {
    ("possible", "purpose"): 1.68,
    ("possible", "noun"): 1.55,
    ("possible", "condition"): 0.96,
    ("possible", "conditional"): 1.13,
    ("possible", "negated governor"): 0.03,
    ("planned", "future"): 2.33,
    ("planned", "going to"): 1.18,
    ("denied", "negation"): -1.48,
    ("denied", "governor"): -0.5,
}


@dataclass(frozen=True, slots=True)
class FactualitySentence:
    """A sentence cut into words, with the targets: the place of a word and its value."""

    tokens: Tokens
    targets: tuple[tuple[int, float], ...]


def read_sentences(path: Path) -> Iterator[FactualitySentence]:
    """The sentences of a JSON Lines file, gzipped or plain; words are set apart by blanks."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                targets = tuple(
                    (int(target["span1"][0]), float(target["label"])) for target in entry["targets"]
                )
                yield FactualitySentence(_tokens(entry["text"]), targets)
            except (ValueError, KeyError, TypeError, IndexError) as error:
                raise RecordError(
                    f"{path}, line {number}: this is no factuality sentence ({error}); expected "
                    "text and targets with span1 and label."
                ) from error


def _tokens(text: str) -> Tokens:
    starts, ends, at = [], [], 0
    for word in text.split(" "):
        if word:
            starts.append(at)
            ends.append(at + len(word))
        at += len(word) + 1
    return Tokens(text=text, starts=starts, ends=ends, bounds=[0, len(starts)], paragraphs=[0])


def value_of(reading: StatusReading) -> float:
    """A status on the scale of −3 to +3."""
    last = reading.clues[-1].kind if reading.clues else ""
    return BY_CLUE.get((reading.status, last), VALUES[reading.status])


def error_and_r(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Mean absolute error and Pearson's r of (gold, read)."""
    count = len(pairs)
    if not count:
        return 0.0, 0.0
    error = sum(abs(gold - read) for gold, read in pairs) / count
    gold_mean = sum(gold for gold, _ in pairs) / count
    read_mean = sum(read for _, read in pairs) / count
    together = sum((g - gold_mean) * (r - read_mean) for g, r in pairs)
    apart = math.sqrt(
        sum((g - gold_mean) ** 2 for g, _ in pairs) * sum((r - read_mean) ** 2 for _, r in pairs)
    )
    return error, together / apart if apart else 0.0
