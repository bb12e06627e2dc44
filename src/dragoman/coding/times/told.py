"""Times that rest on another moment than the report: on a deed whose day the text tells ("two days
after Sunday's vote"), or on the day on which something was said ("“We leave tomorrow,” he said on
Monday")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding.times import calendar
from dragoman.coding.times.join import Found
from dragoman.coding.times.pieces import BREAK, Pieces, around
from dragoman.coding.times.tense import PAST
from dragoman.coding.times.values import Context, Value

_PERIOD = re.compile(r"P(\d{1,4})([DWMY])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIDES = {"after": 1, "following": 1, "before": -1}
_WINDOW = 9  # pieces after "two days after" in which its deed is told
_NOUN_LENGTH = 4  # letters of a noun that can tell one deed from another
_REPORTED = 7  # days: what was said longer ago is not told as news
_SAID_REACH = 7  # pieces between a verb of saying and its day
_MARK = re.compile('["“«”»\n]')  # a paragraph's end closes what it left open
_OPENING = frozenset("“«")


def rest_on_others(context: Context, found: list[Found]) -> list[Found]:
    """The expressions, with those that rest on a deed or on a saying resolved from its day."""
    if context.day is None:
        return found
    p = context.pieces
    told: _Told | None = None  # most texts tell nothing that rests on another moment
    out = list(found)
    for at, (first, last, value) in enumerate(found):
        counted = _PERIOD.fullmatch(value.value) if value.type == "DURATION" else None
        side = _SIDES.get(p.word(last))
        if counted is not None and side is not None and value.stretch is None:
            told = told or _Told(p, found, context.day)
            base = told.deed(last)
            if base is not None:
                moved = _moved(value, base, side * int(counted[1]), counted[2])
                if not _is_ahead(context, moved) or context.direction(first, last) != PAST:
                    out[at] = first, last, moved
        elif _is_deictic(p, first, last) and _DAY.match(value.value):
            told = told or _Told(p, found, context.day)
            said = told.saying(first, last)
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


class _Told:
    """The days of deeds and sayings that a text tells; each is looked for once."""

    def __init__(self, p: Pieces, found: Sequence[Found], day: date) -> None:
        self.p, self.found, self.day = p, found, day
        self.starts = [first for first, _, _ in found]
        self._marks: list[int] = []  # where quotations open and close
        self._open: list[bool] = []  # whether one is open behind each of these
        for mark in _MARK.finditer(p.text):
            word, was = mark.group(), bool(self._open and self._open[-1])
            self._marks.append(mark.start())
            self._open.append(word in _OPENING or (word == '"' and not was))
        self._of_noun: dict[str, date | None] = {}
        self._said: list[tuple[int, int, date]] | None = None

    def _is_quoted(self, at: int) -> bool:
        """Whether a piece stands within quotation marks that opened in its paragraph."""
        mark = bisect_left(self._marks, self.p.starts[at])
        return mark > 0 and self._open[mark - 1]

    def deed(self, last: int) -> date | None:
        """The day of the deed after "two days after", which ends at a piece: told beside it, or
        elsewhere of its noun."""
        p = self.p
        low = last + 1
        high = low
        while high < min(low + _WINDOW, len(p.words)) and p.words[high] not in around("deed_ends"):
            high += 1
        within = self.found[bisect_left(self.starts, low) : bisect_left(self.starts, high)]
        beside = next((day for f in within if (day := _day(f[2])) is not None), None)
        if beside is not None:
            return beside
        noun = _noun(p, low, high)
        return None if noun is None or within else self._day_of(noun)

    def _day_of(self, noun: str) -> date | None:
        if noun not in self._of_noun:
            days = {
                day
                for f in self.found
                if _tells(self.p, f, noun) and (day := _day(f[2])) is not None
            }
            self._of_noun[noun] = days.pop() if len(days) == 1 else None
        return self._of_noun[noun]

    def saying(self, first: int, last: int) -> date | None:
        """The day on which the quotation that holds an expression was said, where its sentence
        tells it and it is a day of the week before the report."""
        if not self._is_quoted(first):
            return None
        p = self.p
        if self._said is None:
            self._said = list(self._sayings())
        low = p.classes.rfind(BREAK, 0, first) + 1
        high = p.classes.find(BREAK, last)
        at = bisect_left(self._said, low, key=lambda saying: saying[0])
        if at == len(self._said) or 0 <= high < self._said[at][1]:
            return None
        return self._said[at][2]

    def _sayings(self) -> Iterator[tuple[int, int, date]]:
        """Days beside a verb of saying, outside quotations, with the pieces that tell them."""
        p = self.p
        for first, last, value in self.found:
            said = _day(value)
            if (
                said is None
                or self._is_quoted(first)
                or not 0 < (self.day - said).days <= _REPORTED
            ):
                continue
            low = p.classes.rfind(BREAK, 0, first) + 1
            near = p.words[max(low, first - _SAID_REACH) : last + 3]
            if around("said") & set(near):
                yield first, last, said


# --- the day of a deed


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
