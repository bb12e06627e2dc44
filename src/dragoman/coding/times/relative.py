"""What times told from another time mean: "last week", "three days later", "a year earlier"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.coding.times import calendar
from dragoman.coding.times.pieces import around, lexicon
from dragoman.coding.times.spans import back, onward, period
from dragoman.coding.times.tense import FUTURE, PAST
from dragoman.coding.times.values import (
    SOON,
    Context,
    Match,
    Value,
    amount,
    first_word,
    integer,
    is_preposition,
    meaning,
    modifier,
    word_of,
)

_OF_TEXT = frozenset(("that", "same", "following", "previous", "preceding", "subsequent"))
_SATURDAY = 6
_BACKWARD = frozenset(("ago", "earlier", "back", "before"))


def near(c: Context, m: Match) -> Value | None:
    """Told from the report's day or the text's: "last week", "that month", "this weekend"."""
    unit = str(meaning(c, m, "u"))
    which = word_of(c, m, "near") or ""
    if m["half"]:
        return Value("DURATION", period(unit, 1.5)) if _halves(unit) else None
    if c.pieces.capital(m.start("near")) and c.pieces.capital(m.start("u")):
        before = c.pieces.word(m.start() - 1)
        if c.pieces.capital(m.start() - 1) or before in around("opening_quotes"):
            return None  # the programme "This Week", "CNN This Morning"
    this = c.pieces.words[m.start("near")] == "this"
    found = meaning(c, m, "near")
    shift = found if isinstance(found, int) else 0  # "current" has a word for its value
    mod = modifier(c, m, "mod")
    if lexicon().codes["part"] in m["u"]:
        return _near_part(c, which, unit, shift)
    if unit.startswith("T") or (unit == "D" and which in ("latest", "past", "last", "latest")):
        return None
    if unit == "D" and which == "this":
        led = mod or c.pieces.word(m.start() - 1) in ("on", "to")
        return from_day(c, unit, 0, mod) if led else None
    if unit == "WE" and is_preposition(c, m):
        ended = c.day is not None and c.day.isoweekday() < _SATURDAY
        return from_day(c, unit, -1 if ended else 0, mod)
    if which in _OF_TEXT or (unit == "D" and which == "next"):
        return from_anchor(c, unit, shift, mod)
    rolling = which == "past" or (which == "last" and _is_rolling(c, m))
    if unit == "F" and not this and which in ("past", "last", "next", "coming"):
        away = onward if shift > 0 else back
        return Value("DURATION", period(unit, 1), stretch=away(c, unit, 1))
    if rolling and not this and unit in ("W", "M", "Y", "Q", "E", "C"):
        return Value("DURATION", period(unit, 1), stretch=back(c, unit, 1))
    if (
        which == "next"
        and not this
        and _is_rolling(c, m)
        and unit in ("W", "M", "Y", "Q", "E", "C")
    ):
        return Value("DURATION", period(unit, 1), stretch=onward(c, unit, 1))
    if this and which != "this" and unit != "WE":
        shift = -1 if which == "past" else 0
    if unit == "WE" and which == "this" and _weekend_is_over(c, m):
        shift = -1
    return from_day(c, unit, shift, mod)


def _halves(unit: str) -> bool:
    """Whether a unit has a half that can be told ("the past year and a half")."""
    return unit in ("D", "W", "M", "Y", "E", "C", "TH")


def _is_rolling(c: Context, m: Match) -> bool:
    """ "Over the last week" ends today and "over the next decade" begins; "last week" and "the last
    week of May" do not."""
    lead, before = c.pieces.word(m.start() - 1), c.pieces.word(m.start() - 2)
    led = lead in around("rolling_leads") or (lead == "of" and before == "course")
    led = led and c.pieces.words[m.start()] == "the" and m["mod"] is None
    return led and c.pieces.word(m.end()) not in ("of", "before", "-")


def _weekend_is_over(c: Context, m: Match) -> bool:
    monday = c.day is not None and c.day.isoweekday() == 1
    return monday and c.direction(m.start(), m.end()) == PAST


def _near_part(c: Context, which: str, part: str, shift: int) -> Value | None:
    if which == "last" and part not in ("NI", "EV"):
        return None
    base = c.day
    edges = calendar.bounds(c.anchor) if c.anchor else None
    if which == "that" and edges is not None and edges[0] != edges[1]:
        base = None  # "four years ago … that night"
    elif which in _OF_TEXT or which == "next":
        base = anchor_day(c) or c.day
    if base is None:
        return Value("TIME", f"XXXX-XX-XXT{part}")
    return Value("TIME", f"{base + timedelta(days=shift)}T{part}")


