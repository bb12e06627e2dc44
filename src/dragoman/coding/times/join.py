"""Parts of one time that stand together made one, and two ends made a stretch.

"Monday, February 7, around 4 p.m." is one time; "from 3 to 5 May" are two, each of which stands for
the whole stretch; a clock time alone belongs to the day last named in its sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding.times import calendar
from dragoman.coding.times.pieces import BREAK, Pieces, around
from dragoman.coding.times.tense import PAST
from dragoman.coding.times.values import Context, Value

Found = tuple[int, int, Value]  # first piece, the one after the last, value

_TO_A_DAY = frozenset(("day", "part-of-day", "minute", "hour"))


def join(context: Context, old: Found, new: Found) -> Found | None:
    """A day and a clock time or a part of the day that stand together, as one; else None."""
    gap = context.pieces.words[old[1] : new[0]]
    if len(gap) > 3 or any(w not in around("glue") for w in gap):
        return None
    one, two = old[2], new[2]
    if one.until or two.until:
        return None
    if one.stretch and one.value.endswith("TMO") and two.value == "TMO" and gap == []:
        return old[0], new[1], one  # "the early hours of Thursday" "morning"
    if gap in ([], ["of"], [","]) and _is_spelled(context.pieces, new) and _is_named(context, old):
        return old[0], new[1], replace(one, value=two.value + one.value[4:])
    if "T" in one.value[1:] and one.value[-3:-2] == ":" and two.value[1:2].isalpha():
        return _half_told(old, new) if _is_clock(two) else None
    if gap in ([","], ["("]) and _is_weekday_of(context.pieces, old, new):
        return old[0], new[1], one  # "May 30th, Wednesday"
    day, clock = (one, two) if _is_clock(two) else (two, one)
    if not _is_clock(clock) or day.type not in ("DATE", "TIME"):
        return None
    if _is_clock(day):
        return _two_clocks(old, new)
    if day is two and clock.value[1].isalpha() and gap not in ([], ["on"], ["of"], [","]):
        return None
    if calendar.precision_of(day.value) == "part-of-day" and clock.value[1].isdigit():
        date, part = day.value.split("T")
        if part == "NI" and clock.value[1:3] in ("00", "01", "02", "03"):
            return old[0], new[1], _with_day(clock, _day_after(date), day)  # "midnight tonight"
        if part == "NI" and clock.value == "T12:00":
            return None  # "last night, at noon today"
        if part == "DA" and not 3 <= int(clock.value[1:3]) <= 8:
            return None  # "dawn today, shortly after 9"
        return old[0], new[1], _with_day(_in_part(clock, part), date, day)
    if clock.stretch and calendar.precision_of(day.value) == "part-of-day":
        return old[0], new[1], _with_day(clock, day.value[:10], day)  # "the early hours of …"
    if not _is_day(day.value):
        return None
    return old[0], new[1], _with_day(clock, day.value, day)


_lacks_year = re.compile(r"\d{4}-(?:\d\d(?:-\d\d)?|SP|SU|FA|WI)").fullmatch


def _is_named(context: Context, found: Found) -> bool:
    """Whether a month, a season or a day is told by its name: "18 months ago" is not."""
    counted = {"ago", "earlier", "later"} & set(context.pieces.words[found[0] : found[1]])
    return _lacks_year(found[2].value) is not None and not counted


def _is_spelled(p: Pieces, found: Found) -> bool:
    """A year in words, as speech is written down: "the winter of nineteen ninety-four"."""
    words = p.words[found[0] : found[1]]
    return bool(re.fullmatch(r"\d{4}", found[2].value)) and not any(w.isdecimal() for w in words)


def _day_after(day: str) -> str:
    edges = calendar.bounds(day)
    return (edges[0] + timedelta(days=1)).isoformat() if edges else day


def _is_weekday_of(p: Pieces, old: Found, new: Found) -> bool:
    """Whether a weekday alone is that of the day of a month right before it."""
    named = len(p.words[new[0] : new[1]]) == 1 and p.words[new[0]].endswith("day")
    told = any(w[:1].isdecimal() for w in p.words[old[0] : old[1]])
    days = calendar.bounds(old[2].value), calendar.bounds(new[2].value)
    if not named or not told or days[0] is None or days[1] is None:
        return False
    one_day = days[0][0] == days[0][1] and "T" not in old[2].value
    return one_day and days[0][0].isoweekday() == days[1][0].isoweekday()


def _is_clock(value: Value) -> bool:
    return value.value.startswith("T")


def _is_day(value: str) -> bool:
    if value.startswith("XXXX-"):
        return len(value) > 7 and "T" not in value
    edges = calendar.bounds(value)
    return edges is not None and edges[0] == edges[1] and "T" not in value


def _with_day(clock: Value, day: str, told: Value) -> Value:
    return replace(
        clock,
        value=day + clock.value,
        mod=clock.mod or told.mod,
        problem=told.problem,
        stretch=_hours_of(clock, day),
    )


def _hours_of(clock: Value, day: str) -> tuple[str, str] | None:
    """The hours that a part of the day tells more narrowly than its name, of that day."""
    if clock.stretch is None or not calendar.bounds(day):
        return None
    return day + clock.stretch[0], day + clock.stretch[1]


def _half_told(old: Found, new: Found) -> Found | None:
    """ "23 March, at ten o'clock in the morning"."""
    day, time = old[2].value.split("T")
    told = _two_clocks((old[0], old[1], replace(old[2], value="T" + time)), new)
    return told and (old[0], new[1], replace(told[2], value=day + told[2].value))


def _two_clocks(old: Found, new: Found) -> Found | None:
    """ "6 in the morning", "8 o'clock in the evening": the part of the day tells the half."""
    one, two = old[2], new[2]
    clock, part = (one, two) if one.value[1:2].isdigit() else (two, one)
    if not clock.value[1:2].isdigit() or not part.value[1:2].isalpha():
        return None
    return old[0], new[1], _in_part(clock, part.value[1:])


def _in_part(clock: Value, part: str) -> Value:
    """A clock time in the half of the day that its part tells: "8 o'clock that night"."""
    hour = int(clock.value[1:3])
    if part in ("AF", "EV", "NI") and 1 <= hour < 12 and (hour > 4 or part != "NI"):
        return replace(clock, value=f"T{hour + 12:02}{clock.value[3:]}")
    return clock


def settle(context: Context, found: list[Found]) -> list[Found]:
    """Give clock times that stand alone their day; leave out parts of the day that are no time."""
    done: list[Found] = []
    for at, (first, last, value) in enumerate(found):
        if _is_clock(value):
            if value.value[1].isalpha() and not _names_part(context.pieces, first, last):
                continue
            definite = not value.value[1].isalpha() or "the" in context.pieces.words[first:last]
            day = _day_of_next(context.pieces, found, at)
            if day is None:
                day = _day_for(context, done, first, breaks=1 if definite else 0)
            if day is None:
                day = _report_day(context, first, last)
            value = replace(value, value=day + value.value, stretch=_hours_of(value, day))
        done.append(_as_week(context.pieces, first, last, value))
    return done


def _as_week(p: Pieces, first: int, last: int, value: Value) -> Found:
    """ "The week of May 4", "the week beginning Monday": the whole of that week."""
    lead = p.words[max(0, first - 3) : first]
    of_week = lead[:2] == ["the", "week"] and lead[2:] in (["of"], ["beginning"], ["starting"])
    edges = calendar.bounds(value.value)
    if not of_week or edges is None or edges[0] != edges[1] or "T" in value.value:
        return first, last, value
    stretch = edges[0].isoformat(), (edges[0] + timedelta(days=6)).isoformat()
    plain = lead[2] != "of"
    week = calendar.week_value(edges[0])
    return first - 3, last, replace(value, value=week, stretch=stretch if plain else None)


def _names_part(p: Pieces, first: int, last: int) -> bool:
    """Whether a part of the day alone is that of the day told of: "in the afternoon"."""
    if p.words[first:last] == ["overnight"]:
        return True
    before = p.word(first - 1)
    if p.word(last - 1) in around("sun_parts") and before in around("sun_leads"):
        return True
    if "the" in p.words[first:last]:
        return before in around("part_the_leads") or p.words[first] in ("early", "late")
    return before in around("part_leads") and p.word(last) not in ("and", "-", "prayers", "out")


def _day_of_next(p: Pieces, found: list[Found], at: int) -> str | None:
    """The day told after the second of two clock times: "between 2 a.m. and 4 a.m. Sunday"."""
    if at + 1 == len(found) or not found[at][2].value[1:2].isdigit():
        return None
    first, _, value = found[at + 1]
    between = p.words[found[at][1] : first]
    if between == ["("] or (between == [] and p.word(first) == "("):
        return _day_behind(p, found, at + 1)
    told = re.fullmatch(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d", value.value)
    return (
        told[1] if told and between in (["and"], ["to"], ["-"], ["–"], ["or"], ["until"]) else None
    )


def _day_behind(p: Pieces, found: list[Found], at: int) -> str | None:
    """The day told after a clock time in brackets: "6 a.m. (0300 GMT) on Sunday"."""
    if at + 1 >= len(found) or not found[at][2].value[1:2].isdigit():
        return None
    first, _, value = found[at + 1]
    between = p.words[found[at][1] : first]
    plain = all(w == ")" or w in around("glue") for w in between) and len(between) <= 3
    return value.value if plain and re.fullmatch(r"\d{4}-\d\d-\d\d", value.value) else None


def _report_day(context: Context, first: int, last: int) -> str:
    """The report's day; of what was "overnight", the day on which that night began."""
    if context.day is None:
        return "XXXX-XX-XX"
    night = context.pieces.words[first:last] == ["overnight"]
    gone = night and context.direction(first, last) == PAST
    return (context.day - timedelta(days=gone)).isoformat()


