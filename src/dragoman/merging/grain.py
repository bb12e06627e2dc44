"""How a sentence tells a deed: one of its kind, many, a whole campaign, one that all know of.

“An air strike killed two on Friday” is one deed, “air strikes have killed 1,200” a campaign, and
“the attack” one that the reader is taken to know. Found in the words around the trigger alone, so
that it costs little and can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from dragoman.language.days import MONTHS, WEEKDAYS
from dragoman.merging.records import Report

_TOKEN: Final = re.compile(r"[^\W_]+(?:[-’'.,][^\W_]+)*")
_WHOLE: Final = frozenset(
    """war wars campaign crackdown repression operation operations fighting conflict siege blockade
    intervention hostilities violence uprising unrest offensive clampdown bombardment invasion
    demonstrations protests talks negotiations action""".split()  # noqa: SIM905
)
_GOING_ON: Final = frozenset(
    """continue continues continued continuing ongoing relentless series wave waves daily nightly
    repeated repeatedly weeks months years since escalating intensified intensify stepped keeps
    kept regularly times far""".split()  # noqa: SIM905
)
_ONE: Final = frozenset({"a", "an", "one", "another"})
_KNOWN: Final = frozenset({"the", "its", "his", "her", "their", "this", "that"})
_ANOTHER: Final = frozenset({"more", "further", "another", "fresh", "again", "second", "third"})
# “More than 7,000 have been killed since the uprising began” counts a campaign, not a deed.
_KILLED: Final = re.compile(
    r"\b(?:killed|dead|died|deaths|killing|wounded|injured|arrested|lives)\b"
)
_SINCE: Final = re.compile(
    r"\bsince\b[^.;]*?\b(?:began|begun|beginning|start|started|erupted|broke|onset|outbreak|"
    rf"uprising|revolt|conflict|war|violence|protests|unrest|{'|'.join(MONTHS)})\b|"
    r"\b(?:so far|to date|in total|over the past (?:year|\w+ months)|death toll)\b"
)
_WEEKDAYS: Final = (*WEEKDAYS, "weekend")
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh
        twelfth""".split(),  # noqa: SIM905
        1,
    )
}
_MONTHS: Final = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_NUMBERED: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_DATE: Final = re.compile(
    rf"\b(?:(?P<a>\d{{1,2}}) (?P<m>{'|'.join(m.title() for m in MONTHS)})|"
    rf"(?P<n>{'|'.join(m[:3].title() for m in MONTHS)})[a-z]*\.? (?P<b>\d{{1,2}}))\b(?!,? ?\d)"
)
_AROUND: Final = 6  # words each side of the trigger that tell of how long and how often
# “AMMAN | Mon Aug 15, 2011 7:59 pm EDT AMMAN (Reuters) - ”: when and where it was written.
_DATELINE: Final = re.compile(
    r"^(?:.{0,120}?\((?:Reuters|CNN|AP|AFP|UPI|Xinhua|dpa|TASS|Interfax|BBC)\)\s*[-–—]*\s+|"
    r"[A-Z][A-Z .,'’-]{3,40}(?:, [A-Z]\w+)?\s*[-–—|]+\s+)"
)
_BEFORE: Final = 5  # words before it in which its article stands


@dataclass(frozen=True, slots=True)
class Grain:
    """`noun`: the deed is named, not told; `many`: by a plural; `whole`: by a word for a campaign;
    `going_on`: with words for what lasts or comes again; `one`, `known`: an article or owner says
    so; `another`: it tells of more of it, or of another; `days`: weekdays and dates named in it;
    `total`: it counts those killed or held since something began;
    `ordinal`: which one of a series it is (“the 23rd summit”, “the second round of talks”).
    """

    noun: bool = False
    many: bool = False
    whole: bool = False
    going_on: bool = False
    one: bool = False
    known: bool = False
    another: bool = False
    total: bool = False
    days: frozenset[str] = frozenset()
    ordinal: int | None = None


@lru_cache(maxsize=4_096)
def without_dateline(passage: str) -> str:
    """A sentence without the place, time and agency that a paper puts before its first words."""
    return _DATELINE.sub("", passage, count=1)


