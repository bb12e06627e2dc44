"""Time expressions of a document and what they stand for.

Recognised by rules over the words (rules.py), given values as in TIMEX3 (dates.py, periods.py,
relative.py, clock.py, spans.py) and resolved against the day of the report, the tense around them
and the days named before.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from dragoman.coding.times import calendar, clock, dates, periods, relative, spans
from dragoman.coding.times.join import Found, join, ranges, settle
from dragoman.coding.times.pieces import Pieces, cut, lexicon
from dragoman.coding.times.rules import matches
from dragoman.coding.times.tense import direction, hangs
from dragoman.coding.times.told import rest_on_others
from dragoman.coding.times.values import Context, Match, Value
from dragoman.language.analysis import Analysis
from dragoman.records import Time, TimeType, When

Handler = Callable[[Context, Match], Value | None]

_MODULES = (dates, periods, relative, clock, spans)
_FIRST_REPORT = 1000
_MOST = 20000  # times in one document; what holds more is a table, and its rest is left
_BARE = frozenset(("month_day", "month", "year", "holiday", "deictic"))


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time that the text names: tokens, offsets, type and value as in TIMEX3, and its stretch.

    `mod` is TIMEX3's (START, MID, END, APPROX, MORE_THAN …). `when` is None for what has no place
    in the calendar ("two months", "recently"). `problem` says what is wrong with it, if anything
    is.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    type: TimeType
    value: str
    mod: str | None = None
    when: When | None = None
    problem: str | None = None

    def to_time(self) -> Time:
        """The record of a reading."""
        return Time(
            start=self.start, end=self.end, text=self.text, type=self.type, value=self.value
        )


def _handlers(modules: Sequence[ModuleType]) -> dict[str, Handler]:
    """The functions that a rule's name stands for."""
    return {
        name: thing
        for module in modules
        for name, thing in vars(module).items()
        if callable(thing) and getattr(thing, "__module__", "") == module.__name__
    }


_HANDLERS = _handlers(_MODULES)


def day_of(date: str | None) -> datetime.date | None:
    """The day of an ISO date or date-time; None where there is none, it is no date, or it lies
    outside the years in which reports were or will be written (1000 to 2199)."""
    try:
        day = datetime.date.fromisoformat(date[:10]) if date else None
    except ValueError:
        return None
    return day if day and _FIRST_REPORT <= day.year < calendar.LAST_YEAR else None


def find_times(analysis: Analysis, *, date: str | None) -> list[TimeExpression]:
    """Every time that the document names, in order, resolved against its date where it has one."""
    tokens = analysis.tokens
    if not len(tokens):
        return []
    bounds = [tokens.starts[b] for b in tokens.bounds[:-1]]
    pieces = cut(tokens.text, [0, *bounds[1:]])

    def told(first: int, last: int) -> int:
        return direction(analysis, *_tokens(analysis, pieces, first, last))

    def hung(first: int, last: int) -> str:
        return hangs(analysis, *_tokens(analysis, pieces, first, last))

    context = Context(pieces=pieces, day=day_of(date), direction=told, hangs=hung)
    found = rest_on_others(context, settle(context, _resolve(context, _names(analysis))))
    return [_expression(analysis, pieces, *item) for item in ranges(pieces, found)]


def _tokens(analysis: Analysis, pieces: Pieces, first: int, last: int) -> tuple[int, int]:
    """The tokens that the pieces `first` to `last` (exclusive) lie in."""
    tokens = analysis.tokens
    a = max(0, bisect_right(tokens.starts, pieces.starts[first]) - 1)
    b = bisect_left(tokens.starts, pieces.ends[last - 1])
    return a, max(b, a + 1)


def _names(analysis: Analysis) -> list[tuple[int, int]]:
    """Where names of people and bodies stand: a word of time there is part of the name.

    But for a weekday alone, or at a person's end: "President Clinton Saturday vowed".
    """
    spans = []
    for name in analysis.names:
        if name.label not in ("PER", "ORG"):
            continue
        last = name.last
        if last - name.first == 1 and _is_weekday(analysis.words[name.first]):
            continue  # "Saturday's poll"
        if name.label == "PER" and last - name.first > 1:
            last -= _is_weekday(analysis.words[last - 1])
        spans.append(analysis.span(name.first, last))
    return spans


