"""The judge: frames propose, a small trained model disposes.

Every telling that the frames propose is weighed by plain facts (each has one weight, see
judging_features) and by how well the encoder's vectors of its words agree with its class, which a
network of one hidden layer tells. The sum, calibrated, is the probability that an event of that
class is told there: it is the telling's `confidence`, and below a threshold the telling is thrown
out. How the weights came about: training/judge.py; how well they do: the model card.

Sums are rounded before they decide, so that no last digit of a processor changes a reading.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from dragoman.coding.drafts import Draft
from dragoman.coding.judging_features import Page, facts_of, vectors_of
from dragoman.coding.judging_words import in_words
from dragoman.errors import DataError
from dragoman.ontology import shipped_frames

Floats = npt.NDArray[np.float32]
NONE = "NONE"
MOST_REASONS = 4
_LEAST_WEIGHT = 0.1  # a fact that moves the sum by less is no reason worth telling
FILE = "data/judge.npz"

UNKNOWN_FRAME = 0.3  # least probability of a telling whose frame the judge has not met often


@dataclass(frozen=True, slots=True)
class Judgement:
    """The probability that a telling is right, and what speaks for and against it, in words."""

    probability: float
    kept: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """The weights. `classes` are the classes of the network, NONE first."""

    facts: Mapping[str, float]
    numbers: Floats  # weights of own_class, of no event, of the best other class
    bias: float
    threshold: float
    classes: tuple[str, ...]
    centre: Floats
    hidden: tuple[Floats, Floats]
    output: tuple[Floats, Floats]

    def class_scores(self, vectors: Floats) -> Floats:
        """The logarithms of the probabilities of the classes for rows of vectors."""
        layer = np.maximum((vectors - self.centre) @ self.hidden[0] + self.hidden[1], 0)
        scores = layer @ self.output[0] + self.output[1]
        scores = scores - scores.max(axis=1, keepdims=True)
        found: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return found.round(3)

    def judge(self, facts: Sequence[str], type: str, scores: Floats) -> Judgement:
        """One telling by its facts and its row of class scores."""
        numbers = agreement(scores, self.classes, type)
        weights = [(fact, self.facts[fact]) for fact in facts if fact in self.facts]
        by_class = float((numbers * self.numbers).sum())
        total = round(self.bias + sum(weight for _, weight in weights) + by_class, 3)
        probability = round(1 / (1 + math.exp(-total)), 2)
        reasons = [*weights, (f"class={self.classes[int(scores.argmax())]}", by_class)]
        reasons.sort(key=lambda reason: (-abs(round(reason[1], 3)), reason[0]))
        told = [in_words(f, w) for f, w in reasons[:MOST_REASONS] if abs(w) >= _LEAST_WEIGHT]
        return Judgement(probability, probability >= self._least(facts), tuple(told))

    def _least(self, facts: Sequence[str]) -> float:
        """The threshold; lower for a frame of which too few were judged to know it by name."""
        known = any(fact.startswith("frame=") and fact in self.facts for fact in facts)
        return self.threshold if known else min(self.threshold, UNKNOWN_FRAME)


def agreement(scores: Floats, classes: Sequence[str], type: str) -> Floats:
    """How the network sees the class of a telling: itself, no event, the best other class."""
    own = classes.index(type)
    others = [n for n in range(len(classes)) if n not in (own, 0)]
    return np.array(
        [max(scores[own], -6), max(scores[0], -6), max(scores[others].max(), -6)],
        dtype=np.float32,
    )


def read_judge(data: bytes) -> Judge:
    """A judge from the bytes of its file; DataError where they are none."""
    try:
        with np.load(io.BytesIO(data)) as stored:
            about = json.loads(bytes(stored["about"]).decode("utf-8"))
            return Judge(
                facts=dict(zip(about["facts"], stored["weights"].tolist(), strict=True)),
                numbers=stored["numbers"].astype(np.float32),
                bias=float(about["bias"]),
                threshold=float(about["threshold"]),
                classes=tuple(about["classes"]),
                centre=stored["centre"].astype(np.float32),
                hidden=(stored["hidden"].astype(np.float32), stored["hidden_bias"]),
                output=(stored["output"].astype(np.float32), stored["output_bias"]),
            )
    except (KeyError, ValueError, OSError) as error:
        raise DataError(
            f"The weights of the judge cannot be read: {error}. The installation is probably "
            "incomplete; install dragoman again."
        ) from error


@cache
def shipped_judge() -> Judge:
    """The judge that is shipped with the package."""
    return read_judge(files("dragoman.coding").joinpath(FILE).read_bytes())


@cache
def shipped_names() -> frozenset[str]:
    """The names of the frames of the package; a user's own are others."""
    return frozenset(frame.name for file in shipped_frames() for frame in file.frames)


def judged(page: Page, drafts: Sequence[Draft], judge: Judge | None = None) -> list[Draft]:
    """The tellings that stand, each with its probability; those left in a sentence rank anew.

    What a user's own frames propose is never thrown out. Without vectors nothing is judged.
    """
    if page.analysis.vectors is None or not drafts:
        return list(drafts)
    judge = judge or shipped_judge()
    scores = judge.class_scores(np.stack([vectors_of(page, draft) for draft in drafts]))
    kept = []
    for draft, row in zip(drafts, scores, strict=True):
        verdict = judge.judge(facts_of(page, draft), draft.type, row)
        own = draft.act.candidate.frame.name not in shipped_names()
        if verdict.kept or own:
            confidence = max(verdict.probability, draft.confidence) if own else verdict.probability
            kept.append(replace(draft, confidence=confidence, reasons=verdict.reasons))
    return ranked(kept)


def ranked(drafts: Sequence[Draft]) -> list[Draft]:
    """The tellings with their ranks closed up, where others of their sentence have gone."""
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for number, draft in enumerate(drafts):
        by_sentence.setdefault(draft.sentence, []).append((draft.rank, number))
    found = list(drafts)
    for ranks in by_sentence.values():
        for place, (rank, number) in enumerate(sorted(ranks), 1):
            if place != rank:
                found[number] = replace(drafts[number], rank=place)
    return found
