"""Which sentences cannot hold a political event: told before the encoder runs, in microseconds.

A linear model over hashed words and pairs of words, with what the directory's names of states and
peoples hit; then a second one over a sentence's score, its neighbours' and its document's. It was
trained on what the full reader finds (training/train_triage.py); its threshold keeps a set share of
the events. A sentence that is dropped is not analysed at all.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dragoman.errors import ModelError
from dragoman.language.analysis import Tokens

FILE = Path(__file__).parent / "model" / "triage.npz"
BITS = 17
SIZE = 1 << BITS
EXTRA = 4  # features beside the hashed words: names of states, capitals, figures, length
_PAIR = np.uint32(2_654_435_761)  # Knuth's multiplier, for pairs of words

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


_NAMED = np.uint32(0x9E3779B9)  # marks a word by how many of the known its sentence names
_SUFFIX = re.compile(r"(?<=..)(?:ing|ed|es|s|'s|’s)$")


@dataclass(frozen=True, slots=True)
class Features:
    """Hashed features of all sentences: `places` in the weights, cut by `bounds`; `extra` columns.

    Sentence s has the places `bounds[s]` to `bounds[s + 1]`: words, pairs, and words once more,
    marked by how many of `known` the sentence names (none, one, more).
    """

    places: Places
    bounds: Places
    extra: Floats


@lru_cache(maxsize=1 << 16)
def _hashed(word: str) -> int:
    """The hash of a word without its ending, so that "accuses" and "accused" are one."""
    stem = _SUFFIX.sub("", word.lower()).removesuffix("e")
    return crc32(stem.encode("utf-8", "replace")) & 0xFFFFFFFF


def features(tokens: Tokens, known: frozenset[str]) -> Features:
    """The features of every sentence; `known` are words that name actors, in small letters."""
    words = tokens.words
    hashes = np.array([_hashed(word) for word in words], dtype=np.uint32)
    pairs = (hashes[:-1] * _PAIR) ^ hashes[1:]
    single = (hashes & np.uint32(SIZE - 1)).astype(np.int64)
    double = (pairs & np.uint32(SIZE - 1)).astype(np.int64)
    named = np.array([word.lower() in known for word in words], dtype=np.float32)
    upper = np.array([word[0].isupper() for word in words], dtype=np.float32)
    digit = np.array([word[0].isdigit() for word in words], dtype=np.float32)
    places: list[Places] = []
    bounds = [0]
    extra = np.zeros((tokens.sentence_count, EXTRA), dtype=np.float32)
    for s in range(tokens.sentence_count):
        a, b = tokens.bounds[s], tokens.bounds[s + 1]
        count = float(named[a:b].sum())
        mark = np.uint32((int(_NAMED) * (1 + min(2, int(count)))) & 0xFFFFFFFF)
        marked = ((hashes[a:b] ^ mark) & np.uint32(SIZE - 1)).astype(np.int64)
        places += [single[a:b], double[a : max(a, b - 1)], marked]
        bounds.append(bounds[-1] + 2 * (b - a) + max(0, b - a - 1))
        length = max(1, b - a)
        extra[s] = (
            min(3.0, count),
            float(upper[a:b].sum()) / length,
            float(digit[a:b].sum()) / length,
            min(1.0, length / 40),
        )
    joined = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    return Features(joined, np.array(bounds, dtype=np.int64), extra)


def in_context(scores: Floats) -> Floats:
    """For each sentence [sentences, 5]: its score, those beside it, the highest and the mean."""
    count = len(scores)
    rows = np.zeros((count, 5), dtype=np.float32)
    if count:
        low = np.float32(-6.0)  # where nothing stands beside it
        rows[:, 0] = scores
        rows[:, 1] = np.concatenate(([low], scores[:-1]))
        rows[:, 2] = np.concatenate((scores[1:], [low]))
        rows[:, 3] = scores.max()
        rows[:, 4] = scores.mean()
    return rows


class Triage:
    """The shipped filter. May be used from several threads at once."""

    def __init__(self, file: Path = FILE) -> None:
        """Load the filter; ModelError if its file is missing or cannot be read."""
        try:
            with np.load(file) as data:
                self._weights: Floats = data["weights"].astype(np.float32)
                self._extra: Floats = data["extra"].astype(np.float32)
                self._context: Floats = data["context"].astype(np.float32)
                about = json.loads(str(data["about"]))
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(
                f"The filter in {file} cannot be loaded: {error}. "
                "The installation is probably incomplete; install dragoman again."
            ) from error
        self._bias: float = about["bias"]
        self._context_bias: float = about["context_bias"]
        self.threshold: float = about["threshold"]
        self.version: str = about["version"]
        self._known = frozenset(about["names"].split())

    def scores(self, tokens: Tokens) -> Floats:
        """How much speaks for an event in each sentence; `threshold` parts them."""
        found = features(tokens, self._known)
        return self._of(found)

    def _of(self, found: Features) -> Floats:
        sums = np.concatenate(([0.0], np.cumsum(self._weights[found.places], dtype=np.float64)))
        total = sums[found.bounds[1:]] - sums[found.bounds[:-1]]
        lengths = np.maximum(1, np.diff(found.bounds))
        first = (total / np.sqrt(lengths) + found.extra @ self._extra + self._bias).astype(
            np.float32
        )
        rows: Floats = in_context(first) @ self._context + np.float32(self._context_bias)
        return np.round(rows, 4)

    def select(self, tokens: Tokens) -> Tokens:
        """The tokens of the sentences that may hold an event; the text and its offsets stay.

        Where any is kept, so is the first sentence, which tells day and place.
        """
        keep = self.scores(tokens) >= self.threshold
        if keep.all():
            return tokens
        if keep.any():
            keep[0] = True
        return subset(tokens, [s for s, kept in enumerate(keep.tolist()) if kept])


def subset(tokens: Tokens, sentences: list[int]) -> Tokens:
    """The tokens of some sentences, in order; offsets still point into the whole text."""
    starts: list[int] = []
    ends: list[int] = []
    bounds = [0]
    for s in sentences:
        a, b = tokens.bounds[s], tokens.bounds[s + 1]
        starts += tokens.starts[a:b]
        ends += tokens.ends[a:b]
        bounds.append(len(starts))
    return Tokens(tokens.text, starts, ends, bounds, [tokens.paragraphs[s] for s in sentences])
