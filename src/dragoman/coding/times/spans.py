"""What stretches, repetitions and vague times mean: "two weeks", "every Friday", "recently"."""

from __future__ import annotations

from datetime import date

from dragoman.coding.times import calendar
from dragoman.coding.times.pieces import BREAK, Pieces, around, lexicon
from dragoman.coding.times.tense import FUTURE, PAST
from dragoman.coding.times.values import Context, Match, Value, amount, meaning, word_of

_SIZE = {"E": 10, "C": 100, "L": 1000, "F": 2, "WE": 2}
_YEARS = frozenset(("Y", "E"))
_ONLY = frozenset(("first", "second", "third", "only", "biggest", "largest", "highest", "longest"))
_ENDS_PHRASE = frozenset((",", ";", "will", "would", "could", "may", "might", "can", "shall", "ll"))
_FIRST_WITHIN = 9  # words between “first” and “in eight years”
_NO_DAY = date(2000, 1, 1)
_WITHOUT_END = ((24, "TH", "day"), (7, "D", "week"))
_FINER = {
    "Y": ("M", 12),
    "TH": ("TM", 60),
    "W": ("D", 7),
    "M": ("D", 30),
    "D": ("TH", 24),
    "TM": ("TS", 60),
}


def period(unit: str, count: float | None) -> str:
    """An ISO 8601 period: P3D, PT2H, P2Y6M; X where the number is not told."""
    if count is None:
        return f"PTX{unit[1:]}" if unit.startswith("T") else f"PX{'D' if unit == 'WE' else unit}"
    count *= _SIZE.get(unit, 1)
    unit = {"E": "Y", "C": "Y", "L": "Y", "F": "W", "WE": "D"}.get(unit, unit)
    whole = int(count)
    finer, many = _FINER.get(unit, ("", 0))
    rest = round((count - whole) * many)
    parts = [(unit, whole)] if whole or not rest else []
    if rest:
        parts.append((finer, rest))
    days = "".join(f"{n}{u}" for u, n in parts if not u.startswith("T"))
    hours = "".join(f"{n}{u[1:]}" for u, n in parts if u.startswith("T"))
    return f"P{days}{'T' if hours else ''}{hours}"


def bound(c: Context, m: Match) -> str | None:
    """TIMEX3's word for "more than", "at least", "about" at the head of an expression."""
    words = c.pieces.words[m.start() : m.end()]
    pair = tuple(words[:2])
    if pair in (("at", "least"), ("at", "most")):
        return "EQUAL_OR_MORE" if pair[1] == "least" else "EQUAL_OR_LESS"
    if pair == ("up", "to"):
        return "EQUAL_OR_LESS"
    found = lexicon().value.get(words[0])
    return str(found) if found in ("APPROX", "MORE_THAN", "LESS_THAN") else None


def back(c: Context, unit: str, count: float | None) -> tuple[str, str] | None:
    """The stretch of `count` units that ends on the report's day."""
    if c.day is None or count is None or unit.startswith("T"):
        return None
    return calendar.add(c.day, unit, -max(1, int(count))).isoformat(), c.day.isoformat()


def onward(c: Context, unit: str, count: float | None) -> tuple[str, str] | None:
    """The stretch of `count` units that begins on the report's day."""
    if c.day is None or count is None or unit.startswith("T"):
        return None
    return c.day.isoformat(), calendar.add(c.day, unit, max(1, int(count))).isoformat()


def span(c: Context, m: Match) -> Value | None:
    """ "the past two months", "the next few days", "these days"."""
    unit, which = str(meaning(c, m, "u")), word_of(c, m, "near")
    if which in ("these", "those"):
        now = which == "these" and unit == "D" and m["n"] is None
        return Value("DATE", "PRESENT_REF") if now else None
    ahead = meaning(c, m, "near") == 1
    if m["n"] is None and which == "last" and c.pieces.word(m.start() - 1) in around("modals"):
        return None  # "a process expected to last weeks"
    if m["n"] is None and _lost_apostrophe(c, m, which, unit):
        return Value(
            "DATE",
            calendar.at_grain(calendar.add(c.day or _NO_DAY, unit, 1 if ahead else -1), unit),
        )
    if m["n"] is None:
        return Value("DATE", "FUTURE_REF" if ahead else "PAST_REF")
    count = amount(c, m, "n")
    stretch = (onward if ahead else back)(c, unit, count)
    if ahead and c.anchor and c.direction(m.start(), m.end()) == PAST:
        stretch = None  # "over the next two years he was to see"
    if c.pieces.word(m.end()) == "of":
        stretch = None  # "the last two quarters of 1997"
    if which in ("following", "previous", "preceding", "subsequent"):
        stretch = None
    return Value("DURATION", period(unit, count), bound(c, m), stretch=stretch)


