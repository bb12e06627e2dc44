"""What days, months and weekdays mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding.times import calendar
from dragoman.coding.times.pieces import BREAK, OTHER, around, lexicon
from dragoman.coding.times.tense import FUTURE, PAST
from dragoman.coding.times.values import (
    Context,
    Match,
    Value,
    first_word,
    full_year,
    integer,
    is_preposition,
    meaning,
    modifier,
    weekday_day,
    word_of,
    year_of,
)

_AMBIGUOUS = frozenset(("may", "march", "mar", "jan", "dec", "sep", "jun", "apr"))
_SHORT_MONTHS = frozenset(
    ("mar", "jan", "dec", "sep", "sept", "jun", "jul", "apr", "feb", "aug", "oct", "nov")
)
_SHORT_DAYS = frozenset(("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"))


def iso(c: Context, m: Match) -> Value | None:
    if not c.pieces.joined(m.start(), m.end()):
        return None
    year, month, day = (int(first_word(c, m, g)) for g in ("Y", "m", "d"))
    return _checked(year, month, day)


def _checked(year: int | None, month: int, day: int) -> Value:
    """A day as a value; one that there is not keeps its month, with the reason."""
    if year is None:
        fits = calendar.valid(2000, month, day)
        return Value("DATE", f"XXXX-{month:02}-{day:02}" if fits else f"XXXX-{month:02}")
    if calendar.valid(year, month, day):
        return Value("DATE", f"{year:04}-{month:02}-{day:02}")
    if not calendar.valid(year, month):
        return Value("DATE", "XXXX-XX-XX", problem=f"there is no month {month} of the year {year}")
    why = f"there is no day {day} in month {month} of {year}"
    return Value("DATE", f"{year:04}-{month:02}", problem=why)


def numeric(c: Context, m: Match) -> Value | None:
    """7/2/2022 and 7.2.2022: the order that fits, else the one nearer to the report's day."""
    if not c.pieces.joined(m.start(), m.end()):
        return None
    a, b, year_text = int(first_word(c, m, "a")), int(first_word(c, m, "b")), first_word(c, m, "Y")
    sign = first_word(c, m, "sign")
    if len(year_text) not in (2, 4) or not (1 <= a <= 31 and 1 <= b <= 31) or (a > 12 and b > 12):
        return None
    words = [first_word(c, m, group) for group in "abY"]
    if len(year_text) == 2 and sign != "/" and any(len(word) != 2 for word in words):
        return None
    year = full_year(int(year_text), c.day) if len(year_text) == 2 else int(year_text)
    day_first = a > 12 or (b <= 12 and (sign in ".-" or _day_first(c, a, b, year)))
    return _checked(year, b, a) if day_first else _checked(year, a, b)


def _day_first(c: Context, a: int, b: int, year: int) -> bool:
    if c.day is None or not calendar.valid(year, b, a):
        return False
    if not calendar.valid(year, a, b):
        return True
    return abs((date(year, b, a) - c.day).days) < abs((date(year, a, b) - c.day).days)


def _is_month(c: Context, m: Match, *, alone: bool) -> bool:
    """Whether a month's name is a month here, and not a verb, a person or a march."""
    at = m.start("M")
    p = c.pieces
    word = p.words[at]
    if not p.capital(at) or p.word(at - 1) == "black":
        return False
    if not alone:
        return True
    if word not in _AMBIGUOUS:
        named = p.capital(m.end()) and p.classes[m.end()] == OTHER  # April Glaspie
        return not named or m.start() != at or p.word(at - 1) in around("month_leads")
    if word in _SHORT_MONTHS:
        return p.word(at + 1) == "."
    before = p.word(at - 1)
    if m.start() == at and before not in around("month_leads"):
        return False
    if word == "may":
        return _is_may(c, at, before, led=m.start() != at)
    if word == "march" and p.word(at + 1) in ("on", "to", "in", "through"):
        after = p.word(at + 3) if p.word(at + 2) == "the" else p.word(at + 2)
        return after not in around("marched_on")
    return True


