"""Which reports are compared at all: those that share a block of kind, sides and days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from dragoman.merging.grain import without_dateline
from dragoman.merging.profiles import Profile, days_of, weighed

# Days fall into spans that overlap by half, so that neighbours always share one.
_SPAN: Final = 4
_LONG_SPAN: Final = 28
_MOST_DAYS: Final = 12
_MOST_SIDES: Final = 6
_MOST_NAMED: Final = 2  # a sentence with more days is a list
_WORDS: Final = 5
_FEWEST_WORDS: Final = 8
Block = tuple[str, str, str, int]


def blocks_of(profile: Profile) -> tuple[Block, ...]:
    """The blocks of a report: kind, two sides (the second empty where it has one), span of days.

    Events between two are found under the pair; those with one side, and those with two as seen by
    reports that name but one, under the one. Contacts, which are planned long before they are
    held, share longer spans as well; reports without any day share a span of their own. A report
    without a day of its own is looked for on the days that its sentence names, too. Sentences that
    begin or end with the same words share a block whoever takes part, for some weeks.
    """
    days = days_of(profile)
    sides = sorted(profile.sides)[:_MOST_SIDES]
    pairs = [*combinations(sides, 2)] or [(side, "") for side in sides] or [("", "")]
    spans = _spans_of(profile)
    found: dict[Block, None] = {}
    for kind in profile.kinds:
        for left, right in pairs:
            for span in spans:
                found[(kind, left, right, span)] = None
            if kind == "c" and right and days:
                for span in _long_spans(profile):
                    found[(kind, left, right, span)] = None
    for text in _texts(profile):
        for kind in profile.kinds:
            for span in _long_spans(profile):
                found[(f"text {kind}", text, "", span)] = None
    return tuple(found)


def half_blocks_of(profile: Profile) -> tuple[Block, ...]:
    """The blocks of single sides under which an event of two looks for reports that name one."""
    if len(profile.sides) < 2:
        return ()
    spans = _spans_of(profile)
    return tuple(
        (kind, side, "", span)
        for kind in profile.kinds
        for side in sorted(profile.sides)[:_MOST_SIDES]
        for span in spans
    )


def end_of(block: Block) -> int | None:
    """The day (an ordinal) from which on no report can be in the block; None: there is none.

    Every block ends `_SPAN` days after it begins, `_LONG_SPAN` where contacts are looked for
    further around: what is compared at all lies no further apart than that.
    """
    span = block[3]
    if span == -1:
        return None
    if span < 0:
        return (-span - 2) * (_LONG_SPAN // 2) + _LONG_SPAN
    return span * (_SPAN // 2) + _SPAN


def _spans_of(profile: Profile) -> tuple[int, ...]:
    spans = _spans(days_of(profile))
    if profile.first is None and len(profile.named) <= _MOST_NAMED:
        for day in sorted(profile.named):
            spans += tuple(span for span in _spans((day, day)) if span not in spans)
    return spans


def _texts(profile: Profile) -> tuple[str, ...]:
    """How the sentence begins and ends, for copies of it with some words changed."""
    words = [*weighed(without_dateline(profile.report.passage))]
    if len(words) < _FEWEST_WORDS:
        return ()
    return " ".join(words[:_WORDS]), " ".join(words[-_WORDS:])


def _spans(days: tuple[int, int] | None) -> tuple[int, ...]:
    if days is None:
        return (-1,)
    first, last = days
    last = min(last, first + _MOST_DAYS)
    half = _SPAN // 2
    return tuple(dict.fromkeys(_around(first // half, last // half)))


def _around(first: int, last: int) -> Iterator[int]:
    """A span and its half before: two reports no more than half a span apart share one."""
    yield from range(first - 1, last + 1)


def _long_spans(profile: Profile) -> tuple[int, ...]:
    """Spans of weeks, from when it was told or took place; negative, to be apart from the short."""
    half = _LONG_SPAN // 2
    days = [d for d in (profile.first, profile.published) if d is not None]
    numbers = {n for d in days for n in (d // half - 1, d // half)}
    return tuple(-(number + 2) for number in sorted(numbers))
