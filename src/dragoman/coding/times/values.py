"""What a matched time expression means: its type and value, given the day of the report.

One function a rule of rules.py. Each looks at the pieces that the rule matched and at the
context (the day of the report, the days named before), and returns a value, or None where the words
are no time after all ("May said", "the fall of the city").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.coding.times import calendar
from dragoman.coding.times.pieces import BREAK, Pieces, around, lexicon
from dragoman.coding.times.tense import FUTURE, OPEN, PAST
from dragoman.records import TimeType

Match = re.Match[str]
# Days: a day so near ahead is that day, though the verb is past ("invited them for March 12").
_BEFORE_FOLLOWING = frozenset(("the", "on", "that", "this", "in", "for"))
SOON = 45
_LATEST_UNDATED = 2035  # as in dating.py: no year after it is looked for
_GOES_ON = 92  # days: what was told of a day long past goes on for so long
NEXT = 31  # the same of a month that a noun has: "over the visit in September"


@dataclass(frozen=True, slots=True)
class Value:
    """A value as TIMEX3 has it; `until` is the other end of a range told in one breath."""

    type: TimeType
    value: str
    mod: str | None = None
    zone: str = ""
    until: str | None = None
    until_at: tuple[int, int] | None = None
    stretch: tuple[str, str] | None = None
    end: int | None = None
    problem: str | None = None
    whole_hour: bool = False
    anchors: bool = True  # whether a later "that day" may go back to it


@dataclass(slots=True)
class Context:
    """What resolution rests on; `anchor` is the time last named, before the piece `anchor_at`,
    `anchor_lead` the word before it ("since", where what it begins lasts). `hangs` says on what the
    time over some pieces hangs: a "noun", a verb with "would", or another ("")."""

    pieces: Pieces
    day: date | None
    direction: Callable[[int, int], int]
    hangs: Callable[[int, int], str] = lambda first, last: ""
    anchor: str | None = None
    anchor_at: int = 0
    anchor_lead: str = ""
    clock: tuple[int, int] | None = None  # the pieces of the clock time last told
    quarter: str = ""  # the quarter last named, of which figures may go on to tell
    at: int = 0  # the piece at which the time now looked at begins
    length: str = ""  # the months that the figures before are of: "the nine months"
    states: list[tuple[int, str]] | None = None  # those that the text names, once they are wanted


def word_of(c: Context, m: Match, group: str) -> str | None:
    """The last word that a group matched, in lower case, points and hyphens left out."""
    if m[group] is None:
        return None
    for at in range(m.end(group) - 1, m.start(group) - 1, -1):
        if c.pieces.words[at][:1].isalnum():
            return c.pieces.words[at]
    return None


def meaning(c: Context, m: Match, group: str) -> str | int | float | None:
    """What the lexicon says of the last word of a group that the lexicon knows."""
    if m[group] is None:
        return None
    for at in range(m.end(group) - 1, m.start(group) - 1, -1):
        found = lexicon().value.get(c.pieces.words[at])
        if found not in (None, ""):
            return found
    return None


def modifier(c: Context, m: Match, *groups: str) -> str | None:
    """START, MID or END, from the first of the groups that matched."""
    for group in groups:
        if m[group] is not None:
            found = meaning(c, m, group)
            return str(found) if found in ("START", "MID", "END") else None
    return None


def integer(c: Context, m: Match, group: str) -> int | None:
    """A number in figures or words; None where it cannot be told ("several")."""
    number = amount(c, m, group)
    return int(number) if number is not None else None


def amount(c: Context, m: Match, group: str) -> float | None:
    """The number over a group: "two", "2.5", "twenty-one", "two and a half", "a couple of"."""
    if m[group] is None:
        return None
    words = c.pieces.words[m.start(group) : m.end(group)]
    text = "".join(words)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d+(\.\d+)?(st|nd|rd|th)?", text):
        return float(re.sub(r"[a-z]+", "", text)[:9])
    if "and" in words:
        both = words.index("and")
        counted = words[both + 1] in lexicon().value and words[both + 1] not in ("a", "an", "half")
        if counted and words[both - 1] not in ("hundred", "thousand"):
            words = words[both + 1 :]  # "between two and three weeks"
    total, some = 0.0, False
    values = lexicon().value
    for word in words:
        if word.isdecimal():
            total, some = total + float(word[:9]), True
            if "/" in words:
                break
        elif word in ("a", "an") and len(words) == 1:
            return 1.0
        elif word in ("hundred", "thousand"):
            total, some = max(total, 1) * float(values[word]), True
        elif word == "half":
            total, some = total + 0.5, True
        elif word == "dozen":
            total, some = (total or 1) * 12, True
        elif word == "couple":
            return 2.0
        else:
            number = values.get(word)
            if isinstance(number, int) and word not in ("a", "an", "at"):
                total, some = total + number, True
            elif number == "X":
                return None
    if "/" in words:
        total += 0.5
    return total if some else None


def first_word(c: Context, m: Match, group: str) -> str:
    """The first word that a group matched."""
    return c.pieces.words[m.start(group)]


def full_year(short: int, day: date | None) -> int:
    """A year of two figures in full: the last one not over twenty years after the report.

    A report without a day is of our own time, so that 26 is 2026 and 45 is 1945.
    """
    latest = day.year + 20 if day else _LATEST_UNDATED
    return latest - (latest - short) % 100


def year_of(c: Context, m: Match, month: int, day: int | None) -> int | None:
    """The year of a month or a day without one: by tense, from the report's day."""
    if c.day is None:
        return None
    rel = meaning(c, m, "rel") if "rel" in m.re.groupindex and m["rel"] is not None else None
    if rel is not None:
        return (
            _anchor_year(c) if word_of(c, m, "rel") in ("that", "same") else c.day.year + int(rel)
        )
    told = c.direction(m.start(), m.end())
    lead = c.pieces.word(m.start() - 1)
    beside = c.anchor_at == m.start() - 1 and not c.pieces.words[c.anchor_at - 1].endswith("day")
    if beside and lead in ("to", "-", "–", "until", "through"):
        edges = calendar.bounds(c.anchor) if c.anchor else None
        if edges is not None:  # "May 3 to May 5"
            return edges[0].year + (month < edges[0].month)
    if told == PAST and (lead in around("set_leads") or (day and lead != "on")):
        soon = _nearest_year(c.day, month, day, OPEN)
        ahead = ((soon - c.day.year) * 12 + month - c.day.month) * 31 + (day or 0) - c.day.day
        if ahead < 45 or (lead in around("term_leads") and ahead < 125):
            return soon  # "extended it to 16 March", "the Jan. 14 deadline"
    ahead = SOON if day else (NEXT if told == PAST and c.hangs(m.start(), m.end()) == "noun" else 0)
    telling = _told_year(c, m.start(), told) or _year_gone_on(c, m.start(), told, month, day)
    return telling or _nearest_year(c.day, month, day, told, ahead)


