"""Train the names head over the frozen encoder, and export it into the package.

    python training/name_words.py
    python training/train_names.py --data ../shared/data --out training/work

The encoder reads the training documents once; its rows of an inner layer and of the last are kept
in the work folder (half precision, 1 GB). Universal NER marks persons, organisations and places
only: there a word outside names may be another name (a people, a facility), and the loss allows
either. Fixed seed; the scores printed are those of `dragoman evaluate names` on the development
parts, which are not trained on, before quantisation. `--export` only writes the package's files
again from the weights.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import name_corpora
import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812
from name_corpora import UNER, NamesDocument
from name_export import export
from name_net import GAP, NameNet
from torch import Tensor

from dragoman.evaluate.conllu import Score
from dragoman.evaluate.names import MAPPED, spans
from dragoman.language.batches import Row, batches, units
from dragoman.language.model import FOLDER, Model
from dragoman.language.names import Marks, WordMarks
from dragoman.language.tags import Layer

SEED = 20220207
KINDS = ("PER", "ORG", "LOC", "NORP", "FAC", "MISC")
LABELS = ("O", *(f"{b}-{k}" for k in KINDS for b in "BI"))
NARROW = [k == "O" or k[2:] in ("NORP", "FAC", "MISC") for k in LABELS]
BATCH = 1_500  # words
WARM = 100  # steps
FILES = {
    "uner_train": "uner_english_ewt/en_ewt-ud-train.iob2.xz",
    "uner_dev": "uner_english_ewt/en_ewt-ud-dev.iob2.xz",
    "worldwide_train": "ner_worldwide_newswire/train.tar.xz",
    "worldwide_dev": "ner_worldwide_newswire/dev.tar.xz",
}


@dataclass(frozen=True)
class Stage:
    """A part of the run: the rate goes up to its peak and down to nothing.

    In each of its epochs a share of Worldwide Newswire is gone through once, and Universal NER
    `uner` times; the last `chained` have the loss of the chain, those before one for each word.
    """

    epochs: int
    worldwide: float
    uner: int
    chained: int
    peak: float


STAGES = (Stage(4, 1.0, 1, 1, 2e-3), Stage(1, 0.25, 2, 1, 1e-3))


@dataclass(frozen=True)
class Prepared:
    """A document as the network takes it."""

    document: NamesDocument
    vectors: npt.NDArray[np.float16]
    marks: Marks
    labels: npt.NDArray[np.int64]
    sentences: list[tuple[int, int]]

    @property
    def size(self) -> int:
        return len(self.labels)


def prepare(part: str, data: Path, work: Path, words: WordMarks) -> list[Prepared]:
    read = name_corpora.uner if part.startswith(UNER) else name_corpora.worldwide
    documents = list(read(data / FILES[part]))
    sizes = [len(d.labels) for d in documents]
    vectors = encoded(documents, sum(sizes), work / f"names-{part}.npy")
    found, at = [], 0
    for document, size in zip(documents, sizes, strict=True):
        bounds = document.tokens.bounds
        sentences = [(a, b) for a, b in itertools.pairwise(bounds) if b > a]
        found.append(
            Prepared(
                document,
                vectors[at : at + size],
                words.of(document.tokens, document.tokens.words),
                np.array([LABELS.index(k) for k in opened(document.labels, bounds)]),
                sentences,
            )
        )
        at += size
    return found


def opened(labels: list[str], bounds: list[int]) -> list[str]:
    """The labels, a name that our sentences cut begun anew: none goes beyond its sentence."""
    starts = set(bounds)
    return ["B" + k[1:] if n in starts and k[0] == "I" else k for n, k in enumerate(labels)]


def encoded(documents: list[NamesDocument], count: int, path: Path) -> npt.NDArray[np.float16]:
    """The encoder's rows of all words, inner layer and last side by side; made once."""
    if path.exists():
        return np.load(path, mmap_mode="r")
    model = Model.load(threads=1)
    kept = np.lib.format.open_memmap(path.with_suffix(".part"), "w+", np.float16, (count, 768))
    base = 0
    for document in documents:
        row = Row.of([model.pieces.cut(word) for word in document.tokens.words])
        for batch in batches(list(units(document.tokens, row)), row):
            out = model.run(batch)
            kept[base + batch.tokens] = np.hstack([out["early"], out["vectors"]])[batch.rows]
        base += len(document.labels)
    kept.flush()
    path.with_suffix(".part").rename(path)
    return np.load(path, mmap_mode="r")


@dataclass(frozen=True)
class Inputs:
    """Several documents in one row of words, and their sentences in a grid, the longest first."""

    network: tuple[Tensor, ...]
    labels: Tensor
    grid: Tensor
    lengths: Tensor