def _lost_apostrophe(c: Context, m: Match, which: str | None, unit: str) -> bool:
    """ "Next months vote": of the next month, in texts that lost their apostrophes."""
    p = c.pieces
    plain = p.words[m.start()] == which and which in ("last", "next") and m.end() - m.start() == 2
    after = p.word(m.end())
    if c.day is None or not plain or unit not in ("W", "M", "Y") or not after.isalpha():
        return False
    whole = "’" not in p.text and "'" not in p.text
    return whole and after not in around("after_plural") and p.word(m.start() - 1) != "to"


def firsts(c: Context, m: Match) -> Value | None:
    """ "The first nine months", of the year told after them or else of the one at hand."""
    unit, count = str(meaning(c, m, "u")), amount(c, m, "n")
    opening = "first" in c.pieces.words[m.start() : m.start("n")]
    stretch = None
    if opening and unit == "M" and count is not None and 1 < count < 12:
        year = _year_told(c, m, int(count))
        if year is not None:
            stretch = f"{year:04}-01", f"{year:04}-{int(count):02}"
    return Value("DURATION", period(unit, count), stretch=stretch)


def _year_told(c: Context, m: Match, months: int) -> int | None:
    """The year of whose first months a text tells; None where they are no year's."""
    p, at = c.pieces, m.end()
    if p.word(at) in ("of", "in"):
        if p.word(at + 1).isdecimal() and len(p.word(at + 1)) == 4:
            return int(p.word(at + 1))
        shift = lexicon().value.get(p.word(at + 1), 0 if p.word(at + 1) == "the" else None)
        if c.day is None or lexicon().value.get(p.word(at + 2)) != "Y":
            return None
        return c.day.year + shift if isinstance(shift, int) else None
    if c.day is None or not around("of_a_year") & set(p.words[max(0, m.start() - 12) : at + 8]):
        return None
    return c.day.year - (c.day.month <= months)


def recent(c: Context, m: Match) -> Value | None:
    return Value("DATE", "PAST_REF")


def duration(c: Context, m: Match) -> Value | None:
    """ "two weeks", "a 14-day truce", "an hour and a half"; no rate, no age, no 24-hour news."""
    unit = str(meaning(c, m, "u"))
    p = c.pieces
    hyphened = {"-", "–"} & set(p.words[m.end("n") : m.start("u")])
    if hyphened and p.word(m.end()) in around("unbounded"):
        return None
    if (
        p.capital(m.start("u"))
        and p.capital(m.start("n"))
        and not p.words[m.start("n")].isdecimal()
    ):
        return None
    if p.capital(m.start("u")) and p.word(m.start() - 1) in around("opening_quotes"):
        return None  # the programme "60 Minutes"
    count = amount(c, m, "n")
    if p.word(m.end()) == "a" and (count, unit, p.word(m.end() + 1)) in _WITHOUT_END:
        return None  # "24 hours a day"
    if lexicon().codes["units"] in m["u"] and p.words[m.start("n") : m.end("n")] in (["a"], ["an"]):
        count = None  # "a decades-long war"
    if lexicon().codes["unit"] in m["u"] and not hyphened and not _one_unit(c, m, unit, count):
        return None
    if unit == "Q" and (p.word(m.end()) == "of" or p.words[m.start("n")] in ("many", "some")):
        return None  # a quarter of the shares, criticised in many quarters
    half = amount(c, m, "half") if m["half"] else None
    stretch = None if half or hyphened else _until_then(c, m, unit, count)
    value = period(unit, (count or 0) + half if half else count)
    return Value("DURATION", value, bound(c, m), stretch=stretch)


