"""Feasts and fixed days by name: on which day of a year they fall."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from dragoman.actors.tables import read_table, values
from dragoman.coding.times import calendar
from dragoman.coding.times.pieces import BREAK, Pieces

_LONGEST = 7  # pieces of a feast's name
_STATE_PIECES = 4  # pieces of a state's name that are looked up together
_MONTH = 29  # days of an Islamic month, at least
_SPRING = 15  # days that the Spring Festival lasts


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name: str(rule) for name, rule in calendar.facts()["feasts"].items()}


def named(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """The longest feast whose name begins at a piece: the number of pieces and its name."""
    names = _names()
    for length in range(_LONGEST, 0, -1):
        run = [("'" if w == "’" else w) for w in words[at : at + length]]
        name = re.sub(r" ?' ?s\b", " 's", " ".join(w for w in run if w not in ("-", "–")))
        if len(run) == length and run[-1] not in ("-", "–") and name in names:
            return length, name
    return None


def is_sighted(name: str) -> bool:
    """Whether the day depends on the moon's being seen, so that it is known but about."""
    return _names()[name].startswith("islamic ")


def days_of(name: str, day: date) -> tuple[date, date]:
    """The first and the last day of a feast that falls, or begins, on a day."""
    month = re.fullmatch(r"islamic \d+", _names()[name])
    return day, day + timedelta(days=_MONTH if month else 0)


def is_national(name: str) -> bool:
    """Whether the day is another in every state ("Independence Day")."""
    return _names()[name].startswith("national ")


@lru_cache(maxsize=512)
def day_of(name: str, year: int, state: str | None = None) -> date | None:
    """The day of a feast in a year, of a `state` (ISO 3166-1 alpha-3) where states differ; None
    where it is not known."""
    rule = _names()[name]
    if rule.startswith("national "):
        rule = _national(rule, state)
    if re.fullmatch(r"\d\d-\d\d", rule):
        return date(year, int(rule[:2]), int(rule[3:]))
    if rule.startswith("nth "):
        month, weekday, count = map(int, rule.split()[1:])
        return calendar.nth_weekday(year, month, weekday, count)
    if rule.startswith("islamic "):
        found = _islamic(rule, year)
        return found[0] if found else None
    if rule == "election":
        return calendar.nth_weekday(year, 11, 1, 1) + timedelta(days=1)
    if rule == "nowruz":
        return date(year, 3, _equinox(year))
    if rule.startswith("table "):
        return _tabled(rule.split()[1], year)
    match = re.fullmatch(r"(easter|orthodox|hashanah|passover)([+-]\d+)?", rule)
    if match is None:
        return None
    return _moving(match[1], year) + timedelta(days=int(match[2] or 0))


def _national(rule: str, state: str | None) -> str:
    """The rule of a state's own day; where no state is told, the one that the name alone means."""
    _, kind, *default = rule.split()
    own = calendar.facts()[f"national_{kind}"].get(state or "")
    if own is not None:
        return str(own)
    anywhere = state is None or kind == "victory"
    return default[0] if default and anywhere else ""


def _equinox(year: int) -> int:
    """The day of March on which Iran's year begins (1950 to 2060)."""
    return 20 if (year >= 1996 and year % 4 == 0) or (year >= 2029 and year % 4 == 1) else 21


def _moving(kind: str, year: int) -> date:
    if kind == "easter":
        return calendar.easter(year)
    if kind == "orthodox":
        return calendar.orthodox_easter(year)
    new_year = calendar.hebrew_new_year(year)
    return new_year if kind == "hashanah" else new_year - timedelta(days=163)


def _tabled(table: str, year: int) -> date | None:
    days = [str(day) for day in calendar.facts()[table]["days"]]
    return next((date.fromisoformat(day) for day in days if day.startswith(f"{year}-")), None)


def _islamic(rule: str, year: int) -> list[date]:
    month, _, day = rule.split()[1].partition("-")
    return calendar.islamic(year, int(month), int(day or 1))


def _days_of(name: str, year: int, state: str | None) -> list[date]:
    """The days of a feast in a year: one of the Islamic calendar may fall twice in it."""
    rule = _names()[name]
    if rule.startswith("islamic "):
        return _islamic(rule, year)
    found = day_of(name, year, state)
    return [found] if found else []


def nearest(name: str, day: date, direction: int, state: str | None = None) -> date | None:
    """The feast that a report of this day speaks of: the last, the next or the nearest one."""
    near = [d for y in (day.year - 1, day.year, day.year + 1) for d in _days_of(name, y, state)]
    begun = any(0 < (day - d).days <= _SPRING for d in near)
    if direction > 0 and begun and _names()[name] == "table lunar":
        return None  # “we shall meet during the Spring Festival”, which has begun
    if direction > 0:
        near = [d for d in near if days_of(name, d)[1] >= day] or near
    elif direction < 0:
        near = [d for d in near if d <= day] or near
    return min(near, key=lambda d: abs((d - day).days), default=None)


# --- whose day it is


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    """Names, adjectives and capitals of states in small letters, with the state's code."""
    found: dict[str, str] = {}
    for row in read_table("states.tsv"):
        if row["status"] not in ("state", "territory", "breakaway"):
            continue
        words = [row["name"]]
        for column in ("names", "adjectives", "people", "capitals"):
            words += values(row[column])
        for word in words:
            found.setdefault(" ".join(re.findall(r"[^\W\d_]+", word.lower())), row["id"])
    return found


def _state_at(p: Pieces, at: int) -> str | None:
    if not p.capital(at):
        return None
    for length in range(_STATE_PIECES, 0, -1):
        words = [w for w in p.words[at : at + length] if w != "."]
        if words and (found := _states().get(" ".join(words))):
            return found
    return None


def states_in(p: Pieces) -> list[tuple[int, str]]:
    """The pieces at which a text names a state, in order, with its code."""
    found = ((at, _state_at(p, at)) for at in range(len(p.words)))
    return [(at, state) for at, state in found if state is not None]


def state_near(p: Pieces, states: Sequence[tuple[int, str]], first: int, last: int) -> str | None:
    """The state of whose day the text speaks: of `states` the one last before the words
    `first` to `last`, in their sentence or else after them in it, else before it, else later in
    the text."""
    low = p.classes.rfind(BREAK, 0, first) + 1
    high = p.classes.find(BREAK, last)
    high = high if high >= 0 else len(p.words)
    before, after, earlier, later = (
        bisect_left(states, at, key=lambda state: state[0]) for at in (first, last, low, high)
    )
    if before > earlier:
        return states[before - 1][1]
    if after < later:
        return states[after][1]
    if earlier:
        return states[earlier - 1][1]
    return states[later][1] if later < len(states) else None
