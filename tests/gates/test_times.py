"""Floors under the figures for time expressions, on the TempEval-3 training texts.

The rules were written looking at the even texts; the odd ones were not looked at. Figures of the
words alone, without a parse, so that they do not move with the model.
"""

from __future__ import annotations

import pytest

from data_root import shared
from dragoman.evaluate.timex import Score, evaluate, read_corpus

pytestmark = pytest.mark.gate


@pytest.fixture(scope="module")
def halves() -> tuple[Score, Score]:
    texts = list(read_corpus(shared("tempeval3", "train.tar.xz")))
    assert len(texts) == 256
    return evaluate(texts[0::2]), evaluate(texts[1::2])


def test_expressions_are_found_in_texts_not_looked_at(halves: tuple[Score, Score]) -> None:
    assert halves[1].relaxed_f1 >= 0.938


def test_values_are_right_in_texts_not_looked_at(halves: tuple[Score, Score]) -> None:
    assert halves[1].value_f1 >= 0.782


def test_values_are_right_in_all_texts(halves: tuple[Score, Score]) -> None:
    both = halves[0] + halves[1]
    assert both.relaxed_f1 >= 0.944
    assert both.value_f1 >= 0.80
