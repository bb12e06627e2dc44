"""Scores an analysis against a treebank by the definitions of the CoNLL 2018 shared task.

Texts are compared without their blanks. A token or sentence is right if it covers the same
characters as one in the treebank. Words are aligned by their characters; where either side writes
several words as one token ("don't"), by the longest common subsequence of their forms. A tag is
right if its word is aligned and both agree; a dependency, if the aligned heads agree too. Labels
are compared without their subtypes, features by the universal ones only.

Beyond those definitions: `LAS+` compares labels with their subtypes, `Feats` only the features that
the model gives (Mood, Number, Person, Tense, VerbForm).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from dragoman.errors import InputError
from dragoman.language.analysis import ROOT, Analysis, Tokens
from dragoman.language.conllu import TreebankDocument, read_treebank
from dragoman.language.conllu_writing import multiword_ranges

__all__ = [
    "METRICS",
    "Score",
    "TreebankDocument",
    "read_analyses",
    "read_treebank",
    "score_analysis",
    "score_tokens",
    "total",
]

_UNIVERSAL = frozenset(
    [
        "Abbr",
        "Animacy",
        "Aspect",
        "Case",
        "Definite",
        "Degree",
        "Evident",
        "Foreign",
        "Gender",
        "Mood",
        "NumType",
        "Number",
        "Person",
        "Polarity",
        "Polite",
        "Poss",
        "PronType",
        "Reflex",
        "Tense",
        "VerbForm",
        "Voice",
    ]
)
_GIVEN = frozenset(["Mood", "Number", "Person", "Tense", "VerbForm"])
SEGMENTS = ("Tokens", "Sentences", "Words")
METRICS = (
    *SEGMENTS,
    "UPOS",
    "XPOS",
    "UFeats",
    "Feats",
    "Lemmas",
    "UAS",
    "LAS",
    "LAS+",
)

Span = tuple[int, int]
Scores = Mapping[str, "Score"]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure; they add up over documents."""

    gold: int = 0
    system: int = 0
    correct: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.gold + other.gold, self.system + other.system, self.correct + other.correct
        )

    @property
    def precision(self) -> float:
        return self.correct / self.system if self.system else 0.0

    @property
    def recall(self) -> float:
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        whole = self.gold + self.system
        return 2 * self.correct / whole if whole else 0.0


def read_analyses(path: Path | str) -> Iterator[Analysis]:
    """The documents of a treebank as gold analyses, with their own tokens."""
    for document in read_treebank(path):
        yield document.analysis


def total(scores: Iterable[Scores]) -> dict[str, Score]:
    """The scores of several documents taken together."""
    summed: dict[str, Score] = {}
    for each in scores:
        for name, score in each.items():
            summed[name] = summed.get(name, Score()) + score
    return summed


def score_tokens(gold: TreebankDocument, tokens: Tokens) -> dict[str, Score]:
    """How well a text was cut: tokens, sentences and words."""
    first, second = _side_of(gold), _side(tokens, multiword_ranges(tokens))
    return _segments(first, second, _aligned(first, second))


def score_analysis(
    gold: TreebankDocument, system: Analysis, multiwords: Sequence[Span] | None = None
) -> dict[str, Score]:
    """All measures for a document; `multiwords` are the system's, found by rule if not given."""
    if multiwords is None:
        multiwords = multiword_ranges(system.tokens)
    first, second = _side_of(gold), _side(system.tokens, multiwords)
    pairs = _aligned(first, second)
    scores = _segments(first, second, pairs)
    right = gold.analysis
    sizes = (len(right), len(system))
    for name, same in _comparisons(right, system).items():
        scores[name] = Score(*sizes, sum(same(a, b) for a, b in pairs))
    return scores | _dependencies(right, system, pairs)


def _comparisons(gold: Analysis, system: Analysis) -> dict[str, Callable[[int, int], bool]]:
    return {
        "UPOS": lambda a, b: gold.upos[a] == system.upos[b],
        "XPOS": lambda a, b: gold.xpos[a] == system.xpos[b],
        "UFeats": lambda a, b: (
            _features(gold.feats[a], _UNIVERSAL) == _features(system.feats[b], _UNIVERSAL)
        ),
        "Feats": lambda a, b: (
            _features(gold.feats[a], _GIVEN) == _features(system.feats[b], _GIVEN)
        ),
        "Lemmas": lambda a, b: gold.lemmas[a] in ("_", system.lemmas[b]),
    }


@lru_cache(maxsize=4096)
def _features(feats: str, kept: frozenset[str]) -> str:
    return "|".join(sorted(f for f in feats.split("|") if f.partition("=")[0] in kept))