def tensors(documents: list[Prepared]) -> Inputs:
    def row(arrays: list[npt.NDArray[np.generic]]) -> Tensor:
        parts = [np.concatenate([a, np.zeros((GAP, *a.shape[1:]), a.dtype)]) for a in arrays]
        return torch.from_numpy(np.concatenate(parts))

    keys, sentences, at, key = [], list[tuple[int, int]](), 0, 0
    for d in documents:
        most = key + int(d.marks.keys.max()) + 1
        keys += [d.marks.keys + key, np.full(GAP, most)]
        sentences += [(at + a, at + b) for a, b in d.sentences]
        at, key = at + d.size + GAP, most + 1
    sentences.sort(key=lambda s: s[0] - s[1])
    grid = np.full((len(sentences), sentences[0][1] - sentences[0][0]), at)
    for n, (a, b) in enumerate(sentences):
        grid[n, : b - a] = np.arange(a, b)
    network = (
        row([d.vectors for d in documents]).float(),
        row([d.marks.ids for d in documents]),
        row([d.marks.written for d in documents]),
        torch.from_numpy(np.concatenate(keys)),
        row([np.ones((d.size, 1), dtype=np.float32) for d in documents]),
    )
    lengths = torch.tensor([b - a for a, b in sentences])
    return Inputs(network, row([d.labels for d in documents]), torch.from_numpy(grid), lengths)


def loss_of(net: NameNet, documents: list[Prepared], *, chained: bool) -> Tensor:
    inputs = tensors(documents)
    scores = F.pad(net(*inputs.network), (0, 0, 0, 1))[inputs.grid]
    gold = F.pad(inputs.labels, (0, 1))[inputs.grid]
    right = F.one_hot(gold, len(LABELS)).bool()
    if documents[0].document.corpus == UNER:
        right = torch.where((gold == 0)[..., None], torch.tensor(NARROW), right)
    allowed = torch.where(right, 0.0, -1e5)
    if chained:
        return net.chain(scores, inputs.lengths, allowed) / inputs.lengths.sum()
    live = torch.arange(scores.shape[1]) < inputs.lengths[:, None]
    logs = torch.logsumexp(torch.log_softmax(scores, -1) + allowed, -1)
    return -(logs * live).sum() / live.sum()


def cut(documents: list[Prepared]) -> Iterator[list[Prepared]]:
    batch: list[Prepared] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += document.size
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def schedule(parts: dict[str, list[Prepared]], stage: Stage) -> list[list[Prepared]]:
    """The steps of an epoch, mixed."""
    steps = []
    for part, share in (("worldwide_train", stage.worldwide), *(("uner_train", 1.0),) * stage.uner):
        random.shuffle(parts[part])
        steps += list(cut(parts[part][: round(share * len(parts[part]))]))
    random.shuffle(steps)
    return steps


@torch.no_grad()
def evaluate(net: NameNet, documents: list[Prepared]) -> str:
    net.eval()
    layer = Layer(LABELS, net.steps.numpy())
    scores = {kind: Score() for kind in ("all", "PER", "ORG", "LOC")}
    for d in documents:
        (vectors, ids, written, keys, live) = tensors([d]).network
        found = net(vectors, ids, written, keys, live)[: d.size].numpy()
        tags = layer.decode(found, [a for a, _ in d.sentences])
        ours = {
            (a + b, a + c, MAPPED[kind])
            for a, end in d.sentences
            for b, c, kind in spans(tags[a:end])
            if kind in MAPPED
        }
        gold = {(a, b, MAPPED[k]) for a, b, k in spans(d.document.labels) if k in MAPPED}
        for kind in scores:
            g, o = ({n for n in names if kind in ("all", n[2])} for names in (gold, ours))
            scores[kind] += Score(len(g), len(o), len(g & o))
    net.train()
    return " ".join(f"{kind} {100 * score.f1:.2f}" for kind, score in scores.items())


def train(net: NameNet, parts: dict[str, list[Prepared]], stage: Stage) -> None:
    total = stage.epochs * len(schedule(parts, stage))
    adam = torch.optim.AdamW(net.parameters(), lr=stage.peak, weight_decay=0.01, betas=(0.9, 0.98))
    rate = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda n: min((n + 1) / WARM, max(0.0, (total - n) / (total - WARM)))
    )
    begun = time.time()
    for epoch in range(stage.epochs):
        losses = []
        for documents in schedule(parts, stage):
            loss = loss_of(net, documents, chained=epoch >= stage.epochs - stage.chained)
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            adam.step()
            rate.step()
            losses.append(loss.item())
        print(f"{epoch + 1} of {stage}: {time.time() - begun:.0f} s, loss {np.mean(losses):.4f}")
        for part in parts:
            if part.endswith("dev"):
                print(f"  {part}: {evaluate(net, parts[part])}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--first", type=Path, help="weights after the first stage, to go on from")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--export", action="store_true", help="only write the package's files")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    net = NameNet(LABELS)
    weights = chosen.out / "names.pt"
    if chosen.export:
        net.load_state_dict(torch.load(weights))
    else:
        words = WordMarks.load(FOLDER / "names.words.gz")
        parts = {part: prepare(part, chosen.data, chosen.out, words) for part in FILES}
        if chosen.first:
            net.load_state_dict(torch.load(chosen.first))
        for stage in STAGES[1 if chosen.first else 0 :]:
            train(net, parts, stage)
            torch.save(net.state_dict(), weights)
    export(net.eval(), FOLDER)


if __name__ == "__main__":
    main()
