"""What dates mean: days, months, years, weekdays, seasons, quarters, feasts, parts of the day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.coding import times_calendar as calendar
from dragoman.coding import times_feasts as feasts
from dragoman.coding.times_tense import FUTURE, PAST
from dragoman.coding.times_values import (
    Context,
    Match,
    Value,
    integer,
    meaning,
    modifier,
    weekday_day,
    word_of,
    year_of,
)

_NOT_A_YEAR_AFTER = re.compile(
    r"(?:people|troops|soldiers|men|women|children|percent|per|dollars|euros|rubles|roubles|pounds|"
    r"killed|dead|wounded|km|kilometres|kilometers|miles|metres|meters|feet|tons|tonnes|barrels|"
    r"points|shares|workers|protesters|police|refugees|civilians|votes|seats|jobs|homes|"
    r"members|cases|deaths|rpm|mhz|calories|words|ft|kg|mm|hp|cc|acres|square|francs|yen|marks)\Z"
)
_YEAR_LEADS = frozenset(
    ["in", "since", "of", "by", "until", "till", "from", "before", "after", "during", "for", "to", "and", "through", "late", "early", "around", "about", "between", "circa", "than", "back", "year", "the", "mid", "following", "december", "november", "october", "september", "august", "july", "june", "may", "april", "march", "february", "january", "to"]
)
_MONTH_LEADS = frozenset(
    ["in", "since", "until", "till", "by", "last", "next", "this", "early", "late", "mid", "from", "between", "of", "during", "before", "after", "through", "and", "to", "or", "for", "end", "beginning", "middle", "start", "on", "that"]
)
_PLACES_OF_MARCH = frozenset(
    ["capital", "city", "parliament", "palace", "embassy", "headquarters", "presidency", "town", "border", "square", "base", "ministry", "washington", "rome", "moscow", "baghdad", "kabul", "damascus", "tripoli", "kinshasa", "versailles"]
)
_PAPERS = frozenset(
    ["times", "telegraph", "mail", "mirror", "express", "newspaper", "newspapers", "paper", "papers", "herald", "post", "edition", "sun", "star", "world", "supplement", "magazine", "tribune", "business", "independent", "people", "observer", "review", "sport", "night", "club", "roast", "school", "best", "lunch", "dinner"]
)


def iso(c: Context, m: Match) -> Value | None:
    if not c.pieces.joined(m.start(), m.end()):
        return None
    year, month, day = (int(m_word(c, m, g)) for g in ("Y", "m", "d"))
    return _checked(year, month, day)


def m_word(c: Context, m: Match, group: str) -> str:
    """The first word of a group."""
    return c.pieces.words[m.start(group)]


def _checked(year: int | None, month: int, day: int) -> Value:
    """A day as a value; one that there is not keeps its month, with the reason."""
    if year is None:
        fits = calendar.valid(2000, month, day)
        return Value("DATE", f"XXXX-{month:02}-{day:02}" if fits else f"XXXX-{month:02}")
    if calendar.valid(year, month, day):
        return Value("DATE", f"{year:04}-{month:02}-{day:02}")
    if not calendar.valid(year, month):
        why = f"There is no month {month} of the year {year}"
        return Value("DATE", "XXXX-XX-XX", problem=why)
    why = f"There is no day {day} in month {month} of {year}"
    return Value("DATE", f"{year:04}-{month:02}", problem=why)


def numeric(c: Context, m: Match) -> Value | None:
    """7/2/2022 and 7.2.2022: the order by what fits, then by the document's other dates."""
    if not c.pieces.joined(m.start(), m.end()):
        return None
    a, b, year_text = int(m_word(c, m, "a")), int(m_word(c, m, "b")), m_word(c, m, "Y")
    sign = m_word(c, m, "sign")
    if len(year_text) not in (2, 4) or not (1 <= a <= 31 and 1 <= b <= 31) or (a > 12 and b > 12):
        return None
    if len(year_text) == 2 and sign != "/":
        return None
    year = _full_year(int(year_text), c.day) if len(year_text) == 2 else int(year_text)
    day_first = a > 12 or (b <= 12 and (sign == "." or _day_first(c, a, b, year)))
    return _checked(year, b, a) if day_first else _checked(year, a, b)


def _day_first(c: Context, a: int, b: int, year: int) -> bool:
    """Day before month where that lies nearer to the report's day."""
    if c.day is None or not calendar.valid(year, b, a):
        return False
    if not calendar.valid(year, a, b):
        return True
    return abs((date(year, b, a) - c.day).days) < abs((date(year, a, b) - c.day).days)


