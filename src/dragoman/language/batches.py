"""Sentences laid out for the encoder: which go together, and the arrays that it takes.

Word pieces of a batch lie in one row after another without padding; only attention is computed in
a grid of sentences by pieces, whose empty cells it passes over. What goes together decides how
fast the encoder is, and nothing of what it answers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dragoman.language.analysis import Tokens
from dragoman.language.pieces import CLS, SEP

BATCH = 256  # cells of the grid
MOST_PIECES = 448  # of one unit; the encoder has 512 places

Ints = npt.NDArray[np.int64]
Cut = tuple[tuple[int, ...], int]  # a word's pieces and its shape


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces of a document's words, one after the other, and their shapes; the pieces of word
    `w` begin at `begins[w]`."""

    pieces: Ints
    shapes: Ints
    begins: Ints

    @classmethod
    def of(cls, cut: Sequence[Cut]) -> Row:
        counts = np.array([len(parts) for parts, _ in cut], dtype=np.int64)
        return cls(
            pieces=np.array([p for parts, _ in cut for p in parts], dtype=np.int64),
            shapes=np.repeat(np.array([shape for _, shape in cut], dtype=np.int64), counts),
            begins=np.concatenate([[0], np.cumsum(counts)]),
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a part of one that is too long for the encoder: tokens first to last."""

    first: int
    last: int
    size: int  # pieces, with [CLS] and [SEP]
    continues: bool  # whether it goes on in a sentence that began in the unit before


@dataclass(frozen=True, slots=True)
class Batch:
    """Units that the encoder reads together, and where their words stand in its answer.

    The answer has one row for [CLS], which stands for the root, and one for each word of every
    unit, unit after unit: unit `u` begins at `begins[u]`. `rows` are those of the words, `tokens`
    the words' numbers in the document.
    """

    units: list[Unit]
    inputs: dict[str, npt.NDArray[np.int64] | npt.NDArray[np.int32]]
    begins: Ints
    rows: Ints
    tokens: Ints


def units(tokens: Tokens, row: Row) -> Iterator[Unit]:
    """The sentences of a document, the over-long ones in parts."""
    begins = row.begins.tolist()
    for begin, end in zip(tokens.bounds, tokens.bounds[1:], strict=False):
        first = begin
        while begins[end] - begins[first] + 2 > MOST_PIECES:
            last = bisect_right(begins, begins[first] + MOST_PIECES - 2, first, end) - 1
            yield Unit(first, last, begins[last] - begins[first] + 2, first > begin)
            first = last
        if end > first:
            yield Unit(first, end, begins[end] - begins[first] + 2, first > begin)


def batches(found: Sequence[Unit], row: Row) -> Iterator[Batch]:
    """Units of like length together; the order within a document decides among equals."""
    batch: list[Unit] = []
    for unit in sorted(found, key=lambda u: (u.size, u.first)):
        if batch and (len(batch) + 1) * unit.size > BATCH:
            yield laid_out(batch, row)
            batch = []
        batch.append(unit)
    if batch:
        yield laid_out(batch, row)


def laid_out(batch: list[Unit], row: Row) -> Batch:
    """The arrays that the encoder takes for these units.

    `pieces`, `shapes` and `positions` have an entry a piece; `words` names the pieces that stand
    for the answer's rows; `grid` and `word_grid` hold row numbers by unit, 0 in empty cells, and
    `back` and `word_back` the cells of the rows.
    """
    first = np.array([u.first for u in batch])
    sizes = np.array([u.size for u in batch])
    heights = np.array([u.last for u in batch]) - first + 1
    grid, back, positions = _grid(sizes)
    word_grid, word_back, places = _grid(heights)
    # Each unit's pieces stand between [CLS] and [SEP]: where a piece of the document goes to.
    here = np.repeat(row.begins[first] - 1, sizes) + positions
    inside = np.flatnonzero((positions > 0) & (positions < np.repeat(sizes - 1, sizes)))
    pieces = np.full(len(here), SEP, dtype=np.int64)
    pieces[grid[:, 0]] = CLS
    pieces[inside] = row.pieces[here[inside]]
    shapes = np.zeros(len(here), dtype=np.int64)
    shapes[inside] = row.shapes[here[inside]]
    tokens = np.repeat(first - 1, heights) + places
    rows = np.flatnonzero(places)
    words = np.repeat(grid[:, 0], heights)
    shift = np.repeat(row.begins[first] - 1, heights)[rows]
    words[rows] += row.begins[tokens[rows]] - shift
    return Batch(
        units=batch,
        inputs={
            "pieces": pieces,
            "shapes": shapes,
            "positions": positions,
            "words": words,
            "grid": grid,
            "back": back,
            "lengths": sizes.astype(np.int32),
            "word_grid": word_grid,
            "word_back": word_back,
        },
        begins=word_grid[:, 0],
        rows=rows,
        tokens=tokens[rows],
    )


def _grid(sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Rows numbered through, laid out by unit; the cell of each row; its place in its unit."""
    begins = np.cumsum(sizes) - sizes
    steps = np.arange(int(sizes.max()))
    live = steps < sizes[:, None]
    grid = np.where(live, begins[:, None] + steps, 0)
    back = np.flatnonzero(live)
    return grid, back, back % len(steps)
