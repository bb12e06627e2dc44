"""Lemmas from a table and from rules over endings, by the conventions of the English treebanks.

The Penn tag decides most ("left" is "leave" as VBD, "left" as JJ). Names keep their form, numbers
lose the commas of their thousands, quotation marks and dashes become plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "\u00ad": None})
_MARKS = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "…": "...",
    "`": "'",
}
_LONGEST_ENDING = 6
# Adjectives of peoples and places keep their capital.
_PEOPLES = (
    "ian",
    "ean",
    "ese",
    "ish",
    "can",
    "stani",
    "yan",
    "raqi",
    "aeli",
    "meni",
    "wari",
    "ani",
)
_ACRONYM = 4  # letters; longer names in capitals throughout are taken for shouting

Rule = tuple[str, str, int, str]
Word = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Lemmas:
    """The table by (form, tag) and the rules by (ending, tag)."""

    words: dict[tuple[str, str], str]
    rules: dict[tuple[str, str], tuple[int, str]]

    @classmethod
    def of(cls, rules: Iterable[Rule], words: Iterable[Word]) -> Lemmas:
        return cls(
            words={(form, tag): lemma for tag, form, lemma in words},
            rules={(ending, tag): (cut, add) for tag, ending, cut, add in rules},
        )

    @classmethod
    def load(cls) -> Lemmas:
        rules: list[Rule] = []
        words: list[Word] = []
        text = files("dragoman.language").joinpath("lemmas.tsv").read_text("utf-8")
        for line in text.split("\n"):
            kind, *row = line.split("\t")
            if kind == "rule":
                rules.append((row[0], row[1], int(row[2]), row[3]))
            elif kind == "word":
                words.append((row[0], row[1], row[2]))
        return cls.of(rules, words)

    def lemma(self, word: str, tag: str) -> str:
        """The lemma of a word under a Penn tag."""
        form = plain_form(word)
        if form in _MARKS and tag != "POS":
            return _MARKS[form]
        lower = form.lower()
        known = self.words.get((lower, tag))
        if known is not None:
            return known
        if tag == "VBD" and lower.endswith("n"):  # “has withdrawn”, with the participle mistagged
            return self.words.get((lower, "VBN")) or self._ruled(lower, "VBN")
        if tag == "NNP":
            shouted = form.isupper() and len(form) > _ACRONYM and form.isalpha()
            return form.capitalize() if shouted else form
        if tag == "NNPS":
            return self._ruled(form, tag)
        if tag == "CD":
            return lower.replace(",", "")
        if tag == "JJ" and form[:1].isupper() and form[1:].islower() and form.endswith(_PEOPLES):
            return form
        if not lower[:1].isalnum():
            return lower
        if tag == "NNS" and form[:-1].isupper() and form[-1:] == "s" and len(form) > 2:
            return form[:-1]
        return self._ruled(lower, tag)

    def _ruled(self, form: str, tag: str) -> str:
        lower = form.lower()
        for size in range(min(_LONGEST_ENDING, len(form)), -1, -1):
            rule = self.rules.get((lower[len(form) - size :], tag))
            if rule is not None:
                cut, add = rule
                return form[: len(form) - cut] + add if cut < len(form) else form
        return form


def plain_form(word: str) -> str:
    """The word with plain apostrophes, without soft hyphens."""
    return word.translate(_PLAIN) if not word.isascii() and len(word) > 1 else word


def lemmatise(
    words: Sequence[str], upos: Sequence[str], xpos: Sequence[str], feats: Sequence[str]
) -> list[str]:
    """The lemmas of a document's words; the Penn tags decide."""
    found = [_lemma(word, tag) for word, tag in zip(words, xpos, strict=True)]
    for token, word in enumerate(words):
        if xpos[token] == "VBZ" and word in _SHORT_VERBS:
            found[token] = _short_verb(token, xpos, words)
    return found


_SHORT_VERBS = frozenset(["'s", "’s"])


def _short_verb(token: int, xpos: Sequence[str], words: Sequence[str]) -> str:
    """The verb behind "'s": "has" before a participle of "be" or "get", else "is"."""
    for after in range(token + 1, min(token + 3, len(words))):
        if words[after] in ("been", "got", "had"):
            return "have"
        if not xpos[after].startswith("RB"):
            break
    return "be"


@lru_cache(maxsize=1)
def _table() -> Lemmas:
    return Lemmas.load()


@lru_cache(maxsize=1 << 16)
def _lemma(word: str, tag: str) -> str:
    return _table().lemma(word, tag) if len(word) < 80 else word