def from_day(c: Context, unit: str, shift: int, mod: str | None) -> Value:
    """The unit that lies `shift` units from the report's day."""
    if c.day is None:
        vague = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
        return Value("DATE", vague.get(shift, "XXXX"), mod)
    return Value("DATE", calendar.at_grain(calendar.add(c.day, unit, shift), unit), mod)


def anchor_day(c: Context) -> date | None:
    """The first day of the time last named."""
    edges = calendar.bounds(c.anchor) if c.anchor else None
    return edges[0] if edges else None


def from_anchor(c: Context, unit: str, shift: int, mod: str | None) -> Value:
    """The unit that lies `shift` units from the time last named, else from the report's day."""
    edges = calendar.bounds(c.anchor) if c.anchor else None
    longest = {"W": 6, "M": 30, "Q": 91}.get(unit)
    if edges is None or (longest and (edges[1] - edges[0]).days > longest):
        return from_day(c, unit, shift, mod)  # "the previous month", where a year was named
    base = edges[1] if shift > 0 else edges[0]
    if unit == "D" and shift == 0 and edges[0] != edges[1] and c.day is not None:
        base = c.day
    return Value("DATE", calendar.at_grain(calendar.add(base, unit, shift), unit), mod)


def beyond(c: Context, m: Match) -> Value | None:
    """ "The week before last", "the month after next"."""
    word = c.pieces.words[m.end() - 1]
    unit = str(meaning(c, m, "u"))
    if word not in ("last", "next") or unit.startswith("T") or unit == "D":
        return None
    return from_day(c, unit, 2 if m["next"] else -2, None)


def within(c: Context, m: Match) -> Value | None:
    """ "later in the day", "earlier in the week": of the day told of, else of the report's."""
    unit = str(meaning(c, m, "u"))
    if unit not in ("D", "W", "M", "Y", "E") or c.pieces.word(m.end()) in ("of", "-"):
        return None
    mod = modifier(c, m, "mod")
    return from_anchor(c, unit, 0, mod) if unit == "D" else from_day(c, unit, 0, mod)


def same_of(c: Context, m: Match) -> Value | None:
    """ "the same quarter last year", "the same month a year earlier", "the same period of 1988"."""
    base = _of_period(c, str(meaning(c, m, "u") or ""))
    edges = calendar.bounds(base) if base else None
    if base is None or edges is None or not re.match(r"\d{4}-[QHM0-9]", base):
        return None
    year = int(first_word(c, m, "Y")) if m["Y"] else edges[0].year - 1
    if m["near"]:
        year = (c.day or edges[0]).year - 1
    return Value("DATE", f"{year:04}{base[4:7]}", anchors=False)


def _of_period(c: Context, unit: str) -> str | None:
    """The quarter, half or month told of; a quarter, where none was named, is the last one."""
    if unit == "Q" and "-Q" not in (c.anchor or "") and c.day is not None:
        return calendar.quarter_value(calendar.add(c.day, "Q", -1))
    fits = {"Q": "-Q", "M": "-0|-1", "": "-Q|-H|-0|-1"}.get(unit)
    return c.anchor if fits and c.anchor and re.match(rf"\d{{4}}(?:{fits})", c.anchor) else None


def rest(c: Context, m: Match) -> Value | None:
    """ "the end of the year", "the start of the week"."""
    unit = str(meaning(c, m, "u"))
    if unit.startswith("T"):
        return None
    return from_day(c, unit, 0, str(meaning(c, m, "n")))


def bare_unit(c: Context, m: Match) -> Value | None:
    """ "the weekend", "the quarter", "the year": the one at hand, where nothing says which."""
    unit = str(meaning(c, m, "u"))
    after = c.pieces.word(m.end())
    titled = c.pieces.word(m.start() - 2) in around("of_the_year")
    if titled and c.pieces.word(m.start() - 1) == "of":
        return None  # "player of the year"
    to_month = after == "to" and c.pieces.capital(m.end() + 1)
    if unit == "Q" and after in ("ended", "ending", "to"):
        ended = _quarter_ended(c, m.end() + 1)
        if ended is not None:
            return Value("DATE", ended)
    if unit == "Y" and (after in ("ended", "ending") or to_month):
        return Value("DURATION", "P1Y")  # "the year ended March 31"
    if unit in ("W", "M") and (after in ("ended", "ending") or to_month):
        return Value("DURATION", period(unit, 1))  # "the week ended March 31", "to Wednesday"
    if after == "of" and c.pieces.word(m.end() + 1) in ("$", "€", "£"):
        after = ""  # "a high for the year of $42"
    if after in ("-", "old") or (unit != "WE" and after in around("after_unit")):
        return None
    if unit == "WE":
        early = c.day is not None and c.day.isoweekday() < 6
        gone = early and c.direction(m.start(), m.end()) != FUTURE
        return from_day(c, unit, -1 if gone else 0, None)
    if unit == "Q":
        if c.anchor and "-Q" in c.anchor:
            return Value("DATE", c.anchor)
        return from_day(c, unit, -1, None)
    return from_day(c, unit, 0, None) if unit == "Y" else None


