"""The day of a document that comes without one, told from the text itself where the text fixes it.

A weekday with a day and a month ("Monday February 7", or "yesterday, Thursday" under a dateline)
falls together in one year out of six or so; the leaders who are named were in office together only
for a while. Where both leave a single year, the document is dated. Nothing is guessed: what stays
open is `unknown`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.actors.directory import Directory
from dragoman.actors.entities import Entity
from dragoman.coding.times.finding import TimeExpression, day_of, find_times
from dragoman.language.analysis import Analysis
from dragoman.language.days import WEEKDAYS
from dragoman.records import Published

_EARLIEST, _LATEST = 1945, 2035
_KNOWN_UNTIL = "2027-12-31"  # who holds an office beyond it the directory cannot say
_MONTH_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_RELATIVE = {"yesterday": 1, "today": 0, "tomorrow": -1}
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(\d{1,2})[/-]?(\d{1,2})(?!\d)")
_OPENING = 60  # tokens in which a dateline with its year stands
_LINE = 14  # tokens in which a dateline without one stands
_FORMER = frozenset(("former", "late", "ex", "then"))
_LEADERS = frozenset(
    (
        "president",
        "vice-president",
        "prime-minister",
        "chancellor",
        "monarch",
        "supreme-leader",
        "head-of-state",
        "head-of-government",
        "foreign-minister",
        "secretary-general",
    )
)
_PUBLISHED = frozenset(("published", "updated", "posted", "publication", "date"))
_LEADING = frozenset(("on", "since", "in", "until", "from", "by", "of", "after", "before"))

Term = tuple[str, str | None]  # first and last day of an office; an open one has no last


@dataclass(frozen=True, slots=True)
class _Mark:
    """A day told without its year: what is known of it, and the words that tell it."""

    weekday: int | None
    month: int | None
    day: int | None
    text: str
    is_today: bool = False  # whether it is the day of the report, not one near it

    @property
    def fixes(self) -> bool:
        return self.weekday is not None and self.month is not None

    def in_year(self, year: int) -> datetime.date | None:
        if self.month is None or self.day is None:
            return None
        day = _day(year, self.month, self.day)
        wrong = day is not None and self.weekday not in (None, day.weekday())
        return None if wrong else day


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
    date) is inferred. A date and an address that disagree are told in `why`.
    """
    told = _from_url(url, now)
    if date and day_of(date) is not None:
        return Published(date=date, basis="given", why=_given(date, told))
    if told is not None:
        why = f"The address holds the day {told.isoformat()}."
        return Published(date=told.isoformat(), basis="metadata", why=why)
    times = find_times(analysis, date=None)
    return _from_dateline(analysis, times, now) or _from_marks(analysis, directory, times, now)


def _given(date: str, told: datetime.date | None) -> str:
    why = "The date was given with the document."
    given = day_of(date)
    if told is not None and given is not None and abs((told - given).days) > 1:
        why += f" Its address holds another, {told.isoformat()}."
    return why


def _from_url(url: str | None, now: str | None) -> datetime.date | None:
    for found in _URL_DAY.finditer(url or ""):
        parts = found.groups()
        spelled = "".join(parts) != found[0]
        if not spelled and len(found[0]) != 8:
            continue  # a number of an article, not 20220207
        day = _day(int(parts[0]), int(parts[1]), int(parts[2]))
        if day is not None and _not_after(day, now):
            return day
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _not_after(day: datetime.date, now: str | None) -> bool:
    return now is None or day.isoformat() <= now[:10]


def _from_dateline(
    analysis: Analysis, times: Sequence[TimeExpression], now: str | None
) -> Published | None:
    """The last full date in the opening words, if it is no day of history: a caption may come
    first, and a report that goes on to later years does not open with its own day."""
    found: list[tuple[str, TimeExpression]] = []
    for time in times:
        if time.first >= _OPENING:
            break
        if _FULL.match(time.value) and time.problem is None and _stands_alone(analysis, time):
            found.append((time.value[:10], time))
    if not found:
        return None
    value, time = max(found, key=lambda f: f[0])
    day = datetime.date.fromisoformat(value)
    if not _not_after(day, now) or _later_year(times, day.year):
        return None
    why = f"The report opens with “{_words(time)}”."
    return Published(date=value, basis="inferred", why=why)


