"""From scores of heads to a tree: the best head for each word, mended where that is no tree.

About one sentence in twenty is no tree when every word takes its best head. Only those are
decoded as a maximum spanning tree (Chu and Liu 1965, Edmonds 1967), with one root.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def best_tree(scores: Scores) -> list[int]:
    """The head of each word, 0 for the root, words counted from 1.

    `scores[i, j]` tells how well j heads word i + 1; the shape is (words, words + 1).
    """
    heads: list[int] = scores.argmax(1).tolist()
    if is_tree(heads):
        return heads
    found = unrooted(scores.astype(np.float64))
    return found if found.count(0) == 1 else one_root(scores.astype(np.float64))


def is_tree(heads: list[int]) -> bool:
    """One root, and every word leads to it."""
    if heads.count(0) != 1:
        return False
    reached = [False] * (len(heads) + 1)
    reached[0] = True
    for word in range(1, len(heads) + 1):
        path = []
        at = word
        while not reached[at]:
            reached[at] = True
            path.append(at)
            at = heads[at - 1]
        if path and at in path:
            return False
    return True


def unrooted(scores: npt.NDArray[np.float64]) -> list[int]:
    """The best tree with any number of roots; where it has one, it is the best of those too."""
    return spanning_tree(_square(scores))[1:]


def _square(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The scores with a row for the root, which depends on nothing; no word heads itself."""
    square = np.full((len(scores) + 1, len(scores) + 1), -np.inf)
    square[1:, :] = scores
    np.fill_diagonal(square, -np.inf)
    return square


def one_root(scores: npt.NDArray[np.float64]) -> list[int]:
    """The best tree with a single root: the root's arcs are priced so that a second never pays."""
    square = _square(scores)
    price = float(np.ptp(scores)) * (len(scores) + 1) + 1.0
    square[1:, 0] -= price
    return spanning_tree(square)[1:]


def spanning_tree(scores: npt.NDArray[np.float64]) -> list[int]:
    """The heads of a maximum spanning arborescence from node 0; entry 0 is unused.

    `scores[d, h]`, -inf where there can be no arc. Cycles are contracted one at a time, in place,
    so that the depth of the call stack does not grow with the sentence.
    """
    heads = scores.argmax(1)
    heads[0] = 0
    levels: list[tuple[npt.NDArray[np.float64], list[int], npt.NDArray[np.intp]]] = []
    while (cycle := find_cycle(heads.tolist())) is not None:
        levels.append((scores, cycle, heads))
        scores, heads = contract(scores, cycle, heads)
    for outer, cycle, broken in reversed(levels):
        heads = expand(outer, cycle, broken, heads)
    return [int(h) for h in heads]


def find_cycle(heads: list[int]) -> list[int] | None:
    """The nodes of some cycle, the lowest-numbered first found; None in a tree."""
    colour = [0] * len(heads)
    colour[0] = -1
    for start in range(1, len(heads)):
        at = start
        while colour[at] == 0:
            colour[at] = start
            at = heads[at]
        if colour[at] == start:
            cycle = [at]
            while heads[cycle[-1]] != at:
                cycle.append(heads[cycle[-1]])
            return cycle
    return None


def contract(
    scores: npt.NDArray[np.float64], cycle: list[int], heads: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """The graph with the cycle as one node, put last; the other nodes keep their order."""
    rest = [n for n in range(len(scores)) if n not in set(cycle)]
    inner = scores[cycle, heads[cycle]]
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    small[:-1, -1] = scores[np.ix_(rest, cycle)].max(1)
    small[-1, :-1] = (scores[np.ix_(cycle, rest)] - inner[:, None]).max(0)
    small[0, -1] = -np.inf
    found = small.argmax(1)
    found[0] = 0
    return small, found


def expand(
    scores: npt.NDArray[np.float64],
    cycle: list[int],
    broken: npt.NDArray[np.intp],
    small: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    """The heads in the larger graph, with the cycle opened where the tree enters it."""
    inside = set(cycle)
    rest = [n for n in range(len(scores)) if n not in inside]
    heads = broken.copy()
    for new, old in enumerate(rest):
        target = int(small[new])
        if target < len(rest):
            heads[old] = rest[target]
        else:
            heads[old] = cycle[int(scores[old, cycle].argmax())]
    heads[0] = 0
    into = rest[int(small[-1])]
    gains = scores[cycle, into] - scores[cycle, broken[cycle]]
    heads[cycle[int(gains.argmax())]] = into
    return heads