def _until_then(c: Context, m: Match, unit: str, count: float | None) -> tuple[str, str] | None:
    """Of what is to come "in two weeks", "in three months' time" the day, as exact as its unit; of
    what is to come "within a week" the stretch up to it."""
    lead = c.pieces.word(m.start() - 1)
    if c.day is None or count is None or unit.startswith("T") or lead not in ("in", "within"):
        return None
    if (
        c.pieces.word(m.end()) in around("goes_on_from")
        or c.direction(m.start(), m.end()) != FUTURE
    ):
        return None
    if unit in _YEARS and count > 1 and _is_first_in(c.pieces, m.start() - 1):
        return None
    if lead == "within":
        return onward(c, unit, count)
    whole = {"F": "W", "E": "Y", "C": "Y", "L": "Y"}.get(unit, unit)
    then = calendar.at_grain(calendar.add(c.day, unit, int(count)), whole)
    return then, then


def _is_first_in(p: Pieces, lead: int) -> bool:
    """ "The first trip to India in eight years": as long as there has been none."""
    for at in range(lead - 1, max(-1, lead - _FIRST_WITHIN - 1), -1):
        if p.classes[at] == BREAK or p.words[at] in _ENDS_PHRASE:
            return False
        if p.words[at] in _ONLY:
            return True
    return False


def _one_unit(c: Context, m: Match, unit: str, count: float | None) -> bool:
    """Whether a unit in the singular is a stretch: "a week", not "the day", "$5 a day"."""
    words = c.pieces.words[m.start("n") : m.end("n")]
    if words == ["one"] and c.pieces.word(m.end()) in ("last", "next", "this", "in", "of", "soon"):
        return False  # "one day last week"
    after = c.pieces.word(m.end())
    if words == ["one"] and c.pieces.word(m.end() + 1) in ("perhaps", "maybe", "hopefully"):
        return False
    some_day = after[:1].isalpha() and after not in around("after_one_day")
    if (
        words == ["one"]
        and unit == "D"
        and some_day
        and (c.pieces.word(m.start() - 1) not in around("day_leads"))
    ):
        return False  # "will one day join"
    if count is None or words[0] in ("the", "some", "many", "few"):
        return False
    if words not in (["a"], ["an"]):
        return count <= 1 or unit == "TS" or c.pieces.word(m.end())[:1].isalpha()
    if unit in ("Q", "TS") or _is_rate(c, m):
        return False
    return not (unit == "D" and after in around("day_goes_on"))


def _is_rate(c: Context, m: Match) -> bool:
    """ "10 million barrels a day", "$3 billion a year", "four flights a week"."""
    p, at = c.pieces, m.start() - 1
    before = p.word(at)
    if before[-1:].isdecimal() or before in around("rates"):
        return True
    known, counts = lexicon().value, p.words[max(0, at - 3) : at]
    if before.endswith("s") and {"million", "billion"} & set(p.words[max(0, at - 5) : at]):
        return True
    if before == "people" or (p.word(at - 1) == "of" and p.word(at - 2) in around("crowds")):
        return any(w[:1].isdecimal() or w in around("crowds") for w in counts)
    if not before.endswith("s") or before in around("verbs_in_s"):
        return False
    return any(w[:1].isdecimal() or isinstance(known.get(w), int) for w in counts)


def long(c: Context, m: Match) -> Value | None:
    """ "day-long", "daylong"."""
    p = c.pieces
    if not p.joined(m.start(), m.end()):
        return None
    return Value("DURATION", period(str(meaning(c, m, "u")), 1))


def quarter_century(c: Context, m: Match) -> Value | None:
    values = lexicon().value
    units = [values.get(c.pieces.words[m.start(group)]) for group in ("q", "u")]
    return Value("DURATION", "P25Y", bound(c, m)) if units == ["Q", "C"] else None


def bare_units(c: Context, m: Match) -> Value | None:
    """ "for days", "weeks of fighting", "months ago"."""
    unit = str(meaning(c, m, "u"))
    way = c.pieces.words[m.start("way")] if m["way"] else ""
    before, after = c.pieces.word(m.start() - 1), c.pieces.word(m.end())
    if before in ("early", "-"):
        return None  # "the early hours", "three-quarters"
    if way == "ago":
        return Value("DATE", "PAST_REF")
    if way == "to":
        return Value("DATE", "FUTURE_REF")  # "in the weeks to come"
    if way or before in around("period_leads") or after == "of":
        governs = way in ("before", "after", "earlier") and after[:1].isalnum()
        end = m.start("way") if governs else None  # "in the weeks before the vote"
        return Value("DURATION", period(unit, None), end=end)
    return None


# --- sets


