"""From pairs that fit to events: the best pairs first, and no event that contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]
# What the pairs between two clusters that were compared must come to on average (log-odds).
LEAST = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What a person decided of pairs of reports, by their keys; `words` say who, when and why."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.same or self.different)


@dataclass(slots=True)
class _Forest:
    """Clusters as trees, with the members of each."""

    leader: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    def find(self, item: int) -> int:
        leader = self.leader.setdefault(item, item)
        while leader != self.leader[leader]:
            self.leader[leader] = self.leader[self.leader[leader]]
            leader = self.leader[leader]
        self.leader[item] = leader
        return leader

    def of(self, leader: int) -> list[int]:
        return self.members.setdefault(leader, [leader])

    def join(self, one: int, other: int) -> None:
        """Join two clusters, the smaller number leading."""
        first, second = sorted((one, other))
        self.leader[second] = first
        self.of(first).extend(self.of(second))
        self.members.pop(second)


def components(items: Iterable[int], pairs: Iterable[Pair]) -> list[list[int]]:
    """What hangs together by pairs, each in order, by first item."""
    forest = _Forest()
    for item in items:
        forest.find(item)
    for one, other in pairs:
        a, b = forest.find(one), forest.find(other)
        if a != b:
            forest.join(a, b)
    leaders = sorted({forest.find(item) for item in list(forest.leader)})
    return [sorted(forest.of(leader)) for leader in leaders]


def cluster(
    items: Iterable[int],
    scores: Mapping[Pair, float],
    *,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    contradict: Callable[[int, int], bool] | None = None,
) -> list[list[int]]:
    """Clusters of items, which are numbered in an order of their own.

    `scores` are log-odds by pair (the smaller first). Pairs are taken from the best down; two
    clusters become one when the pairs between them that were compared speak for it on average.
    What a person held together is joined first, what one held apart never is. `contradict` says of
    two items that they cannot be one, compared or not: then their clusters do not join either.
    """
    forest = _Forest()
    for item in items:
        forest.find(item)
    apart: dict[int, set[int]] = {}
    for one, other in different:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)

    def barred(a: int, b: int) -> bool:
        few, many = sorted((forest.of(a), forest.of(b)), key=len)
        return bool(apart) and any(other in many for item in few for other in apart.get(item, ()))

    for one, other in sorted(same):
        a, b = forest.find(one), forest.find(other)
        if a != b and not barred(a, b):
            forest.join(a, b)
    for (one, other), score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])):
        if score <= 0:
            break
        a, b = forest.find(one), forest.find(other)
        if a == b or barred(a, b):
            continue
        if _between(forest.of(a), forest.of(b), scores) <= LEAST:
            continue
        if contradict and any(contradict(x, y) for x in forest.of(a) for y in forest.of(b)):
            continue
        forest.join(a, b)
    leaders = sorted({forest.find(item) for item in list(forest.leader)})
    return [sorted(forest.of(leader)) for leader in leaders]


def _between(few: list[int], many: list[int], scores: Mapping[Pair, float]) -> float:
    """The mean of the pairs between two clusters that were compared."""
    total, count = 0.0, 0
    for one in few:
        for other in many:
            score = scores.get((one, other) if one < other else (other, one))
            if score is not None:
                total += score
                count += 1
    return total / count if count else 0.0