def _is_may(c: Context, at: int, before: str, *, led: bool) -> bool:
    """Not Theresa May, whose name stands after the same small words."""
    if led:
        return True
    if c.pieces.word(at + 1) in ("'", "’") and before in around("may_person_leads"):
        return False
    if before == "for" and around("set_for") & set(c.pieces.words[max(0, at - 8) : at - 1]):
        return True  # "a conference planned in Doha for May"
    if before in around("may_weak_leads"):
        return c.pieces.word(at - 2) in around("may_strong_before")
    return True


def month_day(c: Context, m: Match) -> Value | None:
    day = integer(c, m, "d")
    month = int(str(meaning(c, m, "M")))
    if day is None or not _is_month(c, m, alone=False):
        return None
    if not 1 <= day <= 31:
        return _checked(int(first_word(c, m, "Y")), month, day) if m["Y"] else None
    if m.start("M") < m.start("d") and c.pieces.word(m.end("d")) in ("%", "percent", "pct"):
        return None  # "rose in September 5%"
    spelled = c.pieces.words[m.start("d")]
    if spelled in ("one", "second") and m["W"] is None and m["Y"] is None:
        return None  # "the second March protest", "One March"
    value = _checked(_year_of_day(c, m, month, day), month, day)
    second = integer(c, m, "d2")
    if second is None or not 1 <= second <= 31:
        return value
    other = _checked(int(value.value[:4]) if value.value[:4].isdecimal() else None, month, second)
    if value.value > other.value and other.problem is None:
        ends = m.start("M") < m.start("d") and m["Y"] is None  # "raised it on April 29 to 5"
        return replace(value, end=m.end("d")) if ends else value
    between = set(c.pieces.words[m.end("d") : m.start("d2")])
    stretch = None if between & {"and", "or"} and second != day + 1 else (value.value, other.value)
    return Value(
        "DATE",
        value.value,
        until=other.value,
        until_at=(m.start("d2"), m.end("d2")),
        stretch=stretch,
        problem=value.problem or other.problem,
    )


def nine_eleven(c: Context, m: Match) -> Value | None:
    """ "9/11", the day of the attacks of 2001."""
    named = c.pieces.words[m.start() : m.end()] == ["9", "/", "11"]
    if not named or not c.pieces.joined(m.start(), m.end()) or _before_attacks(c):
        return None
    return Value("DATE", "2001-09-11", anchors=False)


def _before_attacks(c: Context) -> bool:
    return c.day is not None and c.day < date(2001, 9, 11)


def nth_weekday(c: Context, m: Match) -> Value | None:
    """ "The second Tuesday in November", "the last Friday of May 2021"."""
    month, weekday = int(str(meaning(c, m, "M"))), int(str(meaning(c, m, "W")))
    last = c.pieces.words[m.end("n") - 1] == "last"
    number = -1 if last else integer(c, m, "n")
    if number is None or not (last or 1 <= number <= 5) or not c.pieces.capital(m.start("M")):
        return None
    year = int(first_word(c, m, "Y")) if m["Y"] else year_of(c, m, month, None)
    if year is None or not calendar.valid(year, month):
        return Value("DATE", f"XXXX-{month:02}")
    day = calendar.nth_weekday(year, month, weekday, number)
    return Value("DATE", day.isoformat() if day.month == month else f"{year:04}-{month:02}")


def _year_of_day(c: Context, m: Match, month: int, day: int) -> int | None:
    if m["Y"]:
        return int(first_word(c, m, "Y"))
    after = c.pieces.word(m.end())
    if (month, day) == (9, 11) and after in around("after_attacks") and not _before_attacks(c):
        return 2001
    groups = m.groupdict()
    if groups.get("near") and c.day is not None:
        near = int(str(meaning(c, m, "near")))
        passed = (month, day) < (c.day.month, c.day.day)
        return c.day.year - (near < 0 and not passed) + (near > 0 and passed)
    return _year_by_weekday(c, m, month, day) or year_of(c, m, month, day)


