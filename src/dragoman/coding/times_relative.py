"""What times told from another time mean, clock times, stretches, repetitions and vague times."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.coding import times_calendar as calendar
from dragoman.coding.times_pieces import lexicon
from dragoman.coding.times_tense import FUTURE, PAST
from dragoman.coding.times_values import (
    Context,
    Match,
    Value,
    amount,
    integer,
    meaning,
    modifier,
    word_of,
)

_UNBOUNDED = frozenset(
    ["news", "channel", "channels", "television", "tv", "radio", "station", "stations", "service", "services", "hotline", "hotlines", "helpline", "helplines", "line", "clock", "guard", "watch", "surveillance", "protection", "security", "cycle", "coverage", "store", "shop", "operation", "care", "access", "supermarket"]
)
_ANCHORED = frozenset(("that", "same", "following", "previous", "preceding", "subsequent"))


# --- units near the report's day or a day of the text


def near(c: Context, m: Match) -> Value | None:
    """ "last week", "this year", "the following day", "that month", "last night", "this weekend"."""
    unit = str(meaning(c, m, "u"))
    which = word_of(c, m, "near") or ""
    first = c.pieces.words[m.start("near")]
    shift = int(str(meaning(c, m, "near") or 0))
    mod = modifier(c, m, "mod")
    if first == "this" and which != "this":
        shift = 0 if unit != "WE" else shift
    if m["u"] and lexicon().codes["part"] in m["u"]:
        return _near_part(c, which, unit, shift)
    if unit in ("TM", "TH", "TS") or (unit == "D" and which in ("latest", "past")):
        return None
    if unit == "D" and which == "this":
        return (
            _from_day(c, unit, 0, mod)
            if mod or c.pieces.word(m.start() - 1) in ("on", "to")
            else None
        )
    if unit == "D" and which == "last":
        return None
    if which in _ANCHORED or (unit == "D" and which in ("next", "following")):
        return _from_anchor(c, unit, shift, mod)
    if unit == "Q" and which == "latest":
        return _from_day(c, unit, -1, mod)
    if unit in ("E", "C") and which in ("last", "past"):
        return (
            Value("DURATION", "P10Y" if unit == "E" else "P100Y")
            if which == "past"
            else _from_day(c, unit, -1, mod)
        )
    if which == "past" and unit in ("W", "M", "Y", "Q") and first != "this":
        return Value("DURATION", f"P1{unit}", stretch=_back(c, unit, 1))
    if (
        unit == "WE"
        and which == "this"
        and c.day
        and c.day.isoweekday() == 1
        and c.direction(m.start(), m.end()) == PAST
    ):
        shift = -1
    return _from_day(c, unit, shift, mod)


def _near_part(c: Context, which: str, part: str, shift: int) -> Value | None:
    if c.day is None:
        return Value("TIME", f"XXXX-XX-XXT{part}")
    if which in _ANCHORED or (which == "next"):
        base = _anchor_day(c) or c.day
        return Value("TIME", f"{base + timedelta(days=shift)}T{part}")
    if which == "last" and part != "NI" and part != "EV":
        return None
    return Value("TIME", f"{c.day + timedelta(days=shift)}T{part}")


def _from_day(c: Context, unit: str, shift: int, mod: str | None) -> Value:
    if c.day is None:
        return Value(
            "DATE", {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}.get(shift, "XXXX"), mod
        )
    return Value("DATE", calendar.at_grain(calendar.add(c.day, unit, shift), unit), mod)


def _anchor_day(c: Context) -> date | None:
    edges = calendar.bounds(c.anchor[:10] if "T" in c.anchor else c.anchor) if c.anchor else None
    return edges[0] if edges else None


def _from_anchor(c: Context, unit: str, shift: int, mod: str | None) -> Value:
    base = _anchor_day(c) or c.day
    if base is None:
        return Value("DATE", "XXXX-XX-XX" if unit == "D" else "XXXX", mod)
    return Value("DATE", calendar.at_grain(calendar.add(base, unit, shift), unit), mod)


def _back(c: Context, unit: str, count: float | None) -> tuple[str, str] | None:
    """The stretch of `count` units that ends on the report's day."""
    if c.day is None or count is None or unit.startswith("T"):
        return None
    return calendar.add(c.day, unit, -max(1, int(count))).isoformat(), c.day.isoformat()


