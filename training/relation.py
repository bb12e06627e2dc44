"""Trains the model that tells the class between two marked mentions, and measures it.

    python training/relation.py DATA

Learns from PLV's training part, from plain facts only: no vectors, since three fifths of its
sentences taught the encoder. Macro-F1 by cross-validation, the sentences of a row all in one fold,
with its 95 % interval by bootstrap over rows; beside it the frames alone, and the rows at odd
positions, at which nobody looked while frames were written.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from corpora import for_encoder

from dragoman.coding.relation import pair_facts
from dragoman.coding.relation_features import type_in_relation
from dragoman.evaluate import plv
from dragoman.reader import Stages
from dragoman.settings import Settings

OUT = Path(__file__).resolve().parents[1] / "src/dragoman/coding/data/relation.npz"
FOLDS = 10
L2 = 1.0
LEAST = 2  # rows in which a fact must be met
Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


def gather(root: Path) -> tuple[list[plv.MarkedSentence], list[list[str]], list[str]]:
    """The rows, their facts, and the classes that frames alone give."""
    stages = Stages.load(Settings())
    rows, facts, alone = [], [], []
    for row in plv.read_rows(root / "plv" / "train.tsv.gz"):
        analysis = stages.analyse(stages.tokenize(row.text))
        cast = stages.find_cast(analysis, None)
        said = stages.find_statements(analysis, cast)
        drafts, found = pair_facts(analysis, cast, row.source, row.target, said=said)
        rows.append(row)
        facts.append(found)
        alone.append(plv.class_of(type_in_relation(drafts[0])) if drafts else "NONE")
    return rows, facts, alone


def matrix(facts: Sequence[Sequence[str]], names: Sequence[str]) -> Floats:
    place = {name: n for n, name in enumerate(names)}
    found = np.zeros((len(facts), len(names)), dtype=np.float32)
    for row, told in enumerate(facts):
        found[row, [place[fact] for fact in told if fact in place]] = 1
    return found


def names_of(facts: Sequence[Sequence[str]]) -> list[str]:
    counts = Counter(fact for told in facts for fact in told)
    return sorted(fact for fact, count in counts.items() if count >= LEAST)


def fit(x: Floats, y: Rows) -> tuple[Floats, Floats]:
    """Multinomial logistic regression; rare classes weigh more, by the root of their rarity."""
    counts = np.bincount(y, minlength=len(plv.CLASSES)).clip(min=1)
    weigh = torch.tensor(np.sqrt(counts.mean() / counts)[y], dtype=torch.float32)
    inputs, goal = torch.tensor(x), torch.tensor(y)
    weights = torch.zeros(x.shape[1], len(plv.CLASSES), requires_grad=True)
    bias = torch.zeros(len(plv.CLASSES), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        each = torch.nn.functional.cross_entropy(inputs @ weights + bias, goal, reduction="none")
        value = (weigh * each).sum() + 0.5 * L2 * (weights**2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return weights.detach().numpy(), bias.detach().numpy()


def cross_validated(
    rows: Sequence[plv.MarkedSentence], facts: Sequence[Sequence[str]], y: Rows, seed: int
) -> list[str]:
    ids = sorted({row.id for row in rows})
    order = np.random.default_rng(seed).permutation(len(ids))
    fold_of = {ids[n]: place % FOLDS for place, n in enumerate(order)}
    folds = np.array([fold_of[row.id] for row in rows])
    found = [""] * len(rows)
    for fold in range(FOLDS):
        seen = np.flatnonzero(folds != fold)
        names = names_of([facts[n] for n in seen])
        weights, bias = fit(matrix([facts[n] for n in seen], names), y[seen])
        for n in np.flatnonzero(folds == fold):
            sums = matrix([facts[n]], names) @ weights + bias
            found[n] = plv.CLASSES[int(sums.argmax())]
    return found


def report(name: str, gold: Sequence[str], read: Sequence[str]) -> None:
    pairs = list(zip(gold, read, strict=True))
    draw = np.random.default_rng(1)
    values = sorted(
        plv.macro_f1([pairs[n] for n in draw.integers(len(pairs), size=len(pairs))])[0]
        for _ in range(1000)
    )
    right = sum(g == r for g, r in pairs) / len(pairs)
    print(
        f"{name}: {len(pairs)} rows, macro-F1 {plv.macro_f1(pairs)[0]:.3f} "
        f"({values[25]:.3f} to {values[974]:.3f}), right {right:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    rows, facts, alone = gather(parser.parse_args().data)
    gold = [row.type for row in rows]
    y = np.array([plv.CLASSES.index(type) for type in gold])
    report("frames alone", gold, alone)
    report("frames alone, odd rows", gold[1::2], alone[1::2])
    for seed in (1, 2, 3):
        read = cross_validated(rows, facts, y, seed)
        report(f"cross-validated, seed {seed}", gold, read)
        report("  odd rows", gold[1::2], read[1::2])
        unseen = [n for n, row in enumerate(rows) if not for_encoder(row.id)]
        report("  not seen by the encoder", [gold[n] for n in unseen], [read[n] for n in unseen])
    for name, (f1, count) in plv.macro_f1(zip(gold, read, strict=True))[1].items():
        print(f"  {name:10} {f1:.3f} {count}")
    names = names_of(facts)
    weights, bias = fit(matrix(facts, names), y)
    about = json.dumps({"facts": names, "classes": plv.CLASSES}).encode()
    np.savez_compressed(
        OUT,
        about=np.frombuffer(about, dtype=np.uint8),
        weights=weights.astype(np.float16),
        bias=bias.astype(np.float32),
    )
    print(f"{OUT}: {OUT.stat().st_size:,} bytes, {len(names)} facts")


if __name__ == "__main__":
    main()
