"""Days as other projects write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_FORMS: Final = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?$"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), (3, 1, 2)),  # the American order of spreadsheets
)


def iso_day(text: str) -> str | None:
    """The ISO day of `2018-03-08`, `20180308`, `20180308123000`, `3/8/2018`; else None."""
    for form, (year, month, day) in _FORMS:
        if found := form.match(text.strip()):
            try:
                return date(int(found[year]), int(found[month]), int(found[day])).isoformat()
            except ValueError:
                return None
    return None


def moment(text: str) -> str | None:
    """The ISO moment (UTC) of GDELT's YYYYMMDDHHMMSS, or the ISO day of YYYYMMDD."""
    day = iso_day(text)
    digits = text.strip()
    if day is None or len(digits) != 14 or not digits.isdigit():
        return day
    return f"{day}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}Z"
