"""The linear model that decides the class between two marked mentions."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from dragoman.coding.judging.features import Floats
from dragoman.errors import DataError

YIELD = "YIELD"  # CONCEDE and RETREAT, which the data do not tell apart
FILE = "data/relation.npz"
MOST_REASONS = 3


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """Weights by fact and class; what was not met in training weighs nothing."""

    facts: Mapping[str, int]
    weights: Floats  # facts × classes
    bias: Floats
    classes: tuple[str, ...]

    def decide(self, facts: Sequence[str]) -> tuple[str, float, tuple[str, ...]]:
        """The class, its probability, and the facts that speak for it most."""
        known = [fact for fact in facts if fact in self.facts]
        rows = self.weights[[self.facts[fact] for fact in known]]
        sums = (rows.sum(axis=0) + self.bias).round(3)
        best = int(sums.argmax())
        odds = np.exp(sums - sums.max())
        probability = round(float(odds[best] / odds.sum()), 2)
        own = rows[:, best] - rows.mean(axis=1) if known else np.zeros(0)
        order = sorted(range(len(known)), key=lambda n: (-round(float(own[n]), 3), known[n]))
        reasons = [f"{known[n]} ({own[n]:+.2f})" for n in order[:MOST_REASONS] if own[n] > 0]
        return self.classes[best], probability, tuple(reasons)


@cache
def shipped_pair_model() -> PairModel:
    """The model that is shipped with the package."""
    data = files("dragoman.coding").joinpath(FILE).read_bytes()
    try:
        with np.load(io.BytesIO(data)) as stored:
            about = json.loads(bytes(stored["about"]).decode("utf-8"))
            return PairModel(
                facts={fact: n for n, fact in enumerate(about["facts"])},
                weights=stored["weights"].astype(np.float32),
                bias=stored["bias"].astype(np.float32),
                classes=tuple(about["classes"]),
            )
    except (KeyError, ValueError, OSError) as error:
        raise DataError(
            f"The weights for relations cannot be read: {error}. The installation is probably "
            "incomplete; install dragoman again."
        ) from error