def _full_year(short: int, day: date | None) -> int:
    now = day.year if day else 2000
    year = now - now % 100 + short
    return year - 100 if year > now + 20 else year


def _may(c: Context, m: Match, *, alone: bool) -> bool:
    """Whether a month's name is a month here, and not a verb, a person or a march."""
    at = m.start("M")
    p = c.pieces
    word = p.words[at]
    if word not in ("may", "march", "mar", "jan", "dec", "sep", "jun", "apr", "august"):
        return p.capital(at)
    if not p.capital(at):
        return False
    if not alone:
        return True
    if word in ("mar", "jan", "dec", "sep", "jun", "apr"):
        return p.word(at + 1) == "."
    before = p.word(at - 1)
    if m.start() == at and before not in _MONTH_LEADS:
        return word == "august"
    if word == "may" and (
        p.word(at + 1) in ("'", "’") and before in ("to", "for", "by", "of", "and", "with")
    ):
        return False
    if word == "march" and p.word(at + 1) in ("on", "to", "in", "through") and word != before:
        after = p.word(at + 3) if p.word(at + 2) == "the" else p.word(at + 2)
        return after not in _PLACES_OF_MARCH
    if word == "may" and before in ("and", "or", "to", "on", "for", "of") and m.start() == at:
        return p.word(at - 2) in (
            "april",
            "march",
            "february",
            "since",
            "between",
            "end",
            "beginning",
            "day",
            "middle",
            "start",
        )
    return True


def month_day(c: Context, m: Match) -> Value | None:
    if not c.pieces.capital(m.start("M")) and not c.pieces.words[m.start("M")] == "may":
        return None
    day = integer(c, m, "d")
    month = int(str(meaning(c, m, "M")))
    if day is None or not 1 <= day <= 31 or not _may(c, m, alone=False):
        return _bad_day(c, m, month, day)
    day_word = c.pieces.words[m.start("d")]
    if (
        not day_word.isdecimal()
        and m["W"] is None
        and m["Y"] is None
        and day_word in ("one", "second")
    ):
        return None
    year = int(m_word(c, m, "Y")) if m["Y"] else None
    if year is None:
        year = _year_by_weekday(c, m, month, day) or year_of(c, m, month, day)
    value = _checked(year, month, day)
    second = integer(c, m, "d2")
    if second is None or not 1 <= second <= 31:
        return value
    other = _checked(year, month, second)
    apart = c.pieces.words[m.end("d") : m.start("d2")]
    parts = (m.start("d"), m.end("d")), (m.start("d2"), m.end("d2"))
    if value.value > other.value and other.problem is None:
        return value
    return _pair(value, other, parts, ranged=not {"and", "or"} & set(apart))


def _pair(
    one: Value, two: Value, parts: tuple[tuple[int, int], tuple[int, int]], *, ranged: bool
) -> Value:
    return Value(
        "DATE",
        one.value,
        until=two.value,
        until_at=parts[1],
        stretch=(one.value, two.value),
        problem=one.problem or two.problem,
    )


def _bad_day(c: Context, m: Match, month: int, day: int | None) -> Value | None:
    if day is None or m["Y"] is None:
        return None
    return _checked(int(m_word(c, m, "Y")), month, day)


def _year_by_weekday(c: Context, m: Match, month: int, day: int) -> int | None:
    """ "Monday, February 7" is a 7 February that is a Monday, the one nearest to the report."""
    if m["W"] is None or c.day is None:
        return None
    weekday = int(str(meaning(c, m, "W")))
    near = sorted(range(c.day.year - 3, c.day.year + 4), key=lambda y: abs(y - c.day.year))  # type: ignore[union-attr]
    for year in near:
        if calendar.valid(year, month, day) and date(year, month, day).isoweekday() == weekday:
            return year if abs(year - c.day.year) <= 1 else None
    return None


