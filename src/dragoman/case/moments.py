"""Moments as the case writes them: UTC texts of one width, which sort as they follow."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from dragoman.errors import UsageError

_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def stamp(moment: datetime) -> str:
    """`2022-02-06T12:00:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_moment(text: str) -> str:
    """The stamp of a moment as a person writes it; a day alone is its end, no zone is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no moment; write it as 2022-02-06T12:00 (UTC) or 2022-02-06T12:00+01:00."
        ) from error
    try:
        if len(text) <= len("2022-02-06"):
            moment = moment + timedelta(days=1, microseconds=-1)
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except OverflowError as error:
        raise UsageError(f"{text!r} lies outside the years that are counted.") from error


def first_day(text: str) -> str:
    """The first day of what a person writes: 2022, 2022-02 or 2022-02-07."""
    year, month, day = _parts(text)
    return f"{year}-{month or '01'}-{day or '01'}"


def last_day(text: str) -> str:
    """The last day of what a person writes; a month's last day is written 31, which sorts right."""
    year, month, day = _parts(text)
    return f"{year}-{month or '12'}-{day or '31'}"


def day_of(date: str | None) -> str:
    """The day of an ISO date or date-time; empty where there is none."""
    return date[:10] if date else ""


def _parts(text: str) -> tuple[str, str | None, str | None]:
    found = _DAY.fullmatch(text[:10])
    if not found:
        raise UsageError(f"{text!r} is no day; write it as 2022-02-07, 2022-02 or 2022.")
    year, month, day = found.groups()
    if (month and not "01" <= month <= "12") or (day and not "01" <= day <= "31"):
        raise UsageError(f"{text!r} is no day; write it as 2022-02-07, 2022-02 or 2022.")
    return year, month, day