def _onward(c: Context, unit: str, count: float | None) -> tuple[str, str] | None:
    if c.day is None or count is None or unit.startswith("T"):
        return None
    return c.day.isoformat(), calendar.add(c.day, unit, max(1, int(count))).isoformat()


def rest(c: Context, m: Match) -> Value | None:
    """ "the end of the year", "the start of the week"."""
    unit = str(meaning(c, m, "u"))
    if unit not in ("Y", "M", "W", "Q", "D", "E", "C"):
        return None
    return _from_day(c, unit, 0, str(meaning(c, m, "n")))


def bare_unit(c: Context, m: Match) -> Value | None:
    """ "the weekend", "the quarter", "the year": this one, where nothing says which."""
    unit = str(meaning(c, m, "u"))
    after = c.pieces.word(m.end())
    if unit == "WE":
        if after == "of":
            return None
        back = (
            -1
            if c.day and c.day.isoweekday() < 6 and c.direction(m.start(), m.end()) != FUTURE
            else 0
        )
        return _from_day(c, unit, back, None)
    if unit == "Q":
        if c.anchor and "-Q" in c.anchor:
            return Value("DATE", c.anchor)
        return _from_day(c, unit, -1, None)
    if unit == "Y" and after not in ("of", "that", "-", "before", "after", "when", "old"):
        return _from_day(c, unit, 0, None)
    return None


def year_end(c: Context, m: Match) -> Value | None:
    unit = str(meaning(c, m, "u"))
    if unit not in ("Y", "M") or c.pieces.words[m.end() - 1] != "end":
        return None
    if c.day is None:
        return Value("DATE", "XXXX-12-31" if unit == "Y" else "XXXX-XX")
    if unit == "M":
        return Value("DATE", calendar.month_value(c.day), "END")
    return Value("DATE", f"{c.day.year}-12-31")


def ago(c: Context, m: Match) -> Value | None:
    """ "three days ago" from the report's day, "three days later" from the day last named."""
    unit, count = str(meaning(c, m, "u")), amount(c, m, "n")
    way = c.pieces.words[m.start("way")]
    if m["n"] is None or m["n"] == "":
        count = None
    after = c.pieces.word(m.end())
    if way in ("before", "after", "ahead") and _goes_on(c, m, after, way):
        return None
    if count is None:
        vague = "PAST_REF" if way in ("ago", "earlier", "back", "before") else "FUTURE_REF"
        return Value("DATE", vague) if way in ("ago", "back") else _vague(unit)
    sign = -1 if way in ("ago", "earlier", "back", "before") else 1
    if unit.startswith("T"):
        return _hours_away(c, unit, count, sign)
    if way in ("ago", "hence", "from", "back"):
        return _ago_from(c, c.day, unit, sign * count, whole=m)
    return _later(c, unit, count, sign)


def _goes_on(c: Context, m: Match, after: str, way: str) -> bool:
    """Whether "before", "after" is followed by what it governs: then it is a distance."""
    if way == "ahead":
        return True
    return after[:1].isalpha() and after not in (
        "and",
        "but",
        "in",
        "on",
        "at",
        "when",
        "was",
        "were",
        "had",
        "with",
        "by",
        "to",
        "for",
        "said",
        "as",
        "while",
        "after",
        "before",
    )


def _vague(unit: str) -> Value:
    return Value("DURATION", f"PT{'X' + unit[1:]}" if unit.startswith("T") else f"PX{unit}")


def _hours_away(c: Context, unit: str, count: float, sign: int) -> Value:
    return Value("DURATION", period(unit, count))


