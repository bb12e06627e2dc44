"""Times by which a text is laid out: datelines, entries of a chronology, years in names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.times.tense import opens_entry
from dragoman.language.analysis import Analysis
from dragoman.language.days import MONTHS
from dragoman.records import When

if TYPE_CHECKING:
    from dragoman.coding.times.finding import TimeExpression

_DATED = frozenset(
    {month.title() for month in MONTHS}
    | {"Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}
    | {"Spring", "Summer", "Autumn", "Winter", "Ramadan", "Christmas", "Easter"}
)
_OPENING = 50  # tokens in which a report's own day is told
_CHRONOLOGY = 2  # entries
_ENTRY = 8  # sentences after the first of an entry


def entries(analysis: Analysis, times: Sequence[TimeExpression]) -> dict[int, When]:
    """The days of a chronology (“24 February: Militias take the town. They …”), by sentence.

    The sentences after the first of an entry have its day, up to the next entry or an empty line.
    """
    bounds = analysis.tokens.bounds
    opening = {
        analysis.sentence_of[time.first]: time.when
        for time in times
        if time.type == "DATE" and opens_entry(analysis, time.first, time.last)
    }
    if sum(when is not None for when in opening.values()) < _CHRONOLOGY:
        return {}
    found: dict[int, When] = {}
    last, since = None, 0
    for number in range(len(bounds) - 1):
        start = analysis.tokens.starts[bounds[number]]
        before = analysis.tokens.ends[bounds[number] - 1] if bounds[number] else 0
        since = 0 if number in opening else since + 1
        over = since > _ENTRY or analysis.text[before:start].count("\n") > 1
        last = opening.get(number, None if over else last)
        if last is not None:
            found[number] = last
    return found


def is_dateline(analysis: Analysis, time: TimeExpression, date: str | None) -> bool:
    """“Reuters Friday 6 Oct 2017 Activists say …”: a report's own day before its text, which is
    that of no event."""
    if time.first >= _OPENING or date is None or time.when is None:
        return False
    whole = time.when.start == time.when.end and time.when.precision in ("day", "minute")
    if not whole or not re.search(r"\b\d{4}\b", time.text):
        return False
    if time.first == 0:
        return True
    after = analysis.words[time.last] if time.last < len(analysis.words) else ""
    agency = analysis.xpos[time.first - 1] == "NNP" and after[:1].isupper()
    own = time.when.start[:10] == date[:10]
    return (own or agency) and (
        analysis.upos[time.first - 1] not in ("ADP", "DET", "SCONJ", "VERB")
    )


def is_named_after(analysis: Analysis, time: TimeExpression) -> bool:
    """“COP 2021”, “Expo 2020”: the year is part of the name of what is held."""
    first = time.first
    if first == 0 or not re.fullmatch(r"\d{4}", time.text):
        return False
    before = analysis.words[first - 1]
    return (
        analysis.xpos[first - 1] == "NNP"
        and before not in _DATED
        and analysis.deprels[first] not in ("obl", "obl:unmarked", "obl:tmod", "conj")
    )
