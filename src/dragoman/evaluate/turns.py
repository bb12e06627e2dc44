"""Do change points of tension meet known turns? Hits within a week, against random days.

The turns (turns_2018.tsv) were written down from memory before any event data of the year were
looked at. For each turn the pair's change points are found in the events of the period; a turn is
met if one lies within `within` days. The test of significance draws, for each pair, as many
different days at random from the same period, and asks how often so many turns are met by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from math import comb

import numpy as np
from numpy.typing import NDArray

from dragoman.analysis.coded import Coded
from dragoman.analysis.tension import TensionPlan, tension
from dragoman.errors import DataError


@dataclass(frozen=True, slots=True)
class Turn:
    """A known turn between two: when, a `thaw` or a `break`, and what happened."""

    first: str
    second: str
    day: str
    direction: str
    what: str


@dataclass(frozen=True, slots=True)
class Met:
    """A turn, the change points of its pair, and how many days off the nearest is."""

    turn: Turn
    changes: tuple[str, ...]
    gap: int | None
    hit: bool


@dataclass(frozen=True, slots=True)
class TurnScore:
    """All turns; `p` is how often random days meet as many, `expected` how many they meet."""

    met: tuple[Met, ...]
    hits: int
    changes: int
    expected: float
    p: float


def read_turns(name: str = "turns_2018.tsv") -> tuple[Turn, ...]:
    """The turns that are shipped."""
    try:
        text = files("dragoman.evaluate").joinpath(name).read_text("utf-8")
    except OSError as error:
        raise DataError(f"the package's file evaluate/{name} cannot be read: {error}.") from error
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Turn(*cells) for cells in lines)


def score_turns(
    events: Iterable[Coded],
    turns: Sequence[Turn],
    *,
    since: str,
    until: str,
    within: int = 7,
) -> TurnScore:
    """How many turns the change points meet, and the permutation test."""
    pairs = {(t.first, t.second) for t in turns}
    of_pairs = [e for e in events if any(e.between(*pair) for pair in pairs)]
    first = date.fromisoformat(since)
    plan = TensionPlan(draws=1)  # the band is of no use here
    met = []
    for turn in turns:
        found = tension(of_pairs, (turn.first, turn.second), since=since, until=until, plan=plan)
        days = tuple(change.day for change in found.changes)
        gaps = [abs((date.fromisoformat(d) - date.fromisoformat(turn.day)).days) for d in days]
        gap = min(gaps, default=None)
        met.append(Met(turn, days, gap, gap is not None and gap <= within))
    length = (date.fromisoformat(until) - first).days + 1
    targets = [(date.fromisoformat(t.day) - first).days for t in turns]
    chance = _by_chance([len(m.changes) for m in met], targets, length, within)
    hits = sum(m.hit for m in met)
    return TurnScore(
        met=tuple(met),
        hits=hits,
        changes=sum(len(m.changes) for m in met),
        expected=round(float(np.arange(len(chance)) @ chance), 3),
        p=float(chance[hits:].sum()),
    )


def _by_chance(
    counts: Sequence[int], targets: Sequence[int], length: int, within: int
) -> NDArray[np.float64]:
    """How likely random days meet 0, 1, 2 … turns: the permutation distribution, exactly.

    Of `count` different days out of `length`, none falls within a window of `width` days in
    C(length - width, count) of C(length, count) draws; pairs are drawn independently.
    """
    chance = np.array([1.0])
    for count, target in zip(counts, targets, strict=True):
        width = min(target + within, length - 1) - max(target - within, 0) + 1
        hit = 1 - comb(length - width, count) / comb(length, count)
        chance = np.convolve(chance, [1 - hit, hit])
    return chance


def render(score: TurnScore) -> str:
    """The table of turns, and the test."""
    lines = ["pair      turn        nearest     days off  change points"]
    for m in score.met:
        nearest = "–"
        if m.gap is not None:
            day = date.fromisoformat(m.turn.day)
            sides = {(day + timedelta(days=d)).isoformat() for d in (-m.gap, m.gap)}
            nearest = next(d for d in m.changes if d in sides)
        lines.append(
            f"{m.turn.first} {m.turn.second}   {m.turn.day}  {nearest:10}  "
            f"{'–' if m.gap is None else m.gap:>8}  {len(m.changes)}"
        )
    lines.append(
        f"{score.hits} of {len(score.met)} met by {score.changes} change points; random days meet "
        f"{score.expected:.2f}; p = {score.p:.4f}"
    )
    return "\n".join(lines)
