"""Train the filter that tells sentences without a political event apart before the encoder runs.

    python training/triage_facts.py
    python training/triage_labels.py --data ../shared/data --out labels.jsonl
    python training/triage_labels.py --data ../shared/data --out even.jsonl --even
    python training/train_triage.py --labels labels.jsonl [--even even.jsonl] [--start weights.pt]
    python training/triage_mean.py --labels labels.jsonl

Labels are what the full reader finds (triage_labels.py). Of the odd lines a twentieth sets the
thresholds; nothing else is learnt from it. `--even` prints what is kept of documents that nothing
was learnt from. `--start` goes on from weights that were learnt before; with `--passes 0` the
thresholds alone are set anew, which is worth doing whenever the reader has changed.

The shipped weights: six passes over labels of an earlier reader, then `--start` three times: three
passes twice at a rate of 0.0015, and four at 0.002 over labels of twice as many texts, with the
third layer. The last thresholds are those of the reader of the shipped judge.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from torch.nn import functional as F  # noqa: N812
from triage_facts import table
from triage_net import WIDTH, Net, Text, Vocabulary, weights

from dragoman.language.pieces import Pieces
from dragoman.language.tokens import tokenize
from dragoman.language.triage import FILE, FOLDER, TABLE, by_word
from dragoman.language.triage_words import Facts

RECALLS = (0.9, 0.95, 0.98, 0.99)  # shares of the events to be kept, each with a threshold
DEFAULT = 0.98
# Somewhat more is kept of the documents that set the threshold than is promised of others.
MORE = {0.9: 0.903, 0.95: 0.953, 0.98: 0.986, 0.99: 0.992}
MIXED = ("timeline_corpora", "reuters_21578", "bbc_politics_2004_2005")
SETS = 20  # one in so many documents sets the thresholds
MISSED = 4.0  # how much worse it is to lose an event than to keep a sentence without one
BATCH, SEED = 12, 9000
NEARLY = 0.5  # of the judge's probability, where it threw a telling out


class Words:
    """Numbers of words, given as they come."""

    def __init__(self, facts: Facts) -> None:
        self._facts, self._cut = facts, Pieces(FOLDER / "tokenizer.json")
        self._numbers: dict[str, int] = {}

    def numbers(self, words: list[str]) -> npt.NDArray[np.int64]:
        known = self._numbers
        return np.array([known.setdefault(word, len(known)) for word in words], dtype=np.int64)

    def vocabulary(self) -> Vocabulary:
        words = list(self._numbers)
        cut = [self._cut.cut(word) for word in words]
        shapes = torch.tensor([shape for _, shape in cut])
        return Vocabulary([p for p, _ in cut], torch.from_numpy(self._facts.of(words)), shapes)


def texts(path: Path, words: Words, facts: Facts) -> list[Text]:
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            cut = tokenize(row["text"])
            count = cut.sentence_count
            if count != len(row["sent"]) or not count or min(np.diff(cut.bounds)) < 1:
                continue
            starts = np.array(cut.starts)
            trigger = np.zeros(len(cut), dtype=np.float32)
            actor = np.zeros(len(cut), dtype=np.float32)
            event = np.zeros(count, dtype=np.float32)
            for first, last, probability, sentence in row["prop"]:
                a, b = np.searchsorted(starts, (first, last))
                trigger[a:b] = np.maximum(trigger[a:b], probability)
                event[sentence] = max(event[sentence], NEARLY * probability)
            for first, last, political in row["act"]:
                if political:
                    a, b = np.searchsorted(starts, (first, last))
                    actor[a:b] = 1
            told = [one["at"] for one in row["ev"]]
            may = facts.may(cut.words)
            event[[sentence for at in told for sentence in at]] = 1
            numbers, lengths = words.numbers(cut.words), np.diff(cut.bounds)
            about = row["f"], row["n"]
            found.append(Text(*about, numbers, lengths, may, trigger, actor, event, told))
    return found


def of_encoder() -> Tensor:
    """The encoder's vectors of word pieces in the directions in which they differ most."""
    graph = onnx.load(str(FOLDER / "model.onnx")).graph
    kept = {t.name: numpy_helper.to_array(t) for t in graph.initializer if "piece_" in t.name}
    rows = kept["piece_rows"].astype(np.float32) * kept["piece_scales"]
    rows -= rows.mean(0)
    _, _, directions = np.linalg.svd(rows, full_matrices=False)
    small = rows @ directions[:WIDTH].T
    return torch.tensor(small / small.std())


def _go_on(net: Net, kept: dict[str, Tensor]) -> None:
    """Take over weights learnt before; a layer that had none changes little at first."""
    net.load_state_dict({**{k: v * 0.1 for k, v in net.state_dict().items()}, **kept})


