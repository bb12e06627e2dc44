"""Floors under timelines, on the topics of Timeline17 at hand.

The weights were chosen on articles at odd lines; those at even lines are the measure. Three topics
run always, all seven in the long tests.
"""

from __future__ import annotations

import pytest

from data_root import shared
from dragoman.evaluate.timelines import Scores
from dragoman.evaluate.timelines_texts import score_topics

pytestmark = pytest.mark.gate


def _score(**options: object) -> Scores:
    return score_topics(
        shared("news", "timeline_corpora.jsonl.gz"),
        shared("news", "gold_timelines.tar.xz"),
        **options,  # type: ignore[arg-type]
    )


def test_days_and_sentences_of_three_topics_not_tuned_on() -> None:
    found = _score(half=0, topics=("egypt", "haiti", "finan"))
    assert found.date_f1 >= 0.87
    assert found.align_f1 >= 0.13


@pytest.mark.soak
def test_days_and_sentences_of_the_half_not_tuned_on() -> None:
    found = _score(half=0)
    assert found.date_f1 >= 0.54
    assert found.align_f1 >= 0.10


@pytest.mark.soak
def test_days_and_sentences_of_all_topics() -> None:
    found = _score()
    assert found.date_f1 >= 0.56
    assert found.align_f1 >= 0.11