def set_days(c: Context, m: Match) -> Value | None:
    group, part = ("W", "part") if m["W"] else ("W2", "part2")
    at = m.start(group)
    after = c.pieces.word(m.end())
    if not c.pieces.capital(at) or (after == "for" and c.pieces.capital(m.end() + 1)):
        return None  # Fridays for Future
    tail = f"T{meaning(c, m, part)}" if m[part] else ""
    return Value("SET", f"XXXX-WXX-{meaning(c, m, group)}{tail}")


def every(c: Context, m: Match) -> Value | None:
    codes = lexicon().codes
    what = str(meaning(c, m, "u"))
    if codes["weekday"] in m["u"]:
        return Value("SET", f"XXXX-WXX-{what}")
    if codes["month"] in m["u"]:
        return Value("SET", f"XXXX-{int(what):02}") if c.pieces.capital(m.start("u")) else None
    if codes["part"] in m["u"]:
        return Value("SET", f"XXXX-XX-XXT{what}")
    if codes["season"] in m["u"]:
        return Value("SET", f"XXXX-{what}")
    if what == "WE":
        return Value("SET", "XXXX-WXX-WE")
    if m["n"] and lexicon().codes["few"] in m["n"]:
        return Value("SET", period(what, None))
    other = m["n"] and c.pieces.words[m.start("n")] in ("other", "second")
    count = 2.0 if other else (amount(c, m, "n") if m["n"] else 1.0)
    return Value("SET", "P1Q" if what == "Q" else period(what, count))


def frequency(c: Context, m: Match) -> Value | None:
    at = m.start()
    p = c.pieces
    if p.capital(at) and (p.capital(at - 1) or p.capital(at + 1)):
        return None  # the Daily Telegraph
    if p.capital(at + 1) and p.word(at + 1) not in ("", "."):
        return None  # the party daily Granma
    if p.words[at] in ("annually", "yearly") and _is_rate(c, m):
        return None  # "8.5% annually", "10,000 units annually"
    return Value("SET", str(meaning(c, m, "w")))


def rate(c: Context, m: Match) -> Value | None:
    """ "twice a week"."""
    return Value("SET", period(str(meaning(c, m, "u")), 1))


# --- vague


def reference(c: Context, m: Match) -> Value | None:
    word = word_of(c, m, "w") or ""
    p = c.pieces
    before = p.word(m.start() - 1)
    if word == "soon" and (
        before in ("as", "so", "too") or p.word(m.end()) in ("after", "as", "before")
    ):
        return None
    if word == "recently" and before == "as" and p.word(m.end()) == "as":
        return None  # "as recently as last week"
    if word == "now" and _opens(p, m.start()):
        return None
    if word == "future" and len(p.words[m.start() : m.end()]) == 1 and before != "in":
        return None
    if word == "future" and p.capital(m.end() - 1) and p.capital(m.end()):
        return None  # the Future Investment Initiative
    if word == "future" and p.word(m.end()) == "of":
        return None  # the future of the country
    return Value("DATE", str(meaning(c, m, "w")))


def _opens(p: Pieces, at: int) -> bool:
    """Whether "Now" opens a sentence, where it leads on more than it tells a time."""
    quoted = p.word(at - 1) in ('"', "“", "'", "‘", "`")
    return p.capital(at) and (at == 0 or quoted or p.classes[at - 1] == BREAK)


def bygone(c: Context, m: Match) -> Value | None:
    """ "in the past", "in the recent past"; not "in the past two months"."""
    p = c.pieces
    if p.words[m.end() - 1] != "past" or p.word(m.start() - 1) != "in":
        return None
    if p.classes[m.end()] == lexicon().codes["few"] or p.word(m.end()) == "-":
        return None
    return Value("DATE", "PAST_REF")


def then(c: Context, m: Match) -> Value | None:
    """ "at the time"; not "at the time of the raid", where the raid tells it."""
    if c.pieces.word(m.end()) in around("time_goes_on") or c.pieces.capital(m.end()):
        return None  # "at the time Howes was captured"
    return Value("DATE", "PAST_REF", anchors=False)


def weekends(c: Context, m: Match) -> Value | None:
    led = c.pieces.word(m.start() - 1) in ("on", "at", "and", "during")
    return Value("SET", "XXXX-WXX-WE") if led else None


def long_ago(c: Context, m: Match) -> Value | None:
    """ "Long ago", "not long ago"."""
    return Value("DATE", "PAST_REF", anchors=False)


def moment(c: Context, m: Match) -> Value | None:
    return Value("DATE", "PRESENT_REF")