def month(c: Context, m: Match) -> Value | None:
    groups = m.re.groupindex
    told_year = "Y" in groups and (m["Y"] or m["y"] or m["rel"])
    abbreviated = meaning(c, m, "M") is not None and len(word_of(c, m, "M") or "") <= 4
    near = str(meaning(c, m, "near")) if "near" in groups and m["near"] else None
    if not _may(c, m, alone=not told_year):
        return None
    if abbreviated and not told_year and word_of(c, m, "M") not in ("may", "june", "july"):
        if c.pieces.word(m.end() - 1) != "." and m["mod"] is None:
            return None
    number = int(str(meaning(c, m, "M")))
    mod = modifier(c, m, "mod", "mod2") if "mod2" in groups else modifier(c, m, "mod")
    if c.pieces.word(m.start("M") - 1) == "black":
        return None
    if told_year and m["Y"]:
        year: int | None = int(m_word(c, m, "Y"))
    elif told_year and m["y"]:
        year = _full_year(int(m_word(c, m, "y")), c.day)
    elif near:
        year = _near_month_year(c, number, int(near))
    else:
        year = year_of(c, m, number, None)
    return Value("DATE", f"{year:04}-{number:02}" if year else f"XXXX-{number:02}", mod)


def _near_month_year(c: Context, month: int, near: int) -> int | None:
    if c.day is None:
        return None
    if near == 0:
        return c.day.year
    if near < 0:
        return c.day.year if month < c.day.month else c.day.year - 1
    return c.day.year if month > c.day.month else c.day.year + 1


def ordinal_day(c: Context, m: Match) -> Value | None:
    """ "the 25th": of the month last named, where a day of the month can be meant."""
    day = integer(c, m, "d")
    follows = c.pieces.word(m.end())
    if (
        day is None
        or not 1 <= day <= 31
        or (
            follows[:1].isalpha()
            and follows
            not in (
                "and",
                "of",
                "to",
                "at",
                "in",
                "he",
                "she",
                "they",
                "it",
                "the",
                "when",
                "was",
                "were",
                "will",
                "but",
                "after",
            )
        )
    ):
        return None
    if c.pieces.word(m.start() - 1) not in (
        "on",
        "until",
        "by",
        "from",
        "to",
        "and",
        "before",
        "after",
        "since",
    ):
        return None
    edges = calendar.bounds(c.anchor) if c.anchor else None
    base = edges[0] if edges else c.day
    return _checked(base.year, base.month, day) if base else None


def weekday(c: Context, m: Match) -> Value | None:
    if not _is_weekday(c, m):
        return None
    number = int(str(meaning(c, m, "W")))
    near = m["near"] and word_of(c, m, "near")
    if near == "that":
        return Value("DATE", _weekday_of_anchor(c, number))
    at = m.start("W")
    day = _weekday_between(c, number, near) or weekday_day(
        c, number, near, c.direction(at, m.end())
    )
    value = day.isoformat() if day else f"XXXX-WXX-{number}"
    return Value("DATE", value, modifier(c, m, "mod"))


def _weekday_between(c: Context, number: int, near: str | None) -> date | None:
    """ "the following Friday", "the previous Friday": counted from the day last named."""
    if near not in ("following", "previous") or c.anchor is None:
        return None
    edges = calendar.bounds(c.anchor)
    if edges is None or edges[0] != edges[1]:
        return None
    apart = (number - edges[0].isoweekday()) % 7 or 7
    return edges[0] + timedelta(
        days=apart if near == "following" else apart - 14 if apart != 7 else -7
    )


def _weekday_of_anchor(c: Context, number: int) -> str:
    edges = calendar.bounds(c.anchor) if c.anchor else None
    base = edges[0] if edges else c.day
    if base is None:
        return f"XXXX-WXX-{number}"
    return (base + timedelta(days=(number - base.isoweekday()) % 7)).isoformat()


def _is_weekday(c: Context, m: Match) -> bool:
    """Not the Sunday Times, a Sunday newspaper, Black Friday, Sheffield Wednesday, "sat" or "wed"."""
    p, at = c.pieces, m.start("W")
    word, before, after = p.words[at], p.word(at - 1), p.word(m.end())
    if not p.capital(at) or after in _PAPERS:
        return False
    if word in ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"):
        return (
            after in (",",)
            or (p.word(m.end() - 1) == "."
            and p.text[p.ends[at] - 1].islower()
            and len(word) < 5
            and word not in ("sat", "sun", "wed"))
        )
    if before in (
        "black",
        "bloody",
        "super",
        "sheffield",
        "ruby",
        "ash",
        "holy",
        "cyber",
        "manic",
        "joe",
        "good",
    ) and p.capital(at - 1):
        return False
    return not (after in ("agreement", "accord", "accords") and p.capital(m.end()))