def _year_by_weekday(c: Context, m: Match, month: int, day: int) -> int | None:
    """ "Monday, February 7" is a 7 February that is a Monday, the one nearest to the report."""
    if m["W"] is None or c.day is None or m["rel"] is not None:
        return None
    weekday = int(str(meaning(c, m, "W")))
    for year in (c.day.year, c.day.year - 1, c.day.year + 1):
        fits = calendar.valid(year, month, day)
        if fits and date(year, month, day).isoweekday() == weekday:
            return year
    return None


def month(c: Context, m: Match) -> Value | None:
    told = m.groupdict()
    year_told = told.get("Y") or told.get("y") or told.get("rel")
    if not _is_month(c, m, alone=not year_told):
        return None
    word = word_of(c, m, "M") or ""
    if (
        word in _SHORT_MONTHS
        and not year_told
        and c.pieces.word(m.end() - 1) != "."
        and m["mod"] is None
    ):
        return None
    number = int(str(meaning(c, m, "M")))
    mod = modifier(c, m, "mod", "mod2") if "mod2" in told else modifier(c, m, "mod")
    year = _year_of_month(c, m, number)
    return Value("DATE", f"{year:04}-{number:02}" if year else f"XXXX-{number:02}", mod)


def month_quarter(c: Context, m: Match) -> Value | None:
    """ "The December quarter": the one that ends with the month."""
    if meaning(c, m, "u") != "Q" or not c.pieces.capital(m.start("M")):
        return None
    number = int(str(meaning(c, m, "M")))
    year = int(first_word(c, m, "Y")) if m["Y"] else year_of(c, m, number, None)
    quarter = (number + 2) // 3
    return Value("DATE", f"{year:04}-Q{quarter}" if year else f"XXXX-Q{quarter}")


def _year_of_month(c: Context, m: Match, number: int) -> int | None:
    told = m.groupdict()
    if told.get("Y"):
        return int(first_word(c, m, "Y"))
    if told.get("y"):
        return full_year(int(first_word(c, m, "y")), c.day)
    if told.get("near"):
        near = int(str(meaning(c, m, "near")))
        if word_of(c, m, "near") in ("following", "previous", "preceding"):
            edges = calendar.bounds(c.anchor) if c.anchor else None
            if edges is not None:
                return _year_beside(edges[0], number, near)
        return _near_month_year(c, number, near)
    return year_of(c, m, number, None)


def _year_beside(base: date, month: int, side: int) -> int:
    """The year of the month that follows a day, or goes before it."""
    if side > 0:
        return base.year + (month <= base.month)
    return base.year - (month >= base.month)


def _near_month_year(c: Context, month: int, near: int) -> int | None:
    if c.day is None:
        return None
    if near == 0:
        return c.day.year
    if near < 0:  # of the month just gone one says "last month"
        return c.day.year if month < c.day.month - 1 else c.day.year - 1
    return c.day.year if month > c.day.month else c.day.year + 1


def ordinal_day(c: Context, m: Match) -> Value | None:
    """ "the 25th": of the month last named, where a day of the month can be meant."""
    day = integer(c, m, "d")
    if "u" in m.re.groupindex:  # "the 15th of next month"
        shift = meaning(c, m, "near") if m["near"] else 0
        if c.day is None or day is None or meaning(c, m, "u") != "M" or not isinstance(shift, int):
            return None
        month = calendar.add(c.day, "M", shift)
        return _checked(month.year, month.month, day) if 1 <= day <= 31 else None
    after = c.pieces.word(m.end())
    if day is None or not 1 <= day <= 31:
        return None
    if after[:1].isalpha() and after not in around("after_ordinal_day"):
        return None
    if c.pieces.word(m.start() - 1) not in around("ordinal_day_leads"):
        return None
    edges = calendar.bounds(c.anchor) if c.anchor else None
    base = edges[0] if edges else c.day
    return _checked(base.year, base.month, day) if base else None