def _ago_from(c: Context, base: date | None, unit: str, count: float, *, whole: Match) -> Value:
    if base is None:
        return Value("DATE", "PAST_REF" if count < 0 else "FUTURE_REF")
    if unit == "Y" and abs(count) == 1 and c.anchor and "-Q" in c.anchor:
        return Value("DATE", calendar.shift(c.anchor, unit, int(count)) or "PAST_REF")
    grain = {"F": "W", "Q": "Q", "E": "Y", "C": "Y", "L": "Y"}.get(unit, unit)
    if count != int(count):
        unit, count = _finer(unit, count)
    return Value("DATE", calendar.at_grain(calendar.add(base, unit, int(count)), grain))


def _finer(unit: str, count: float) -> tuple[str, float]:
    finer = {"Y": ("M", 12), "W": ("D", 7), "E": ("Y", 10), "C": ("Y", 100)}.get(unit)
    return (finer[0], round(count * finer[1])) if finer else (unit, round(count))


def _later(c: Context, unit: str, count: float, sign: int) -> Value:
    anchor = (
        c.anchor
        if c.anchor and calendar.bounds(c.anchor[:10] if "T" in c.anchor else c.anchor)
        else None
    )
    if anchor is None:
        return _ago_from(c, c.day, unit, sign * count, whole=None)  # type: ignore[arg-type]
    if "T" in anchor:
        anchor = anchor[:10]
    if unit in ("D", "W", "F"):
        edges = calendar.bounds(anchor)
        if edges and edges[0] != edges[1] and unit == "D":
            return Value("DURATION", period(unit, count))
        moved = calendar.add(edges[0] if edges else date.min, unit, sign * int(count))
        exact = edges and edges[0] == edges[1]
        return Value(
            "DATE", moved.isoformat() if exact and unit == "D" else calendar.week_value(moved)
        )
    if unit in ("Y", "M", "Q"):
        if count == 1 or unit == "M":
            shifted = calendar.shift(anchor, unit, sign * int(count))
            if shifted and unit == "M" and len(shifted) > 7:
                shifted = shifted[:7]
            return Value("DATE", shifted or "XXXX")
    edges = calendar.bounds(anchor)
    return _ago_from(c, edges[0] if edges else c.day, unit, sign * count, whole=None)  # type: ignore[arg-type]


def sided(c: Context, m: Match) -> Value | None:
    """ "the day before", "the week after", "the night before"; with a noun after it, a distance."""
    way = c.pieces.words[m.start("way")]
    after = c.pieces.word(m.end())
    if way != "earlier" and _goes_on(c, m, after, way):
        return None
    unit = str(meaning(c, m, "u"))
    sign = 1 if way == "after" else -1
    if unit.startswith("T"):
        return None
    base = _anchor_day(c) or c.day
    if lexicon().codes["part"] in m["u"]:
        return Value("TIME", f"{base + timedelta(days=sign)}T{unit}") if base else None
    if lexicon().codes["season"] in m["u"]:
        return None
    return _from_anchor(c, unit, sign, None)


def year_ago(c: Context, m: Match) -> Value | None:
    """ "the year-earlier period", "the year-ago quarter"."""
    unit = str(meaning(c, m, "u"))
    if unit not in ("Y", "M", "W") or c.day is None:
        return None
    base = c.anchor or f"{c.day.year}"
    if m["v"] and meaning(c, m, "v") == "Q" and "-Q" not in base:
        base = calendar.quarter_value(calendar.add(c.day, "Q", -1))
    return Value("DATE", calendar.shift(base, unit, -1) or "XXXX")


def tonight(c: Context, m: Match) -> Value | None:
    return Value("TIME", f"{c.day.isoformat() if c.day else 'XXXX-XX-XX'}TNI")


# --- clock and parts of the day; the day is joined to them in times.py


def clock(c: Context, m: Match) -> Value | None:
    """A clock time as `THH:MM`, to be joined to its day."""
    found = _hour_minute(c, m)
    if found is None:
        return None
    hour, minute = found
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    hour %= 24
    zone = zone_of(c, m)
    about = (
        "APPROX"
        if c.pieces.words[m.start()]
        in ("about", "around", "approximately", "nearly", "almost", "roughly", "shortly")
        else None
    )
    return Value("TIME", f"T{hour:02}:{minute:02}", about, zone=zone)


