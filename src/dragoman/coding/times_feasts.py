"""Feasts and fixed days by name: on which day of a year they fall."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from dragoman.coding import times_calendar as calendar

_SPRING = 15  # days that the Spring Festival lasts


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name: str(rule) for name, rule in calendar.facts()["feasts"].items()}


def named(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """The longest feast whose name begins at a piece: the number of pieces and its name."""
    names = _names()
    for length in range(7, 0, -1):
        run = [("'" if w == "’" else w) for w in words[at : at + length]]
        name = re.sub(r" ?' ?s\b", " 's", " ".join(w for w in run if w != "-"))
        if len(run) == length and run[-1] != "-" and name in names:
            return length, name
    return None


@lru_cache(maxsize=512)
def day_of(name: str, year: int) -> date | None:
    """The day of a feast in a year; None where it is not known."""
    rule = _names()[name]
    if re.fullmatch(r"\d\d-\d\d", rule):
        return date(year, int(rule[:2]), int(rule[3:]))
    if rule.startswith("nth "):
        month, weekday, count = map(int, rule.split()[1:])
        return calendar.nth_weekday(year, month, weekday, count)
    if rule.startswith("islamic "):
        month, day = map(int, rule.split()[1].split("-"))
        found = calendar.islamic(year, month, day)
        return found[0] if found else None
    if rule == "election":
        return calendar.nth_weekday(year, 11, 1, 1) + timedelta(days=1)
    if rule == "lunar":
        return _lunar(year)
    match = re.fullmatch(r"(easter|orthodox|hashanah|passover)([+-]\d+)?", rule)
    if match is None:
        return None
    return _moving(match[1], year) + timedelta(days=int(match[2] or 0))


def _moving(kind: str, year: int) -> date:
    if kind == "easter":
        return calendar.easter(year)
    if kind == "orthodox":
        return calendar.orthodox_easter(year)
    new_year = calendar.hebrew_new_year(year)
    return new_year if kind == "hashanah" else new_year - timedelta(days=163)


def _lunar(year: int) -> date | None:
    days = [str(day) for day in calendar.facts()["lunar"]["days"]]
    return next((date.fromisoformat(day) for day in days if day.startswith(f"{year}-")), None)


def _days_of(name: str, year: int) -> list[date]:
    """The days of a feast in a year: one of the Islamic calendar may fall twice in it."""
    rule = _names()[name]
    if rule.startswith("islamic "):
        month, day = map(int, rule.split()[1].split("-"))
        return list(calendar.islamic(year, month, day))
    found = day_of(name, year)
    return [found] if found else []


def nearest(name: str, day: date, direction: int) -> date | None:
    """The feast that a report of this day speaks of: the last, the next or the nearest one."""
    near = [d for y in (day.year - 1, day.year, day.year + 1) for d in _days_of(name, y)]
    begun = any(0 < (day - d).days <= _SPRING for d in near)
    if direction > 0 and begun and _names()[name] == "lunar":
        return None  # “we shall meet during the Spring Festival”, which has begun
    if direction > 0:
        near = [d for d in near if d >= day] or near
    elif direction < 0:
        near = [d for d in near if d <= day] or near
    return min(near, key=lambda d: abs((d - day).days), default=None)
