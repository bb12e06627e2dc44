"""Learns what findings weigh when two reports are compared: src/dragoman/merging/weights.toml.

    DRAGOMAN_DATA=../shared/data python training/merging.py

Pairs of reports judged *same* or *different* (by one reader each, by the rule in docs/merging.md):
the even half of tests/gates/data/merging_pairs.jsonl, training/merging_pairs.jsonl, which was drawn
later from other days, for learning alone, and training/merging_pairs_of_cases.jsonl: pairs within
events that were merged of whole cases, read as their user would. The odd half of the first is never
looked at here.
Logistic regression; the penalty draws each weight to its value in merging_start.toml, so that what
is seldom found keeps about what was set by hand. The strength was chosen by the log loss of
cross-validation that leaves out whole topics, since wars differ more than pairs of one war; it and
ten-fold cross-validation are printed.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from dragoman.evaluate.pairs import Anchored, anchored  # noqa: E402
from dragoman.merging.findings import findings  # noqa: E402
from dragoman.merging.profiles import profile  # noqa: E402
from dragoman.reader import Reader  # noqa: E402
from gates.news import lines, read_documents  # noqa: E402

WEIGHTS = ROOT / "src/dragoman/merging/weights.toml"
START = ROOT / "training/merging_start.toml"
OF_CASES = ROOT / "training/merging_pairs_of_cases.jsonl"
CUT_OF_CASES = 6_000  # characters of an article that were read when those pairs were drawn
STRENGTHS = (1.0, 2.0, 4.0, 6.0, 8.0, 16.0)
STRENGTH = 6.0
# Added to the prior once weights are learnt: clusters join by the mean of their pairs and lose some
# that pairs by themselves would join. Chosen by the pairs told together in clusters, the weights
# learnt without the topic of the pair.
LIFT = 0.2
FIXED = ("host", "medium")
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Name = tuple[str, str]


def main() -> None:
    start = tomllib.loads(START.read_text("utf-8"))
    names: list[Name] = [("", "prior")]
    names += [(part, name) for part, own in start.items() if part != "prior" for name in own]
    begin = np.array([start["prior"] if not part else start[part][name] for part, name in names])
    reader, pairs, of_cases = Reader(), judged(), read_pairs(OF_CASES)
    found = anchored(pairs, read_documents(reader, documents_of(pairs)))
    pairs += of_cases
    found += anchored(of_cases, read_documents(reader, documents_of(of_cases), cut=CUT_OF_CASES))
    rows = np.array([row(pair, names) for pair in found])
    same = np.array([float(pair.same) for pair in found])
    print(f"{len(found)} of {len(pairs)} pairs are read on both sides; {same.mean():.2f} are one")
    print(f"by hand: F1 {f1(rows @ begin, same):.3f}")
    drawn = np.random.RandomState(0).permutation(len(same)) % 10
    topics = by_topic(found)
    for strength in STRENGTHS:
        for how, fold in (("ten-fold", drawn), ("by topic", topics)):
            scores = crossed(rows, same, names, begin, strength, fold)
            print(
                f"strength {strength}, {how}: F1 {f1(scores, same):.3f}, "
                f"log loss {log_loss(scores, same):.3f}"
            )
    weights = fitted(rows, same, penalties(names, STRENGTH), begin)
    weights[0] += LIFT
    write(dict(zip(names, weights, strict=True)))


def judged() -> list[dict[str, Any]]:
    path = ROOT / "tests/gates/data/merging_pairs.jsonl"
    gate = path.read_text("utf-8").splitlines()[::2]
    pairs = [json.loads(line) for line in gate]
    own = read_pairs(ROOT / "training/merging_pairs.jsonl")
    return [{"same": pair.get("settled"), **pair} for pair in pairs] + own


def read_pairs(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def documents_of(pairs: Iterable[dict[str, Any]]) -> list[str]:
    return sorted({pair[side][0] for pair in pairs for side in ("left", "right")})


def row(pair: Anchored, names: list[Name]) -> Floats:
    at = {name: i for i, name in enumerate(names)}
    values = np.zeros(len(names))
    values[0] = 1.0
    for part, name, value, _ in findings(profile(pair.left), profile(pair.right)):
        values[at[part, name]] += value
    return values


def penalties(names: list[Name], strength: float) -> Floats:
    return np.array(
        [
            strength * (0.05 if not part else 1e6 if part in FIXED else 1.0)
            for part, _ in names
        ]
    )  # fmt: skip


def fitted(rows: Floats, same: Floats, penalty: Floats, begin: Floats) -> Floats:
    """Newton's method; the penalty is quadratic around `begin`."""
    weights = begin.copy()
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - same) + penalty * (weights - begin)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def crossed(
    rows: Floats, same: Floats, names: list[Name], begin: Floats, strength: float, fold: Ints
) -> Floats:
    """The scores of pairs, each by weights learnt without its fold."""
    scores = np.zeros(len(same))
    for at in sorted(set(fold.tolist())):
        rest = fold != at
        weights = fitted(rows[rest], same[rest], penalties(names, strength), begin)
        scores[~rest] = rows[~rest] @ weights
    return scores


def by_topic(pairs: Iterable[Anchored]) -> Ints:
    """A fold for each topic and year, or each other file, that the left reports come from."""
    topics = [f"{row['topic']} {row['date'][:4]}" for row in lines("timeline_corpora")]
    own = []
    for pair in pairs:
        name, line = pair.left.document.split(":")
        own.append(topics[int(line)] if name == "timeline_corpora" else name)
    number = {topic: at for at, topic in enumerate(sorted(set(own)))}
    return np.array([number[topic] for topic in own])


def log_loss(scores: Floats, same: Floats) -> float:
    return float(np.mean(np.logaddexp(0, np.where(same > 0, -scores, scores))))


def f1(scores: Floats, same: Floats) -> float:
    right = float(np.sum((scores > 0) & (same > 0)))
    return 2 * right / float(np.sum(scores > 0) + np.sum(same > 0))


def write(weights: dict[Name, float]) -> None:
    """The weights into the file that is shipped, with the comments of the start."""
    lines = [
        "# What each finding of a comparison adds to the log-odds (base e) that two reports tell",
        "# one event, times its value. Learnt on judged pairs by training/merging.py, which writes",
        "# this file; what the pairs seldom show stays near training/merging_start.toml.",
    ]
    part = ""
    for line in START.read_text("utf-8").splitlines()[2:]:
        if head := re.match(r"\[(\w+)\]", line):
            part = head[1]
        elif entry := re.match(r"(\w+) = (-?[\d.]+)(\s*#.*)?$", line):
            line = f"{entry[1]} = {weights[part, entry[1]]:.2f}{entry[3] or ''}"
        lines.append(line)
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
