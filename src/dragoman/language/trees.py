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

    `scores[d, h]`, -inf where there can be no arc; they are written over. A cycle is contracted
    into its first node, which takes the best arcs that leave and enter it; which of its nodes they
    belong to is remembered, and told when all cycles are opened again, the last first.
    """
    heads: list[int] = scores.argmax(1).tolist()
    heads[0] = 0
    live = list(range(len(heads)))
    contracted: list[tuple[list[int], list[int], list[int], list[int]]] = []
    while (cycle := find_cycle(heads, live)) is not None:
        node, gone = cycle[0], cycle[1:]
        before = [heads[n] for n in cycle]
        arcs = scores[cycle]
        arcs -= scores[cycle, before][:, None]  # entering at a node frees it from its head
        enters = arcs.argmax(0).tolist()
        columns = scores[:, cycle]
        leaves = columns.argmax(1).tolist()
        scores[node] = arcs.max(0)
        scores[:, node] = columns.max(1)
        scores[node, cycle] = scores[gone] = scores[:, gone] = scores[0] = -np.inf
        members = set(cycle)
        live = [n for n in live if n == node or n not in members]
        # Only what hung on the cycle hangs on another node now, and the cycle itself.
        for n in live:
            if heads[n] in members:
                heads[n] = node
        heads[node] = int(scores[node].argmax())
        contracted.append((cycle, before, enters, leaves))
    for cycle, before, enters, leaves in reversed(contracted):
        node = cycle[0]
        for n in live:
            if heads[n] == node:
                heads[n] = cycle[leaves[n]]
        into = heads[node]
        for n, head in zip(cycle, before, strict=True):
            heads[n] = head
        heads[cycle[enters[into]]] = into
        live = [*live, *cycle[1:]]
    return heads


def find_cycle(heads: list[int], live: list[int]) -> list[int] | None:
    """The nodes of some cycle among the live ones; None in a tree."""
    seen = [0] * len(heads)
    seen[0] = -1
    for start in live[1:]:
        at = start
        while seen[at] == 0:
            seen[at] = start
            at = heads[at]
        if seen[at] == start:
            cycle = [at]
            while heads[cycle[-1]] != at:
                cycle.append(heads[cycle[-1]])
            return cycle
    return None