def _stands_alone(analysis: Analysis, time: TimeExpression) -> bool:
    """Whether a date is a dateline's or names its weekday, and is not told in passing."""
    if _named_weekday(time.text) is not None:
        return True
    figures = re.fullmatch(r"(\d{1,2})/(\d{1,2})/\d+", time.text)
    if figures is not None and max(int(figures[1]), int(figures[2])) <= 12:
        return False  # 3/5/2019 may be either of two days
    before = analysis.words[time.first - 1] if time.first else ""
    if before.lower() in _LEADING:
        return False
    return not before.islower() or before in _PUBLISHED


def _later_year(times: Sequence[TimeExpression], year: int) -> bool:
    """Whether the text goes on to name a later year than next year: then the day is history."""
    years = [int(t.value[:4]) for t in times if re.match(r"\d{4}(-|$)", t.value)]
    return any(y > year + 1 for y in years if y <= _LATEST)


def _words(time: TimeExpression) -> str:
    return " ".join(time.text.split())


def _named_weekday(text: str) -> int | None:
    words = re.findall(r"[a-z]+", text.lower())
    for number, name in enumerate(WEEKDAYS):
        if name in words or name[:3] in words:
            return number
    return None


# --- days without a year


def _marks(analysis: Analysis, times: Sequence[TimeExpression]) -> list[_Mark]:
    """The days that the text tells without a year, with what stands beside them."""
    found: list[_Mark] = []
    for at, time in enumerate(times):
        month_day = _MONTH_DAY.match(time.value)
        if month_day is not None:
            month, day = int(month_day[1]), int(month_day[2])
            line = _is_dateline(analysis, time)
            found.append(_Mark(_named_weekday(time.text), month, day, _words(time), line))
        word = time.text.lower()
        if word in _RELATIVE and at + 1 < len(times):
            beside = _beside(analysis, time, times[at + 1], _RELATIVE[word])
            if beside is not None:
                found.append(beside)
    return _with_today(found)


def _beside(
    analysis: Analysis, time: TimeExpression, following: TimeExpression, shift: int
) -> _Mark | None:
    """ "yesterday, Thursday", "today, 24 March": what that says of the day of the report."""
    gap = analysis.text[time.end : following.start].strip()
    if gap not in ("", ",", "("):
        return None
    text = f"{time.text}{gap} {_words(following)}".replace("( ", "(")
    weekday = _named_weekday(following.text)
    if weekday is not None:
        weekday = (weekday + shift) % 7
    month_day = _MONTH_DAY.match(following.value)
    if month_day is None:
        return _Mark(weekday, None, None, text, True) if weekday is not None else None
    day = _day(2000, int(month_day[1]), int(month_day[2]))
    if day is None or (day.month, day.day) in ((2, 28), (2, 29), (3, 1)):
        return None  # what follows depends on the year
    day += datetime.timedelta(days=shift)
    return _Mark(weekday, day.month, day.day, text, True)


def _is_dateline(analysis: Analysis, time: TimeExpression) -> bool:
    """ "KYIV, March 24 (Reuters) -", "Our reporter, 24 March –"."""
    if time.first >= _LINE:
        return False
    if time.first and analysis.words[time.first - 1].lower() in _LEADING:
        return False
    after = analysis.text[time.end : time.end + 40]
    return (
        re.match(r"\s*[\])]?\s*(?:[(\[][^()\[\]]{1,24}[)\]])?\s*(?:--|[-–—:])", after) is not None
    )


def _with_today(marks: list[_Mark]) -> list[_Mark]:
    """What several marks say of the day of the report, as one."""
    weekdays = {m.weekday for m in marks if m.is_today and m.weekday is not None}
    days = {(m.month, m.day) for m in marks if m.is_today and m.month is not None}
    if len(weekdays) != 1 or len(days) != 1:
        return marks
    told = list(dict.fromkeys(m.text for m in marks if m.is_today))
    month, day = days.pop()
    joined = _Mark(weekdays.pop(), month, day, "” and “".join(told[:2]), True)
    return [joined, *(m for m in marks if not m.is_today)]