def _hour_minute(c: Context, m: Match) -> tuple[int, int] | None:
    p = c.pieces
    if m["h"] is not None:
        colon = p.words[m.end("h")] == ":"
        text = p.words[m.start("min")]
        if len(text) != 2 or not p.joined(m.start("h"), m.start("min") + 1):
            return None
        if not colon and m["half"] is None and m["zone"] is None:
            return None
        if p.word(m.start("h") - 1) in (".", ":") and p.joined(m.start("h") - 1, m.end("h")):
            return None
        hour, minute = int(p.words[m.start("h")]), int(text)
        return _with_half(c, m, "half", hour), minute
    if m["h2"] is not None:
        hour = integer(c, m, "h2") or 0
        if not 1 <= hour <= 12 and hour != 0:
            return None
        half = p.words[m.start("half2") : m.end("half2")]
        if (
            half[0] in ("a", "an")
            and "m" in half
            and not p.joined(m.start("half2"), m.start("half2") + 2)
        ):
            return None
        if (
            half == ["am"]
            and p.text[p.starts[m.start("half2")]].isupper()
            and p.word(m.start() - 1) == "i"
        ):
            return None
        return _with_half(c, m, "half2", hour), 0
    if m["h3"] is not None:
        return integer(c, m, "h3") or 0, 0
    text = p.words[m.start("h4") if m["h4"] is not None else m.start("h5")]
    if len(text) not in (3, 4) or (
        m["h5"] is not None and p.word(m.start("h5") + 1) not in ("h", "hrs", "hours")
    ):
        return None
    return int(text[:-2]), int(text[-2:])


def _with_half(c: Context, m: Match, group: str, hour: int) -> int:
    if m[group] is None:
        return hour
    first = c.pieces.words[m.start(group)]
    if first in ("pm", "p"):
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 else hour


def zone_of(c: Context, m: Match) -> str:
    """The zone told after a clock time, as ISO 8601 has it; empty where only the place is told."""
    if m["zone"] is None:
        return ""
    values = lexicon().value
    for word in c.pieces.words[m.start("zone") : m.end("zone")]:
        zone = values.get(word)
        if isinstance(zone, str) and re.fullmatch(r"[+-]\d\d:\d\d", zone):
            return zone
    return ""


def noon(c: Context, m: Match) -> Value | None:
    p = c.pieces
    hour = int(str(meaning(c, m, "w")))
    return Value("TIME", f"T{hour:02}:00", zone=zone_of(c, m))


def part(c: Context, m: Match) -> Value | None:
    """A part of the day, to be joined to its day; alone only where it names that day's own."""
    p, at = c.pieces, m.start("part")
    if p.word(m.end()) in ("-", "–") and p.joined(at, m.end() + 1):
        return None
    return Value("TIME", f"T{meaning(c, m, 'part')}", modifier(c, m, "mod", "mod2"))


def overnight(c: Context, m: Match) -> Value | None:
    if c.pieces.word(m.end()) in ("stay", "flight", "train", "bag"):
        return None
    return Value("TIME", "TNI")


# --- stretches


def period(unit: str, count: float | None) -> str:
    """An ISO 8601 period: P3D, PT2H, P2Y6M; X where the number is not told."""
    time = unit.startswith("T")
    letter = (
        unit[1:] if time else {"E": "Y", "C": "Y", "L": "Y", "F": "W", "WE": "D"}.get(unit, unit)
    )
    if count is None:
        return f"PT{'X'}{letter}" if time else f"PX{unit if unit in ('E', 'C', 'L') else letter}"
    count *= {"E": 10, "C": 100, "L": 1000, "F": 2, "WE": 2}.get(unit, 1)
    prefix = "PT" if time else "P"
    whole = int(count)
    if count == whole:
        return f"{prefix}{whole}{letter}"
    finer = {
        "Y": ("M", 12),
        "TH": ("M", 60),
        "W": ("D", 7),
        "M": ("D", 30),
        "D": ("TH", 24),
        "TM": ("S", 60),
    }
    name, many = finer.get(unit, ("", 0))
    if not name:
        return f"{prefix}{count:g}{letter}"
    rest_of = round((count - whole) * many)
    head = f"{whole}{letter}" if whole else ""
    return f"{prefix}{head}{name[:-1] if name.startswith('T') else ''}{rest_of}{name[-1]}"