def _told_year(c: Context, at: int, told: int) -> int | None:
    """The year of which the sentence is telling, where it has just named an earlier one."""
    if c.anchor is None or c.day is None or told == FUTURE:
        return None
    if (
        c.anchor_lead in ("since", "to", "until", "-", "–", "through")
        or BREAK in c.pieces.classes[c.anchor_at : at]
    ):
        return None
    edges = calendar.bounds(c.anchor)
    if edges is None or edges[0].year != edges[1].year or edges[0].year >= c.day.year - 1:
        return None
    return edges[0].year


def _year_gone_on(c: Context, at: int, told: int, month: int, dom: int | None) -> int | None:
    """The year of what goes on from a day of years ago that the sentence before told: "… to
    December 5, 1941. On December 6 the army struck back"."""
    if c.day is None or c.anchor is None:
        return None
    edges = calendar.bounds(c.anchor)
    breaks = c.pieces.classes[c.anchor_at : at].count(BREAK)
    if edges is None or breaks > 1:
        return None
    first, last = edges
    if breaks == 0:  # "on December 29, 2016 they agreed to join it on December 30"
        after = (month - first.month) * 31 + (dom or 0) - first.day
        soon = dom is not None and first == last and 0 < after <= SOON
        gone_by = (first.year, month, dom or 1) < (c.day.year, c.day.month, c.day.day)
        return first.year if soon and gone_by else None
    if told != PAST:
        return None
    if (last - first).days > 31 or first.year > c.day.year - 2:
        return None
    gone = (month - first.month) * 31 + (dom or first.day) - first.day
    return first.year if 0 <= gone <= _GOES_ON else None


def _anchor_year(c: Context) -> int | None:
    edges = calendar.bounds(c.anchor) if c.anchor else None
    if edges is not None:
        return edges[0].year
    return c.day.year if c.day else None


def _nearest_year(day: date, month: int, dom: int | None, told: int, ahead: int = 0) -> int:
    """The year that brings a month or a day nearest, on the side that the tense tells.

    What lies up to `ahead` days on is meant, though the verb is past.
    """
    distance = (month - day.month) * 31 + ((dom or day.day) - day.day)
    if told == PAST:
        return day.year - 1 if distance > ahead else day.year
    if told == FUTURE:
        return day.year + 1 if distance < -62 else day.year
    if distance > 186:
        return day.year - 1
    return day.year + 1 if distance < -240 else day.year


def is_preposition(c: Context, m: Match) -> bool:
    """ "Following weekend talks", "following Monday's vote": after them, without an article."""
    at = m.start("near")
    lead = c.pieces.word(at - 1)
    return c.pieces.word(at) == "following" and lead not in _BEFORE_FOLLOWING


def weekday_day(
    c: Context, weekday: int, near: str | None, told: int, *, leans: bool = False
) -> date | None:
    """The day that a weekday's name stands for.

    Beside a "would" that leans on a verb of the past, yesterday is yesterday: "he announced that he
    would resign on Tuesday" may tell the day of the announcement, and six days on is far.
    """
    if c.day is None:
        return None
    back = (c.day.isoweekday() - weekday) % 7
    if near in ("last", "past", "previous"):
        return c.day - timedelta(days=back or 7)
    if near in ("next", "coming", "following"):
        return c.day + timedelta(days=(7 - back) or 7)
    ahead = (7 - back) % 7
    if told == FUTURE and back == 1 and leans:
        return c.day - timedelta(days=1)
    if told == FUTURE or (near == "until" and ahead <= 3):
        return c.day + timedelta(days=ahead)
    return c.day - timedelta(days=back)
