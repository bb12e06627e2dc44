"""What years, seasons, quarters, decades, centuries and feasts mean."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.coding.times import calendar, feasts
from dragoman.coding.times.pieces import around, lexicon
from dragoman.coding.times.tense import FUTURE, PAST
from dragoman.coding.times.values import (
    Context,
    Match,
    Value,
    first_word,
    full_year,
    integer,
    meaning,
    modifier,
    word_of,
    year_of,
)

_LIKELY_YEARS = range(1900, 2061)
# Months: a season so near, of which a noun tells, is the coming one ("the summer's talks").
_COMING = 3


def year(c: Context, m: Match) -> Value | None:
    """A number of four figures that stands as a year stands."""
    number = int(first_word(c, m, "Y"))
    if not 1000 <= number <= calendar.LAST_YEAR or not _ends_as_year(c, m):
        return None
    p, at = c.pieces, m.start("Y")
    before = p.word(at - 1)
    if before in around("year_blockers") and not _is_bound(c, m):
        return None
    glued = before == "-" and p.joined(at - 2, at + 1)
    bare = glued and not p.word(at - 2).isdecimal() and m["mod"] is None
    if bare and p.word(at - 2) not in around("year_prefixes"):
        return None
    if number not in _LIKELY_YEARS:
        led = before in around("old_year_leads")
    else:
        led = bool(m["mod"] or m["fiscal"]) or before in around("year_leads") or _stands_free(c, m)
    if not led:
        return None
    through = _second_year(c, m, number)
    if through is not None:  # "the 1990-91 crisis"
        stretch = f"{number:04}", f"{through:04}"
        return Value("DATE", stretch[0], modifier(c, m, "mod"), stretch=stretch, end=m.end() + 2)
    return Value("DATE", f"{number:04}", modifier(c, m, "mod"))


def _second_year(c: Context, m: Match, number: int) -> int | None:
    """The year of "1990-91", "2015/16": the second in two figures."""
    p, at = c.pieces, m.end()
    short = p.word(at + 1)
    if p.word(at) not in ("-", "–", "/") or not p.joined(at - 1, at + 2) or len(short) != 2:
        return None
    after = p.word(at + 2)
    if not short.isdecimal() or (after in ("-", "–", "/") and p.joined(at + 1, at + 3)):
        return None
    through = number // 100 * 100 + int(short)
    return through if number < through <= number + 20 else None


def _is_bound(c: Context, m: Match) -> bool:
    """ "An increase over 1985.", "until at least 2009": no number that counts anything."""
    p, at = c.pieces, m.start("Y")
    bound = p.word(at - 1) in around("year_bounds") and int(p.words[at]) % 50 != 0
    return bound and not p.word(m.end())[:1].isalnum()


def _ends_as_year(c: Context, m: Match) -> bool:
    p, at = c.pieces, m.start("Y")
    after = p.word(m.end())
    if after in around("counted") or after == "%":
        return False
    glued = after in ("-", "–") and p.joined(at, m.end() + 1)
    if after == "." and p.joined(at, m.end() + 2) and p.word(m.end() + 1).isdecimal():
        return False
    return not (
        glued and p.ends[m.end()] == p.starts[m.end() + 1] and not p.word(m.end() + 1).isdecimal()
    )


def _stands_free(c: Context, m: Match) -> bool:
    """After a bracket or a name, or before a mark: "(2014)", "Geneva, 1985.", "the 2008 war"."""
    p, at = c.pieces, m.start("Y")
    before, after = p.word(at - 1), p.word(m.end())
    if before in ("(", ",", "-", "–", "—", "s") or not after[:1].isalnum():
        return not before[:1].isdecimal()
    if p.capital(at - 1) or after in around("after_year"):
        return True
    number = int(p.words[at])
    near = c.day is None or number <= c.day.year + 15
    # "the landmark 2015 Iran deal", "the 1981 charges"; no "over 2000 cattle trucks".
    return near and (p.capital(m.end()) or not after.endswith("s") or number % 50 != 0)


def spelled_year(c: Context, m: Match) -> Value | None:
    """ "nineteen ninety-four", "the year two thousand", as speech is written down."""
    words = [w for w in c.pieces.words[m.start("n") : m.end("n")] if w != "-"]
    numbers = [int(str(lexicon().value[w])) for w in words]
    if numbers[0] in (17, 18, 19, 20) and 10 <= numbers[1] < 100:
        tail = numbers[1] + (numbers[2] if len(numbers) > 2 and numbers[1] % 10 == 0 else 0)
        return Value("DATE", f"{numbers[0]}{tail:02}") if tail < 100 else None
    if numbers[:2] == [2, 1000] and m["lead"] is not None:
        return Value("DATE", f"{2000 + sum(numbers[2:])}")
    return None


def odd_year(c: Context, m: Match) -> Value | None:
    """ "The year 20222", "the year 0": told, so that it is not taken for the year at hand."""
    number = first_word(c, m, "n")
    if meaning(c, m, "u") != "Y" or (len(number) < 5 and int(number) > 0):
        return None
    return Value("DATE", "XXXX", problem=f"there is no year {number[:20]}", anchors=False)


def week_of_year(c: Context, m: Match) -> Value | None:
    """ "The 40th week of 2021", as ISO 8601 counts weeks; one that there is not keeps its year."""
    number, year = integer(c, m, "n"), int(first_word(c, m, "Y"))
    if lexicon().value.get(c.pieces.words[m.start("u")]) != "W" or number is None:
        return None
    value = f"{year:04}-W{number:02}"
    if calendar.bounds(value) is not None:
        return Value("DATE", value)
    weeks = date(year, 12, 28).isocalendar().week if calendar.valid(year) else 52
    return Value("DATE", f"{year:04}", problem=f"the year {year} has {weeks} weeks")


def nth_part(c: Context, m: Match) -> Value | None:
    """ "The third week of October", "the last weekend in May", "the second half of the month"."""
    month = _month_of_part(c, m)
    if month is None:
        return None
    first, last = month
    p = c.pieces
    unit = "H" if p.words[m.end("u") - 1] == "half" else str(meaning(c, m, "u"))
    number = -1 if p.words[m.end("n") - 1] == "last" else (integer(c, m, "n") or 0)
    if unit == "H":
        return _half_of_month(first, last, number)
    if unit == "D":
        day = last if number < 0 else first + timedelta(days=number - 1)
        return Value("DATE", day.isoformat()) if number and first <= day <= last else None
    if unit == "WE" and number:
        day = calendar.nth_weekday(first.year, first.month, 6, number)
        return Value("DATE", calendar.at_grain(day, "WE")) if day.month == first.month else None
    if unit != "W" or not (number < 0 or 1 <= number <= 5):
        return None
    low = last - timedelta(days=6) if number < 0 else first + timedelta(days=7 * (number - 1))
    high = min(low + timedelta(days=6), last)
    value = calendar.week_value(low + timedelta(days=min(3, (high - low).days)))
    return Value("DATE", value, stretch=(low.isoformat(), high.isoformat()))


def _half_of_month(first: date, last: date, number: int) -> Value | None:
    if number not in (1, 2, -1):
        return None
    middle = first.replace(day=15)
    low, high = (first, middle) if number == 1 else (middle + timedelta(days=1), last)
    mod = "START" if number == 1 else "END"
    stretch = low.isoformat(), high.isoformat()
    return Value("DATE", calendar.month_value(first), mod, stretch=stretch)


def _month_of_part(c: Context, m: Match) -> tuple[date, date] | None:
    """The month of whose part the words tell: by its name, or from the report's."""
    if m["M"] is None:
        shift = meaning(c, m, "rel") if m["rel"] else 0
        unit = lexicon().value.get(c.pieces.words[m.start("v")])
        if c.day is None or unit != "M" or not isinstance(shift, int):
            return None
        return calendar.bounds(calendar.month_value(calendar.add(c.day, "M", shift)))
    number = int(str(meaning(c, m, "M")))
    if not c.pieces.capital(m.start("M")):
        return None
    year = int(first_word(c, m, "Y")) if m["Y"] else year_of(c, m, number, None)
    return calendar.bounds(f"{year:04}-{number:02}") if year else None