def _bound(c: Context, m: Match) -> str | None:
    words = c.pieces.words[m.start() : m.end()]
    if words[:2] in (["more", "than"], ["over"]) or words[:1] == ["over"]:
        return "MORE_THAN"
    if words[:2] == ["less", "than"] or words[:1] == ["under"]:
        return "LESS_THAN"
    if words[:2] == ["at", "least"]:
        return "EQUAL_OR_MORE"
    if words[:2] in (["at", "most"], ["up", "to"]):
        return "EQUAL_OR_LESS"
    return (
        "APPROX" if words[0] in lexicon().value and lexicon().value[words[0]] == "APPROX" else None
    )


def span(c: Context, m: Match) -> Value | None:
    """ "the past two months", "the next few days", "these days"."""
    unit, which = str(meaning(c, m, "u")), word_of(c, m, "near")
    if which in ("these", "those"):
        return (
            Value("DATE", "PRESENT_REF")
            if unit == "D" and which == "these" and m["n"] is None
            else None
        )
    count = amount(c, m, "n") if m["n"] else None
    if m["n"] is None:
        return Value("DATE", "FUTURE_REF" if meaning(c, m, "near") == 1 else "PAST_REF")
    ahead = meaning(c, m, "near") == 1
    stretch = (_onward if ahead else _back)(c, unit, count)
    if which in ("following", "previous", "preceding", "subsequent"):
        stretch = None
    return Value("DURATION", period(unit, count), _bound(c, m), stretch=stretch)


def firsts(c: Context, m: Match) -> Value | None:
    return Value("DURATION", period(str(meaning(c, m, "u")), amount(c, m, "n")))


def recent(c: Context, m: Match) -> Value | None:
    return Value("DATE", "PAST_REF")


def aged(c: Context, m: Match) -> Value | None:
    """An age is no time: it is matched so that no shorter rule takes it."""
    return None


def duration(c: Context, m: Match) -> Value | None:
    p = c.pieces
    unit = str(meaning(c, m, "u"))
    singular = lexicon().codes["unit"] in m["u"]
    count = amount(c, m, "n")
    words = p.words[m.start("n") : m.end("n")]
    hyphened = (
        "-" in p.words[m.end("n") : m.start("u")] or "–" in p.words[m.end("n") : m.start("u")]
    )
    after = p.word(m.end())
    if hyphened and after in _UNBOUNDED:
        return None
    if (
        singular
        and words[:1] in (["a"], ["an"], ["the"], ["some"], ["many"], ["few"])
        and len(words) == 1
    ):
        if words != ["a"] and words != ["an"]:
            return None
        if (unit == "D" and after in ("of", "when", "that", "to", "in", "trip")) or unit == "TS":
            return None
        if p.word(m.start() - 1) in ("once", "twice", "times") or _rate(c, m):
            return Value("SET", period(unit, 1))
    elif (
        singular
        and not hyphened
        and count is not None
        and count > 1
        and after[:1].isalpha() is False
    ) or (singular and count is None):
        return None
    if unit == "TM" and singular and words == ["a"] and after in ("'", "’"):
        return None
    half = (
        amount(c, m, "half")
        if m["half"] and "half" in p.words[m.start("half") : m.end("half")]
        else None
    )
    total = (count or 0) + 0.5 if half else count
    return Value("DURATION", period(unit, total), _bound(c, m))


