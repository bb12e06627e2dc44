"""A text cut finely, each piece with the class of its word: what the rules for times look at.

Hyphens, points and the letters of "p.m." are pieces of their own, so that the rules see "mid-2019",
"6.30pm" and "16:00" alike, however the words were cut. The classes of a stretch are one string with
one character a piece; a rule is a regular expression over that string, which is quick.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, repeat

_PIECE = re.compile(r"[^\W\d_]+|[0-9]+|[^\w\s]")
_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "".join(
    map(chr, range(0xC0, 0x180))
)
_MARKS = {
    ".": "dot",
    ",": "comma",
    ":": "colon",
    "/": "slash",
    "-": "hyphen",
    "–": "hyphen",
    "—": "dash",
    "‑": "hyphen",
    "−": "hyphen",
    "'": "apostrophe",
    "’": "apostrophe",
    "‘": "apostrophe",
    "(": "open",
    ")": "close_mark",
}
_FIGURES = frozenset("0123456789")
OTHER = "_"
BREAK = "\n"
_COUNTED = ("day", "figure", "four")  # a number from 1 to 31, another number, one of four figures


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of words.toml: `code` and `value` of a word, and the `codes` of classes."""

    code: dict[str, str]
    value: dict[str, str | int | float]
    codes: dict[str, str]

    def pattern(self, template: str) -> str:
        """A rule's template as a regular expression: <name> becomes the code of that class."""
        return re.sub(r"(?<!P)<(\w+)>", lambda m: self.codes[m[1]], template.replace(" ", ""))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped words."""
    data = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    names = [*data, *_COUNTED, *dict.fromkeys(_MARKS.values())]
    codes = dict(zip(names, _SAFE, strict=False))
    code = {mark: codes[name] for mark, name in _MARKS.items()}
    value: dict[str, str | int | float] = {}
    for name, words in data.items():
        for word, what in words.items():
            code[word] = codes[name]
            value[word] = what
    return Lexicon(code, value, codes)


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    data = tomllib.loads((files(__package__) / "around.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items()}


def around(name: str) -> frozenset[str]:
    """A list of around.toml: words beside a time word that decide what it is."""
    return _lists()[name]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text: where each begins and ends, its word in lower case, and its class."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: str

    def joined(self, first: int, last: int) -> bool:
        """Whether the pieces `first` to `last` (exclusive) stand without a space between them."""
        return all(self.ends[i] == self.starts[i + 1] for i in range(first, last - 1))

    def capital(self, piece: int) -> bool:
        """Whether the piece begins with a capital."""
        if not 0 <= piece < len(self.starts):
            return False
        start = self.starts[piece]
        return self.text[start : start + 1].isupper()

    def word(self, piece: int) -> str:
        """The word in lower case, empty outside the text."""
        return self.words[piece] if 0 <= piece < len(self.words) else ""


def cut(text: str, bounds: Sequence[int]) -> Pieces:
    """The pieces of a text; at each of `bounds` (offsets, rising) a sentence begins."""
    table = lexicon()
    codes = table.codes
    edges = [*bounds, len(text)] if bounds else [0, len(text)]
    spans: list[tuple[int, int]] = []
    for low, high in pairwise(edges):
        spans += [match.span() for match in _PIECE.finditer(text, low, high)]
        spans.append((high, high))  # the break between sentences
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when they are lowered
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    words = [lower[a:b] for a, b in spans]
    found = list(map(table.code.get, words, repeat(OTHER)))
    for at, word in enumerate(words):
        if not word:
            found[at] = BREAK
        elif word[0] in _FIGURES:
            found[at] = _number(word, codes)
    starts, ends = [a for a, _ in spans], [b for _, b in spans]
    return Pieces(text, starts, ends, words, "".join(found))


def _number(figures: str, codes: dict[str, str]) -> str:
    if len(figures) == 4 and figures[0] in "12":
        return codes["four"]
    return codes["day"] if len(figures) <= 2 and 0 < int(figures) <= 31 else codes["figure"]
