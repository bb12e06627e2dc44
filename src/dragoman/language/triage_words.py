"""What the filter knows of a word by itself: its pieces, its shape, the lists that it stands in.

`Words` turns each word of a document into a row of numbers and remembers the rows of late words, so
that a word costs little more than looking it up.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from dragoman.language.names import LISTS, read_lists
from dragoman.language.pieces import SHAPES, Pieces

TRIGGERS: Final = ("verb of ", "noun of ", "adjective of ")  # how their columns begin
REMEMBERED: Final = 32_768  # words

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Facts:
    """Yes and no of a word: the lists of names that it stands in, and what it does in frames.

    `listed` and `told` hold the bits of a word in small letters; the first of `count` columns are
    those of `listed`.
    """

    def __init__(
        self, listed: dict[str, int], told: dict[str, int], columns: Sequence[str]
    ) -> None:
        self._listed, self._told = listed, told
        self.count = len(LISTS) + len(columns)
        self._bits = np.arange(self.count, dtype=np.int64)
        self._may = sum(1 << at for at, name in enumerate(columns) if name.startswith(TRIGGERS))

    @classmethod
    def load(cls, listed: Path, told: Path, columns: Sequence[str]) -> Facts:
        """From two tables of words and their bits; `columns` are the names of the second's."""
        return cls(read_lists(listed), read_table(told), columns)

    def of(self, words: Sequence[str]) -> Floats:
        """The columns of some words, 0 or 1: [words, count]."""
        low = [word.lower() for word in words]
        first = np.array([self._listed.get(word, 0) for word in low], dtype=np.int64)
        then = [self._told.get(word, 0) for word in low]
        split = len(LISTS)
        found = np.zeros((len(words), self.count), dtype=np.float32)
        found[:, :split] = (first[:, None] >> self._bits[:split]) & 1
        for at, bits in enumerate(then):  # more than 64 columns: numbers of any length
            column = split
            while bits:
                if bits & 1:
                    found[at, column] = 1
                bits >>= 1
                column += 1
        return found

    def may(self, words: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Whether a frame begins with each word, so that it may tell an event."""
        return np.array([bool(self._told.get(w.lower(), 0) & self._may) for w in words], dtype=bool)


def read_table(path: Path) -> dict[str, int]:
    """Words by their bits: a line for each set of bits, in hexadecimal, with its words."""
    table: dict[str, int] = {}
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"):
        bits, _, words = line.partition("\t")
        if words:
            table.update(dict.fromkeys(words.split(" "), int(bits, 16)))
    return table


class Words:
    """The rows of words, made by one layer over their pieces, facts and shape.

    `pieces` [vocabulary, width] holds a row for each word piece; `weight` [width + facts + shapes,
    out] and `bias` are the layer's.
    """

    def __init__(
        self, cut: Pieces, facts: Facts, pieces: Floats, weight: Floats, bias: Floats
    ) -> None:
        self._cut, self._facts, self._pieces = cut, facts, pieces
        width = pieces.shape[1]
        self._of_pieces = weight[:width]
        self._of_facts = weight[width : width + facts.count]
        self._of_shape = weight[width + facts.count :]
        assert len(self._of_shape) == len(SHAPES)
        self._bias = bias
        self._rows = np.zeros((REMEMBERED, weight.shape[1]), dtype=np.float32)
        self._may = np.zeros(REMEMBERED, dtype=bool)
        self._at: dict[str, int] = {}
        self._lock = Lock()

    def of(self, words: Sequence[str]) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """The rows of a document's words, [words, out], and whether a frame begins with each."""
        at = self._at
        with self._lock:
            fresh = [word for word in dict.fromkeys(words) if word not in at]
            if len(at) + len(fresh) > REMEMBERED:
                at.clear()
                fresh = list(dict.fromkeys(words))
            if len(fresh) > REMEMBERED:  # a very long document: nothing is remembered of it
                numbers = {word: n for n, word in enumerate(fresh)}
                rows = [numbers[word] for word in words]
                return self._made(fresh)[rows], self._facts.may(fresh)[rows]
            if fresh:
                first, last = len(at), len(at) + len(fresh)
                self._rows[first:last] = self._made(fresh)
                self._may[first:last] = self._facts.may(fresh)
                at.update((word, first + n) for n, word in enumerate(fresh))
            rows = [at[word] for word in words]
            return self._rows[rows], self._may[rows]

    def _made(self, words: Sequence[str]) -> Floats:
        cut = [self._cut.cut(word) for word in words]
        counts = np.array([len(parts) for parts, _ in cut])
        parts = np.array([part for parts, _ in cut for part in parts], dtype=np.int64)
        begins = np.cumsum(counts) - counts
        mean = np.add.reduceat(self._pieces[parts], begins) / counts[:, None].astype(np.float32)
        rows = mean @ self._of_pieces
        rows += self._facts.of(words) @ self._of_facts
        rows += self._of_shape[[shape for _, shape in cut]]
        rows += self._bias
        found: Floats = np.maximum(rows, 0)
        return found