def weekday_nth(c: Context, m: Match) -> Value | None:
    """ "Friday the 13th": the nearest one, on the side that the verb tells."""
    day, number = integer(c, m, "d"), int(str(meaning(c, m, "W")))
    if c.day is None or day is None or not _is_weekday(c, m):
        return None
    told = c.direction(m.start("W"), m.end("W"))
    near = [c.day.replace(day=1)]
    for _ in range(14):
        near = [calendar.add(near[0], "M", -1), *near, calendar.add(near[-1], "M", 1)]
    fits = [
        date(first.year, first.month, day)
        for first in near
        if calendar.valid(first.year, first.month, day)
        and date(first.year, first.month, day).isoweekday() == number
    ]
    side = [d for d in fits if (d >= c.day if told == FUTURE else d <= c.day)]
    chosen = min(side or fits, key=lambda d: abs(d - (c.day or d)), default=None)
    return Value("DATE", chosen.isoformat()) if chosen else None


def weekday(c: Context, m: Match) -> Value | None:
    if not _is_weekday(c, m):
        return None
    number = int(str(meaning(c, m, "W")))
    if _goes_on_set(c, m.start()):
        return Value("SET", f"XXXX-WXX-{number}")
    after = bool(m["near"]) and is_preposition(c, m)
    near = word_of(c, m, "near") if m["near"] and not after else None
    if near == "that":
        return Value("DATE", _weekday_of_anchor(c, number))
    week, end = _of_week(c, m)
    if week is not None:
        told_day = week + timedelta(days=number - week.isoweekday())
        return Value("DATE", told_day.isoformat(), modifier(c, m, "mod"))
    told = PAST if after else c.direction(m.start("W"), m.end("W"))
    near = near or _term(c, m.start())
    leans = c.hangs(m.start("W"), m.end("W")) == "would"
    day: date | None = _weekday_from_anchor(c, number, near)
    if day is None and near is None and leans and told == FUTURE:
        day = _after_saying(c, m.start(), number)
    day = day or weekday_day(c, number, near, told, leans=leans)
    value = day.isoformat() if day else f"XXXX-WXX-{number}"
    return Value("DATE", value, modifier(c, m, "mod"), end=end)


def _goes_on_set(c: Context, at: int) -> bool:
    """ "Every Tuesday and Thursday": the second day is told of as the first is."""
    p = c.pieces
    named = lexicon().codes["weekday"] == p.classes[at - 2 : at - 1]
    return p.word(at - 1) == "and" and named and p.word(at - 3) in ("every", "each")


def _after_saying(c: Context, at: int, number: int) -> date | None:
    """ "Said on Tuesday that he would go on Friday": the Friday after that Tuesday."""
    edges = calendar.bounds(c.anchor) if c.anchor else None
    if edges is None or edges[0] != edges[1] or BREAK in c.pieces.classes[c.anchor_at : at]:
        return None
    return edges[0] + timedelta(days=(number - edges[0].isoweekday()) % 7)


def _of_week(c: Context, m: Match) -> tuple[date | None, int | None]:
    """A day of the week told after a weekday, "Thursday last week", "Friday of next week"; else
    where the weekday ends, if words were matched that are not its own."""
    if m["rel"] is None:
        return None, None
    p, shift = c.pieces, meaning(c, m, "rel")
    owned = p.word(m.end()) in ("'", "’") and p.word(m.end() + 1) == "s"  # "last week's talks"
    own = word_of(c, m, "rel")
    base = c.day
    if own in ("that", "same", "following", "previous", "preceding", "subsequent"):
        edges = calendar.bounds(c.anchor) if c.anchor else None
        base = edges[0] if edges else None
    weekly = lexicon().value.get(p.words[m.end() - 1]) == "W"
    if owned or not weekly or not isinstance(shift, int):
        return None, m.end("W")
    return (calendar.add(base, "W", shift) if base else None), None