def deictic(c: Context, m: Match) -> Value | None:
    shift = int(str(meaning(c, m, "word")))
    word = word_of(c, m, "word")
    p = c.pieces
    if word == "today" and p.word(m.start() - 1) == "usa":
        return None
    if c.day is None:
        return Value("DATE", "PRESENT_REF" if word == "today" else "XXXX-XX-XX")
    return Value("DATE", (c.day + timedelta(days=shift)).isoformat(), modifier(c, m, "mod"))


def overmorrow(c: Context, m: Match) -> Value | None:
    shift = int(str(meaning(c, m, "word")))
    side = -1 if meaning(c, m, "side") == -1 else 1
    if meaning(c, m, "u") != "D" or shift == 0 or c.day is None:
        return None
    return Value("DATE", (c.day + timedelta(days=shift + side)).isoformat())


def year(c: Context, m: Match) -> Value | None:
    """A number of four figures that stands as a year stands."""
    number = int(m_word(c, m, "Y"))
    p = c.pieces
    at = m.start("Y")
    before, after = p.word(at - 1), p.word(m.end())
    if (
        not (1000 <= number <= 2199)
        or _NOT_A_YEAR_AFTER.match(after)
        or (after in ("%", "-", "–")
        and p.joined(at, m.end() + 1)
        and not p.word(m.end() + 1).isdecimal())
    ):
        return None
    if before in (
        "$",
        "€",
        "£",
        "#",
        "/",
        ":",
        ".",
        "no",
        "some",
        "about",
        "nearly",
        "over",
        "than",
        "least",
        "route",
        "flight",
        "highway",
    ) and (before != "than"):
        return None
    if (
        before == "-"
        and not p.word(at - 2).isdecimal()
        and p.joined(at - 2, at + 1)
        and m["mod"] is None
    ):
        return None
    lead = m["mod"] or m["fiscal"] or before in _YEAR_LEADS or p.starts[m.start()] == 0
    likely = 1900 <= number <= 2060
    if not lead and not (
        likely
        and (
            before in ("(", ",", "-", "–", "—", "'s")
            or not after[:1].isalpha()
            or p.capital(at - 1)
            or after
            in (
                "and",
                "when",
                "after",
                "to",
                "was",
                "for",
                "the",
                "by",
                "with",
                "as",
                "but",
                "he",
                "that",
                "election",
                "elections",
                "war",
                "revolution",
                "coup",
                "invasion",
                "peace",
                "agreement",
                "treaty",
                "conflict",
            )
        )
    ):
        return None
    if not likely and before not in (
        "in",
        "since",
        "of",
        "year",
        "until",
        "by",
        "from",
        "around",
        "circa",
        "before",
        "after",
    ):
        return None
    return Value("DATE", f"{number:04}", modifier(c, m, "mod"))


def short_year(c: Context, m: Match) -> Value | None:
    text = m_word(c, m, "y")
    if (
        len(text) != 2
        or not c.pieces.joined(m.start(), m.end())
        or c.pieces.word(m.start() - 1)
        not in ("in", "since", "of", "until", "by", "from", "late", "early")
    ):
        return None
    return Value("DATE", f"{_full_year(int(text), c.day):04}")


def holiday(c: Context, m: Match) -> Value | None:
    at = m.start("feast")
    found = feasts.named(c.pieces.words, at)
    if found is None or not c.pieces.capital(at):
        return None
    length, name = found
    if c.pieces.word(at + length) in (
        "agreement",
        "accord",
        "accords",
        "island",
        "islands",
        "tree",
        "party",
        "war",
        "offensive",
        "truce",
        "card",
        "cards",
        "present",
        "presents",
    ):
        return None
    if name == "new year" and not c.pieces.capital(at + 1):
        return None
    following = c.pieces.word(at + length)
    if following.isdecimal() and len(following) == 4:
        day = feasts.day_of(name, int(following))
        return Value("DATE", day.isoformat() if day else following, end=at + length + 1)
    if c.day is None:
        return Value("DATE", "XXXX-XX-XX", end=at + length)
    near = meaning(c, m, "near") if m["near"] else None
    told = int(near) if near in (-1, 1) else c.direction(m.start(), at + length)
    day = feasts.nearest(name, c.day, int(told))
    return Value("DATE", day.isoformat() if day else "XXXX-XX-XX", end=at + length)


