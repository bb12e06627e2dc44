"""Finds where sentences end among tokens.

A sentence ends at a paragraph's end, and after a full stop, a question mark, an exclamation mark or
dots, with the quotation marks and brackets that close there, where what follows can begin one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dragoman.language.tokens_cut import SPELLING

_OPENING_TIME = 5  # tokens; a time of day so near to "At" at a sentence's beginning does not end it
LONGEST = 300  # tokens; longer sentences are cut, since the model's effort grows with their square

_CLOSING_BRACKETS = frozenset(")]}")
_CLOSING_QUOTES = frozenset(["”", "’", "»", "''", "’’", "›"])
_QUOTES = frozenset("\"'“”„‟‘’‚‛«»‹›`") | {"''", "``", "‘‘", "’’", ",,"}
_OPENERS = frozenset("([{")
_GOES_ON = frozenset(",;:.!?…%)]}–—-/&=+")
_BREAKS = (";", ":", "—", "–", ",")
_ZONE = re.compile(r"[A-Z]{1,3}T")  # COT, MSKT …
_ADDRESS = re.compile(r"https?://|[^@]+@[^@]+\.\w")
_SHORT_REST = 5  # tokens, with the comma
_FACES = frozenset(":;=")
_RULES = frozenset("-=_*~#+")  # a row of these parts sections


def sentence_bounds(
    text: str,
    starts: list[int],
    ends: list[int],
    marks: list[int],
    paragraphs: list[int],
    edges: list[int],
) -> tuple[list[int], list[int]]:
    """The bounds of the sentences and the number of each one's paragraph.

    `marks` are the tokens that may end a sentence, `paragraphs` the offsets at which one begins,
    `edges` others at which a sentence begins.
    """
    if not starts:
        return [0], []
    size = len(starts)
    firsts = sorted({bisect_left(starts, offset) for offset in paragraphs} - {0, size})
    firsts = _with_opening_marks(text, starts, ends, firsts)
    finder = _Finder(text, starts, ends, firsts)
    found = {0, size, *firsts, *(bisect_left(starts, offset) for offset in edges)}
    found.update(finder.next_sentence(mark) for mark in marks)
    found.update(mark for mark in marks if _RULES.issuperset(text[starts[mark] : ends[mark]]))
    found.discard(-1)
    bounds = _shortened(
        text, starts, ends, sorted(found.union(_after_greetings(text, starts, ends, found)))
    )
    numbers: list[int] = []
    paragraph = 0
    for first in bounds[:-1]:
        while paragraph < len(firsts) and firsts[paragraph] <= first:
            paragraph += 1
        numbers.append(paragraph)
    return bounds, numbers


def _with_opening_marks(
    text: str, starts: list[int], ends: list[int], firsts: list[int]
) -> list[int]:
    """The paragraphs' first tokens, where a lone mark at a line's end opens the next line.

    So do texts that were stored tokenised, one sentence a line; the marks before tell which it is.
    """
    moved: list[int] = []
    is_open = False
    for begin, first in pairwise([0, *firsts]):
        if text.startswith('"', starts[begin]):
            is_open = False  # a quotation that goes on opens again in each paragraph
        mark = first - 1
        is_open ^= text.count('"', starts[begin], starts[mark]) % 2 == 1
        is_lone = mark > begin and text[starts[mark] : ends[mark]] == '"'
        opens = is_lone and starts[mark] > ends[mark - 1] and not is_open
        is_open ^= text.startswith('"', starts[mark])
        moved.append(mark if opens else first)
    return moved


def _after_greetings(
    text: str, starts: list[int], ends: list[int], found: Iterable[int]
) -> Iterator[int]:
    """The tokens after a letter's greeting or close: "Dear Mr. President, | We write …".

    A short rest with a full stop belongs to it: "Thanks, Ben."
    """
    for first, last in pairwise(sorted(found)):
        if text[starts[first] : ends[first]] not in SPELLING.greetings:
            continue
        for token in range(first + 1, min(first + 6, last - 1)):
            if text[starts[token] : ends[token]] == ",":
                is_short = last - token <= _SHORT_REST and text[ends[last - 1] - 1] in ".!?"
                if text[starts[token + 1]].isupper() and not is_short:
                    yield token + 1
                break


class _Finder:
    """Decides mark by mark, in order, where the next sentence begins."""

    def __init__(
        self, text: str, starts: list[int], ends: list[int], paragraphs: list[int]
    ) -> None:
        self.text, self.starts, self.ends = text, starts, ends
        self.paragraphs = [*paragraphs, len(starts)]
        self.paragraph = 0
        self.begun = 0  # the token that the sentence at hand begins with
        self.counted = 0  # up to here straight quotation marks are counted
        self.is_open = False  # whether an odd number of them stands in the paragraph so far

    def word(self, token: int) -> str:
        return self.text[self.starts[token] : self.ends[token]]

    def is_glued(self, token: int) -> bool:
        """Whether no blank stands between this token and the one before."""
        return token > 0 and self.starts[token] == self.ends[token - 1]

    def next_sentence(self, mark: int) -> int:
        """The token that begins the sentence after this mark, -1 where none begins."""
        while self.paragraphs[self.paragraph] <= mark:
            self.counted = max(self.counted, self.starts[self.paragraphs[self.paragraph]])
            self.is_open = False
            self.begun = self.paragraphs[self.paragraph]
            self.paragraph += 1
        limit = self.paragraphs[self.paragraph]
        quoted = False
        after = mark + 1
        while after < limit and self._closes(after):
            quoted = quoted or self.word(after) not in _CLOSING_BRACKETS
            after += 1
        while self._is_note(after, limit):
            after += 3
        if after >= limit:
            return limit if limit < len(self.starts) else -1
        if not self._begins(mark, after, limit, quoted):
            return -1
        self.begun = after
        return after

    def _closes(self, token: int) -> bool:
        word = self.word(token)
        if word in _CLOSING_BRACKETS:
            return True
        if word not in _QUOTES:
            return False
        before, behind = self.is_glued(token), self._is_glued_behind(token)
        if before != behind:
            return before
        if word == '"':
            last = token + 1 == self.paragraphs[self.paragraph]
            return last or self._was_open(self.starts[token])
        return word in _CLOSING_QUOTES and not (word == "’" and not before)

    def _is_note(self, token: int, limit: int) -> bool:
        """Whether a note's number in brackets, as in an encyclopaedia, stands here: "[12]"."""
        return (
            token + 2 < limit
            and self.word(token) == "["
            and self.word(token + 1).isdigit()
            and self.word(token + 2) == "]"
        )

    def _is_glued_behind(self, token: int) -> bool:
        """Whether the next token follows at once; punctuation after a mark does not count."""
        if token + 1 >= len(self.starts) or self.starts[token + 1] != self.ends[token]:
            return False
        return self.word(token + 1) not in _GOES_ON and self.word(token + 1) not in _QUOTES

    def _was_open(self, offset: int) -> bool:
        odd = self.text.count('"', self.counted, offset) % 2 == 1
        self.is_open, self.counted = self.is_open != odd, max(self.counted, offset)
        return self.is_open

    def _begins(self, mark: int, after: int, limit: int, quoted: bool) -> bool:
        """Whether a sentence may begin at `after`, the first token behind the mark's closers."""
        ender, first = self.word(mark), self.word(after)
        lead = after
        while lead + 1 < limit and (self.word(lead) in _OPENERS or self.word(lead) in _QUOTES):
            lead += 1
        word = self.word(lead)
        if lead == after and first[0] in _GOES_ON:
            return False
        if ender[0] in _FACES:
            return word[:1].isupper()
        if set(ender) <= _RULES:
            return True
        if _ADDRESS.match(ender):
            return word[:1].isupper() or _ADDRESS.match(word) is not None
        if self.is_glued(after) and word[:1].islower():
            return ender[0] in "?!" and lead == after and self._is_plain_end(mark)
        if self.is_glued(after) and not (ender == "." and word[:1].isupper() and lead == after):
            return bool(quoted and word[:1].isupper()) or (ender != "." and word[:1].isupper())
        if len(ender) > 1 and ender[-1] == "." and ender[0] != ".":
            return self._ends_abbreviated(mark, ender[:-1], word)
        if ender == "." and self._is_list_mark(mark):
            return False
        if (ender == "…" or ender[:2] == "..") and self._is_omission(mark, word):
            return False
        if word[:1].islower() and (quoted or not self._is_plain_end(mark)):
            return word == "i" and not quoted
        return not (quoted and ender[0] in "!?" and self._is_attribution(lead, limit))

    def _ends_abbreviated(self, mark: int, short: str, word: str) -> bool:
        if short in SPELLING.inner or short in SPELLING.number:
            return False
        if len(short) == 1:
            return False
        if short in SPELLING.closing:
            near = mark - self.begun < _OPENING_TIME  # "At 10 a.m. Mr. Nur left."
            opening = near and self.word(self.begun) in SPELLING.before_time
            if not word[:1].isupper() or (opening and word not in SPELLING.starters):
                return False
            return word not in SPELLING.after_time and not _ZONE.fullmatch(word)
        return word in SPELLING.starters

    def _is_omission(self, mark: int, word: str) -> bool:
        """Whether dots stand for words left out, within a sentence: blanks on both sides."""
        return not self.is_glued(mark) and word not in SPELLING.starters

    def _is_plain_end(self, mark: int) -> bool:
        """Whether a mark ends a sentence even before a small letter.

        Not so after what may be an unknown abbreviation or a name such as "Yahoo!".
        """
        if mark == 0 or self.word(mark).strip("?!") not in ("", "."):
            return False
        before = self.word(mark - 1)
        if before[-1] in ")]" or before[-1].isdigit():
            return True
        return len(before) > 1 and before.islower() and before.isalpha()

    def _is_list_mark(self, mark: int) -> bool:
        """Whether the full stop belongs to the number of a list's item, at a line's beginning."""
        if mark == 0 or not self.is_glued(mark) or self.ends[mark - 1] - self.starts[mark - 1] > 2:
            return False
        start = self.starts[mark - 1]
        label = self.word(mark - 1)
        if not (label.isdigit() or (len(label) == 1 and label.isalpha())):
            return False
        line = self.text[max(0, start - 8) : start].replace("\r", "\n")
        return not line.rpartition("\n")[2].strip(" \t(") and (start <= 8 or "\n" in line)

    def _is_attribution(self, first: int, limit: int) -> bool:
        """Whether “Why?” goes on as in “Why?” Mr Lavrov asked."""
        if self.word(first) in SPELLING.starters:
            return False
        for token in range(first, min(first + 8, limit)):
            word = self.word(token)
            if word in SPELLING.saying:
                return True
            if word[0] in '.!?;:"“”':
                return False
        return False


def _shortened(text: str, starts: list[int], ends: list[int], bounds: list[int]) -> list[int]:
    """The bounds with every sentence cut that is longer than LONGEST tokens."""
    result = [0]
    for bound in bounds[1:]:
        while bound - result[-1] > LONGEST:
            result.append(_best_cut(text, starts, ends, result[-1]))
        result.append(bound)
    return result


def _best_cut(text: str, starts: list[int], ends: list[int], first: int) -> int:
    """Where a sentence that is too long is best cut: after punctuation in its last third."""
    for sign in _BREAKS:
        for token in range(first + LONGEST - 1, first + LONGEST * 2 // 3, -1):
            if text[starts[token] : ends[token]] == sign:
                return token + 1
    return first + LONGEST