def _day_for(context: Context, done: list[Found], first: int, *, breaks: int = 0) -> str | None:
    """The day last named in the sentence, or up to `breaks` sentences before ("in the morning" is
    that of the day told of); None where none was."""
    for _, last, value in reversed(done[-3:]):
        if context.pieces.classes[last:first].count(BREAK) > breaks:
            break
        if value.problem is not None:
            return None if BREAK in context.pieces.classes[last:first] else "XXXX-XX-XX"
        if not value.anchors:
            continue  # the "post-9/11" law
        if calendar.precision_of(value.value) in _TO_A_DAY and calendar.bounds(value.value):
            return value.value[:10]
    return None


def ranges(pieces: Pieces, found: list[Found]) -> list[Found]:
    """Split two days told in one breath, and give both ends of a stretch the whole of it."""
    out: list[Found] = []
    for first, last, value in found:
        if value.until is None or value.until_at is None:
            out.append((first, last, value))
            continue
        start = value.until_at[0]
        plain = replace(value, until=None, until_at=None)
        cut = start - 1
        if pieces.words[cut] == "the":
            cut -= 1
        out.append((first, cut, plain))
        out.append((start, last, replace(plain, value=value.until)))
    for i in range(len(out) - 1):
        out[i] = _with_year_of_end(pieces, out[i], out[i + 1])
        stretch = _stretch(pieces, out[i], out[i + 1])
        if stretch:
            low, high = stretch
            out[i] = (*out[i][:2], replace(out[i][2], value=low, stretch=stretch))
            out[i + 1] = (*out[i + 1][:2], replace(out[i + 1][2], value=high, stretch=stretch))
    return out