def short_year(c: Context, m: Match) -> Value | None:
    """ "in '98"."""
    text = first_word(c, m, "y")
    if len(text) != 2 or not c.pieces.joined(m.start(), m.end()):
        return None
    lead = c.pieces.word(m.start() - 1)
    paired = lead in ("and", "or") and c.pieces.word(m.start() - 3) in ("'", "’")  # "'88 and '89"
    if not paired and lead not in around("short_year_leads"):
        return None
    return Value("DATE", f"{full_year(int(text), c.day):04}")


def holiday(c: Context, m: Match) -> Value | None:
    """A feast by its name: "Christmas", "Eid al-Fitr", "Ukraine's Independence Day"."""
    named = _feast(c, m)
    if named is None:
        return None
    end, name = named
    year = _year_behind(c, end)
    if year is not None:
        day = feasts.day_of(name, year, _state(c, name, m.start(), end))
        return _on(name, day, end + 1) if day else Value("DATE", f"{year:04}", end=end + 1)
    near = int(str(meaning(c, m, "near"))) if m["near"] else None
    day = _feast_day(c, m.start(), end, name, near)
    if day is not None and c.pieces.word(end) == "eve" and c.pieces.capital(end):
        return Value("DATE", (day - timedelta(days=1)).isoformat(), end=end + 1)
    return _on(name, day, end)


