"""The analysed document: flat columns over its tokens, shared by every later stage.

Columns, not objects: a token is an index, and what is known of it stands in lists of equal length.
Plain lists of (interned) strings and integers are faster to index one by one than NumPy arrays;
the encoder's vectors stay one array. Heads are indices into the whole document, so that a stage
need not know where a sentence begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

ROOT = -1  # the head of a sentence's root


# Letters of the Cyrillic and Greek alphabets that look like a Latin one.
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁАВЕЅІЈКМНОРСТУХοαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdABESIJKMHOPCTYXoaABEZHIKMNOPTYX",
)


def _latin(word: str) -> str:
    """A Latin word into which a letter of another alphabet has slipped; the same length."""
    if not any("a" <= letter.lower() <= "z" for letter in word):
        return word
    return word.translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into words and sentences.

    `starts[i]:ends[i]` is token i in `text`; sentence s holds the tokens `bounds[s]` to
    `bounds[s + 1]`, so `bounds` has one entry more than there are sentences. `paragraphs[s]` is the
    number of the paragraph that the sentence stands in. Where sentences were left out, `places[s]`
    is the number of the sentence in the whole text, `whole` how many sentences that has,
    `left_out` holds the words of the others, and `unread` what the mean of their vectors may be.
    """

    text: str
    starts: list[int]
    ends: list[int]
    bounds: list[int]
    paragraphs: list[int]
    places: tuple[int, ...] | None = None
    whole: int | None = None
    left_out: tuple[str, ...] = ()
    unread: npt.NDArray[np.float32] | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.starts)

    def place(self, sentence: int) -> int:
        """The number of a sentence in the whole text."""
        return sentence if self.places is None else self.places[sentence]

    @property
    def sentences_of_text(self) -> int:
        """How many sentences the whole text has, those that were left out among them."""
        return self.sentence_count if self.whole is None else self.whole

    @property
    def words(self) -> list[str]:
        """The words as they are read: letters of another alphabet within them made Latin."""
        text = self.text
        words = [text[a:b] for a, b in zip(self.starts, self.ends, strict=True)]
        return words if text.isascii() else [w if w.isascii() else _latin(w) for w in words]

    @property
    def sentence_count(self) -> int:
        return len(self.bounds) - 1


@dataclass(frozen=True, slots=True)
class Name:
    """A name over the tokens `first` to `last` (exclusive); label PER, ORG, LOC, NORP or MISC."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A tagged piece of an attribution over tokens; `role` is source, cue or content."""

    first: int
    last: int
    role: str


@dataclass(frozen=True)
class Analysis:
    """The linguistic analysis of one document; every list has one entry a token.

    `heads[i]` is the token that i depends on, in the document, or ROOT. `feats[i]` holds the
    universal features that the model gives (`Tense`, `Mood`, `VerbForm`, `Number`, `Person`) in the
    notation of CoNLL-U, `_` where there are none. `vectors` has the shape (tokens, 384), float32.
    """

    tokens: Tokens
    words: list[str]
    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    feats: list[str]
    heads: list[int]
    deprels: list[str]
    names: list[Name] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    vectors: npt.NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.words)

    @property
    def text(self) -> str:
        return self.tokens.text

    @cached_property
    def sentence_of(self) -> list[int]:
        """The number of the sentence that each token stands in."""
        bounds = self.tokens.bounds
        return [s for s in range(len(bounds) - 1) for _ in range(bounds[s], bounds[s + 1])]

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each token, left to right."""
        found: list[list[int]] = [[] for _ in self.words]
        for token, head in enumerate(self.heads):
            if head >= 0:
                found[head].append(token)
        return found

    def subtree(self, token: int) -> tuple[int, int]:
        """The first token and the one after the last of all that depends on this token."""
        first = last = token
        waiting = [token]
        while waiting:
            for child in self.children[waiting.pop()]:
                first, last = min(first, child), max(last, child)
                waiting.append(child)
        return first, last + 1

    def head_of(self, first: int, last: int) -> int:
        """The token of a stretch that depends on what is outside it: the first, if several do."""
        heads = self.heads
        for token in range(first, last):
            if not first <= heads[token] < last:
                return token
        return last - 1

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets in the text of the tokens `first` to `last` (exclusive)."""
        return self.tokens.starts[first], self.tokens.ends[last - 1]
