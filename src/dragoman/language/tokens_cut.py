"""Cuts what stands between two blanks into tokens, by the conventions of the English Web Treebank.

A piece of text without blanks ("U.S.-led", "don't,", "(Reuters)") has no gaps inside, so the ends
of its tokens say all. The same pieces come again and again; `cut` remembers them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_L = r"[^\W\d_]"
_WORD = rf"{_L}[\w\u00ad\u200c\u200d\u0300-\u036f]*"
_APOSTROPHES = "'’‘`´ʼ"


@dataclass(frozen=True, slots=True)
class Spelling:
    """What tokens.toml tells, made ready for look-up."""

    prefixes: frozenset[str]
    suffixes: frozenset[str]
    contractions: dict[str, int]
    lower_contractions: dict[str, int]
    whole: frozenset[str]
    units: frozenset[str]
    inner: frozenset[str]
    either: frozenset[str]
    closing: frozenset[str]
    number: frozenset[str]
    before_time: frozenset[str]
    after_time: frozenset[str]
    starters: frozenset[str]
    saying: frozenset[str]
    greetings: frozenset[str]
    currencies: tuple[str, ...]
    domains: tuple[str, ...]

    @classmethod
    def load(cls) -> Spelling:
        data = tomllib.loads(files("dragoman.language").joinpath("tokens.toml").read_text("utf-8"))
        short = data["abbreviations"]
        return cls(
            prefixes=frozenset(data["hyphens"]["prefixes"]),
            suffixes=frozenset(data["hyphens"]["suffixes"]),
            contractions=_cuts(data["contractions"]["any_case"]),
            lower_contractions=_cuts(data["contractions"]["lower_case"]),
            whole=frozenset(data["whole"]["words"]),
            units=frozenset(data["units"]["words"]),
            inner=_with_capitals(short["inner"]),
            either=_with_capitals(short["either"]),
            closing=_with_capitals(short["closing"]),
            number=_with_capitals(short["number"]),
            before_time=frozenset(short["before_time"]),
            after_time=frozenset(short["after_time"]),
            starters=frozenset(data["sentences"]["starters"]),
            saying=frozenset(data["sentences"]["saying"]),
            greetings=frozenset(data["sentences"]["greetings"]),
            currencies=tuple(data["whole"]["currencies"]),
            domains=tuple(data["whole"]["top_level_domains"]),
        )


def _cuts(marked: list[str]) -> dict[str, int]:
    return {word.replace("|", ""): word.index("|") for word in marked}


def _with_capitals(words: list[str]) -> frozenset[str]:
    return frozenset(words) | {word.upper() for word in words if len(word) > 1}


SPELLING = Spelling.load()
ABBREVIATIONS = SPELLING.inner | SPELLING.either | SPELLING.closing


def _longest_first(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


# Every repetition is bounded or cannot be entered twice, so that no text takes more than linear
# time. Order matters: the first alternative that fits is taken.
_TOKEN = re.compile(
    rf"""
    (?P<address>(?:https?://|ftp://|www\.)[^\s<>"“”«»]+)
  | (?P<mail>[\w.+%-]{{1,64}}@\w[\w-]{{0,62}}(?:\.\w[\w-]{{0,62}}){{0,6}})
  | (?P<handle>@\w+|\#{_L}\w*)
  | (?P<domain>(?:\w[\w-]{{0,62}}\.){{1,5}}(?:{_longest_first(SPELLING.domains)})(?![\w@]))
  | (?P<face>(?<!\S)[:;=]['’]?-?[)(DPp|](?!\w))
  | (?P<currency>(?:{_longest_first(SPELLING.currencies)}))
  | (?P<degree>(?:{_longest_first(tuple(w for w in ABBREVIATIONS if "." in w))})(?!\w)\.?)
  | (?P<ticker>(?<=<)[A-Z0-9]{{1,6}}\.[A-Z]{{1,3}}(?=>))
  | (?P<acronym>[A-Za-z](?:\.[A-Za-z]){{1,7}}(?![\w])\.?)
  | (?P<company>[A-Za-z]{{1,4}}&[A-Za-z]{{1,4}}(?!\w))
  | (?P<year>['’]\d\ds?(?!\w))
  | (?P<clitic>(?:(?<!\S)|(?<=\w\.))(?:['’](?:s|re|ve|ll|d|m|em)|n['’]t)(?!\w))
  | (?P<number>
        (?:1-)?\d{{3}}-\d{{3}}-\d{{4}}(?!\d)
      | \d{{4}}-\d\d-\d\d(?!\w)
      | \d{{1,4}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\w/])
      | \d{{1,2}}:\d\d(?::\d\d)?
      | \d+(?:['’]?s|st|nd|rd|th)(?!\w)
      | \.?\d+(?:[.,]\d+)*
    )
  | (?P<word>{_WORD}(?:['’´ʼ]{_WORD})*)
  | (?P<dots>\.{{2,}}|…+\.*)
  | (?P<marks>[!?]+|''|``|‘‘|’’|,,|<<|>>|(?P<same>[-*=_~\#+<>^/|•·])(?P=same)+)
  | (?P<sign>\[\.\.\.\]|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NEGATION = re.compile(r"n['’‘`´ʼ]t$", re.IGNORECASE)
_CLITIC = re.compile(r"['’‘`´ʼ](?:s|re|ve|ll|d|m)$", re.IGNORECASE)
_UNIT = re.compile(r"[A-Za-z]\.[A-Za-z](?!\w)\.?|[A-Za-z]+(?![\w])")
_REST = re.compile(r"\w+")
_TRAILING = ".,;:!?)]}'’*”\""
_AFTER_HYPHEN = re.compile(rf"-(?={_L}|\d)(?:{_WORD}(?:['’]{_WORD})*|\d+(?:['’]?s)?(?!\w))")
_ENDERS = frozenset(".!?…")

_MOST_CLITICS = 3  # "shouldn't've" has two

# The ends of the tokens; the numbers of those that may end a sentence; whether the last full stop
# belongs to the word before it only if what follows the piece says so ("No. 5", "J. Smith").
Cut = tuple[tuple[int, ...], tuple[int, ...], bool]

_REMEMBERED = 40
_RULE = 8  # signs; a row of so many dashes or stars parts sections


def cut(piece: str) -> Cut:
    """The tokens of a piece of text without blanks."""
    return _remembered(piece) if len(piece) <= _REMEMBERED else _cut(piece)


@lru_cache(maxsize=1 << 16)
def _remembered(piece: str) -> Cut:
    return _cut(piece)


def _cut(piece: str) -> Cut:
    size = len(piece)
    if piece in SPELLING.whole:
        return (size,), (), False
    ends: list[int] = []
    marks: list[int] = []
    at = 0
    while at < size:
        found = _TOKEN.match(piece, at)
        assert found is not None  # the last alternative takes anything
        kind, end = found.lastgroup or "", found.end()
        at = _TAKERS.get(kind, _take)(piece, at, end, ends)
        if (
            (piece[at - 1] in _ENDERS and kind != "domain")
            or kind in ("face", "address", "mail")
            or (found["same"] and end - found.start() >= _RULE)
        ):
            marks.append(len(ends) - 1)
    return tuple(ends), tuple(marks), _is_open(piece, ends)


def _is_open(piece: str, ends: list[int]) -> bool:
    if len(ends) < 2 or piece[ends[-2] :] != ".":
        return False
    word = piece[ends[-3] if len(ends) > 2 else 0 : ends[-2]]
    return word in SPELLING.number or (len(word) == 1 and word.isupper())


def _take(piece: str, start: int, end: int, ends: list[int]) -> int:
    ends.append(end)
    return end


def _take_address(piece: str, start: int, end: int, ends: list[int]) -> int:
    """An address without the punctuation of the sentence around it."""
    while end > start + 1 and piece[end - 1] in _TRAILING:
        if piece[end - 1] == ")" and "(" in piece[max(start, end - 200) : end - 1]:
            break
        end -= 1
    ends.append(end)
    return end


def _take_number(piece: str, start: int, end: int, ends: list[int]) -> int:
    """A number, without a unit that is glued to it; "3143C" and "4x4" stay whole."""
    unit = _UNIT.match(piece, end)
    if unit is not None:
        word = unit[0].rstrip(".")
        known = word if len(word) == 1 else word.lower()
        if known in SPELLING.units:
            ends.append(end)
            return _with_stop(piece, end, end + len(word), ends)
    more = _REST.match(piece, end)
    return _take(piece, start, more.end() if more else end, ends)


def _take_word(piece: str, start: int, end: int, ends: list[int]) -> int:
    word = piece[start:end]
    if end < len(piece) and piece[end] == "-":
        joined = _joined(piece, start, end)
        if joined > end:
            end, word = joined, piece[start:joined]
    clitics: list[int] = []
    while not word.isalpha() and len(clitics) < _MOST_CLITICS:
        clitic = _NEGATION.search(word) or _CLITIC.search(word)
        if clitic is None or not clitic.start():
            break
        clitics.append(start + len(word))
        word = word[: clitic.start()]
    if clitics:
        ends.extend((start + len(word), *reversed(clitics)))
        return end
    inner = _contraction(word)
    if inner:
        ends.append(start + inner)
    return _with_stop(piece, start, end, ends)


def _joined(piece: str, start: int, end: int) -> int:
    """The end of a word that a prefix or a suffix with a hyphen makes longer, else its own."""
    tail = _AFTER_HYPHEN.match(piece, end)
    if tail is None:
        return end
    if piece[start:end].lower() in SPELLING.prefixes or tail[0][1:].lower() in SPELLING.suffixes:
        return tail.end()
    return end


def _contraction(word: str) -> int:
    if len(word) > 8:
        return 0
    plain = word.lower()
    for sign in _APOSTROPHES[1:]:
        plain = plain.replace(sign, "'")
    return SPELLING.contractions.get(plain, 0) or SPELLING.lower_contractions.get(word, 0)


def _with_stop(piece: str, start: int, end: int, ends: list[int]) -> int:
    """The word, with the full stop that belongs to it when it is an abbreviation."""
    if piece.startswith(".", end) and not piece.startswith("..", end):
        word = piece[start:end]
        follower = piece[end + 1 : end + 2]
        is_initial = len(word) == 1 and word.isupper() and follower.isupper()
        is_number = word in SPELLING.number and follower.isdigit()
        if word in ABBREVIATIONS or is_initial or is_number:
            end += 1
    ends.append(end)
    return end


_TAKERS = {
    "address": _take_address,
    "mail": _take_address,
    "number": _take_number,
    "word": _take_word,
}
