"""Trees from scores: always one root, always the best tree that there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.trees import best_tree, is_tree


def total(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


def best_by_trying_all(scores: np.ndarray) -> float:
    count = len(scores)
    choices = product(range(count + 1), repeat=count)
    return max(total(scores, list(heads)) for heads in choices if is_tree(list(heads)))


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([0], True),
        ([2, 0], True),
        ([2, 1], False),  # a circle without a root
        ([0, 0], False),  # two roots
        ([0, 3, 2], False),  # a root, and a circle beside it
        ([1], False),  # its own head
        ([0, 1, 2, 3], True),
    ],
)
def test_tells_trees_from_others(heads: list[int], expected: bool) -> None:
    assert is_tree(heads) is expected


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(-20, 20), min_size=n + 1, max_size=n + 1), min_size=n, max_size=n
        )
    )
)
def test_finds_the_best_tree(rows: list[list[int]]) -> None:
    scores = np.array(rows, dtype=np.float32)
    np.fill_diagonal(scores[:, 1:], -1000)
    heads = best_tree(scores)
    assert is_tree(heads)
    assert total(scores, heads) == pytest.approx(best_by_trying_all(scores))


def test_a_long_chain_of_circles_is_mended() -> None:
    count = 120
    scores = np.zeros((count, count + 1), dtype=np.float32)
    for word in range(0, count, 2):  # every two words head each other
        scores[word, word + 2] = 5
        scores[word + 1, word + 1] = 5
    assert is_tree(best_tree(scores))
