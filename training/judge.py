"""Trains the judge of candidates and writes its weights.

    python training/judge.py DATA            # gathers the examples and trains; minutes
    python training/judge.py DATA --keep F   # gathers into F, or trains from F if it is there

Weights go to src/dragoman/coding/data/judge.npz. Needs torch for the network of looks. Only the
first half of the candidates that were judged twice is learnt from; with --second, figures for the
second half are printed at the end.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from judge_data import (
    Example,
    apolitical,
    gold_sentences,
    judged,
    marked_sentences,
    seen_by_encoder,
)
from judge_net import Single, axes, train
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dragoman.coding.judging.features import PARTS
from dragoman.evaluate.judged import second_half
from dragoman.evaluate.plv import CLASSES as _PLV
from dragoman.reader import Stages
from dragoman.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
JUDGED = ROOT / "tests" / "gates" / "data" / "judged_events.tsv"
MORE = ROOT / "training" / "judged_for_training.tsv"
OUT = ROOT / "src" / "dragoman" / "coding" / "data" / "judge.npz"
CLASSES = tuple(sorted({*_PLV, "CONCEDE", "RETREAT"} - {"YIELD"}))
WEIGHTS = {"judged": 1.0, "read": 1.0, "apolitical": 0.3, "gsr": 0.6, "plv": 0.3}
L2 = 15.0
LEAST = 3  # examples in which a fact must be met
FOLDS = 8
PRECISION = 0.85  # asked of what is kept, by cross-check, classes weighing alike
Floats = npt.NDArray[np.float64]


def gather(root: Path) -> list[Example]:
    stages = Stages.load(Settings())
    found: list[Example] = []
    for name, examples in (
        ("judged", judged(stages, root, JUDGED, "judged")),
        ("read", judged(stages, root, MORE, "read")),
        ("apolitical", apolitical(stages, root)),
        ("gsr", gold_sentences(stages, root)),
        ("plv", marked_sentences(stages, root)),
    ):
        began = time.monotonic()
        part = list(examples)
        found += part
        print(f"{name}: {len(part)} in {time.monotonic() - began:.0f} s", flush=True)
    return found


def save(examples: Sequence[Example], path: Path) -> None:
    rows = [{**vars(e), "vectors": None} for e in examples]
    with path.open("wb") as stream:
        np.savez(
            stream,
            rows=np.frombuffer(json.dumps(rows).encode(), dtype=np.uint8),
            vectors=np.stack([e.vectors for e in examples]),
        )


def load(path: Path) -> list[Example]:
    with np.load(path) as stored:
        rows, vectors = json.loads(bytes(stored["rows"])), stored["vectors"]
    return [Example(**{**row, "vectors": v}) for row, v in zip(rows, vectors, strict=True)]


def held(example: Example) -> bool:
    """Is it kept for measuring?"""
    return example.source == "judged" and second_half(example.document)


def right(example: Example) -> float:
    return float(example.right == example.type)


def vectors(examples: Sequence[Example]) -> Single:
    return np.stack([e.vectors for e in examples]).astype(np.float32)


def known_facts(examples: Sequence[Example]) -> list[str]:
    counts = Counter(f for e in examples for f in e.facts)
    return sorted(f for f, n in counts.items() if n >= LEAST)


def matrix(examples: Sequence[Example], facts: Sequence[str]) -> csr_matrix:
    place = {fact: n for n, fact in enumerate(facts)}
    cells = [(row, place[f]) for row, e in enumerate(examples) for f in e.facts if f in place]
    rows, columns = np.array(cells).T
    return csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(examples), len(facts)))


def fit(x: csr_matrix, y: Floats, w: Floats) -> tuple[Floats, float]:
    """Logistic regression, weights punished by their squares."""

    def loss(theta: Floats) -> tuple[float, Floats]:
        z = x @ theta[:-1] + theta[-1]
        p = 1 / (1 + np.exp(-z))
        value = (w * np.logaddexp(0, np.where(y == 1, -z, z))).sum()
        grad = x.T @ (w * (p - y)) + L2 * theta[:-1]
        return value + 0.5 * L2 * (theta[:-1] ** 2).sum(), np.append(grad, (w * (p - y)).sum())

    best = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return best[:-1], float(best[-1])


def calibrate(z: Floats, y: Floats, w: Floats) -> Floats:
    """Factors of sums, and a shift, that make them into probabilities (Platt 1999)."""
    x = np.column_stack([z, np.ones(len(z))])

    def loss(a: Floats) -> tuple[float, Floats]:
        s = x @ a
        value = (w * np.logaddexp(0, np.where(y == 1, -s, s))).sum()
        return float(value), x.T @ (w * (1 / (1 + np.exp(-s)) - y))

    found: Floats = minimize(loss, np.ones(x.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def folds(examples: Sequence[Example]) -> npt.NDArray[np.int64]:
    documents = sorted({e.document for e in examples})
    of = {d: n % FOLDS for n, d in enumerate(np.random.default_rng(1).permutation(documents))}
    return np.array([of[e.document] for e in examples])


def alike(examples: Sequence[Example]) -> Floats:
    """Weights by which all classes count alike."""
    counts = Counter(e.type for e in examples)
    return np.array([len(examples) / len(counts) / counts[e.type] for e in examples])


def train_judge(examples: list[Example], out: Path, *, second: bool) -> None:
    learnt = [e for e in examples if e.source in WEIGHTS and not held(e) and not seen_by_encoder(e)]
    own = np.array([e.source in ("judged", "read") for e in learnt])
    twice = np.array([e.source == "judged" for e in learnt])[own]
    y = np.array([right(e) for e in learnt])
    w = np.array([WEIGHTS[e.source] for e in learnt])
    kinds = np.array([CLASSES.index(e.type) for e in learnt])
    facts = known_facts(learnt)
    x = matrix(learnt, facts)
    centre, narrow = axes(vectors(learnt), len(PARTS))
    small = narrowed(learnt, centre, narrow)
    y32, w32, count = y.astype(np.float32), w.astype(np.float32), len(CLASSES)
    # Sums of judged candidates by facts and a network that did not see their documents.
    z = np.zeros((len(learnt), 2))
    parts = folds(learnt)
    for part in range(FOLDS):
        seen, out_of = parts != part, parts == part
        theta, bias = fit(x[seen], y[seen], w[seen])
        net = train(small[seen], kinds[seen], y32[seen], w32[seen], count)
        z[out_of, 0] = x[out_of] @ theta + bias
        z[out_of, 1] = net.looks(small[out_of], kinds[out_of])
    ours = [e for e, o in zip(learnt, own, strict=True) if o]
    by_facts, by_looks, shift = calibrate(z[own], y[own], alike(ours))
    print(f"facts count {by_facts:.2f}, looks {by_looks:.2f}, shift {shift:.2f}")
    p = 1 / (1 + np.exp(-(z[own] @ (by_facts, by_looks) + shift)))
    report("cross-checked", p, y[own], ours)
    report(
        "  of these, judged twice",
        p[twice],
        y[own][twice],
        [e for e, t in zip(ours, twice, strict=True) if t],
    )
    threshold = choose(p, y[own], alike(ours))
    theta, bias = fit(x, y, w)
    theta, bias = (by_facts * theta).round(4), by_facts * bias + shift
    net = train(small, kinds, y32, w32, count)
    about = {
        "facts": facts,
        "classes": CLASSES,
        "bias": round(bias, 4),
        "threshold": threshold,
        "examples": dict(Counter(e.source for e in learnt)),
    }
    np.savez_compressed(
        out,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        weights=theta.astype(np.float32),
        centre=centre.astype(np.float16),
        narrow=narrow.astype(np.float16),
        **net.weights(by_looks),
    )
    print(f"{out}: {out.stat().st_size:,} bytes, {len(facts)} facts, threshold {threshold}")
    if second:
        rows = [e for e in examples if held(e)]
        numbers = np.array([CLASSES.index(e.type) for e in rows])
        looks = net.looks(narrowed(rows, centre, narrow), numbers)
        sums = matrix(rows, facts) @ theta + bias + by_looks * looks
        said = 1 / (1 + np.exp(-sums))
        report("second half", said, np.array([right(e) for e in rows]), rows, threshold)


def narrowed(examples: Sequence[Example], centre: Single, narrow: Single) -> Single:
    rows = (vectors(examples) - centre).reshape(len(examples), len(PARTS), -1)
    found: Single = np.einsum("npw,pwk->npk", rows, narrow).reshape(len(examples), -1)
    return found


def choose(p: Floats, y: Floats, w: Floats, precision: float = PRECISION) -> float:
    """The lowest threshold, in twentieths, at which so much of what is kept is right.

    In twentieths, so that it stays where it is when the judge is trained anew.
    """
    for hundredths in range(5, 95, 5):
        kept = p.round(2) >= hundredths / 100
        if (w * y)[kept].sum() >= precision * w[kept].sum():
            return hundredths / 100
    return 0.95


def report(
    name: str, p: Floats, y: Floats, rows: Sequence[Example], threshold: float | None = None
) -> None:
    """Prints discrimination, calibration, and what is kept, all classes weighing alike.

    `~` weighs classes as in the texts.
    """
    drawn_of = Counter(e.type for e in rows)
    share = np.array([e.share / drawn_of[e.type] for e in rows])
    same = alike(rows)
    brier = float(((p - y) ** 2).mean())
    bins = np.minimum((p * 10).astype(int), 9)
    ece = sum(
        abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in set(bins)
    )
    auc = float(np.mean([(a > b) + 0.5 * (a == b) for a in p[y == 1] for b in p[y == 0]]))
    print(
        f"{name}: n {len(y)}, base {(same * y).mean():.3f}, AUC {auc:.3f}, Brier {brier:.3f}, "
        f"ECE {ece:.3f}"
    )
    for b in sorted(set(bins)):
        of, said, was = (bins == b).sum(), p[bins == b].mean(), y[bins == b].mean()
        print(f"  {b / 10:.1f}: n {of:3d} said {said:.2f} right {was:.2f}")
    for t in sorted({threshold or 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9}):
        kept = p.round(2) >= t
        told = [f"  kept at {t}: {kept.mean():.2f}"]
        for mark, weigh in (("", same), ("~", share)):
            found = y * weigh
            told.append(
                f"{mark}precision {found[kept].sum() / weigh[kept].sum():.3f} "
                f"{mark}recall {found[kept].sum() / found.sum():.3f}"
            )
        print(" ".join(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--second", action="store_true", help="measure on the second half")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        examples = load(options.keep)
    else:
        examples = gather(options.data)
        if options.keep:
            save(examples, options.keep)
    train_judge(examples, options.out, second=options.second)


if __name__ == "__main__":
    main()
