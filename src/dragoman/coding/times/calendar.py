"""Arithmetic on the values of time expressions, written as TIMEX3 has them.

A value is a string such as `2022-02-07`, `2022-W06`, `2022-Q1`, `2019-SU`, `199` (a decade) or
`2022-02-07TEV`; its form says how exact it is, so that nothing else need be carried with it.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from dragoman.records import When, WhenPrecision

FIRST_YEAR, LAST_YEAR = 1, 2199
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?:-(?P<weekend>WE))?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>[A-Z]{2}|\d\d(?::\d\d)?))?)?))?"
)


@lru_cache(maxsize=1)
def facts() -> dict[str, dict[str, list[str] | list[int]]]:
    """The tables of calendar.toml."""
    return tomllib.loads((files(__package__) / "calendar.toml").read_text("utf-8"))


def valid(year: int, month: int = 1, day: int = 1) -> bool:
    """Whether there is such a day, in the years that a report can speak of."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


def month_value(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def week_value(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def quarter_value(day: date) -> str:
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last one that this month has."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add(day: date, unit: str, count: int) -> date:
    """A day moved by a number of units (`D`, `W`, `F`, `M`, `Q`, `Y`, `E`, `C`)."""
    count = max(-30000, min(30000, count))
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}.get(unit)
    if months is not None:
        return add_months(day, months * count)
    days = {"D": 1, "W": 7, "F": 14, "WE": 7}.get(unit, 0) * count
    low, high = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    return date.fromordinal(min(max(day.toordinal() + days, low), high))


def at_grain(day: date, unit: str) -> str:
    """The value of the unit that a day lies in."""
    if unit in ("W", "F"):
        return week_value(day)
    if unit == "WE":
        return week_value(day) + "-WE"
    if unit == "M":
        return month_value(day)
    if unit == "Q":
        return quarter_value(day)
    if unit == "Y":
        return f"{day.year:04}"
    if unit == "E":
        return f"{day.year // 10:03}"
    if unit in ("C", "L"):
        return f"{day.year // 100:02}"
    return day.isoformat()


def bounds(value: str) -> tuple[date, date] | None:
    """The first and the last day of a value; None where it is no stretch of the calendar."""
    if re.fullmatch(r"\d{3}", value):
        year = int(value) * 10
        return (date(year, 1, 1), date(year + 9, 12, 31)) if year else None
    if re.fullmatch(r"\d{2}", value):
        year = int(value) * 100
        return (date(year, 1, 1), date(year + 99, 12, 31)) if year else None
    match = _VALUE.fullmatch(value)
    if match is None or not valid(int(match["year"])):
        return None
    year = int(match["year"])
    if match["week"]:
        return _week(year, int(match["week"]), weekend=match["weekend"] is not None)
    if match["quarter"]:
        return _months(year, 3 * int(match["quarter"]) - 2, 3)
    if match["half"]:
        return _months(year, 6 * int(match["half"]) - 5, 6)
    if match["season"]:
        first, length = facts()["seasons"][match["season"]]
        return _months(year, int(first), int(length))
    if match["month"] is None:
        return _months(year, 1, 12)
    month = int(match["month"])
    if match["day"] is None:
        return _months(year, month, 1) if 1 <= month <= 12 else None
    if not valid(year, month, int(match["day"])):
        return None
    day = date(year, month, int(match["day"]))
    return day, day


def _week(year: int, week: int, *, weekend: bool) -> tuple[date, date] | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6)


def _months(year: int, first: int, length: int) -> tuple[date, date]:
    start = date(year, first, 1)
    return start, add_months(start, length) - timedelta(days=1)


