"""What the encoder would make of sentences that it does not read, on the average: a layer for the
filter, fitted by least squares and stored beside its weights.

    python training/triage_mean.py --labels labels.jsonl [--documents 400]

From the mean of the filter's rows of a document's words to the mean of the encoder's vectors. The
judge weighs a telling by the mean vector of its text; that of the kept sentences alone would make
every text seem more political than it is. Every fifth piece tells how near it comes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from dragoman.language.model import Model
from dragoman.language.tokens import tokenize
from dragoman.language.triage import FILE, Triage

PIECE = 5  # sentences that are averaged
RIDGE = 1.0  # against weights that noise makes large, by document


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=400)
    given = parser.parse_args()
    model, triage = Model.load(threads=1), Triage()
    rows, means, counts = [], [], []
    with given.labels.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(given.documents), strict=False):
            tokens = tokenize(json.loads(line)["text"])
            vectors = model.analyse(tokens, vectors=True).vectors
            assert vectors is not None
            words = triage.rows(tokens)
            begins = tokens.bounds[:-1:PIECE]
            for a, b in zip(begins, [*begins[1:], tokens.bounds[-1]], strict=True):
                rows.append(words[a:b].mean(0))
                means.append(vectors[a:b].mean(0))
                counts.append(b - a)
    x, y, n = np.array(rows), np.array(means), np.array(counts)
    x = np.concatenate([x, np.ones((len(x), 1))], axis=1).astype(np.float64)
    test = np.arange(len(x)) % 5 == 0
    weight = np.sqrt(n)[:, None]
    a, b = (x * weight)[~test], (y * weight)[~test]
    layer = np.linalg.solve(a.T @ a + RIDGE * np.eye(a.shape[1]), a.T @ b)
    error = ((y - x @ layer) ** 2)[test].sum() / ((y - y.mean(0)) ** 2)[test].sum()
    print(f"{len(x)} pieces of text; {1 - error:.3f} of the variance of others")
    with np.load(FILE) as data:
        stored = {name: data[name] for name in data.files}
    stored["unread"] = layer[:-1].astype(np.float16)
    stored["unread_bias"] = layer[-1].astype(np.float16)
    about = json.loads(str(stored["about"]))
    seen = about["version"].encode() + stored["unread"].tobytes()
    about["version"] = f"triage-{hashlib.sha256(seen).hexdigest()[:8]}"
    np.savez_compressed(FILE, **{**stored, "about": json.dumps(about)})
    print(f"{FILE}: {FILE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
