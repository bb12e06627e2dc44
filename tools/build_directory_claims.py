"""What a source claims: that a person of this name held an office from one day to another."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

OPEN_END = date(2026, 11, 1).toordinal()


@dataclass
class Claim:
    """One tenure as one source tells it.

    `open` says that the source had the person in office when it ended; `seen` is that day. `rank`
    orders the sources by how far their dates can be trusted, 0 first.
    """

    name: str
    body: str
    office: str
    title: str
    start: str
    end: str
    source: str
    rank: int
    open: bool = False
    seen: str = ""
    wikidata: str = ""
    gender: str = ""
    born: str = ""
    died: str = ""
    family: tuple[str, ...] = ()
    variants: tuple[str, ...] = field(default_factory=tuple)

    @cached_property
    def low(self) -> int:
        """The first day that the claim covers."""
        return first_day(self.start) if self.start else first_day(self.seen or self.end)

    @cached_property
    def high(self) -> int:
        """The last day that the claim covers."""
        if self.end:
            return last_day(self.end)
        return last_day(self.seen) if self.seen else OPEN_END


@cache
def first_day(text: str) -> int:
    """The ordinal of the first day of a date, month or year."""
    parts = [int(p) for p in text.split("-")]
    return date(
        parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1
    ).toordinal()


@cache
def last_day(text: str) -> int:
    """The ordinal of the last day of a date, month or year."""
    parts = [int(p) for p in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, day).toordinal()


def proper_date(text: str) -> str:
    """A date with an impossible day (31 June) or month brought back to the possible; a decade
    or century is no date."""
    if not re.fullmatch(r"\d{4}(-\d{1,2}){0,2}", text):
        return ""
    parts = text.split("-")
    year, month = int(parts[0]), min(max(int(parts[1]), 1), 12) if len(parts) > 1 else 0
    if not month:
        return f"{year:04d}"
    if len(parts) < 3 or not int(parts[2]):
        return f"{year:04d}-{month:02d}"
    day = min(int(parts[2]), calendar.monthrange(year, month)[1])
    return f"{year:04d}-{month:02d}-{day:02d}"
