"""Trains the judge of candidates and writes its weights.

    python training/judge.py DATA            # gathers the examples and trains; minutes
    python training/judge.py DATA --keep F   # gathers into F, or trains from F if it is there

Weights go to src/dragoman/coding/data/judge.npz. Needs torch for the network of classes. Only the
first half of the judged candidates is learnt from; figures for the second are printed at the end.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from judge_data import (
    NONE,
    Example,
    apolitical,
    gold_sentences,
    judged,
    marked_sentences,
    seen_by_encoder,
    silver,
)
from scipy.optimize import minimize

from dragoman.coding.judging import agreement
from dragoman.evaluate.judged import read_judged, second_half
from dragoman.evaluate.plv import CLASSES as _PLV
from dragoman.reader import Stages
from dragoman.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
JUDGED = ROOT / "tests" / "gates" / "data" / "judged_events.tsv"
MORE = ROOT / "training" / "judged_for_training.tsv"
OUT = ROOT / "src" / "dragoman" / "coding" / "data" / "judge.npz"
CLASSES = (NONE, *sorted({*_PLV, "CONCEDE", "RETREAT"} - {"YIELD"}))
WEIGHTS = {"judged": 1.0, "read": 1.0, "apolitical": 0.3, "gsr": 0.6, "plv": 0.3}
HIDDEN = 48
L2 = 1.0
RECALL = 0.95  # of right candidates that must be kept, by cross-check on the first half
Floats = npt.NDArray[np.float64]


def gather(root: Path, texts: int) -> list[Example]:
    stages = Stages.load(Settings())
    without = frozenset(row.id for path in (JUDGED, MORE) for row in read_judged(path))
    found: list[Example] = []
    for name, examples in (
        ("judged", judged(stages, root, JUDGED, "judged")),
        ("read", judged(stages, root, MORE, "read")),
        ("silver", silver(stages, root, texts=texts, without=without)),
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


# ---- the network of classes ------------------------------------------------------------------


def train_classes(examples: Sequence[Example], *, epochs: int = 14) -> dict[str, Any]:
    """Class of the words from their vectors alone: what the frame says, or no event."""
    chosen = [e for e in examples if not held(e) and not seen_by_encoder(e)]
    targets, weights = [], []
    for e in chosen:
        targets.append(CLASSES.index(e.right or e.type))
        weights.append(
            {"judged": 3.0, "read": 3.0, "apolitical": 0.5, "other": 0.5}.get(e.source, 1.0)
        )
    torch.manual_seed(1)
    x = torch.from_numpy(np.stack([e.vectors for e in chosen]).astype(np.float32))
    y = torch.tensor(targets)
    counts = torch.bincount(y, minlength=len(CLASSES)).float().clamp(min=1)
    w = torch.tensor(weights) * (counts.mean() / counts[y]).sqrt()
    centre = x.mean(0)
    x = x - centre
    scale = float(x.std())
    net = torch.nn.Sequential(
        torch.nn.Dropout(0.2),
        torch.nn.Linear(x.shape[1], HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.3),
        torch.nn.Linear(HIDDEN, len(CLASSES)),
    )
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.05)
    batches = (len(x) // 128 + 1) * epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=batches + 1)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(128):
            loss = torch.nn.functional.cross_entropy(
                net(x[rows] / scale), y[rows], reduction="none", label_smoothing=0.05
            )
            optimiser.zero_grad()
            (loss * w[rows]).mean().backward()
            optimiser.step()
            schedule.step()
    first, last = net[1], net[4]
    return {
        "centre": centre.numpy().astype(np.float16),
        "hidden": (first.weight.T / scale).detach().numpy().astype(np.float16),
        "hidden_bias": first.bias.detach().numpy().astype(np.float32),
        "output": last.weight.T.detach().numpy().astype(np.float16),
        "output_bias": last.bias.detach().numpy().astype(np.float32),
    }


def class_scores(net: dict[str, Any], examples: Sequence[Example]) -> Floats:
    x = np.stack([e.vectors for e in examples]).astype(np.float32) - net["centre"].astype("f4")
    layer = np.maximum(x @ net["hidden"].astype("f4") + net["hidden_bias"], 0)
    scores = layer @ net["output"].astype("f4") + net["output_bias"]
    scores -= scores.max(1, keepdims=True)
    return (scores - np.log(np.exp(scores).sum(1, keepdims=True))).astype(np.float64)


# ---- the judge -------------------------------------------------------------------------------


def held(example: Example) -> bool:
    """Is it kept for measuring?"""
    return example.source == "judged" and second_half(example.document)


def matrix(
    examples: Sequence[Example], scores: Floats, facts: Sequence[str]
) -> npt.NDArray[np.float64]:
    place = {fact: n for n, fact in enumerate(facts)}
    found = np.zeros((len(examples), len(facts) + 3))
    for row, example in enumerate(examples):
        for fact in example.facts:
            if fact in place:
                found[row, place[fact]] = 1
        found[row, -3:] = agreement(scores[row].astype(np.float32), CLASSES, example.type)
    return found


def fit(x: Floats, y: Floats, w: Floats, *, l2: float = L2) -> tuple[Floats, float]:
    """Logistic regression; the last three columns are punished less, being few and dense."""
    punish = np.full(x.shape[1], l2)
    punish[-3:] = 0.2

    def loss(theta: Floats) -> tuple[float, Floats]:
        z = x @ theta[:-1] + theta[-1]
        p = 1 / (1 + np.exp(-z))
        value = -(w * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        grad = x.T @ (w * (p - y)) + punish * theta[:-1]
        return value + 0.5 * (punish * theta[:-1] ** 2).sum(), np.append(grad, (w * (p - y)).sum())

    best = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return best[:-1], float(best[-1])


def known_facts(examples: Sequence[Example], least: int = 2) -> list[str]:
    counts = Counter(f for e in examples for f in e.facts)
    return sorted(f for f, n in counts.items() if n >= least)


def right(example: Example) -> float:
    return float(example.right == example.type)


def platt(z: Floats, y: Floats) -> tuple[float, float]:
    """Slope and shift that make sums into probabilities (Platt 1999), of held-out sums."""

    def loss(ab: Floats) -> tuple[float, Floats]:
        p = 1 / (1 + np.exp(-(ab[0] * z + ab[1])))
        value = -(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).sum()
        return float(value), np.array([((p - y) * z).sum(), (p - y).sum()])

    a, b = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    return float(a), float(b)


def folds(examples: Sequence[Example], count: int = 8) -> npt.NDArray[np.int64]:
    documents = sorted({e.document for e in examples})
    of = {d: n % count for n, d in enumerate(np.random.default_rng(1).permutation(documents))}
    return np.array([of[e.document] for e in examples])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--texts", type=int, default=80, help="silver texts a file")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        examples = load(options.keep)
    else:
        examples = gather(options.data, options.texts)
        if options.keep:
            save(examples, options.keep)
    train(examples, options.out)


def train(examples: list[Example], out: Path) -> None:
    learnt = [e for e in examples if e.source in WEIGHTS and not held(e)]
    own = np.array([e.source in ("judged", "read") for e in learnt])
    y = np.array([right(e) for e in learnt])
    w = np.array([WEIGHTS[e.source] for e in learnt])
    net = train_classes(examples)
    facts = known_facts(learnt)
    parts = folds(learnt)
    # Sums of judged candidates by a judge and a network that did not see their documents.
    z = np.zeros(len(learnt))
    for part in range(parts.max() + 1):
        out_of = {e.document for e, p in zip(learnt, parts, strict=True) if p == part}
        seen = [e for e in examples if e.document not in out_of]
        scores = class_scores(train_classes(seen), learnt)
        x = matrix(learnt, scores, facts)
        theta, bias = fit(x[parts != part], y[parts != part], w[parts != part])
        z[parts == part] = x[parts == part] @ theta + bias
    twice = np.array([e.source == "judged" for e in learnt])  # the first half of these
    a, b = platt(z[twice], y[twice])
    x = matrix(learnt, class_scores(net, learnt), facts)
    theta, bias = fit(x, y, w)
    theta, bias = a * theta, a * bias + b
    p = 1 / (1 + np.exp(-(a * z[own] + b)))
    report(
        "first half, cross-checked", p, y[own], [e for e, o in zip(learnt, own, strict=True) if o]
    )
    report(
        "  of these, judged twice",
        1 / (1 + np.exp(-(a * z[twice] + b))),
        y[twice],
        [e for e, t in zip(learnt, twice, strict=True) if t],
    )
    threshold = choose(p, y[own])
    second = [e for e in examples if held(e)]
    ps = 1 / (1 + np.exp(-(matrix(second, class_scores(net, second), facts) @ theta + bias)))
    report("second half", ps, np.array([right(e) for e in second]), second, threshold)
    about = {
        "facts": facts,
        "classes": CLASSES,
        "bias": round(bias, 4),
        "threshold": threshold,
        "examples": dict(Counter(e.source for e in examples)),
    }
    np.savez_compressed(
        out,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        weights=theta[:-3].round(4).astype(np.float32),
        numbers=theta[-3:].round(4).astype(np.float32),
        **net,
    )
    print(f"{out}: {out.stat().st_size:,} bytes, {len(facts)} facts, threshold {threshold}")


def choose(p: Floats, y: Floats, recall: float = RECALL) -> float:
    """The highest threshold (in hundredths) that still keeps so much of what is right."""
    found = 0.0
    for hundredths in range(5, 90):
        if y[p.round(2) >= hundredths / 100].sum() >= recall * y.sum():
            found = hundredths / 100
    return found


def report(
    name: str, p: Floats, y: Floats, rows: Sequence[Example], threshold: float | None = None
) -> None:
    """Prints discrimination, calibration, and what is kept; `~` weighs classes as in the texts."""
    drawn_of = Counter(e.type for e in rows)
    share = np.array([e.share / drawn_of[e.type] for e in rows])
    brier = float(((p - y) ** 2).mean())
    bins = np.minimum((p * 10).astype(int), 9)
    ece = sum(
        abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in set(bins)
    )
    auc = float(np.mean([(a > b) + 0.5 * (a == b) for a in p[y == 1] for b in p[y == 0]]))
    print(
        f"{name}: n {len(y)}, base {y.mean():.3f}, AUC {auc:.3f}, Brier {brier:.3f}, ECE {ece:.3f}"
    )
    for b in sorted(set(bins)):
        of, said, was = (bins == b).sum(), p[bins == b].mean(), y[bins == b].mean()
        print(f"  {b / 10:.1f}: n {of:3d} said {said:.2f} right {was:.2f}")
    for t in (threshold or 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8):
        kept = p.round(2) >= t
        found = y * share
        precision, recall = found[kept].sum() / share[kept].sum(), found[kept].sum() / found.sum()
        print(f"  kept at {t}: {kept.mean():.2f} precision {y[kept].mean():.3f} ~{precision:.3f}")
        print(f"    recall {y[kept].sum() / y.sum():.3f} ~{recall:.3f}")


if __name__ == "__main__":
    main()
