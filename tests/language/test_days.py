"""The names of days and months stand once, and the words of times agree with them."""

from __future__ import annotations

from dragoman.coding.times.pieces import lexicon
from dragoman.language.days import MONTHS, WEEKDAYS


def test_the_words_of_times_count_days_and_months_as_they_stand() -> None:
    values = lexicon().value
    assert [values[day] for day in WEEKDAYS] == list(range(1, 8))
    assert [values[month] for month in MONTHS] == list(range(1, 13))