def precision_of(value: str) -> WhenPrecision:
    """How exact a value of the calendar is."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return "year"
    time = match["time"]
    if time:
        return "part-of-day" if time.isalpha() else ("minute" if ":" in time else "hour")
    if match["day"] or match["weekend"]:
        return "day"
    if match["week"]:
        return "week"
    if match["month"]:
        return "month"
    return "season" if match["season"] or match["quarter"] or match["half"] else "year"


def when_of_value(value: str, *, mod: str | None, zone: str, text: str) -> When | None:
    """The stretch of time that a value stands for, narrowed by START, MID and END."""
    edges = bounds(value)
    if edges is None:
        return None
    about = mod is not None
    precision = precision_of(value)
    if "T" in value:
        return _clock_when(value, edges[0], zone, text, precision, about)
    start, end = edges
    if mod in ("START", "MID", "END") and precision != "day":
        start, end, precision = _third(start, end, mod, precision)
    return When(
        start=start.isoformat(), end=end.isoformat(), precision=precision, text=text, about=about
    )


def _third(
    start: date, end: date, mod: str, precision: WhenPrecision
) -> tuple[date, date, WhenPrecision]:
    """The first, middle or last third of a stretch: what "early", "mid" and "late" say."""
    length = (end - start).days + 1
    first = {"START": 0, "MID": length // 3, "END": 2 * length // 3}[mod]
    last = {"START": length // 3, "MID": 2 * length // 3, "END": length}[mod] - 1
    finer: dict[WhenPrecision, WhenPrecision] = {
        "year": "season",
        "season": "month",
        "month": "week",
        "week": "day",
    }
    kept = "year" if length > 400 else finer.get(precision, precision)
    return start + timedelta(days=first), start + timedelta(days=last), kept


def _clock_when(
    value: str, day: date, zone: str, text: str, precision: WhenPrecision, about: bool
) -> When:
    time = value.split("T", 1)[1]
    if time.isalpha():
        low, high = facts()["hours"].get(time, ["00:00", "23:59"])
        return When(
            start=f"{day}T{low}", end=f"{day}T{high}", precision=precision, text=text, about=about
        )
    clock = time if ":" in time else time + ":00"
    stamp = f"{day}T{clock}{zone}"
    return When(start=stamp, end=stamp, precision=precision, text=text, about=about)


def shift(value: str, unit: str, count: int) -> str | None:
    """A value moved by a number of units, as exact as it was: 1989-Q3 a year earlier is 1988-Q3."""
    edges = bounds(value)
    if edges is None:
        return None
    start = edges[0]
    match = _VALUE.fullmatch(value)
    moved = add(start, unit, count)
    if match is None:
        return at_grain(moved, "E" if len(value) == 3 else "C")
    if match["day"]:
        return moved.isoformat()
    if match["week"]:
        return at_grain(moved, "WE" if match["weekend"] else "W")
    if match["quarter"]:
        return quarter_value(moved)
    if match["half"]:
        return f"{moved.year:04}-H{1 if moved.month < 7 else 2}"
    if match["season"]:
        return f"{moved.year:04}-{match['season']}" if unit in "YEC" else month_value(moved)
    return month_value(moved) if match["month"] or unit in "MQ" else f"{moved.year:04}"


# Feasts that move: found by rule.


def easter(year: int) -> date:
    """Easter Sunday of the western churches (Gauss's rule as Meeus gives it)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, in the Gregorian calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def islamic(year: int, month: int, day: int) -> list[date]:
    """The days of a Gregorian year on which a day of the (tabular) Islamic calendar falls."""
    found = []
    for moon_year in range((year - 622) * 33 // 32 - 1, (year - 622) * 33 // 32 + 3):
        months = 29 * (month - 1) + month // 2
        leaps = (3 + 11 * moon_year) // 30
        ordinal = day + months + (moon_year - 1) * 354 + leaps + 227014
        if 0 < ordinal < date.max.toordinal() and date.fromordinal(ordinal).year == year:
            found.append(date.fromordinal(ordinal))
    return found


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date:
    """The count-th Monday (1) … Sunday (7) of a month; count -1 is the last."""
    if count < 0:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1))


def hebrew_new_year(year: int) -> date:
    """Rosh Hashanah of a Gregorian year, by the molad and the four postponements."""
    hebrew = year + 3761

    def elapsed(y: int) -> int:
        months = (235 * y - 234) // 19
        parts = 12084 + 13753 * months
        days = 29 * months + parts // 25920
        return days + (1 if 3 * (days + 1) % 7 < 3 else 0)

    before, this, after = elapsed(hebrew - 1), elapsed(hebrew), elapsed(hebrew + 1)
    late = 2 if after - this == 356 else (1 if this - before == 382 else 0)
    return date.fromordinal(this + late - 1373428)
