"""Scores coreference by MUC, B³ and CEAFe, whose mean is the CoNLL score.

Gold chains come from a treebank with entities in its last column (GUM). A mention is known by its
syntactic head, so that a span that is longer by a relative clause is still the same mention.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.actors.cast import Cast, find_cast
from dragoman.actors.directory import Directory
from dragoman.language.analysis import Analysis
from dragoman.language.conllu import read_treebank

TYPES = frozenset(["person", "organization"])

Clusters = Sequence[frozenset[int]]

_ENTITY = re.compile(r"(?:^|\|)Entity=([^|\n]*)")
_BRACKET = re.compile(r"\((\d+)-([a-z]+)[^()]*(\))?|(\d+)\)")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a measure counts: how much is right of what was found and of what there is."""

    right_found: float = 0.0
    found: float = 0.0
    right_there: float = 0.0
    there: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right_found + other.right_found,
            self.found + other.found,
            self.right_there + other.right_there,
            self.there + other.there,
        )

    @property
    def precision(self) -> float:
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right_there / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The three measures over some documents."""

    muc: Counts = Counts()
    b_cubed: Counts = Counts()
    ceaf_e: Counts = Counts()

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            self.muc + other.muc, self.b_cubed + other.b_cubed, self.ceaf_e + other.ceaf_e
        )

    @property
    def conll(self) -> float:
        """The mean of the three F1 scores."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its gold chains: the heads of the mentions of each."""

    id: str
    analysis: Analysis
    chains: tuple[frozenset[int], ...]


def score(gold: Clusters, found: Clusters) -> Scores:
    """Scores the chains found in one document; mentions are numbers, alike in both."""
    return Scores(muc(gold, found), b_cubed(gold, found), ceaf_e(gold, found))


def muc(gold: Clusters, found: Clusters) -> Counts:
    """Vilain et al. 1995: the links that chains need, and how many of them the others keep."""
    right_there, there = _links(gold, found)
    right_found, all_found = _links(found, gold)
    return Counts(right_found, all_found, right_there, there)


def _links(chains: Clusters, others: Clusters) -> tuple[float, float]:
    place = _place(others)
    kept = needed = 0
    for chain in chains:
        parts = {place.get(mention, -1 - mention) for mention in chain}
        kept += len(chain) - len(parts)
        needed += len(chain) - 1
    return float(kept), float(needed)


def b_cubed(gold: Clusters, found: Clusters) -> Counts:
    """Bagga and Baldwin 1998: for each mention, how much of its chain is the same in both."""
    right_there, there = _shares(gold, found)
    right_found, all_found = _shares(found, gold)
    return Counts(right_found, all_found, right_there, there)


def _shares(chains: Clusters, others: Clusters) -> tuple[float, float]:
    place = _place(others)
    total = 0.0
    for chain in chains:
        counts: dict[int, int] = {}
        for mention in chain:
            if mention in place:
                counts[place[mention]] = counts.get(place[mention], 0) + 1
        total += sum(n * n for n in counts.values()) / len(chain)
    return total, float(sum(len(chain) for chain in chains))


def ceaf_e(gold: Clusters, found: Clusters) -> Counts:
    """Luo 2005: the best one-to-one pairing of chains by how alike they are (φ4)."""
    place = _place(gold)
    likeness = [[0.0] * len(gold) for _ in found]
    for i, chain in enumerate(found):
        for mention in chain:
            if mention in place:
                likeness[i][place[mention]] += 1.0
        for j, other in enumerate(gold):
            likeness[i][j] *= 2 / (len(chain) + len(other))
    best = best_pairing(likeness)
    return Counts(best, float(len(found)), best, float(len(gold)))


def _place(chains: Clusters) -> dict[int, int]:
    return {mention: i for i, chain in enumerate(chains) for mention in chain}


def best_pairing(values: Sequence[Sequence[float]]) -> float:
    """The greatest sum of a one-to-one pairing of rows with columns (Kuhn and Munkres)."""
    rows, columns = len(values), len(values[0]) if values else 0
    if not rows or not columns:
        return 0.0
    if rows > columns:
        values = [list(column) for column in zip(*values, strict=True)]
        rows, columns = columns, rows
    row_price = [0.0] * (rows + 1)
    column_price = [0.0] * (columns + 1)
    partner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        _augment(values, row, row_price, column_price, partner)
    return sum(values[partner[c] - 1][c - 1] for c in range(1, columns + 1) if partner[c])