def _term(c: Context, at: int) -> str | None:
    """ "until" before a term that was set ("until 9 a.m. EST Tuesday"), "coming" before a day to
    which a thing was put off ("postponed to Friday")."""
    if c.clock is not None and set(c.pieces.words[c.clock[1] : at]) <= around("glue"):
        at = c.clock[0]
    one, two = c.pieces.word(at - 1), c.pieces.word(at - 2)
    if one in around("deadline_leads") or f"{two}_{one}" in around("deadline_pairs"):
        return "until"
    moved = one == "to" and around("moved") & set(c.pieces.words[max(0, at - 5) : at])
    return "coming" if moved else None


def _weekday_from_anchor(c: Context, number: int, near: str | None) -> date | None:
    """ "the following Friday", "the previous Friday": counted from the day last named."""
    if near not in ("following", "previous") or c.anchor is None:
        return None
    edges = calendar.bounds(c.anchor)
    if edges is None or edges[0] != edges[1]:
        return None
    on = (number - edges[0].isoweekday()) % 7 or 7
    back = (edges[0].isoweekday() - number) % 7 or 7
    return edges[0] + timedelta(days=on if near == "following" else -back)


def _weekday_of_anchor(c: Context, number: int) -> str:
    edges = calendar.bounds(c.anchor) if c.anchor else None
    base = edges[0] if edges else c.day
    if base is None:
        return f"XXXX-WXX-{number}"
    return (base + timedelta(days=(number - base.isoweekday()) % 7)).isoformat()


def _is_weekday(c: Context, m: Match) -> bool:
    """Not the Sunday Times, a Sunday newspaper, Black Friday, Sheffield Wednesday, "sat", "wed"."""
    p, at = c.pieces, m.start("W")
    word, before, after = p.words[at], p.word(at - 1), p.word(m.end())
    if not p.capital(at):
        return False
    if p.capital(m.end()) and p.word(m.end() + 1) in around("papers"):
        return False  # the Saturday Evening Post
    if after in around("papers") and (p.capital(m.end()) or after in around("papers_any_case")):
        return False
    if word in _SHORT_DAYS:
        return p.word(m.end() - 1) == "." and word not in ("sat", "sun", "wed")
    if before in around("named_weekday") and p.capital(at - 1):
        return False
    return not (after in around("accords") and p.capital(m.end()))


def deictic(c: Context, m: Match) -> Value | None:
    shift = int(str(meaning(c, m, "word")))
    word = word_of(c, m, "word")
    if word == "today" and c.pieces.word(m.start() - 1) in ("usa", "russia"):
        return None  # the newspaper, the channel
    at = m.end() - 1
    if c.pieces.capital(at) and c.pieces.capital(at + 1) and c.pieces.word(at - 1):
        return None  # the Today Show
    if c.day is None:
        return Value("DATE", "PRESENT_REF" if word == "today" else "XXXX-XX-XX")
    if word == "today" and _is_our_age(c, m.end()):
        return Value("DATE", "PRESENT_REF", modifier(c, m, "mod"))
    return Value("DATE", (c.day + timedelta(days=shift)).isoformat(), modifier(c, m, "mod"))


def _is_our_age(c: Context, at: int) -> bool:
    """ "Today's world", "today's youth": our age and not the day of the report."""
    p = c.pieces
    owned = p.word(at) in ("'", "’") and p.word(at + 1) == "s"
    return owned and p.word(at + 2) in around("of_our_age")


def overmorrow(c: Context, m: Match) -> Value | None:
    shift = int(str(meaning(c, m, "word")))
    side = int(str(meaning(c, m, "side")))
    if meaning(c, m, "u") != "D" or shift == 0 or c.day is None:
        return None
    return Value("DATE", (c.day + timedelta(days=shift + side)).isoformat())