def _from_marks(
    analysis: Analysis,
    directory: Directory,
    times: Sequence[TimeExpression],
    now: str | None,
) -> Published:
    marks = [m for m in _marks(analysis, times) if m.month is not None]
    fixing = [m for m in marks if m.fixes]
    if not fixing:
        return Published(why="No date was given, and the text names no day that fixes one.")
    years = [
        year
        for year in range(_EARLIEST, _LATEST + 1)
        if all((day := m.in_year(year)) is not None and _not_after(day, now) for m in fixing)
    ]
    holders = _leaders(analysis, directory)
    fitting = [y for y in years if all(_in_office(terms, fixing[0], y) for _, terms in holders)]
    fitting = _by_named_years(fitting, times)
    if len(fitting) != 1:
        return Published(why=_open(fixing[0].text, fitting, bool(years)))
    day = _reported(marks, fixing, fitting[0])
    why = f"“{fixing[0].text}” is that weekday in {fitting[0]}"
    people = sorted(name for name, _ in holders)
    why += f", when {_listed(people)} held office." if people else "."
    return Published(date=day.isoformat(), basis="inferred", why=why)


def _by_named_years(years: list[int], times: Sequence[TimeExpression]) -> list[int]:
    """Of several years the one of the last year named in the text, or the next."""
    named = [int(t.value[:4]) for t in times if re.match(r"\d{4}(-|$)", t.value)]
    past = [y for y in named if y <= _LATEST]
    if len(years) < 2 or not past:
        return years
    close = [y for y in years if max(past) <= y <= max(past) + 1]
    return close if len(close) == 1 else years


def _open(text: str, fitting: list[int], any_year: bool) -> str:
    if fitting:
        told = ", ".join(map(str, fitting[:6]))
        return f"“{text}” fits several years ({told}), and nothing in the text decides."
    if any_year:
        return f"“{text}” fits no year in which those named held their offices."
    return f"“{text}” and the other days named fit no year together."


def _listed(names: list[str]) -> str:
    if len(names) > 5:
        names = [*names[:4], f"{len(names) - 4} others"]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _leaders(analysis: Analysis, directory: Directory) -> list[tuple[str, list[Term]]]:
    """Leaders of the directory named with a title beside their name, and when they held office."""
    found: dict[str, list[Term]] = {}
    for name in analysis.names:
        if name.label != "PER" or not _titled(analysis, directory, name.first, name.last):
            continue
        words = [w for w in analysis.words[name.first : name.last] if not directory.title(w)]
        people = _people(directory, words)
        if len(people) != 1:
            continue
        terms = [
            (office.start, office.end)
            for office in people[0].offices
            if office.office in _LEADERS and office.start is not None
        ]
        if terms:
            found.setdefault(people[0].name, terms)
    return list(found.items())


def _people(directory: Directory, words: list[str]) -> list[Entity]:
    """The person of a name, also where a second surname is told that the directory leaves out."""
    shortest = max(min(2, len(words)), len(words) - 1)
    for length in range(len(words), shortest - 1, -1):
        found = [e for e in directory.lookup(" ".join(words[:length])) if e.kind == "person"]
        if found:
            return [e for e in found if e.offices]
    return []


def _titled(analysis: Analysis, directory: Directory, first: int, last: int) -> bool:
    before = [analysis.words[t] for t in range(max(0, first - 3), first)]
    if any(word.lower() in _FORMER for word in before):
        return False
    return any(directory.title(word) for word in (*before, *analysis.words[first:last]))


def _in_office(terms: list[Term], mark: _Mark, year: int) -> bool:
    day = f"{year}-{mark.month:02d}-{mark.day:02d}"
    return any(
        start <= day <= (_KNOWN_UNTIL if end is None else end + "-12-31"[len(end) - 4 :])
        for start, end in terms
    )


def _reported(marks: list[_Mark], fixing: list[_Mark], year: int) -> datetime.date:
    """The day of the report where the text tells it, else the last of the days that it is about."""
    told = [d for m in marks if m.is_today and (d := m.in_year(year)) is not None]
    return max(told or [d for m in fixing if (d := m.in_year(year)) is not None])
