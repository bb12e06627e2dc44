"""Near-copies: the same story printed again, cut, re-headlined, re-ordered or lightly edited.

A text is a set of shingles (five words in a row). MinHash signatures propose candidates that share
a band; the shingles themselves then decide. Reports of one event by different hands share facts
and quotations but few shingles; a reprint shares most, or, where it was cut, most of what is left.
MinHash is a few lines of NumPy here: a library's would hash word by word in Python, four times
slower, and its index could not live in the case.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]

SHINGLE: Final = 5
PERMUTATIONS: Final = 96
# Three rows a band propose pairs from a likeness of about 0.3 on; unrelated texts seldom meet.
ROWS: Final = 3
SEED: Final = 20220207
# A story that was cut is recognised by its beginning, whatever is left of the rest.
LEAD_WORDS: Final = 60
LEAD_PERMUTATIONS: Final = 8
LEAD_ROWS: Final = 2
# Shares of the shorter text's shingles found in the longer. Measured in benchmarks/case.py.
SAME: Final = 0.6
# Below this many shingles two texts may agree by chance, or be the same notice of another day.
FEW: Final = 20
SAME_FEW: Final = 0.95
MOST_WORDS: Final = 50_000
_CHUNK: Final = 4_096
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a text is found by (`bands`) and compared by (`shingles`)."""

    bands: tuple[int, ...]
    shingles: Shingles


def signature(text: str) -> Signature:
    """The signature of a text; one without words has no bands and is like no other."""
    words = _hashes(text)
    shingles = np.unique(_shingles(words))
    if not len(shingles):
        return Signature((), shingles)
    lead = _shingles(words[:LEAD_WORDS])
    bands = _bands(shingles, PERMUTATIONS, ROWS) + _bands(lead, LEAD_PERMUTATIONS, LEAD_ROWS)
    return Signature(tuple(sorted(set(bands))), shingles)


def shingles_of(text: str) -> Shingles:
    """The shingles alone: what a candidate is compared by."""
    return np.unique(_shingles(_hashes(text)))


def likeness(one: Shingles, other: Shingles) -> float:
    """The share of the shorter text that stands in the longer, from 0 to 1."""
    least = min(len(one), len(other))
    if not least:
        return 0.0
    return float(len(np.intersect1d(one, other, assume_unique=True)) / least)


def is_copy(one: Shingles, other: Shingles) -> bool:
    """Whether one text is the other, printed again."""
    least = min(len(one), len(other))
    return likeness(one, other) >= (SAME if least >= FEW else SAME_FEW)


class _Hashes(dict[str, int]):
    """The number of each word of a text, worked out when first met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = zlib.crc32(word.encode("utf-8", "replace"))
        return number


def _hashes(text: str) -> NDArray[np.uint64]:
    words = _WORD.findall(text.casefold())[:MOST_WORDS]
    return np.fromiter(map(_Hashes().__getitem__, words), np.uint64, len(words))


def _shingles(words: NDArray[np.uint64]) -> Shingles:
    """A number for each five words in a row; fewer words make one shingle of what there is."""
    count = len(words) - SHINGLE + 1
    if count <= 0:
        if not len(words):
            return words
        words, count = np.pad(words, (0, SHINGLE - len(words))), 1
    mixed = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[place : place + count]
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _bands(shingles: Shingles, permutations: int, rows: int) -> list[int]:
    """Numbers of 64 bits, one for each band of the MinHash signature."""
    values = _minhash(shingles, permutations).reshape(-1, rows)
    mixed = np.arange(1, len(values) + 1, dtype=np.uint64) * np.uint64(permutations)
    for row in range(rows):
        mixed = mixed * np.uint64(0xD6E8FEB86659FD93) + values[:, row]
        mixed ^= mixed >> np.uint64(32)
    return [int(band) for band in mixed.view(np.int64)]


@cache
def _permutations(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Multipliers (odd) and offsets of the permutations, as columns; the same in every process."""
    numbers = np.random.Generator(np.random.PCG64(SEED)).integers(
        0, 2**64, size=(2, count, 1), dtype=np.uint64
    )
    return numbers[0] | np.uint64(1), numbers[1]


def _minhash(shingles: Shingles, permutations: int) -> NDArray[np.uint64]:
    """The least value of the shingles under each permutation (multiply and shift)."""
    factors, offsets = _permutations(permutations)
    least = np.full(permutations, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(shingles), _CHUNK):
        part = shingles[start : start + _CHUNK]
        np.minimum(least, ((part * factors + offsets) >> np.uint64(32)).min(axis=1), out=least)
    return least


def best(one: Shingles, candidates: Iterable[tuple[int, Shingles]]) -> tuple[int, float] | None:
    """The candidate that the text is a copy of and how alike they are; the first of equals."""
    found: tuple[int, float] | None = None
    for number, other in candidates:
        if is_copy(one, other):
            alike = likeness(one, other)
            if found is None or alike > found[1]:
                found = (number, alike)
    return found