def _with_year_of_end(p: Pieces, one: Found, two: Found) -> Found:
    """ "From October 24 to December 5, 1941": the year that the end tells is the start's too."""
    days = _dated(one[2].value) and _dated(two[2].value)
    if not days or p.words[one[1] : two[0]] not in (["to"], ["-"], ["–"], ["through"], ["and"]):
        return one
    years = [w for w in p.words[two[0] : two[1]] if len(w) == 4 and w.isdecimal()]
    if not years or any(len(w) == 4 and w.isdecimal() for w in p.words[one[0] : one[1]]):
        return one
    rest = one[2].value[4:]
    year = int(years[-1]) - (rest > two[2].value[4:])
    value = f"{year:04}{rest}"
    return one if calendar.bounds(value) is None else (*one[:2], replace(one[2], value=value))


_dated = re.compile(r"\d{4}-\d\d(?:-\d\d)?").fullmatch


def _stretch(pieces: Pieces, one: Found, two: Found) -> tuple[str, str] | None:
    """The stretch of "from X to Y", "between X and Y", "X–Y"; not of "moved from X to Y"."""
    between = pieces.words[one[1] : two[0]]
    if len(between) != 1:
        return None
    lead = pieces.word(one[0] - 1)
    if lead == "the":
        lead = pieces.word(one[0] - 2)
    word = between[0]
    if lead == "between":
        fits = word == "and"
    elif word == "and":
        return _two_days(one[2].value, two[2].value)
    else:
        fits = word in ("-", "–", "to", "through") or (lead == "from" and word in ("until", "till"))
    if not fits or around("moved") & set(pieces.words[max(0, one[0] - 6) : one[0]]):
        return None
    low, high = calendar.bounds(one[2].value), calendar.bounds(two[2].value)
    if low is None or high is None:
        return None
    if low[0] > high[1]:
        return _in_order(one[2].value, low, high)
    return one[2].value, two[2].value


def _two_days(one: str, two: str) -> tuple[str, str] | None:
    """ "On Friday and Saturday": one stretch, where the days touch."""
    low, high = calendar.bounds(one), calendar.bounds(two)
    if low is None or high is None or "T" in one + two:
        return None
    days = low[0] == low[1] and high[0] == high[1] and (high[0] - low[0]).days == 1
    return (one, two) if days else None


def _in_order(
    value: str, low: tuple[date, date], high: tuple[date, date]
) -> tuple[str, str] | None:
    """ "from Monday to Wednesday" of one week, though Monday is today and Wednesday was."""
    if low[0] != low[1] or high[0] != high[1] or (low[0] - high[0]).days >= 7 or "T" in value:
        return None
    return (low[0] - timedelta(days=7)).isoformat(), high[0].isoformat()