def _augment(
    values: Sequence[Sequence[float]],
    row: int,
    row_price: list[float],
    column_price: list[float],
    partner: list[int],
) -> None:
    """Takes one more row into the pairing, along the cheapest chain of changes."""
    columns = len(column_price) - 1
    partner[0] = row
    least = [float("inf")] * (columns + 1)
    used = [False] * (columns + 1)
    way = [0] * (columns + 1)
    at = 0
    while partner[at]:
        used[at] = True
        current, step, nearest = partner[at], float("inf"), 0
        for c in range(1, columns + 1):
            if used[c]:
                continue
            cost = -values[current - 1][c - 1] - row_price[current] - column_price[c]
            if cost < least[c]:
                least[c], way[c] = cost, at
            if least[c] < step:
                step, nearest = least[c], c
        for c in range(columns + 1):
            if used[c]:
                row_price[partner[c]] += step
                column_price[c] -= step
            else:
                least[c] -= step
        at = nearest
    while at:
        partner[at] = partner[way[at]]
        at = way[at]


def read_gold(path: Path | str, *, types: frozenset[str]) -> Iterator[GoldDocument]:
    """The documents of a treebank with the chains of some types, singletons left out."""
    columns = _last_columns(path)
    for document, column in zip(read_treebank(path), columns, strict=True):
        analysis = document.analysis
        chains: dict[str, set[int]] = {}
        for first, last, kind, entity in _entities(column):
            if kind in types:
                chains.setdefault(entity, set()).add(analysis.head_of(first, last))
        kept = tuple(frozenset(heads) for heads in chains.values() if len(heads) > 1)
        yield GoldDocument(document.id, analysis, kept)


def _last_columns(path: Path | str) -> Iterator[list[str]]:
    """The last column of each document's words."""
    column: list[str] = []
    started = False
    for line in _lines(Path(path)):
        if line.startswith("# newdoc"):
            if started:
                yield column
            column, started = [], True
        elif line[:1].isdigit():
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdigit():
                column.append(cells[9])
    yield column


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        for line in lines:
            yield line.decode("utf-8")


def _entities(column: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """The spans (first, last exclusive, type, entity) that brackets in the last column mark."""
    waiting: dict[str, list[tuple[int, str]]] = {}
    for token, cell in enumerate(column):
        found = _ENTITY.search(cell)
        if found is None:
            continue
        for opened, kind, at_once, closed in _BRACKET.findall(found.group(1)):
            if closed:
                first, kept = waiting[closed].pop()
                yield first, token + 1, kept, closed
            elif at_once:
                yield token, token + 1, kind, opened
            else:
                waiting.setdefault(opened, []).append((token, kind))


def cast_chains(analysis: Analysis, cast: Cast) -> list[frozenset[int]]:
    """The chains of a cast that are persons or organisations, singletons left out."""
    chains: dict[str, set[int]] = {}
    for first, last, _, actor in cast.mention_tokens:
        if cast.actor(actor).kind != "state":
            chains.setdefault(actor, set()).add(analysis.head_of(first, last))
    return [frozenset(heads) for heads in chains.values() if len(heads) > 1]


def same_word_chains(analysis: Analysis, cast: Cast) -> list[frozenset[int]]:
    """The plain baseline: mentions whose head is the same word are one chain."""
    chains: dict[str, set[int]] = {}
    for first, last, _, actor in cast.mention_tokens:
        if cast.actor(actor).kind != "state":
            head = analysis.head_of(first, last)
            chains.setdefault(analysis.words[head].lower(), set()).add(head)
    return [frozenset(heads) for heads in chains.values() if len(heads) > 1]


def evaluate(
    documents: Iterable[GoldDocument],
    directory: Directory,
    *,
    chains: Callable[[Analysis, Cast], list[frozenset[int]]] = cast_chains,
) -> Scores:
    """The scores over gold documents, on the gold parse."""
    total = Scores()
    for document in documents:
        cast = find_cast(document.analysis, directory, date=None)
        total = total + score(document.chains, _disjoint(chains(document.analysis, cast)))
    return total


def _disjoint(chains: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Chains without mentions that an earlier one has; a head may be found twice, as two spans."""
    taken: set[int] = set()
    found = []
    for chain in chains:
        rest = chain - taken
        taken |= rest
        if len(rest) > 1:
            found.append(rest)
    return found