def season(c: Context, m: Match) -> Value | None:
    p, at = c.pieces, m.start("S")
    code = str(meaning(c, m, "S"))
    word, before, after = p.words[at], p.word(at - 1), p.word(m.end())
    led = bool(m["near"] or m["Y"] or m["rel"] or m["mod"])
    if not led and not _bare_season(c, word, before, after, at):
        return None
    if m["Y"]:
        return Value("DATE", f"{m_word(c, m, 'Y')}-{code}", modifier(c, m, "mod"))
    year = _season_year(c, m, code)
    return Value("DATE", f"{year:04}-{code}" if year else f"XXXX-{code}", modifier(c, m, "mod"))


def _bare_season(c: Context, word: str, before: str, after: str, at: int) -> bool:
    p = c.pieces
    if p.capital(at) and (p.capital(at - 1) or p.capital(at + 1)):
        return False
    if word == "fall":
        return (
            before == "the"
            and p.word(at - 2) in ("in", "by", "until", "during", "since")
            and after != "of"
        )
    if word == "spring":
        return before in ("the", "in", "by", "until", "since") and after not in (
            "of",
            "water",
            "onions",
            "cleaning",
            "break",
        )
    if after in (
        "olympics",
        "games",
        "camp",
        "school",
        "home",
        "house",
        "sports",
        "palace",
        "residence",
        "jobs",
        "job",
    ):
        return False
    return before in (
        "the",
        "in",
        "by",
        "until",
        "during",
        "since",
        "of",
        "through",
        "for",
        "before",
        "after",
        "-",
    )


def _season_year(c: Context, m: Match, code: str) -> int | None:
    if c.day is None:
        return None
    if m["rel"]:
        rel = meaning(c, m, "rel")
        return c.day.year + int(str(rel or 0))
    near = meaning(c, m, "near") if m["near"] else None
    first = int(calendar.facts()["seasons"][code][0])
    if near == -1:
        return c.day.year if first + 3 <= c.day.month else c.day.year - 1
    if near == 1:
        return c.day.year if first > c.day.month else c.day.year + 1
    told = c.direction(m.start(), m.end())
    if near is None and told == PAST and first > c.day.month:
        return c.day.year - 1
    if near is None and told == FUTURE and first + 2 < c.day.month and code != "WI":
        return c.day.year + 1
    if code == "WI" and c.day.month <= 2:
        return c.day.year - 1
    return c.day.year


def quarter(c: Context, m: Match) -> Value | None:
    """ "the third quarter of 1989", "the first half"; "the second day" is none of these."""
    unit = meaning(c, m, "u")
    number = integer(c, m, "n")
    half = c.pieces.words[m.end("u") - 1] == "half"
    if number is None and meaning(c, m, "n") == -1:
        number = 2 if half else None
    if number is None or not (half or unit == "Q") or number > (2 if half else 4):
        return None
    year = _quarter_year(c, m, number, half)
    if half and not (m["Y"] or m["Y2"] or m["rel"] or m["rel2"]):
        return None
    letter = "H" if half else "Q"
    if year is None:
        return Value("DATE", f"XXXX-{letter}{number}", modifier(c, m, "mod"))
    return Value("DATE", f"{year:04}-{letter}{number}", modifier(c, m, "mod"))


def _quarter_year(c: Context, m: Match, number: int, half: bool) -> int | None:
    for group in ("Y", "Y2"):
        if m[group]:
            return int(m_word(c, m, group))
    if c.day is None:
        return None
    for group in ("rel", "rel2"):
        if m[group]:
            rel = meaning(c, m, group)
            return c.day.year + (int(rel) if isinstance(rel, int) else 0)
    now = (c.day.month + 2) // 3
    if half:
        return c.day.year
    return c.day.year - 1 if number > now + 1 else c.day.year


def decade(c: Context, m: Match) -> Value | None:
    p = c.pieces
    if m["Y"]:
        year = int(m_word(c, m, "Y"))
        if year % 10 or not p.joined(m.start("Y"), m.end()):
            return None
    else:
        short = int(m_word(c, m, "y"))
        if short % 10 or short < 10 or not p.joined(m.start("y") - 1, m.end()):
            return None
        year = 1900 + short
    mod = modifier(c, m, "mod", "mod2")
    if m["mod2"]:
        mod = modifier(c, m, "mod2")
    return Value("DATE", f"{year // 10}", mod)


def century(c: Context, m: Match) -> Value | None:
    if meaning(c, m, "u") != "C":
        return None
    number = integer(c, m, "n")
    if number is None or not 1 <= number <= 22:
        return None
    prefix = "BC" if m["era"] else ""
    mod = modifier(c, m, "mod2") if m["mod2"] else modifier(c, m, "mod")
    return Value("DATE", f"{prefix}{number - 1:02}", mod)