def _feast(c: Context, m: Match) -> tuple[int, str] | None:
    """The piece after a feast's name, and the name."""
    at = m.start("feast")
    found = feasts.named(c.pieces.words, at)
    if found is None or not c.pieces.capital(at):
        return None
    length, name = found
    if c.pieces.word(at + length) in around("after_feast"):
        return None
    days_own = name.split()[-1] in ("year", "day", "festival")
    if days_own and length > 1 and not c.pieces.capital(at + length - 1):
        return None  # "a new year", "their national day"
    return at + length, name


def _year_behind(c: Context, end: int) -> int | None:
    """The year told after a feast's name: "Christmas 2021"."""
    year = c.pieces.word(end)
    fits = year.isdecimal() and len(year) == 4 and calendar.valid(int(year))
    return int(year) if fits else None


def _feast_day(c: Context, first: int, end: int, name: str, near: int | None = None) -> date | None:
    if c.day is None:
        return None
    told = c.direction(first, end) if near is None else near
    return feasts.nearest(name, c.day, told, _state(c, name, first, end))


def _state(c: Context, name: str, first: int, end: int) -> str | None:
    if not feasts.is_national(name):
        return None
    if c.states is None:
        c.states = feasts.states_in(c.pieces)
    return feasts.state_near(c.pieces, c.states, first, end)


def _on(name: str, day: date | None, end: int) -> Value:
    if day is None:
        return Value("DATE", "XXXX-XX-XX", end=end)
    first, last = feasts.days_of(name, day)
    return Value(
        "DATE",
        day.isoformat(),
        "APPROX" if feasts.is_sighted(name) else None,
        stretch=(first.isoformat(), last.isoformat()) if first != last else None,
        end=end,
    )


def feast_day(c: Context, m: Match) -> Value | None:
    """ "The eve of Nowruz", "the second day of Eid", "the last day of Ramadan"."""
    named = _feast(c, m)
    if named is None or (m["u"] and meaning(c, m, "u") != "D"):
        return None
    end, name = named
    year = _year_behind(c, end)
    if year is not None:
        day = feasts.day_of(name, year, _state(c, name, m.start(), end))
        end += 1
    else:
        day = _feast_day(c, m.start(), end, name)
    if day is None:
        return None
    if m["n"] is None:
        shift = -1
    elif c.pieces.words[m.end("n") - 1] == "last":
        shift = (feasts.days_of(name, day)[1] - day).days
    else:
        shift = (integer(c, m, "n") or 1) - 1
    mod = "APPROX" if feasts.is_sighted(name) else None
    return Value("DATE", (day + timedelta(days=shift)).isoformat(), mod, end=end)


def season(c: Context, m: Match) -> Value | None:
    at, p = m.start("S"), c.pieces
    code = str(meaning(c, m, "S"))
    if m["near"] and p.words[m.start("near")] == "that" and p.word(m.end())[:1].isalpha():
        return None  # "what steps that fall outside the law"
    if not (m["near"] or m["Y"] or m["rel"] or m["mod"]) and not _is_season(c, m, at):
        return None
    if p.words[at] == "fall" and p.word(m.start() - 1) == "s":
        return None  # "Saddam's fall that year"
    mod = modifier(c, m, "mod")
    if m["Y"]:
        return Value("DATE", f"{first_word(c, m, 'Y')}-{code}", mod)
    year = _season_year(c, m, code)
    return Value("DATE", f"{year:04}-{code}" if year else f"XXXX-{code}", mod)


def _is_season(c: Context, m: Match, at: int) -> bool:
    """Not a fall from power, the Prague Spring, the Summer Olympics."""
    p = c.pieces
    word, before, after = p.words[at], p.word(at - 1), p.word(m.end())
    if p.capital(at) and (p.capital(at - 1) or p.capital(at + 1)):
        return False
    if word == "fall":
        return before == "the" and p.word(at - 2) in around("fall_leads") and after != "of"
    if word == "spring":
        return before in around("spring_leads") and after not in around("after_spring")
    return after not in around("after_season") and before in around("season_leads")


