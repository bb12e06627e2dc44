"""Quotation marks: what a text puts between them, however it writes them.

Marks come straight, curly, single, as guillemets or low-high pairs, and in news also the wrong way
round, mismatched, glued to the next word or never closed. So a mark's place decides before its
shape: with a space before it and a letter after it opens, whatever it looks like. What is still
unclear falls to what is open at that point. One pass with a stack; an open mark never reaches
beyond what the text supports, so that one lost mark cannot swallow the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

from dragoman.language.analysis import Tokens

Sort = Literal["speech", "title", "scare"]

# An apostrophe between two letters is never a mark, so the pattern does not stop there.
_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘‚`]|(?<!\w)['’]|['’](?!\w)")
_DOUBLE_OPEN = frozenset(("“", "„", "‟", "«", "``"))
_DOUBLE_CLOSE = frozenset(("”", "»"))
_SINGLE = frozenset("‘’‚'`‹›")
_SINGLE_OPEN = frozenset("‘‚`‹")
_BEFORE_OPENING = frozenset("([{—–-/")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-/…")
_NEVER_OPENED = frozenset(",.;:!?)")
_ENDS_SPEECH = frozenset(".,!?…")
_ENDS_SENTENCE = frozenset(".!?…")
_ELISION = re.compile(r"(?:em|til|till|tis|twas|cause|bout|round|n|cos)\b|\d\ds?\b", re.IGNORECASE)
_WORD = re.compile(r"\w[\w'’.-]*")
# Small words that a title keeps in lower case.
_SMALL = re.compile(
    r"(?:an?|and|as|at|but|by|for|from|her|his|in|into|its|nor|of|on|or|over|the|their|to|vs|with)$",
    re.IGNORECASE,
)
# How far after a line's end a closing mark may still belong to an opening one: a long paragraph.
_REACH = 1500
# How many marks ahead the next one of the same kind is looked for.
_LOOK = 8
# A text whose straight marks have blanks on both sides, from this number and share of them on.
_SET_APART = 4
_MOST_APART = 0.75
# How far, over lines that were cut at sentences, marks set apart may stand from each other.
_APART_REACH = 2500
_LOST_TURN = 2.5  # what it costs to take one of two marks for lost
# Quoted words up to this number, without an end of speech, are a scare quote or a term.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks, which belong to it: the tokens `first` to `last` (exclusive).

    `depth` is 0 for an outermost one. `closed` is false where no closing mark was found;
    `continues` is true where a paragraph opens a quotation again that the paragraph before left
    open. `single` marks are kept apart, since they are also used for terms and headlines.
    """

    first: int
    last: int
    start: int
    end: int
    depth: int
    closed: bool
    continues: bool
    single: bool
    sort: Sort


@dataclass(slots=True)
class _Open:
    mark: int  # index of the mark
    start: int
    inner: int
    single: bool
    continues: bool


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    inner: tuple[int, int]
    closed: bool
    continues: bool
    single: bool


def find_quotations(tokens: Tokens) -> list[Quotation]:
    """All quotations of a text in the order of their beginning."""
    text = tokens.text
    pairs = _pairs_apart(text) or _Pairing(tokens).run()
    found = sorted(pairs, key=lambda f: (f.start, -f.end))
    quotations = []
    around: list[int] = []  # the ends of the quotations that are open here
    for f in found:
        while around and around[-1] <= f.start:
            around.pop()
        depth = len(around)
        around.append(f.end)
        first = bisect_right(tokens.ends, f.start)
        last = bisect_left(tokens.starts, f.end)
        if first < last:
            sort = _sort(text, f)
            quotations.append(
                Quotation(first, last, f.start, f.end, depth, f.closed, f.continues, f.single, sort)
            )
    return quotations


def _pairs_apart(text: str) -> list[_Found]:
    """The quotations of a text whose marks have blanks on both sides: they take turns.

    Archives set marks apart by blanks and cut lines at sentences, so that neither place nor line
    tells which mark opens. Of all ways to read the marks the cheapest is taken: what stands around
    each speaks for or against its opening, and a turn that is left out costs. Nothing for other
    texts.
    """
    marks = [m.start() for m in _MARK.finditer(text) if m.group() == '"']
    apart = sum(text[max(0, i - 1)].isspace() and not text[i + 1 : i + 2].strip() for i in marks)
    if len(marks) < _SET_APART or apart < _MOST_APART * len(marks):
        return []
    found: list[_Found] = []
    opened: int | None = None
    for at, opens in zip(marks, _turns(text, marks), strict=True):
        if opens:
            opened = at
            continue
        if opened is not None:
            inner = text[opened + 1 : at]
            said = at - len(inner.lstrip())
            start = said if "\n" in text[opened:said] else opened  # a mark left on the line before
            if said < at:
                found.append(_Found(start, at + 1, (opened + 1, at), True, False, False))
        opened = None
    return found


