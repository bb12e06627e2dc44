"""Train the filter that tells sentences without a political event apart before the encoder runs.

    python training/train_triage.py --data ../shared/data --labels triage-labels.jsonl

Labels are what the full reader finds: a sentence is kept where an event is told in it. They are
written to the labels file first (an hour on two cores) and used again if it is there. Texts: odd
lines of the news, their beginnings. A fifth of the documents sets the threshold, another fifth
measures it. Repeatable: seeds are fixed, and the reader is what it is.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from dragoman.actors.tables import read_table
from dragoman.language.analysis import Tokens
from dragoman.language.tokens import tokenize
from dragoman.language.triage import FILE, SIZE, features, in_context

DRAWN = {
    "reuters_21578": 900,
    "timeline_corpora": 420,
    "bbc_politics_2004_2005": 60,
    "worldwide_newswire": 80,
    "guardian_sdf": 20,
    "ukraine_crisis_2014": 20,
    "middle_east_2023_10": 40,
    "president_press_releases_2022": 60,
    "fa_kes_syria": 20,
}
BEGINNING = 2_400  # characters of each text
KEPT = 0.988  # share of events whose sentence passes, on the documents that set the threshold
SEED = 9000


def drawn(data: Path) -> Iterator[dict[str, Any]]:
    rng = random.Random(SEED)
    documents = []
    for name, count in DRAWN.items():
        with gzip.open(data / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for n, line in enumerate(lines) if n % 2]
        rng.shuffle(rows)
        documents += [{**row, "file": name} for row in rows[:count]]
    rng.shuffle(documents)
    yield from documents


def label(data: Path, out: Path) -> None:
    """Read the drawn texts in full and write which of their sentences tell an event."""
    from dragoman.errors import DragomanError
    from dragoman.reader import Reader

    reader = Reader()
    with out.open("w", encoding="utf-8") as stream:
        for row in drawn(data):
            text = row["text"][:BEGINNING]
            try:
                reading = reader.read(text, date=(row.get("date") or "")[:10] or None)
            except DragomanError:
                continue
            told = {t.sentence for event in reading.events for t in event.tellings}
            told |= {event.sentence for event in reading.events}
            sentences = [(s.start, s.end) for s in reading.sentences]
            found = {"f": row["file"], "id": row["id"], "text": text}
            stream.write(json.dumps({**found, "sent": sentences, "ev": sorted(told)}) + "\n")


def names() -> frozenset[str]:
    """Words that name states, capitals, peoples, organisations, offices and agents."""
    found: set[str] = set()
    for table, columns in (
        ("states.tsv", ("name", "names", "adjectives", "people", "capitals")),
        ("organisations.tsv", ("name", "names")),
        ("groups.tsv", ("name", "names")),
        ("peoples.tsv", ("name", "names")),
    ):
        for row in read_table(table):
            for column in columns:
                found |= {name.lower() for name in (row.get(column) or "").split("|")}
    agents = tomllib.loads(files("dragoman.actors").joinpath("agents.toml").read_text("utf-8"))
    for group in (*agents["agent"], *agents["office"]):
        for noun in (*group.get("nouns", ()), *group.get("titles", ())):
            found |= {noun, f"{noun}s"}
    return frozenset(name for name in found if name.isalpha())


def labelled(path: Path) -> tuple[list[Tokens], list[np.ndarray]]:
    tokens, told = [], []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            cut = tokenize(row["text"])
            if cut.sentence_count != len(row["sent"]) or not row["sent"]:
                continue
            mark = np.zeros(len(row["sent"]), dtype=np.int8)
            mark[row["ev"]] = 1
            tokens.append(cut)
            told.append(mark)
    return tokens, told


def matrix(tokens: list[Tokens], known: frozenset[str]) -> tuple[csr_matrix, np.ndarray]:
    """Sentences x hashed features, each row weighed by the root of its length, and the rest."""
    places, values, pointers, extra = [], [], [0], []
    for cut in tokens:
        found = features(cut, known)
        lengths = np.maximum(1, np.diff(found.bounds))
        places.append(found.places)
        values.append(np.repeat(1 / np.sqrt(lengths), np.diff(found.bounds)))
        pointers += (found.bounds[1:] + pointers[-1]).tolist()
        extra.append(found.extra)
    shape = (len(pointers) - 1, SIZE)
    hashed = csr_matrix((np.concatenate(values), np.concatenate(places), pointers), shape=shape)
    return hashed, np.concatenate(extra)


def rows_in_context(scores: np.ndarray, tokens: list[Tokens]) -> np.ndarray:
    rows, at = [], 0
    for cut in tokens:
        rows.append(in_context(scores[at : at + cut.sentence_count].astype(np.float32)))
        at += cut.sentence_count
    return np.concatenate(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()
    if not given.labels.exists():
        label(given.data, given.labels)
    tokens, told = labelled(given.labels)
    known = names()
    parts = np.arange(len(tokens)) % 5  # 0-2 train, 3 threshold, 4 measure
    chosen = {
        key: [n for n in range(len(tokens)) if parts[n] in wanted]
        for key, wanted in (("train", (0, 1, 2)), ("set", (3,)), ("test", (4,)))
    }
    data = {key: matrix([tokens[n] for n in index], known) for key, index in chosen.items()}
    gold = {key: np.concatenate([told[n] for n in index]) for key, index in chosen.items()}
    first = LogisticRegression(C=8.0, max_iter=400, class_weight={0: 1, 1: 2})
    first.fit(hstack([data["train"][0], csr_matrix(data["train"][1])]).tocsr(), gold["train"])
    scores = {
        key: np.asarray(hashed @ first.coef_[0][:SIZE] + extra @ first.coef_[0][SIZE:])
        + first.intercept_[0]
        for key, (hashed, extra) in data.items()
    }
    # The second model is fitted on scores of documents that the first has not seen.
    rows = {key: rows_in_context(scores[key], [tokens[n] for n in chosen[key]]) for key in chosen}
    second = LogisticRegression(C=1.0, max_iter=400).fit(rows["set"], gold["set"])
    final = {key: rows[key] @ second.coef_[0] + second.intercept_[0] for key in rows}
    threshold = float(np.quantile(final["set"][gold["set"] == 1], 1 - KEPT))
    sizes = {
        key: np.concatenate([np.diff(tokens[n].bounds) for n in index])
        for key, index in chosen.items()
    }
    for key in ("set", "test"):
        passed = final[key] >= threshold
        print(
            f"{key}: {len(passed)} sentences, {gold[key].mean():.3f} with an event; kept "
            f"{passed[gold[key] == 1].mean():.4f} of these, "
            f"{(sizes[key] * passed).sum() / sizes[key].sum():.3f} of all words"
        )
    weights = first.coef_[0][:SIZE].astype(np.float16)
    about = {
        "version": f"triage-{len(tokens)}",
        "bias": round(float(first.intercept_[0]), 5),
        "context_bias": round(float(second.intercept_[0]), 5),
        "threshold": round(threshold, 4),
        "names": " ".join(sorted(known)),
    }
    np.savez_compressed(
        given.out,
        weights=weights,
        extra=first.coef_[0][SIZE:].astype(np.float32),
        context=second.coef_[0].astype(np.float32),
        about=json.dumps(about),
    )
    print(f"{given.out}: {given.out.stat().st_size / 1000:.0f} kB, threshold {threshold:.3f}")


if __name__ == "__main__":
    main()
