"""Scores the kinds of statements against judged ones.

The judged file is a table without text: `corpus`, `document`, `start`, `end` (code points of the
content), `kind`, `weight` (how many statements of the corpus a row stands for, since rare kinds are
drawn more often). A judged statement is answered by the read one that covers it best. F1 of each
kind is weighted; the macro average takes all kinds that occur.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.records import Reading, Statement, StatementKind

BEGINNING = 2_500  # characters of a document that were read when its statements were judged


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    start: int
    end: int
    kind: str
    weight: float


@dataclass(slots=True)
class KindScore:
    """Weights of right answers, wrong answers and misses, by kind; `missing` counts statements."""

    right: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    wrong: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    missed: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    judged: int = 0
    missing: int = 0

    def f1(self, kind: str) -> float:
        right = self.right[kind]
        return 2 * right / (2 * right + self.wrong[kind] + self.missed[kind]) if right else 0.0

    @property
    def kinds(self) -> list[str]:
        return sorted({*self.right, *self.wrong, *self.missed})

    @property
    def macro_f1(self) -> float:
        kinds = [kind for kind in self.kinds if self.right[kind] or self.missed[kind]]
        return sum(self.f1(kind) for kind in kinds) / len(kinds) if kinds else 0.0


def read_judged(path: Path) -> dict[tuple[str, str], list[JudgedStatement]]:
    """The judged statements of a table, by corpus and document."""
    found: dict[tuple[str, str], list[JudgedStatement]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        for row in rows:
            judged = JudgedStatement(
                int(row["start"]), int(row["end"]), row["kind"], float(row["weight"])
            )
            found.setdefault((row["corpus"], row["document"]), []).append(judged)
    return found


def evaluate(
    gold: dict[tuple[str, str], list[JudgedStatement]],
    texts: Iterable[tuple[tuple[str, str], str]],
    read: Callable[[str], Reading],
) -> KindScore:
    """The score over all documents that have judged statements; their beginnings are read."""
    score = KindScore()
    for key, text in texts:
        if key in gold:
            _score(score, read(text[:BEGINNING]), gold[key])
    return score


def _score(score: KindScore, reading: Reading, judged: Iterable[JudgedStatement]) -> None:
    for one in judged:
        score.judged += 1
        found = _kind_at(reading.statements, one)
        if found == one.kind:
            score.right[one.kind] += one.weight
            continue
        score.missed[one.kind] += one.weight
        if found is None:
            score.missing += 1
        else:
            score.wrong[found] += one.weight


def _kind_at(statements: Iterable[Statement], one: JudgedStatement) -> StatementKind | None:
    """The kind of the statement whose content meets the judged one with the least beside it."""
    best: tuple[int, StatementKind] | None = None
    for statement in statements:
        content = statement.content
        if content.start < one.end and one.start < content.end:
            apart = abs(content.start - one.start) + abs(content.end - one.end)
            if best is None or apart < best[0]:
                best = apart, statement.kind
    return best[1] if best else None
