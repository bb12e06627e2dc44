"""BIO tags: the best sequence of labels, and the spans that tags tell."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.tags import Layer, spans

LABELS = ["O", "B-source", "I-source", "B-cue", "I-cue"]


def is_allowed(path: list[str]) -> bool:
    return all(
        not after.startswith("I-") or before[2:] == after[2:]
        for before, after in zip(["O", *path], path, strict=False)
    )


def best_by_trying_all(scores: np.ndarray, steps: np.ndarray) -> float:
    totals: list[float] = []
    for path in product(range(len(LABELS)), repeat=len(scores)):
        if is_allowed([LABELS[k] for k in path]):
            here = sum(float(scores[at, k]) for at, k in enumerate(path))
            totals.append(here + sum(float(steps[a, b]) for a, b in pairwise(path)))
    return max(totals)


@pytest.mark.parametrize("learnt", [False, True])
@given(rows=st.lists(st.lists(st.integers(-9, 9), min_size=5, max_size=5), min_size=1, max_size=4))
def test_the_best_of_all_allowed_sequences_is_found(learnt: bool, rows: list[list[int]]) -> None:
    steps = np.arange(25, dtype=np.float32).reshape(5, 5) % 7 - 3
    scores = np.array(rows, dtype=np.float32)
    found = Layer(LABELS, steps if learnt else None).decode(scores, [0])
    assert is_allowed(found)
    path = [LABELS.index(tag) for tag in found]
    total = sum(scores[at, k] for at, k in enumerate(path))
    if learnt:
        total += sum(steps[a, b] for a, b in pairwise(path))
    assert total == pytest.approx(best_by_trying_all(scores, steps if learnt else 0 * steps))


def test_sequences_are_decoded_apart() -> None:
    """What began in one sentence does not go on in the next, whatever stands beside it."""
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(40, 5)).astype(np.float32)
    begins = [0, 3, 4, 19, 30]
    steps = rng.normal(size=(5, 5)).astype(np.float32)
    for layer in (Layer(LABELS), Layer(LABELS, steps)):
        alone = [
            tag
            for a, b in zip(begins, [*begins[1:], 40], strict=True)
            for tag in layer.decode(scores[a:b], [0])
        ]
        assert layer.decode(scores, begins) == alone


def test_nothing_is_decoded_into_nothing() -> None:
    assert Layer(LABELS).decode(np.zeros((0, 5), dtype=np.float32), []) == []


def test_spans_end_with_their_sentence() -> None:
    tags = ["B-cue", "I-cue", "I-cue", "O", "B-source", "B-source"]
    assert list(spans(tags, [0, 2, 6])) == [
        (0, 2, "cue"),
        (2, 3, "cue"),
        (4, 5, "source"),
        (5, 6, "source"),
    ]
