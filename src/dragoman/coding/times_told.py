"""Times that rest on another moment than the report: on a deed whose day the text tells ("two days
after Sunday's vote"), or on the day on which something was said ("“We leave tomorrow,” he said on
Monday")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding import times_calendar as calendar
from dragoman.coding.times_join import Found
from dragoman.coding.times_pieces import BREAK, Pieces, around
from dragoman.coding.times_tense import PAST
from dragoman.coding.times_values import Context, Value

_PERIOD = re.compile(r"P(\d{1,4})([DWMY])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIDES = {"after": 1, "following": 1, "before": -1}
_WINDOW = 9  # pieces after "two days after" in which its deed is told
_NOUN_LENGTH = 4  # letters of a noun that can tell one deed from another
_REPORTED = 7  # days: what was said longer ago is not told as news
_SAID_REACH = 7  # pieces between a verb of saying and its day
_OPEN, _CLOSE = frozenset("“«"), frozenset("”»")


def rest_on_others(context: Context, found: list[Found]) -> list[Found]:
    """The expressions, with those that rest on a deed or on a saying resolved from its day."""
    if context.day is None:
        return found
    p = context.pieces
    out = list(found)
    for at, (first, last, value) in enumerate(found):
        counted = _PERIOD.fullmatch(value.value) if value.type == "DURATION" else None
        side = _SIDES.get(p.word(last))
        if counted is not None and side is not None and value.stretch is None:
            base = _deed(p, found, at)
            if base is not None:
                moved = _moved(value, base, side * int(counted[1]), counted[2])
                if not _is_ahead(context, moved) or context.direction(first, last) != PAST:
                    out[at] = first, last, moved
        elif _is_deictic(p, first, last) and _DAY.match(value.value):
            said = _saying_day(context, found, at)
            if said is not None:
                out[at] = first, last, _shifted(value, (said - context.day).days)
    return out


def _is_ahead(c: Context, value: Value) -> bool:
    edges = calendar.bounds(value.stretch[0]) if value.stretch else None
    return edges is not None and c.day is not None and edges[0] > c.day


def _moved(value: Value, base: date, count: int, unit: str) -> Value:
    then = calendar.at_grain(calendar.add(base, unit, count), unit)
    return replace(value, stretch=(then, then))


def _shifted(value: Value, days: int) -> Value:
    day = date.fromisoformat(value.value[:10]) + timedelta(days=days)
    return replace(value, value=day.isoformat() + value.value[10:])


def _day(value: Value) -> date | None:
    edges = calendar.bounds(value.value)
    return edges[0] if edges is not None and edges[0] == edges[1] and not value.problem else None


# --- the day of a deed


def _deed(p: Pieces, found: Sequence[Found], at: int) -> date | None:
    """The day of the deed after "two days after": told beside it, or elsewhere of its noun."""
    low = found[at][1] + 1
    high = low
    while high < min(low + _WINDOW, len(p.words)) and p.words[high] not in around("deed_ends"):
        high += 1
    beside = [day for f in found if low <= f[0] < high and (day := _day(f[2])) is not None]
    if beside:
        return beside[0]
    noun = _noun(p, low, high)
    if noun is None or any(low <= f[0] < high for f in found):
        return None
    days = {day for f in found if (day := _day(f[2])) is not None and _tells(p, f, noun)}
    return days.pop() if len(days) == 1 else None


def _noun(p: Pieces, low: int, high: int) -> str | None:
    """The head of the noun phrase that begins at a piece, as far as words tell."""
    if p.word(low) not in around("deed_leads"):
        return None
    words: list[str] = []
    for word in p.words[low + 1 : high]:
        if not word.isalpha() or word in around("phrase_ends"):
            break
        words.append(word)
    return words[-1] if words and len(words[-1]) >= _NOUN_LENGTH else None


def _tells(p: Pieces, found: Found, noun: str) -> bool:
    """Whether a time stands right beside a noun: "Sunday's vote", "the vote on Sunday"."""
    after = [w for w in p.words[found[1] : found[1] + 4] if w not in ("'", "’", "s")]
    before = [w for w in p.words[max(0, found[0] - 5) : found[0]] if w not in around("day_links")]
    return noun in after[:2] or noun in before[-2:]


# --- the day of a saying


def _is_deictic(p: Pieces, first: int, last: int) -> bool:
    words = set(p.words[first:last])
    return bool(words & around("deictics")) or p.words[first] == "this"


def _saying_day(context: Context, found: Sequence[Found], at: int) -> date | None:
    """The day on which the quotation that holds an expression was said, where its sentence tells
    it and it is a day of the week before the report."""
    p, day = context.pieces, context.day
    first, last, _ = found[at]
    if day is None or not _is_quoted(p, first):
        return None
    low = p.classes.rfind(BREAK, 0, first) + 1
    high = p.classes.find(BREAK, last)
    for other in found:
        said = _day(other[2])
        inside = low <= other[0] and (high < 0 or other[1] <= high)
        if said is None or not inside or _is_quoted(p, other[0]):
            continue
        near = p.words[max(low, other[0] - _SAID_REACH) : other[1] + 3]
        if around("said") & set(near) and 0 < (day - said).days <= _REPORTED:
            return said
    return None


def _is_quoted(p: Pieces, at: int) -> bool:
    """Whether a piece stands within quotation marks that opened in its paragraph."""
    depth = 0
    start = p.text.rfind("\n", 0, p.starts[at]) + 1
    for mark in p.text[start : p.starts[at]]:
        if mark in _OPEN:
            depth = 1
        elif mark in _CLOSE:
            depth = 0
        elif mark == '"':
            depth = 1 - depth
    return depth > 0