def _season_year(c: Context, m: Match, code: str) -> int | None:
    if c.day is None:
        return None
    first = int(calendar.facts()["seasons"][code][0])
    if m["rel"]:
        edges = calendar.bounds(c.anchor) if c.anchor else None
        if edges is not None and word_of(c, m, "rel") in ("that", "same"):
            return edges[0].year
        return c.day.year + int(str(meaning(c, m, "rel") or 0))
    near = meaning(c, m, "near") if m["near"] else None
    if near == -1:
        return c.day.year if first + 3 <= c.day.month else c.day.year - 1
    if near == 1:
        return c.day.year if first > c.day.month else c.day.year + 1
    told = c.direction(m.start(), m.end())
    beside = c.hangs(m.start(), m.end()) == "noun" and first - c.day.month <= _COMING
    if near is None and told == PAST and first > c.day.month and not beside:
        return c.day.year - 1
    if near is None and told == FUTURE and first + 2 < c.day.month and code != "WI":
        return c.day.year + 1
    return c.day.year - 1 if code == "WI" and c.day.month <= 2 else c.day.year


def quarter(c: Context, m: Match) -> Value | None:
    """ "the third quarter of 1989", "the first half of the year"; not "the second day"."""
    half = c.pieces.words[m.end("u") - 1] == "half"
    if not half and meaning(c, m, "u") != "Q":
        return None
    mod = modifier(c, m, "mod")
    last = c.pieces.words[m.end("n") - 1] in ("last", "latest", "previous")
    if last and not half:
        if m["Y"] or m["Y2"] or c.day is None:
            return None
        return Value("DATE", calendar.quarter_value(calendar.add(c.day, "Q", -1)), mod)
    number = 2 if last else integer(c, m, "n")
    dated = m["Y"] or m["Y2"] or m["rel"] or m["rel2"]
    if (
        number is None
        or not 1 <= number <= (2 if half else 4)
        or (half and not (dated or _is_of_year(c, m)))
    ):
        return None
    year = _quarter_year(c, m, number, half=half)
    letter = "H" if half else "Q"
    return Value("DATE", f"{year:04}-{letter}{number}" if year else f"XXXX-{letter}{number}", mod)


def _is_of_year(c: Context, m: Match) -> bool:
    """Whether a half is that of a business's year and not of a match: "first-half profit"."""
    if c.pieces.word(m.end()) == "of":
        return False  # "the first half of the match"
    words = c.pieces.words[max(0, m.start() - 12) : m.end() + 8]
    return bool(around("of_a_year") & set(words))


def _quarter_year(c: Context, m: Match, number: int, *, half: bool) -> int | None:
    for group in ("Y", "Y2"):
        if m[group]:
            return int(first_word(c, m, group))
    if c.day is None:
        return None
    for group in ("rel", "rel2"):
        if m[group]:
            rel = meaning(c, m, group)
            return c.day.year + (rel if isinstance(rel, int) else 0)
    now = (c.day.month + 2) // 3
    return c.day.year - 1 if number > now + 1 and not half else c.day.year


def decade(c: Context, m: Match) -> Value | None:
    p = c.pieces
    group = "Y" if m["Y"] else "y"
    figures = int(first_word(c, m, group))
    bare = group == "y" and not m["short"]
    if bare and p.word(m.start() - 1) not in around("decade_leads") and not m["mod"]:
        return None  # "the 80s" of a table
    if (
        figures % 10
        or not figures
        or not p.joined(m.start(group) - (group == "y" and not bare), m.end())
    ):
        return None
    year = figures if group == "Y" else 1900 + figures
    mod = modifier(c, m, "mod2") if m["mod2"] else modifier(c, m, "mod")
    return Value("DATE", f"{year // 10}", mod)


def named_decade(c: Context, m: Match) -> Value | None:
    """ "the seventies", of the century of the report unless they lie ahead; no "in his sixties"."""
    number = int(str(meaning(c, m, "n")))
    this = c.day.year // 100 * 10 if c.day else 200
    decade = this + number if c.day and this + number <= c.day.year // 10 else this - 10 + number
    return Value("DATE", f"{decade}", modifier(c, m, "mod"))


def short_quarter(c: Context, m: Match) -> Value | None:
    """ "Q3", "Q3 2015"."""
    number = integer(c, m, "n")
    p = c.pieces
    if not p.capital(m.start()) or not p.joined(m.start(), m.end("n")):
        return None
    if number is None or not 1 <= number <= 4:
        return None
    if m["Y"]:
        return Value("DATE", f"{first_word(c, m, 'Y')}-Q{number}")
    if c.day is None:
        return Value("DATE", f"XXXX-Q{number}")
    ahead = number > (c.day.month + 2) // 3 + 1
    return Value("DATE", f"{c.day.year - ahead:04}-Q{number}")


def century(c: Context, m: Match) -> Value | None:
    number = integer(c, m, "n")
    if meaning(c, m, "u") != "C" or number is None or not 1 <= number <= 22:
        return None
    mod = modifier(c, m, "mod2") if m["mod2"] else modifier(c, m, "mod")
    return Value("DATE", f"{'BC' if m['era'] else ''}{number - 1:02}", mod)