def grain_of(report: Report) -> Grain:
    """How the report's sentence tells its deed."""
    noun = report.frame.endswith("-noun")
    passage = without_dateline(report.passage)
    return _grain(passage, report.trigger, noun, report.status == "ongoing")


@lru_cache(maxsize=4_096)
def _grain(passage: str, trigger: str, noun: bool, ongoing: bool) -> Grain:
    words = _TOKEN.findall(passage)
    low = [word.casefold() for word in words]
    parts = trigger.casefold().split()
    if not parts:
        return Grain(noun=noun, days=_days(passage, low))
    first, last = _at(low, parts[0]), _at(low, parts[-1])
    near = low[max(0, first - _AROUND) : first] + low[last + 1 : last + 1 + _AROUND]
    close = low[max(0, first - 2) : first] + low[first + 1 : first + 3]
    before = low[max(0, last - _BEFORE) : last] if noun else []
    article = next((w for w in reversed(before) if w in _ONE or _is_known(w)), "")
    return Grain(
        noun=noun,
        many=noun and parts[-1].endswith("s") and not parts[-1].endswith("ss"),
        whole=parts[-1] in _WHOLE,
        going_on=ongoing or any(word in _GOING_ON for word in near),
        one=article in _ONE,
        known=_is_known(article),
        another=_tells_another(low[max(0, first - 2) : last + 4], close),
        total=_is_total(passage.casefold(), trigger.casefold()),
        days=_days(passage, low),
        ordinal=_ordinal(low[max(0, last - _BEFORE) : last]),
    )


def named_days(days: Iterable[str], published: int, *, ahead: bool) -> frozenset[int]:
    """The days (ordinals) that weekdays and dates of a sentence mean, by when it was published.

    A weekday is the last one before, of what lies ahead the next one too; a date that of the year
    in which it is nearest.
    """
    found: set[int] = set()
    for name in days:
        month, _, number = name.partition(" ")
        if number:
            found.update(_nearest(_MONTHS[month], int(number), published))
            continue
        for at in (5, 6) if name == "weekend" else (WEEKDAYS.index(name),):
            back = (date.fromordinal(published).weekday() - at) % 7
            found.add(published - back)
            if ahead:
                found.add(published + 7 - back)
    return frozenset(found)


def _nearest(month: int, day: int, published: int) -> Iterator[int]:
    year = date.fromordinal(published).year
    own = []
    for candidate in (year - 1, year, year + 1):
        try:
            own.append(date(candidate, month, day).toordinal())
        except ValueError:
            continue  # 29 February of most years, 31 June of all
    if own:
        yield min(own, key=lambda ordinal: abs(ordinal - published))


def _ordinal(before: list[str]) -> int | None:
    """The number of a meeting in its series, from the words before it."""
    for word in reversed(before):
        if word in _ORDINALS:
            return _ORDINALS[word]
        if numbered := _NUMBERED.fullmatch(word):
            return int(numbered[1])
    return None


def _is_total(passage: str, trigger: str) -> bool:
    return bool(_KILLED.search(trigger)) and bool(_SINCE.search(passage))


def _tells_another(around: list[str], close: list[str]) -> bool:
    """Is it one more of its kind; “more than 40” is but a number."""
    than = any(w == "more" and then == "than" for w, then in pairwise(around))
    return any(word in _ANOTHER and not (than and word == "more") for word in close)


def _at(low: list[str], word: str) -> int:
    """Where a word stands first, whatever its ending; the beginning where it is not found."""
    return next((at for at, own in enumerate(low) if own.startswith(word)), 0)


def _is_known(word: str) -> bool:
    return word in _KNOWN or word.endswith(("'s", "’s"))


def _days(passage: str, low: list[str]) -> frozenset[str]:
    found = {word for word in low if word in _WEEKDAYS}
    for match in _DATE.finditer(passage):
        month, number = match["m"] or match["n"], match["a"] or match["b"]
        found.add(f"{month[:3].casefold()} {int(number)}")
    return frozenset(found)