def _turns(text: str, marks: list[int]) -> list[bool]:
    """Which marks open: the cheapest sequence, found from both states mark by mark."""
    costs = (0.0, _LOST_TURN)  # of being closed, and open, before each mark
    steps: list[tuple[int, int]] = []
    for number, at in enumerate(marks):
        leaning = _leaning(text, at)
        long = number > 0 and at - marks[number - 1] > _APART_REACH
        opening = (costs[0] - leaning, costs[1] - leaning + _LOST_TURN)
        closing = (costs[0] + leaning + _LOST_TURN, costs[1] + leaning + _LOST_TURN * long)
        to_open, to_closed = int(opening[1] < opening[0]), int(closing[1] <= closing[0])
        steps.append((to_closed, to_open))
        costs = (closing[to_closed], opening[to_open])
    state = int(costs[1] + _LOST_TURN < costs[0])
    opens: list[bool] = []
    for step in reversed(steps):
        opens.append(state == 1)
        state = step[state]
    return opens[::-1]


def _leaning(text: str, at: int) -> float:
    """What the words around a mark say of its opening (above 0) or closing (below)."""
    before = text[max(0, at - 40) : at].rstrip()
    after = text[at + 1 : at + 40].lstrip()
    last, following = before[-1:], after[:1]
    if following and following in _NEVER_OPENED:
        return -2.0
    if last == ":":
        return 2.0
    leaning = 0.0
    if last in _ENDS_SPEECH and last and before[:-1].rstrip()[-1:] != '"':
        leaning -= 1.5 if following.islower() else 0.0
    elif last.isalnum() and following.isupper():
        leaning += 0.5
    if "\n" in text[max(0, at - 2) : at]:
        leaning += 0.75
    elif "\n" in text[at + 1 : at + 3]:
        leaning -= 0.25
    return leaning


def _sort(text: str, found: _Found) -> Sort:
    """Speech, the title of a work, or a word or two that the writer holds at arm's length."""
    low, high = found.inner
    words = _WORD.findall(text, low, high)
    ends = text[low:high].rstrip()[-1:]
    if len(words) >= 2 and ends not in _ENDS_SPEECH and _is_title(words):
        return "title"
    if len(words) <= _FEW and ends not in _ENDS_SPEECH:
        return "scare"
    return "speech"


def _is_title(words: list[str]) -> bool:
    """Every word that is not small begins with a capital or a digit."""
    heavy = [w for w in words if not _SMALL.match(w)]
    return len(heavy) >= 2 and not any(w[0].islower() for w in heavy)