def learn(net: Net, given: list[Text], vocabulary: Vocabulary, passes: int, rate: float) -> None:
    slow = [net.pieces.weight]
    rest = [p for name, p in net.named_parameters() if not name.startswith("pieces")]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "weight_decay": 0.0}, {"params": rest, "weight_decay": 0.02}], lr=rate
    )
    steps = passes * -(-len(given) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate / 3, rate], total_steps=steps, pct_start=0.15
    )
    order = list(range(len(given)))
    began = time.time()
    for at in range(passes):
        net.train()
        random.shuffle(order)
        total = 0.0
        for first in range(0, len(order), BATCH):
            batch = [given[n] for n in order[first : first + BATCH]]
            numbers = np.unique(np.concatenate([text.words for text in batch]))
            rows = net.words(*vocabulary.some(numbers))
            own = [_renumbered(text, numbers) for text in batch]
            trigger, actor, event = net(rows, own)
            may = _all(batch, "may")
            loss = 0.5 * F.binary_cross_entropy_with_logits(
                event, _all(batch, "event"), pos_weight=torch.tensor(MISSED)
            )
            loss = loss + F.binary_cross_entropy_with_logits(
                trigger, _all(batch, "trigger")[may], pos_weight=torch.tensor(2.0)
            )
            loss = loss + 0.5 * F.binary_cross_entropy_with_logits(actor, _all(batch, "actor"))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"pass {at}: loss {total * BATCH / len(order):.4f}, {time.time() - began:.0f} s")


def _renumbered(text: Text, numbers: npt.NDArray[np.int64]) -> Text:
    words = np.searchsorted(numbers, text.words)
    return Text(text.file, text.line, words, *list(vars(text).values())[3:])


def _all(batch: list[Text], name: str) -> Tensor:
    return torch.from_numpy(np.concatenate([getattr(text, name) for text in batch]))


def scores(net: Net, given: list[Text], vocabulary: Vocabulary) -> list[npt.NDArray[np.float32]]:
    net.eval()
    with torch.no_grad():
        rows = net.words(*vocabulary.some(np.arange(len(vocabulary.pieces))))
        return [by_word(net(rows, [text])[2].numpy(), text.lengths) for text in given]


def events_kept(found: list[npt.NDArray[np.float32]], given: list[Text]) -> npt.NDArray[np.float32]:
    """By event the threshold up to which it is kept."""
    return np.array(
        [
            max(row[sentence] for sentence in at)
            for row, text in zip(found, given, strict=True)
            for at in text.told
        ],
        dtype=np.float32,
    )


def tell(name: str, found: list[npt.NDArray[np.float32]], given: list[Text], least: float) -> None:
    """What a threshold keeps of the events and of the words."""
    kept = events_kept(found, given) >= least
    words = sum(int(text.lengths.sum()) for text in given)
    inside = sum(
        int(text.lengths[row >= least].sum()) for row, text in zip(found, given, strict=True)
    )
    events = f"{kept.mean():.4f} of {len(kept)} events" if len(kept) else "no event"
    print(f"  {name}: {events}, {inside / words:.3f} of {words} words")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, nargs="+", required=True)
    parser.add_argument("--even", type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--keep", type=Path, help="where the weights are kept to go on from")
    parser.add_argument("--passes", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    random.seed(SEED)
    torch.set_num_threads(1)
    names, _ = table()
    facts = Facts.load(FOLDER / "names.words.gz", TABLE, names)
    words = Words(facts)
    own = [text for path in given.labels for text in texts(path, words, facts)]
    even = texts(given.even, words, facts) if given.even else []
    vocabulary = words.vocabulary()
    learnt = [text for text in own if text.line % (2 * SETS) != 1]
    sets = [text for text in own if text.line % (2 * SETS) == 1 and text.file in MIXED]
    print(f"{len(learnt)} documents, {sum(len(t.words) for t in learnt)} words; {len(sets)} set")
    net = Net(facts.count, of_encoder(), drop=0.15, hide=0.05)
    if given.start:
        _go_on(net, torch.load(given.start))
    if given.passes:  # none: the thresholds alone are set anew
        learn(net, learnt, vocabulary, given.passes, given.rate)
    if given.keep:
        torch.save(net.state_dict(), given.keep)
    found, measured = scores(net, sets, vocabulary), scores(net, even, vocabulary)
    reached = events_kept(found, sets)
    thresholds = {r: round(float(np.quantile(reached, 1 - MORE[r])), 3) for r in RECALLS}
    for recall, least in thresholds.items():
        print(f"{recall:g}: threshold {least}")
        tell("those that set it", found, sets, least)
        if even:
            tell("even lines", measured, even, least)
            for name in MIXED:
                some = [n for n, text in enumerate(even) if text.file == name]
                tell(name, [measured[n] for n in some], [even[n] for n in some], least)
    pieces = net.pieces.weight.detach().numpy()
    scale = float(np.quantile(np.abs(pieces), 0.9999)) / 127
    stored = weights(net)
    small = np.clip(np.round(pieces / scale), -127, 127).astype(np.int8)
    seen = b"".join(rows.tobytes() for rows in (small, *stored.values()))
    seen += json.dumps(thresholds).encode()
    about = {
        "version": f"triage-{hashlib.sha256(seen).hexdigest()[:8]}",
        "scale": scale,
        "facts": names,
        "thresholds": {str(recall): least for recall, least in thresholds.items()},
        "recall": DEFAULT,
    }
    np.savez_compressed(given.out, pieces=small, about=json.dumps(about), **stored)
    print(f"{given.out}: {given.out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