def _quarter_ended(c: Context, at: int) -> str | None:
    """The quarter that ends in the month named at a piece: "the quarter ended Sept. 30"."""
    p = c.pieces
    codes = lexicon().codes
    if c.day is None or p.classes[at] not in (codes["month"], codes["abbreviated_month"]):
        return None
    month = int(str(lexicon().value[p.words[at]]))
    told = next((w for w in p.words[at + 1 : at + 5] if len(w) == 4 and w.isdecimal()), None)
    year = int(told) if told else c.day.year - (month > c.day.month)
    return calendar.quarter_value(date(year, month, 1)) if calendar.valid(year, month) else None


def year_end(c: Context, m: Match) -> Value | None:
    unit = lexicon().value.get(c.pieces.words[m.start("u")])
    end = m.start("Y") if m["Y"] else m.end()
    if unit not in ("Y", "M") or c.pieces.words[end - 1] != "end":
        return None
    if m["Y"]:
        return Value("DATE", f"{first_word(c, m, 'Y')}-12-31") if unit == "Y" else None
    if c.day is None:
        return Value("DATE", "XXXX-12-31" if unit == "Y" else "XXXX-XX")
    if unit == "M":
        return Value("DATE", calendar.month_value(c.day), "END")
    since = c.pieces.word(m.start() - 1) == "since"
    return Value("DATE", f"{c.day.year - since}-12-31")


def ago(c: Context, m: Match) -> Value | None:
    """ "three days ago" from the report's day, "three days later" from the day last named."""
    c.at = m.start()
    unit, count = str(meaning(c, m, "u")), amount(c, m, "n")
    way = c.pieces.words[m.start("way")]
    if m["n"] is None and c.pieces.words[m.start()] == "the":
        return None  # "the day before"
    if way == "ahead" or (way in ("before", "after") and _governs(c, m)):
        return None
    if count is None:
        if way in ("ago", "back"):
            return Value("DATE", "PAST_REF")
        return Value("DURATION", period(unit, None))
    if m["half"]:
        count += amount(c, m, "half") or 0
    sign = -1 if way in _BACKWARD else 1
    if unit.startswith("T"):
        return Value("DURATION", period(unit, count))
    if way in ("ago", "hence", "from", "back"):
        return _counted(c, c.day, unit, sign * count)
    return _later(c, unit, count, sign)


def _governs(c: Context, m: Match) -> bool:
    """Whether "before", "after" is followed by what it governs: then it tells a distance."""
    after = c.pieces.word(m.end())
    return after[:1].isalnum() and after not in around("goes_on")


def _counted(c: Context, base: date | None, unit: str, count: float) -> Value:
    if base is None:
        return Value("DATE", "PAST_REF" if count < 0 else "FUTURE_REF")
    if unit == "Y" and count == -1 and c.anchor and "-Q" in c.anchor:
        return Value("DATE", calendar.shift(c.anchor, unit, -1) or "PAST_REF", anchors=False)
    if unit == "Y" and count == -1 and c.quarter and not c.length and _tells_figures(c):
        return Value("DATE", calendar.shift(c.quarter, unit, -1) or "PAST_REF", anchors=False)
    grain = {"F": "W", "E": "Y", "C": "Y", "L": "Y"}.get(unit, unit)
    if count != int(count):
        unit, count = _finer(unit, count)
        grain = unit if unit in ("D", "M", "Y") else grain
    return Value("DATE", calendar.at_grain(calendar.add(base, unit, int(count)), grain))


def _tells_figures(c: Context) -> bool:
    """Whether the words before tell figures of a business, as they are told of a quarter."""
    return bool(around("figures") & set(c.pieces.words[max(0, c.at - 14) : c.at]))


def _finer(unit: str, count: float) -> tuple[str, float]:
    """ "a year and a half" in months, so that the half is kept."""
    finer = {"Y": ("M", 12), "W": ("D", 7), "E": ("Y", 10), "C": ("Y", 100)}.get(unit)
    return (finer[0], round(count * finer[1])) if finer else (unit, round(count))


