"""Floors under change points: ten turns of 2018, written down before the data were looked at."""

from __future__ import annotations

import pytest

pytest.importorskip("ruptures", reason="the extra `case` is not installed")

from data_root import shared
from dragoman.evaluate.turns import TurnScore, read_turns, score_turns
from dragoman.imports.benchmark import read_benchmark

pytestmark = pytest.mark.gate


@pytest.fixture(scope="module")
def score() -> TurnScore:
    turns = read_turns()
    codes = {code for turn in turns for code in (turn.first, turn.second)}
    events = read_benchmark(shared("icews", "ICEWS18"), among=codes)
    return score_turns(events, turns, since="2018-01-01", until="2018-10-31")


def test_change_points_meet_known_turns_more_often_than_random_days(score: TurnScore) -> None:
    assert len(score.met) == 10
    assert score.hits >= 6
    assert score.p < 0.01


def test_there_are_at_most_six_change_points_a_pair_and_year(score: TurnScore) -> None:
    assert max(len(met.changes) for met in score.met) <= 6
