"""The judge: frames propose, a small trained model disposes.

Every telling that the frames propose is weighed by plain facts (each has one weight, see facts.py)
and by how its words look: a network of one hidden layer tells from the encoder's
vectors of the words whether an event of the telling's class stands there. The sum, calibrated, is
the probability that an event of that class is told there: it is the telling's `confidence`, and
below a threshold the telling is thrown out. How the weights came about: training/judge.py; how
well they do: docs/judge.md.

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
from dragoman.coding.judging.facts import facts_of
from dragoman.coding.judging.features import PARTS, WIDTH, Page, vectors_of
from dragoman.coding.judging.words import in_words
from dragoman.errors import DataError
from dragoman.ontology import shipped_frames

Floats = npt.NDArray[np.float32]
MOST_REASONS = 4
_LEAST_WEIGHT = 0.1  # a fact that moves the sum by less is no reason worth telling
_LOOK = "look"  # the reason that is the network's
FILE = "data/judge.npz"

UNKNOWN_FRAME = 0.5  # least probability of a telling whose frame the judge has not met often
SHORT_TEXT = 0.4  # and of one in a text of a few sentences, given for what they tell
PARTLY = 0.02  # so much lower where the filter left sentences out: less is known of the text


@dataclass(frozen=True, slots=True)
class Judgement:
    """The probability that a telling is right, and what speaks for and against it, in words."""

    probability: float
    kept: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """How the words of a telling look, given its class: what that adds to the sum.

    `centre` is taken from the vectors of the parts, side by side; `narrow` (parts, width, k) makes
    each part smaller; `hidden` (parts × k, h) and `by_class` (classes, h) fill the hidden layer,
    `output` (classes, h) and `shift` (classes) sum it up, each class in its own way.
    """

    centre: Floats
    narrow: Floats
    hidden: Floats
    by_class: Floats
    output: Floats
    shift: Floats

    def narrowed(self, vectors: Floats) -> Floats:
        """Rows of vectors, each part made smaller."""
        parts, width, _ = self.narrow.shape
        rows = (vectors - self.centre).reshape(len(vectors), parts, width)
        found = (rows.transpose(1, 0, 2) @ self.narrow).transpose(1, 0, 2)
        return np.asarray(found, dtype=np.float32).reshape(len(vectors), -1)

    def looks(self, vectors: Floats, classes: Sequence[int]) -> Floats:
        """What the network adds for rows of vectors of these classes, by their numbers."""
        layer = np.maximum(self.narrowed(vectors) @ self.hidden + self.by_class[classes], 0)
        found: Floats = (layer * self.output[classes]).sum(axis=1) + self.shift[classes]
        return found.round(3)


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """The weights of facts and the network; `classes` are those that the network knows."""

    facts: Mapping[str, float]
    bias: float
    threshold: float
    classes: tuple[str, ...]
    network: Network

    def looks(self, vectors: Floats, types: Sequence[str]) -> list[float]:
        """How the words of tellings look, by their vectors and classes."""
        numbers = [self.classes.index(type) for type in types]
        found: list[float] = self.network.looks(vectors, numbers).tolist()
        return found

    def judge(
        self, facts: Sequence[str], look: float, *, short: bool = False, partly: bool = False
    ) -> Judgement:
        """One telling by its facts and by how its words look; `short` where the text is, `partly`
        where only a part of it was read."""
        weights = [(fact, self.facts[fact]) for fact in facts if fact in self.facts]
        total = round(self.bias + sum(weight for _, weight in weights) + look, 3)
        probability = round(1 / (1 + math.exp(-total)), 2)
        weights.append((_LOOK, look))
        reasons = [(-abs(round(w, 3)), f, w) for f, w in weights if abs(w) >= _LEAST_WEIGHT]
        told = [in_words(fact, weight) for _, fact, weight in sorted(reasons)[:MOST_REASONS]]
        least = round(self._least(facts, short) - (PARTLY if partly else 0), 3)
        return Judgement(probability, probability >= least, tuple(told))

    def _least(self, facts: Sequence[str], short: bool) -> float:
        """The threshold; lower for a frame of which too few were judged to know it by name, and
        where the text is too short to tell whether it is about politics."""
        known = any(fact.startswith("frame=") and fact in self.facts for fact in facts)
        least = self.threshold if known else UNKNOWN_FRAME
        return min(self.threshold, least, SHORT_TEXT) if short else min(self.threshold, least)


def read_judge(data: bytes) -> Judge:
    """A judge from the bytes of its file; DataError where they are none."""
    try:
        with np.load(io.BytesIO(data)) as stored:
            about = json.loads(bytes(stored["about"]).decode("utf-8"))
            names = ("centre", "narrow", "hidden", "by_class", "output", "shift")
            network = Network(*(stored[name].astype(np.float32) for name in names))
            judge = Judge(
                facts=dict(zip(about["facts"], stored["weights"].tolist(), strict=True)),
                bias=float(about["bias"]),
                threshold=float(about["threshold"]),
                classes=tuple(about["classes"]),
                network=network,
            )
        if network.narrow.shape[:2] != (len(PARTS), WIDTH):
            raise ValueError(f"parts of the shape {network.narrow.shape[:2]}")
    except (KeyError, ValueError, OSError) as error:
        raise DataError(
            f"The weights of the judge cannot be read: {error}. The installation is probably "
            "incomplete; install dragoman again."
        ) from error
    return judge


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
    vectors = np.stack([vectors_of(page, draft) for draft in drafts])
    looks = judge.looks(vectors, [draft.type for draft in drafts])
    kept = []
    for draft, look in zip(drafts, looks, strict=True):
        verdict = judge.judge(facts_of(page, draft), look, short=page.is_short, partly=page.partly)
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
