"""The names head: a small network over the encoder's vectors, a document at a time.

The encoder reads a sentence and knows no capitals; the head sees beside its vectors how a word is
written, its beginning and ending, the lists that it stands in (first names, families, towns,
organisations, …), how it is written elsewhere in the document, and what was made of it there: a
surname that stands alone is a person where the document has named the person in full. A document's
names depend on that document alone. Training and reading share this module.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from dragoman.language.analysis import Tokens
from dragoman.language.pieces import shape
from dragoman.language.tags import Layer

# Sizes of the hashed tables: of words, of beginnings and endings, of patterns of writing.
WORDS, AFFIXES, PATTERNS = 16_384, 4_096, 512
# The lists whose words are known, by the bit that tells them in the table of words.
LISTS = (
    "first name",
    "family name",
    "part of a person's name",
    "place of one word",
    "begins a place",
    "goes on a place",
    "state",
    "capital",
    "people",
    "organisation of one word",
    "begins an organisation",
    "goes on an organisation",
    "title",
    "region",
    "word of institutions",
)
STRETCH = 8_000  # words that are looked at together
HASHED = 8  # columns of `Marks.ids`
COUNTED = 7  # columns of `Marks.written` that are not of lists

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the head sees of a document's words beside their vectors.

    `ids` [words, HASHED] are places in the hashed tables, `written` [words, lists + COUNTED] the
    lists and how the word is written here and elsewhere, `keys` [words] the same number for the
    same word.
    """

    ids: Ints
    written: Floats
    keys: Ints


class WordMarks:
    """Knows of each word, whatever stands beside it, where it stands in tables and lists."""

    def __init__(self, lists: dict[str, int]) -> None:
        self._lists = lists
        self._of: Callable[[str], tuple[str, tuple[int, ...]]] = lru_cache(200_000)(self._marks)

    @classmethod
    def load(cls, path: Path) -> WordMarks:
        """From a table of words and the bits of their lists."""
        return cls(read_lists(path))

    def of(self, tokens: Tokens, words: Sequence[str]) -> Marks:
        marks = list(map(self._of, words))
        numbers: dict[str, int] = {}
        keys = np.array([numbers.setdefault(low, len(numbers)) for low, _ in marks], dtype=np.int64)
        table = np.array([row for _, row in marks], dtype=np.int64)
        known = (table[:, HASHED, None] >> np.arange(len(LISTS))) & 1
        capital, alphabetic, shouted = table[:, HASHED + 1 :].T
        count = len(words)
        starts = np.zeros(count, dtype=np.int64)
        starts[[b for b in tokens.bounds if b < count]] = 1
        sentence = np.cumsum(starts) - 1
        size = len(numbers)
        capitals = np.bincount(keys, weights=capital * (1 - starts), minlength=size)
        smalls = np.bincount(keys, weights=1 - capital, minlength=size)
        times = np.bincount(keys, minlength=size)
        lettered = np.maximum(np.bincount(sentence, weights=alphabetic), 1)
        titled = np.bincount(sentence, weights=capital * alphabetic) / lettered
        shouting = np.bincount(sentence, weights=shouted) / lettered
        columns = (
            starts,
            capitals[keys] > 0,
            smalls[keys] > 0,
            np.log1p(times[keys]) / 3,
            titled[sentence],
            shouting[sentence],
            capital,
        )
        written = np.concatenate([known, np.stack(columns, axis=1)], axis=1, dtype=np.float32)
        return Marks(table[:, :HASHED], written, keys)

    def _marks(self, word: str) -> tuple[str, tuple[int, ...]]:
        low = word.casefold()
        return low, (
            _hashed(low, WORDS),
            _hashed("p2" + low[:2], AFFIXES),
            _hashed("p3" + low[:3], AFFIXES),
            _hashed("s2" + low[-2:], AFFIXES),
            _hashed("s3" + low[-3:], AFFIXES),
            _hashed("s4" + low[-4:], AFFIXES),
            _hashed("c" + pattern(word), PATTERNS),
            shape(word),
            self._listed(low),
            word[:1].isupper(),
            word[:1].isalpha(),
            word.isupper() and len(word) > 1,
        )

    def _listed(self, low: str) -> int:
        bare = low.strip(".,'’")
        bits = self._lists.get(bare, 0)
        if not bits and "-" in bare:
            for part in bare.split("-"):
                bits |= self._lists.get(part, 0)
        return bits


@lru_cache(maxsize=2)
def read_lists(path: Path) -> dict[str, int]:
    """A table of words in small letters and the bits of the lists that they stand in."""
    lists: dict[str, int] = {}
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"):
        bits, _, words = line.partition("\t")
        if words:
            lists.update(dict.fromkeys(words.split(" "), int(bits)))
    return lists


def _hashed(text: str, size: int) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % size


def pattern(word: str) -> str:
    """How a word is written: `Xxx` for Moscow, `X.X.` for U.S., `XxXxx` for McCain."""
    found = ""
    for char in word:
        kind = "X" if char.isupper() else "x" if char.islower() else "9" if char.isdigit() else char
        if found[-2:] != kind * 2:
            found += kind
    return found[:8]


class NameHead:
    """Finds the names of a document. May be used from several threads at once."""

    def __init__(self, folder: Path, options: onnxruntime.SessionOptions) -> None:
        described = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        self.version: str = described["version"]
        steps = np.array(described["steps"], dtype=np.float32)
        self._layer = Layer(described["labels"], steps)
        self._words = WordMarks.load(folder / "names.words.gz")
        self._session = onnxruntime.InferenceSession(
            str(folder / "names.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def tags(
        self,
        tokens: Tokens,
        words: Sequence[str],
        early: Floats,
        late: Floats,
        begins: Sequence[int],
    ) -> list[str]:
        """The BIO tag of each word, from the encoder's rows of its inner and its last layer."""
        if not len(words):
            return []
        marks = self._words.of(tokens, words)
        scores = []
        for a, b in stretches(begins, len(words)):
            _, keys = np.unique(marks.keys[a:b], return_inverse=True)
            inputs: dict[str, npt.NDArray[Any]] = {
                "early": early[a:b],
                "late": late[a:b],
                "ids": marks.ids[a:b],
                "written": marks.written[a:b],
                "keys": keys,
            }
            scores.append(self.run(inputs))
        return self._layer.decode(np.concatenate(scores), begins)

    def run(self, inputs: dict[str, npt.NDArray[Any]]) -> Floats:
        """What the network answers: scores [words, tags]."""
        (scores,) = self._session.run(["scores"], inputs)
        found: Floats = scores
        return found


def stretches(begins: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """A document in stretches that each fit into memory, cut where a sentence begins."""
    first, last = 0, 0
    for edge in [*begins[1:], count]:
        if edge - first > STRETCH and last > first:
            yield first, last
            first = last
        last = edge
    yield first, count