def _later(c: Context, unit: str, count: float, sign: int) -> Value:
    """ "three days later", "a year earlier", from the day or the quarter last named."""
    edges = calendar.bounds(c.anchor) if c.anchor else None
    if c.anchor is None or edges is None:
        if sign > 0:  # "three decades later, the wounds remain": from what day is not told
            return Value("DURATION", period(unit, count))
        return _counted(c, c.day, unit, sign * count)
    if sign > 0 and c.day is not None and calendar.add(edges[0], unit, int(count)) > c.day:
        soon = calendar.add(c.day, "D", SOON) >= calendar.add(edges[0], unit, int(count))
        if not soon and c.direction(c.at, c.at + 1) != FUTURE:
            return Value("DURATION", period(unit, count))
    if unit == "D" and edges[0] != edges[1]:
        return Value("DURATION", period(unit, count))
    a_day = unit == "Y" and edges[0] == edges[1]
    if a_day and c.anchor_lead not in ("ended", "ending", "to", "of", "through"):
        return _counted(c, edges[0], unit, sign * count)
    if unit in ("Y", "M", "Q") and (count == 1 or unit == "M"):
        if unit == "M" and "-W" in c.anchor:
            return Value(
                "DATE", calendar.month_value(calendar.add(edges[0], unit, sign * int(count)))
            )
        shifted = calendar.shift(c.anchor, unit, sign * int(count))
        if shifted and unit == "M":
            shifted = shifted[:7]
        return Value("DATE", shifted or "XXXX", anchors=unit != "Y")
    return _counted(c, edges[0], unit, sign * count)


def counted_from(c: Context, m: Match) -> Value | None:
    """ "A week from Tuesday", "two weeks from today"."""
    unit, count = str(meaning(c, m, "u")), amount(c, m, "n")
    if c.day is None or count is None or unit.startswith("T") or count != int(count):
        return None
    if m["W"]:
        if not c.pieces.capital(m.start("W")):
            return None
        ahead = (int(str(meaning(c, m, "W"))) - c.day.isoweekday()) % 7 or 7
    else:
        ahead = int(str(meaning(c, m, "word")))
    day = calendar.add(c.day + timedelta(days=ahead), unit, int(count))
    return Value("DATE", day.isoformat())


def sided(c: Context, m: Match) -> Value | None:
    """ "the day before", "the week after", "the night before"; with a noun after it, a distance."""
    way = c.pieces.words[m.start("way")]
    if way != "earlier" and _governs(c, m):
        return None
    unit = str(meaning(c, m, "u"))
    sign = 1 if way == "after" else -1
    codes = lexicon().codes
    if unit.startswith("T") or codes["season"] in m["u"]:
        return None
    if codes["part"] in m["u"]:
        base = anchor_day(c) or c.day
        return Value("TIME", f"{base + timedelta(days=sign)}T{unit}") if base else None
    return from_anchor(c, unit, sign, None)


def of_year(c: Context, m: Match) -> Value | None:
    """ "The 1988 quarter", "the 1988 period": of that year, the part that was told of before."""
    unit = meaning(c, m, "u") if m["u"] else ""
    if unit not in ("", "Q") or not calendar.valid(int(first_word(c, m, "Y"))):
        return None
    year = first_word(c, m, "Y")
    told = re.fullmatch(r"\d{4}(-[QH]\d)", c.anchor or "")
    if unit == "" and c.length:
        return Value("DURATION", c.length)
    if told:
        return Value("DATE", year + told[1], anchors=False)
    if unit == "" or c.day is None:
        return Value("DATE", year) if unit == "" else Value("DATE", f"{year}-QX")
    return Value("DATE", year + calendar.quarter_value(calendar.add(c.day, "Q", -1))[4:])


def year_ago(c: Context, m: Match) -> Value | None:
    """ "the year-earlier period", "the year-ago quarter"."""
    unit = str(meaning(c, m, "u"))
    if m["us"]:
        return Value("DURATION", period(str(meaning(c, m, "us")), amount(c, m, "n")))
    if unit not in ("Y", "M", "W") or c.day is None:
        return None
    if m["p"] and c.length:
        return Value("DURATION", c.length)  # "for the nine months … in the year-earlier period"
    base = c.anchor or f"{c.day.year}"
    if m["v"] and meaning(c, m, "v") == "Q":
        if "-Q" not in base:
            base = calendar.quarter_value(calendar.add(c.day, "Q", -1))
        order = integer(c, m, "o") if "o" in m.re.groupindex and m["o"] else None
        if order is not None and 1 <= order <= 4:  # "the year-earlier third quarter"
            base = f"{base[:4]}-Q{order}"
    return Value("DATE", calendar.shift(base, unit, -1) or "XXXX", anchors=False)