def _rate(c: Context, m: Match) -> bool:
    """ "10 million barrels a day", "$3 billion a year": a rate."""
    before = c.pieces.word(m.start() - 1)
    if before in (
        "million",
        "billion",
        "thousand",
        "barrels",
        "times",
        "percent",
        "%",
        "dollars",
        "days",
        "hours",
    ):
        return True
    return before[-1:].isdecimal()


def long(c: Context, m: Match) -> Value | None:
    unit = str(meaning(c, m, "u"))
    if (
        "-" not in c.pieces.words[m.start() : m.end()]
        and "–" not in c.pieces.words[m.start() : m.end()]
        and not c.pieces.joined(m.start(), m.end())
    ):
        return None
    return Value("DURATION", period(unit, 1))


def bare_units(c: Context, m: Match) -> Value | None:
    """ "for days", "weeks of fighting", "months ago"."""
    unit = str(meaning(c, m, "u"))
    way = m["way"] and c.pieces.words[m.start("way")]
    before = c.pieces.word(m.start() - 1)
    if way in ("ago",):
        return Value("DATE", "PAST_REF")
    if way in ("before", "after", "earlier", "ahead"):
        return (
            None
            if _goes_on(c, m, c.pieces.word(m.end()), str(way)) and before not in ("for",)
            else _vague(unit)
        )
    if (
        before in ("for", "in", "within", "over", "of", "after", "take", "took", "lasted")
        or c.pieces.word(m.end()) == "of"
    ):
        return _vague(unit)
    return None


# --- sets and references


def set_days(c: Context, m: Match) -> Value | None:
    group = "W" if m["W"] else "W2"
    at = m.start(group)
    if (
        not c.pieces.capital(at)
        or c.pieces.word(at + 1) in ("'", "’")
        or c.pieces.word(m.end()) == "for"
    ):
        return None
    parts = "part" if m["W"] else "part2"
    tail = f"T{meaning(c, m, parts)}" if m[parts] else ""
    return Value("SET", f"XXXX-WXX-{meaning(c, m, group)}{tail}")


def every(c: Context, m: Match) -> Value | None:
    codes = lexicon().codes
    what = meaning(c, m, "u")
    if codes["weekday"] in m["u"]:
        return Value("SET", f"XXXX-WXX-{what}")
    if codes["month"] in m["u"]:
        return Value("SET", f"XXXX-{int(str(what)):02}") if c.pieces.capital(m.start("u")) else None
    if codes["part"] in m["u"]:
        return Value("SET", f"XXXX-XX-XXT{what}")
    if codes["season"] in m["u"]:
        return Value("SET", f"XXXX-{what}")
    if what == "WE":
        return Value("SET", "XXXX-WXX-WE")
    if m["n"] and c.pieces.words[m.start("n")] == "other":
        return Value("SET", period(str(what), 2))
    count = amount(c, m, "n") if m["n"] else 1
    if str(what).startswith("T") and c.pieces.words[m.start()] == "each":
        return None
    return Value("SET", f"P1{what}" if what == "Q" else period(str(what), count))


def frequency(c: Context, m: Match) -> Value | None:
    at = m.start()
    if c.pieces.capital(at) and (c.pieces.capital(at - 1) or c.pieces.capital(at + 1)):
        return None  # the Daily Telegraph
    return Value("SET", str(meaning(c, m, "w")))


def rate(c: Context, m: Match) -> Value | None:
    unit = str(meaning(c, m, "u"))
    return Value("SET", period(unit, 1))


def reference(c: Context, m: Match) -> Value | None:
    word = word_of(c, m, "w") or ""
    p = c.pieces
    if (
        word == "now"
        and p.word(m.start() - 1) in ("until", "till")
        and p.word(m.start() - 2) == "not"
    ):
        return None
    if word == "soon" and p.word(m.end()) == "after":
        return None
    if (
        word == "future"
        and p.word(m.start() - 1) not in ("the", "near", "in", "foreseeable")
        and p.words[m.start()] == "future"
    ):
        return None
    return Value("DATE", str(meaning(c, m, "w")))


def moment(c: Context, m: Match) -> Value | None:
    return Value("DATE", "PRESENT_REF")
