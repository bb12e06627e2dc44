"""Which of many passages says best what all of them say: the most central one.

Words are weighed by how rare they are among all passages at hand (tf-idf); the centre is the sum of
the passages' vectors times their weights; the passage closest to it (cosine) wins, unless it is too
short to tell anything or too long to be read.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_STOP: Final = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "me",
        "more",
        "most",
        "my",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "other",
        "our",
        "out",
        "over",
        "said",
        "say",
        "says",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "two",
        "under",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
_FEWEST, _MOST = 8, 45  # words of a passage that can stand for a day


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to choose from. `weight`: how surely it is about the matter; `place`: how far down
    in its document it stands, from 0."""

    text: str
    weight: float = 1.0
    place: int = 0


def words_of(text: str) -> list[str]:
    """The words that carry meaning, in small letters."""
    return [word for word in _WORD.findall(text.lower()) if word not in _STOP]


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """How rare each word is among texts: log(1 + texts / texts with the word)."""
    count: Counter[str] = Counter()
    whole = 0
    for text in texts:
        whole += 1
        count.update(set(words_of(text)))
    return {word: math.log(1 + whole / n) for word, n in count.items()}


def most_central(passages: Sequence[Passage], rare: Mapping[str, float]) -> int:
    """The number of the passage that says best what all say; the first of equals."""
    unknown = max(rare.values(), default=1.0)
    vectors = []
    centre: Counter[str] = Counter()
    for passage in passages:
        counts = Counter(words_of(passage.text))
        for word, n in counts.items():
            centre[word] += passage.weight * n * rare.get(word, unknown)  # type: ignore[assignment]
        vectors.append({w: (1 + math.log(n)) * rare.get(w, unknown) for w, n in counts.items()})
    scored = [
        (_rank(passage, vector, centre), -number)
        for number, (passage, vector) in enumerate(zip(passages, vectors, strict=True))
    ]
    return -max(scored)[1]


def _rank(passage: Passage, vector: Mapping[str, float], centre: Mapping[str, float]) -> float:
    length = math.sqrt(sum(x * x for x in vector.values()))
    if not length:
        return -2.0
    close = sum(x * centre[word] for word, x in vector.items()) / length
    rank = round(close * (1 + passage.weight) / (1 + 0.03 * passage.place), 9)
    readable = _FEWEST <= len(_WORD.findall(passage.text)) <= _MOST
    return rank if readable else -1 / (1 + rank)