class _Pairing:
    """One pass over the marks of one text."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.text = tokens.text
        matches = list(_MARK.finditer(self.text))
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]
        self.shapes = [m.group() for m in matches]
        self.begins = self._beginnings()
        self.places = self._places()
        self.next_place, self.marks_after = self._next_places()
        self.closing_ahead = self._single_closings()
        # Where paragraphs were run together and cut again, closing marks stand on the next line.
        self.closings_moved = any(
            begins and self.shapes[i] == '"' and self._must_close(i)
            for i, begins in enumerate(self.begins)
        )
        self.open: list[_Open] = []
        self.singles_open = 0
        self.found: list[_Found] = []

    # What is known of each mark before the pass.

    def _beginnings(self) -> list[bool]:
        """Which marks are the first thing in their line."""
        begins, previous = [], 0
        for start, end in zip(self.starts, self.ends, strict=True):
            gap = self.text[previous:start]
            cut = gap.rfind("\n")
            begins.append((cut >= 0 or previous == 0) and not gap[cut + 1 :].strip())
            previous = end
        return begins

    def _places(self) -> list[str]:
        """For each mark O where it can only open, C where it can only close, ? where both go."""
        text, starts, ends = self.text, self.starts, self.ends
        size = len(starts)
        before = [0] * size  # where the run of touching marks begins
        for i in range(size):
            before[i] = before[i - 1] if i and ends[i - 1] == starts[i] else starts[i]
        after = [0] * size
        for i in range(size - 1, -1, -1):
            after[i] = after[i + 1] if i + 1 < size and ends[i] == starts[i + 1] else ends[i]
        return [_place(text, before[i], after[i]) for i in range(size)]

    def _next_places(self) -> tuple[list[str], list[int]]:
        """Of the double marks after each mark in its line, the place of the next and the number."""
        size = len(self.starts)
        places, numbers = [""] * size, [0] * size
        following, number, line_end = "", 0, len(self.text)
        for i in range(size - 1, -1, -1):
            if self.text.find("\n", self.ends[i], line_end) >= 0:
                following, number = "", 0
            line_end = self.starts[i]
            places[i], numbers[i] = following, number
            if self.shapes[i] not in _SINGLE:
                following = self.places[i]
                number += 1
        return places, numbers

    def _single_closings(self) -> list[bool]:
        """Whether a single mark that can close comes later in the line before one that opens."""
        ahead = [False] * len(self.starts)
        later, line_end = False, len(self.text)
        for i in range(len(self.starts) - 1, -1, -1):
            if self.text.find("\n", self.starts[i], line_end) >= 0:
                later = False
            line_end = self.starts[i]
            ahead[i] = later
            if self.shapes[i] in _SINGLE:
                later = self.places[i] != "O" and self.shapes[i] not in _SINGLE_OPEN
        return ahead

    def _must_close(self, i: int) -> bool:
        """A mark at a line's start that closes what is open, since another opens after it."""
        touches = i + 1 < len(self.starts) and self.ends[i] == self.starts[i + 1]
        return (touches and self.shapes[i + 1] == self.shapes[i]) or self.next_place[i] == "O"

    # The pass.

    def run(self) -> list[_Found]:
        previous = 0
        for i, start in enumerate(self.starts):
            if self.open and self._reopens(i):
                self._continue(i)
            else:
                if self.open and self.text.find("\n", previous, start) >= 0:
                    self._over_line(i)
                if self.shapes[i] in _SINGLE:
                    self._single(i)
                else:
                    self._double(i)
            previous = start
        self._give_up()
        return self.found

    def _double(self, i: int) -> None:
        any_open = len(self.open) > self.singles_open
        if self._opens(i, any_open):
            self._push(i, single=False)
        elif any_open:
            self._close(i, single=False)

    def _opens(self, i: int, any_open: bool) -> bool:
        place, shape = self.places[i], self.shapes[i]
        if self.begins[i] and any_open:
            return False  # one that opens again was dealt with before
        if place != "?":
            return place == "O"
        if shape in _DOUBLE_CLOSE:
            return False
        glued = self.text[max(0, self.starts[i] - 1)]
        if shape in _DOUBLE_OPEN:
            if self.text[self.ends[i] : self.ends[i] + 1] in _NEVER_OPENED:
                return False
            # “…video“said: a wrong-way mark that closes, glued to the next word.
            return not (any_open and glued in _ENDS_SPEECH)
        return not any_open and not glued.isdigit()  # 6" is a measure

    def _single(self, i: int) -> None:
        place, shape = self.places[i], self.shapes[i]
        if place == "O" or (place == "?" and shape in _SINGLE_OPEN):
            elided = shape in "'’" and _ELISION.match(self.text, self.ends[i])
            if shape in _SINGLE_OPEN or (self.closing_ahead[i] and not elided):
                self._push(i, single=True)
        elif self.open and self.open[-1].single and not self._is_possessive(i):
            self._close(i, single=True)

    def _is_possessive(self, i: int) -> bool:
        """The workers' demands: another mark further on closes better."""
        at = self.starts[i]
        after = self.text[self.ends[i] : self.ends[i] + 2]
        return (
            self.text[at - 1 : at] == "s"
            and after[:1] == " "
            and after[1:].islower()
            and self.closing_ahead[i]
        )

    # Paragraphs.

    def _reopens(self, i: int) -> bool:
        """A paragraph that begins with a mark while one is open goes on with that quotation.

        So does a sentence that begins with the same mark: its paragraphs were run together.
        """
        outer, shape = self.open[0], self.shapes[i]
        if shape in _DOUBLE_CLOSE or (shape in _SINGLE) != outer.single:
            return False
        at = self.starts[i]
        if self.text[max(0, at - 200) : at].rstrip()[-1:] not in _ENDS_SENTENCE:
            return False
        if not self.begins[i]:
            same = self.shapes[outer.mark] == shape and shape in ('"', "“")
            return same and self.places[i] == "O" and at - outer.start <= _REACH
        if (self.shapes[outer.mark] == '"') != (shape == '"'):
            return False
        if shape != '"':
            return self.places[i] != "C"
        if self.places[i] == "?":  # set apart by spaces: the marks of a line come in pairs
            return self.marks_after[i] % 2 == 1
        if self.places[i] != "O" or self._must_close(i):
            return False
        return self.next_place[i] == "C" or not self.closings_moved

    def _continue(self, i: int) -> None:
        """End the piece at its line or before the mark, and open the next one."""
        outer = self.open[0]
        self.open.clear()
        self.singles_open = 0
        before = outer.start + len(self.text[outer.start : self.starts[i]].rstrip())
        end = min(self._line_end(outer.start), before)
        self._keep(outer, end, end, closed=False)
        self._push(i, single=outer.single, continues=True)

    def _over_line(self, i: int) -> None:
        """Over a line's end a quotation goes on only if the next mark of its kind closes it."""
        if not self.begins[i] or self.shapes[i] in _SINGLE or self.open[0].single:
            j = self._next_of_kind(i)
            if j is not None and self._can_close(j):
                return
        elif self.shapes[i] not in _DOUBLE_OPEN and (
            self.starts[i] - self.open[-1].start <= _REACH
        ):
            return  # a closing mark that slipped into the next line
        self._give_up()

    def _next_of_kind(self, i: int) -> int | None:
        single = self.open[0].single
        for j in range(i, min(len(self.starts), i + _LOOK)):
            if (self.shapes[j] in _SINGLE) == single:
                return j
        return None

    def _can_close(self, j: int) -> bool:
        place, shape = self.places[j], self.shapes[j]
        closes = place == "C" or (place == "?" and shape not in _DOUBLE_OPEN)
        closes = closes or (self.begins[j] and shape not in _DOUBLE_OPEN and self._must_close(j))
        return closes and self.starts[j] - self.open[-1].start <= _REACH

    def _give_up(self) -> None:
        """End the outermost open quotation with its sentence; inner ones had no end either."""
        if not self.open:
            return
        outer = self.open[0]
        self.open.clear()
        self.singles_open = 0
        if outer.single:
            return  # an apostrophe after all
        end = min(self._line_end(outer.start), self._sentence_end(outer.inner))
        self._keep(outer, end, end, closed=False)

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return at + len(self.text[at:end].rstrip())

    def _sentence_end(self, at: int) -> int:
        """The end of the sentence that the token after `at` stands in."""
        tokens = self.tokens
        token = min(bisect_left(tokens.starts, at), len(tokens) - 1)
        sentence = bisect_right(tokens.bounds, token) - 1
        return tokens.ends[tokens.bounds[sentence + 1] - 1]

    # The stack.

    def _push(self, i: int, *, single: bool, continues: bool = False) -> None:
        self.open.append(_Open(i, self.starts[i], self.ends[i], single, continues))
        self.singles_open += single

    def _close(self, i: int, *, single: bool) -> None:
        while self.open[-1].single != single:  # single marks left open inside are apostrophes
            self.open.pop()
            self.singles_open -= 1
        opened = self.open.pop()
        self.singles_open -= single
        self._keep(opened, self.starts[i], self.ends[i], closed=True)

    def _keep(self, opened: _Open, inner_end: int, end: int, *, closed: bool) -> None:
        if self.text[opened.inner : inner_end].strip():
            inner = (opened.inner, inner_end)
            self.found.append(
                _Found(opened.start, end, inner, closed, opened.continues, opened.single)
            )


def _place(text: str, start: int, end: int) -> str:
    """What the characters around a run of marks allow: O opening, C closing, ? both or neither."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left = before.isspace() or before in _BEFORE_OPENING
    right = after.isspace() or after in _AFTER_CLOSING
    if left != right:
        return "O" if left else "C"
    if not left and before in ":=" and after.isalnum():
        return "O"  # said:“We
    return "?"
