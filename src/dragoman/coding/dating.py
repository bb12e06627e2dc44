"""The day of a document that comes without one, told from the text itself where the text fixes it.

A weekday with a day and a month falls on that weekday in one year out of six or so; the people who
are said to hold offices were in office together only for a while. Where both leave a single year,
the document is dated. Nothing is guessed: what stays open is `unknown`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from dragoman.actors.directory import Directory
from dragoman.coding.times import TimeExpression, find_times
from dragoman.language.analysis import Analysis
from dragoman.records import Published

_EARLIEST = 1945
_MONTH_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OPENING = 60  # tokens in which a dateline stands
_YEARS_AHEAD = 1


def date_document(
    analysis: Analysis,
    directory: Directory,
    *,
    date: str | None = None,
    url: str | None = None,
    now: str | None = None,
) -> Published:
    """When a document was published, on what that rests, and why.

    `date` is what came with the document; `url` may hold a day; nothing later than `now` (an ISO
    date) is inferred.
    """
    if date:
        return Published(date=date, basis="given", why="The date was given with the document.")
    if url:
        found = re.search(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)", url)
        day = found and _day(*(int(g) for g in found.groups()))
        if day and (now is None or day.isoformat() <= now[:10]):
            return Published(
                date=day.isoformat(), basis="metadata", why=f"The address holds the day {day}."
            )
    times = find_times(analysis, date=None)
    return _from_dateline(times, now) or _from_weekday(analysis, directory, times, now)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _from_dateline(times: list[TimeExpression], now: str | None) -> Published | None:
    """A full date in the opening words, when no later day is named."""
    full = [t for t in times if re.match(r"\d{4}-\d\d-\d\d", t.value)]
    opening = [t for t in full if t.first < _OPENING]
    if not opening:
        return None
    day = opening[0].value[:10]
    if now is not None and day > now[:10]:
        return None
    return Published(date=day, basis="inferred", why=f"The report opens with “{opening[0].text}”.")


def _from_weekday(
    analysis: Analysis, directory: Directory, times: list[TimeExpression], now: str | None
) -> Published:
    days = list(_weekdays(times))
    if not days:
        return Published(why="No date was given, and the text names no day that fixes one.")
    last = int(now[:4]) if now else None
    years = _fitting_years(days, last)
    holders = _office_holders(analysis, directory)
    fitting = [y for y in years if all(_in_office(o, y, days) for o in holders)]
    named = {int(y) for t in times for y in re.findall(r"^\d{4}", t.value)}
    if len(fitting) > 1 and named:
        later = [y for y in fitting if y >= max(named)]
        fitting = later[:1] if later and later[0] - max(named) <= _YEARS_AHEAD else fitting
    if len(fitting) != 1:
        return Published(why=_open(days, years, fitting))
    day = _reported(days, fitting[0])
    people = sorted(name for name, _ in holders)
    why = f"“{days[0][0].text}” is that weekday in {fitting[0]}"
    why += f", when {_listed(people)} held office." if people else "."
    return Published(date=day.isoformat(), basis="inferred", why=why)


def _open(
    days: list[tuple[TimeExpression, int, int, int]], years: list[int], fit: list[int]
) -> str:
    if fit:
        told = ", ".join(map(str, fit[:6]))
        return f"“{days[0][0].text}” fits several years ({told}), and nothing in the text decides."
    return f"“{days[0][0].text}” fits no year in which those named held their offices."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _weekdays(times: list[TimeExpression]) -> Iterator[tuple[TimeExpression, int, int, int]]:
    """(expression, weekday from 0, month, day) of every “Monday, February 7”."""
    for time in times:
        found = _MONTH_DAY.match(time.value)
        if found is None:
            continue
        words = re.findall(r"[a-z]+", time.text.lower())
        for number, name in enumerate(_WEEKDAYS):
            if name in words or name[:3] in words:
                yield time, number, int(found[1]), int(found[2])


def _fitting_years(days: list[tuple[TimeExpression, int, int, int]], last: int | None) -> list[int]:
    years = range(_EARLIEST, (last or 2030) + 1)
    return [
        year
        for year in years
        if all(
            (day := _day(year, month, number)) is not None and day.weekday() == weekday
            for _, weekday, month, number in days
        )
    ]


def _office_holders(
    analysis: Analysis, directory: Directory
) -> list[tuple[str, list[tuple[str | None, str | None]]]]:
    """People of the directory named with an office before their name, and when they held any."""
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    for name in analysis.names:
        if name.label != "PER":
            continue
        words = analysis.words[name.first : name.last]
        titled = [analysis.words[t] for t in range(max(0, name.first - 3), name.first)] + words
        if not any(directory.title(word) for word in titled):
            continue
        bare = " ".join(w for w in words if not directory.title(w))
        people = [e for e in directory.lookup(bare) if e.kind == "person" and e.offices]
        if len(people) == 1:
            offices = [(o.start, o.end) for o in people[0].offices]
            found.setdefault(people[0].name, offices)
    return list(found.items())


def _in_office(
    holder: tuple[str, list[tuple[str | None, str | None]]],
    year: int,
    days: list[tuple[TimeExpression, int, int, int]],
) -> bool:
    _, _, month, number = days[0]
    day = f"{year}-{month:02d}-{number:02d}"
    return any(
        (start or "0") <= day and (end is None or day <= end + "-12-31"[len(end) - 4 :])
        for start, end in holder[1]
        if start is not None
    )


def _reported(days: list[tuple[TimeExpression, int, int, int]], year: int) -> datetime.date:
    """The last of the named days: a report is written about them, not long before."""
    found = [_day(year, month, number) for _, _, month, number in days]
    return max(day for day in found if day is not None)
