"""Time expressions of a document and what they stand for.

Recognised by rules over the words (times_rules.py), given values as in TIMEX3 (times_dates.py,
times_relative.py) and resolved against the day of the report, the tense around them and the days
named before. Parts that stand together ("on Monday, February 7, around 4 p.m.") make one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day

from dragoman.coding import times_calendar as calendar
from dragoman.coding import times_dates, times_relative
from dragoman.coding.times_pieces import Pieces, cut
from dragoman.coding.times_rules import matches
from dragoman.coding.times_tense import direction
from dragoman.coding.times_values import Context, Match, Value
from dragoman.language.analysis import Analysis
from dragoman.records import Time, TimeType, When

Handler = Callable[[Context, Match], Value | None]

_MOST = 5000  # expressions that one document may hold; what goes beyond is no prose
_GLUE = frozenset(
    (
        ",",
        "on",
        "at",
        "in",
        "the",
        "of",
        "around",
        "about",
        "early",
        "late",
        "shortly",
        "(",
        "by",
        "from",
        "local",
        "-",
    )
)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time that the text names: tokens, offsets, type and value as in TIMEX3, and its stretch.

    `mod` is TIMEX3's (START, MID, END, APPROX, MORE_THAN …). `when` is None for what has no place
    in the calendar ("two months", "recently"). `problem` says what is wrong with it, if anything is.
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


@dataclass(frozen=True, slots=True)
class _Raw:
    """A matched expression over pieces, before its parts are joined."""

    first: int
    last: int
    name: str
    match: Match


_HANDLERS: dict[str, Handler] = {}
for _module in (times_dates, times_relative):
    for _name, _thing in vars(_module).items():
        if callable(_thing) and getattr(_thing, "__module__", "") == _module.__name__:
            _HANDLERS[_name] = _thing


def day_of(date: str | None) -> Day | None:
    """The day of an ISO date or date-time; None where there is none or it is no date."""
    try:
        return Day.fromisoformat(date[:10]) if date else None
    except ValueError:
        return None


def find_times(analysis: Analysis, *, date: str | None) -> list[TimeExpression]:
    """Every time that the document names, in order, resolved against its date where it has one."""
    tokens = analysis.tokens
    bounds = [tokens.starts[b] if b < len(tokens) else len(tokens.text) for b in tokens.bounds[:-1]]
    pieces = cut(tokens.text, [0, *bounds] if bounds[:1] != [0] else bounds)

    def told(first: int, last: int) -> int:
        a, b = _tokens(analysis, pieces, first, last)
        return direction(analysis, a, b)

    context = Context(pieces=pieces, day=day_of(date), direction=told)
    names = _blocked(analysis)
    found = _resolve(context, names)
    return [_expression(analysis, pieces, *item) for item in _ranges(pieces, found)]


def _tokens(analysis: Analysis, pieces: Pieces, first: int, last: int) -> tuple[int, int]:
    tokens = analysis.tokens
    a = max(0, bisect_right(tokens.starts, pieces.starts[first]) - 1)
    b = bisect_left(tokens.starts, pieces.ends[last - 1])
    return a, max(b, a + 1)


def _blocked(analysis: Analysis) -> list[tuple[int, int]]:
    """Stretches of names of people and bodies, where a word of time is part of the name."""
    return [
        analysis.span(n.first, n.last)
        for n in analysis.names
        if n.label in ("PER", "ORG") and n.last > n.first
    ]


Found = tuple[int, int, Value]


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
                if _inside_name(p, match.start(), names, lows):
                    continue
                value = _HANDLERS[name](context, match)
                if value is not None:
                    at = value.end or match.end()
                    _take(context, found, (_lead(p, match), _tail(p, at), value))
                    break
            else:
                if candidates and candidates[0][0] == "aged":
                    at = candidates[0][1].end()
            candidates = walk.send(at)
    except StopIteration:
        pass
    return _finish(context, found)


def _inside_name(
    p: Pieces, piece: int, names: Sequence[tuple[int, int]], lows: Sequence[int]
) -> bool:
    at = bisect_right(lows, p.starts[piece]) - 1
    return at >= 0 and names[at][0] <= p.starts[piece] < names[at][1]


def _lead(p: Pieces, match: Match) -> int:
    return match.start()


def _tail(p: Pieces, end: int) -> int:
    """Without a comma, a bracket or a dash at the end."""
    while p.words[end - 1] in (",", "(", "-", "–"):
        end -= 1
    return end


def _take(context: Context, found: list[Found], new: Found) -> None:
    """Add an expression, joined to its neighbour where the two make one."""
    first, last, value = new
    if found:
        joined = _join(context, found[-1], new)
        if joined is not None:
            found[-1] = joined
            _anchor(context, joined[2])
            return
    found.append((first, last, value))
    _anchor(context, value)


def _anchor(context: Context, value: Value) -> None:
    """Remember the value as what "that day", "a year earlier" go back to."""
    if value.type in ("DATE", "TIME") and not value.value.startswith("T"):
        day = value.value.split("T")[0]
        if calendar.bounds(day) is not None:
            context.anchor = day
            context.anchor_explicit = True


def _join(context: Context, old: Found, new: Found) -> Found | None:
    """A day and a clock time or a part of the day that stand together."""
    p = context.pieces
    gap = p.words[old[1] : new[0]]
    if len(gap) > 3 or any(w not in _GLUE for w in gap):
        return None
    one, two = old[2], new[2]
    if one.until or two.until:
        return None
    day, clock = (one, two) if two.value.startswith("T") else (two, one)
    if not clock.value.startswith("T") or day.type not in ("DATE", "TIME"):
        return None
    if day.value.startswith("T"):
        return _two_clocks(old, new)
    if day is two and clock.value[1].isalpha() and gap not in ([], ["on"], ["of"], [","]):
        return None
    if calendar.precision_of(day.value) != "day" and not day.value.startswith("XXXX-"):
        return (
            (old[0], new[1], replace(day))
            if "T" in day.value and clock.value[1].isdigit()
            else None
        )
    if day.value.endswith("WE") or len(day.value) < 7:
        return None
    value = replace(
        clock, value=day.value + clock.value, mod=clock.mod or day.mod, problem=day.problem
    )
    return old[0], new[1], value


def _two_clocks(old: Found, new: Found) -> Found | None:
    """ "6 in the morning", "10 p.m. at night": the clock stays, the part of the day tells the half."""
    one, two = old[2], new[2]
    clock, part = (one, two) if one.value[1:2].isdigit() else (two, one)
    if not clock.value[1:2].isdigit() or not part.value[1:2].isalpha():
        return None
    hour = int(clock.value[1:3])
    if part.value[1:] in ("AF", "EV") and hour < 12:
        clock = replace(clock, value=f"T{hour + 12:02}{clock.value[3:]}")
    return old[0], new[1], clock


def _finish(context: Context, found: list[Found]) -> list[Found]:
    """Give clock times that stand alone their day: the one last named in the sentence, else today."""
    p = context.pieces
    done: list[Found] = []
    for first, last, value in found:
        if value.value.startswith("T"):
            settled = _settle(context, done, first, last, value)
            if settled is None:
                continue
            value = settled
        done.append((first, last, value))
    return done


def _settle(
    context: Context, done: list[Found], first: int, last: int, value: Value
) -> Value | None:
    p = context.pieces
    vague = value.value[1:2].isalpha()
    if (
        vague
        and p.words[first:last] != ["overnight"]
        and p.word(first - 1) not in ("in", "during", "by", "until", "since", "late", "early")
    ):
        if "the" not in p.words[first:last] or p.word(first - 1) not in (
            "in",
            "during",
            "by",
            "into",
            "through",
        ):
            return None
    day = None
    for f, l, v in reversed(done[-3:]):
        if "\n" in p.classes[l:first]:
            break
        if calendar.precision_of(v.value) in (
            "day",
            "part-of-day",
            "minute",
            "hour",
        ) and calendar.bounds(v.value):
            day = v.value[:10]
            break
    if day is None:
        day = context.day.isoformat() if context.day else "XXXX-XX-XX"
    return replace(value, value=day + value.value)


def _ranges(pieces: Pieces, found: list[Found]) -> list[tuple[int, int, Value]]:
    """Split the two days told in one breath, and give "from … to …" the whole stretch."""
    out: list[Found] = []
    for first, last, value in found:
        if value.until is None or value.until_at is None:
            out.append((first, last, value))
            continue
        a, b = value.until_at
        plain = replace(value, until=None, until_at=None)
        if a - first <= last - b:  # "9–10 January": the month follows the second day
            out.append((first, _tail(pieces, a - 1), plain))
            out.append((a, last, replace(plain, value=value.until)))
        else:
            out.append((first, _tail(pieces, a - 1), plain))
            out.append((a, last, replace(plain, value=value.until)))
    for i in range(len(out) - 1):
        stretch = _stretch(pieces, out[i], out[i + 1])
        if stretch:
            out[i] = (*out[i][:2], replace(out[i][2], stretch=stretch))
            out[i + 1] = (*out[i + 1][:2], replace(out[i + 1][2], stretch=stretch))
    return out


_MOVED = frozenset(
    ["postponed", "delayed", "moved", "rescheduled", "shifted", "brought", "advanced", "deferred", "postpone", "move", "delay", "changed"]
)


def _stretch(pieces: Pieces, one: Found, two: Found) -> tuple[str, str] | None:
    """The stretch of "from X to Y", "between X and Y", "X–Y"; not of "moved from X to Y"."""
    between = pieces.words[one[1] : two[0]]
    lead = pieces.word(one[0] - 1)
    if lead == "the":
        lead = pieces.word(one[0] - 2)
    if not (
        (
            lead in ("from", "between")
            and between in (["to"], ["until"], ["till"], ["through"], ["and"])
        )
        or between in (["-"], ["–"], ["to"], ["through"])
    ):
        return None
    if (
        (between == ["and"]
        and lead != "between")
        or _MOVED & set(pieces.words[max(0, one[0] - 5) : one[0]])
    ):
        return None
    a, b = one[2].value, two[2].value
    low, high = calendar.bounds(a.split("T")[0]), calendar.bounds(b.split("T")[0])
    if low is None or high is None or low[0] > high[1]:
        return None
    return a, b


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
        low = calendar.when_of_value(value.stretch[0], mod=None, zone=value.zone, text=text)
        high = calendar.when_of_value(value.stretch[1], mod=None, zone=value.zone, text=text)
        if low is None or high is None:
            return None
        about = value.type == "DURATION"
        return When(start=low.start, end=high.end, precision=low.precision, text=text, about=about)
    if value.type in ("DURATION", "SET"):
        return None
    return calendar.when_of_value(value.value, mod=value.mod, zone=value.zone, text=text)