def _is_weekday(word: str) -> bool:
    known = lexicon()
    return known.code.get(word.lower()) == known.codes["weekday"]


def _resolve(context: Context, names: Sequence[tuple[int, int]]) -> list[Found]:
    """The values, left to right, since a later one may rest on an earlier one."""
    found: list[Found] = []
    p = context.pieces
    lows = [a for a, _ in names]
    walk = matches(p.classes)
    try:
        candidates = next(walk)
        while len(found) < _MOST:
            at: int | None = None
            for name, match in candidates:
                if name == "aged":  # an age is no time, nor is any part of it
                    at = match.end()
                    break
                if names and _inside(p.starts[_lead(p, name, match)], names, lows):
                    continue
                value = _HANDLERS[name](context, match)
                if value is not None:
                    at = value.end or match.end()
                    _take(
                        context, found, (_lead(p, name, match), _tail(p, match.start(), at), value)
                    )
                    break
            candidates = walk.send(at)
    except StopIteration:
        pass
    return found


def _inside(start: int, names: Sequence[tuple[int, int]], lows: Sequence[int]) -> bool:
    at = bisect_right(lows, start) - 1
    return at >= 0 and names[at][0] <= start < names[at][1]


def _lead(p: Pieces, name: str, match: Match) -> int:
    """Without the article of "the August 7 bombings", which is the noun's."""
    first = match.start()
    bare = name in _BARE and p.words[first] == "the" and not match.groupdict().get("mod")
    return first + 1 if bare else first


def _tail(p: Pieces, first: int, end: int) -> int:
    """Without a comma, a bracket or a dash at the end; with the bracket that closes one."""
    while p.words[end - 1] in (",", "(", "-", "–"):
        end -= 1
    return end + 1 if "(" in p.words[first:end] and p.word(end) == ")" else end


def _take(context: Context, found: list[Found], new: Found) -> None:
    """Add an expression, joined to its neighbour where the two make one."""
    joined = join(context, found[-1], new) if found else None
    if joined is not None:
        found[-1] = joined
    else:
        found.append(new)
    _anchor(context, found[-1])


def _anchor(context: Context, found: Found) -> None:
    """Remember the value as what "that day", "a year earlier" go back to."""
    first, last, value = found
    if re.fullmatch(r"P\d+M", value.value) and context.pieces.words[first] == "the":
        context.length = value.value
    elif re.match(r"\d{4}-(?:Q|H|\d\d$)", value.value):
        context.length = ""
    if value.value.startswith("T"):
        context.clock = (first, last)
    if value.type in ("DATE", "TIME") and value.anchors and not value.value.startswith("T"):
        day = value.value.split("T")[0]
        if calendar.bounds(day) is not None:
            if "-Q" in day:
                context.quarter = day
            context.anchor = day
            context.anchor_at = last
            context.anchor_lead = context.pieces.word(first - 1)


def _expression(
    analysis: Analysis, pieces: Pieces, first: int, last: int, value: Value
) -> TimeExpression:
    start, end = pieces.starts[first], pieces.ends[last - 1]
    text = analysis.text[start:end]
    a, b = _tokens(analysis, pieces, first, last)
    return TimeExpression(
        first=a,
        last=b,
        start=start,
        end=end,
        text=text,
        type=value.type,
        value=value.value,
        mod=value.mod,
        when=_when(value, text),
        problem=value.problem,
    )


def _when(value: Value, text: str) -> When | None:
    if value.stretch is not None:
        low, high = (
            calendar.when_of_value(v, mod=None, zone=value.zone, text=text) for v in value.stretch
        )
        if low is None or high is None:
            return None
        about = value.type == "DURATION" or value.mod == "APPROX"
        precision = low.precision
        if precision == "day" and value.type == "DATE":  # "the third week of October"
            precision = calendar.precision_of(value.value)
        if value.value.endswith(("TMO", "TNI")):
            precision = "part-of-day"
        return When(start=low.start, end=high.end, precision=precision, text=text, about=about)
    if value.type in ("DURATION", "SET"):
        return None
    when = calendar.when_of_value(value.value, mod=value.mod, zone=value.zone, text=text)
    if when is not None and value.whole_hour and when.precision == "minute":
        return When(start=when.start, end=when.end, precision="hour", text=text, about=when.about)
    return when
