"""Words cut into the encoder's pieces, with the class of each word's shape.

The encoder knows no capitals; the shape tells them, and tells the kinds of punctuation apart that
attribution turns on. Training and reading share this module, so that both see the same numbers.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

MOST_PIECES = 8  # a longer word (an address, a hash) is told by its beginning
UNKNOWN, CLS, SEP = 100, 101, 102

SHAPES = (
    "none",
    "lower",
    "title",
    "upper",
    "capital",
    "mixed",
    "number",
    "number-mixed",
    "open-quote",
    "close-quote",
    "straight-quote",
    "stop",
    "comma",
    "dash",
    "bracket",
    "symbol",
)
_MARKS = {
    **dict.fromkeys("“«„‘‹", 8),
    **dict.fromkeys("”»’›", 9),
    **dict.fromkeys("\"'`", 10),
    **dict.fromkeys(".!?…", 11),
    **dict.fromkeys(",;:", 12),
    **dict.fromkeys("-–—‐‑−", 13),
    **dict.fromkeys("()[]{}<>", 14),
}


def shape(word: str) -> int:
    """The number of the word's class in SHAPES."""
    if word.islower():
        return 7 if any(c.isdigit() for c in word) else 1
    if any(c.isdigit() for c in word):
        return 7 if any(c.isalpha() for c in word) else 6
    if word.isupper():
        return 4 if sum(c.isalpha() for c in word) == 1 else 3
    if word.istitle():
        return 2
    if any(c.isalpha() for c in word):
        return 5
    return _MARKS.get(word[:1], 15)


class Pieces:
    """Cuts words; remembers those that it has cut, up to a bound."""

    def __init__(self, vocabulary: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.cut = lru_cache(maxsize=200_000)(self._cut)

    def _cut(self, word: str) -> tuple[tuple[int, ...], int]:
        """The word's piece numbers, at least one and at most MOST_PIECES, and its shape."""
        ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:MOST_PIECES]
        return tuple(ids) or (UNKNOWN,), shape(word)