def _dependencies(
    gold: Analysis, system: Analysis, pairs: Sequence[tuple[int, int]]
) -> dict[str, Score]:
    counterpart = {b: a for a, b in pairs}
    counterpart[ROOT] = ROOT
    attached = labelled = exact = 0
    for a, b in pairs:
        if counterpart.get(system.heads[b], -2) != gold.heads[a]:
            continue
        attached += 1
        exact += gold.deprels[a] == system.deprels[b]
        labelled += gold.deprels[a].partition(":")[0] == system.deprels[b].partition(":")[0]
    sizes = (len(gold), len(system))
    return {
        "UAS": Score(*sizes, attached),
        "LAS": Score(*sizes, labelled),
        "LAS+": Score(*sizes, exact),
    }


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison; spans count characters that are no blanks."""

    characters: str
    words: list[str]
    spans: list[Span]  # of the tokens that the words stand in
    sentences: list[Span]
    tokens: list[Span]
    in_multiword: list[bool]


def _side_of(document: TreebankDocument) -> _Side:
    return _side(document.analysis.tokens, document.multiwords)


def _side(tokens: Tokens, multiwords: Sequence[Span]) -> _Side:
    text = tokens.text
    before = [0, *accumulate(not c.isspace() and c not in "\u200b\u2060\ufeff" for c in text)]
    spans = [(before[a], before[b]) for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    bounds = tokens.bounds
    sentences = [(spans[bounds[s]][0], spans[bounds[s + 1] - 1][1]) for s in range(len(bounds) - 1)]
    inside = [False] * len(spans)
    for first, last in multiwords:
        whole = (spans[first][0], spans[last - 1][1])
        for token in range(first, last):
            spans[token], inside[token] = whole, True
    characters = "".join(text.split()).translate({0x200B: None, 0x2060: None, 0xFEFF: None})
    return _Side(characters, tokens.words, spans, sentences, list(dict.fromkeys(spans)), inside)


def _segments(gold: _Side, system: _Side, pairs: Sequence[tuple[int, int]]) -> dict[str, Score]:
    if gold.characters != system.characters:
        raise InputError(
            "The text of the analysis is not that of the treebank, so they cannot be compared. "
            "Analyse the treebank's own text, or use --pretokenized."
        )
    return {
        "Tokens": _overlap(gold.tokens, system.tokens),
        "Sentences": _overlap(gold.sentences, system.sentences),
        "Words": Score(len(gold.words), len(system.words), len(pairs)),
    }


def _overlap(gold: Sequence[Span], system: Sequence[Span]) -> Score:
    return Score(len(gold), len(system), len(set(gold) & set(system)))


def _aligned(gold: _Side, system: _Side) -> list[tuple[int, int]]:
    """The pairs of words that are the same, as numbers of the gold and the system's word."""
    pairs: list[tuple[int, int]] = []
    a = b = 0
    while a < len(gold.words) and b < len(system.words):
        if gold.in_multiword[a] or system.in_multiword[b]:
            if gold.spans[a][1] <= system.spans[b][0]:
                a += 1
                continue
            if system.spans[b][1] <= gold.spans[a][0]:
                b += 1
                continue
            end_a, end_b = _region(gold, system, a, b)
            common = _common(gold.words[a:end_a], system.words[b:end_b])
            pairs.extend((a + i, b + j) for i, j in common)
            a, b = end_a, end_b
        elif gold.spans[a] == system.spans[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif gold.spans[a][0] <= system.spans[b][0]:
            a += 1
        else:
            b += 1
    return pairs


def _region(gold: _Side, system: _Side, a: int, b: int) -> Span:
    """The ends of the smallest stretches from these words on that cover the same characters."""
    end = max(gold.spans[a][1], system.spans[b][1])
    last_a, last_b = a, b
    while True:
        while last_a < len(gold.words) and gold.spans[last_a][0] < end:
            last_a += 1
        while last_b < len(system.words) and system.spans[last_b][0] < end:
            last_b += 1
        reached = max(gold.spans[last_a - 1][1], system.spans[last_b - 1][1])
        if reached == end:
            return last_a, last_b
        end = reached


def _common(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence of two short lists of forms, without regard to case."""
    one, two = [w.lower() for w in first], [w.lower() for w in second]
    best = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(two) - 1, -1, -1):
            best[i][j] = (
                best[i + 1][j + 1] + 1 if one[i] == two[j] else max(best[i + 1][j], best[i][j + 1])
            )
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(one) and j < len(two):
        if one[i] == two[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
