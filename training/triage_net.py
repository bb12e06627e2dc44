"""The filter's network in torch, as src/dragoman/language/triage.py computes it in NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from dragoman.language.pieces import SHAPES
from dragoman.language.triage import FAR, LOWEST, NEAR, REACH, WIDE

WIDTH, OUT, HIDDEN, TOLD = 64, 96, 128, 64  # of a piece, a word, a word in context, its verdict
_GAP = torch.zeros(max(REACH, 2 * WIDE), dtype=torch.bool)  # between two texts, and around them


@dataclass
class Text:
    """A document: its words by number, the words of each sentence, and what is to be learnt.

    `may` [words]: whether a frame begins with the word; `trigger` [words]: the judge's probability
    of a telling there; `actor` [words]: whether it names a political actor; `event` [sentences]:
    whether an event is told, or how nearly.
    """

    file: str
    line: int
    words: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    may: npt.NDArray[np.bool_]
    trigger: npt.NDArray[np.float32]
    actor: npt.NDArray[np.float32]
    event: npt.NDArray[np.float32]
    told: list[list[int]]  # by event the sentences that tell it


@dataclass
class Vocabulary:
    """Of each word its pieces, its facts and its shape."""

    pieces: list[tuple[int, ...]]
    facts: Tensor
    shapes: Tensor

    def some(self, numbers: npt.NDArray[np.int64]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        chosen = [self.pieces[n] for n in numbers.tolist()]
        begins = torch.tensor(np.cumsum([0, *map(len, chosen)])[:-1])
        flat = torch.tensor([p for parts in chosen for p in parts])
        return flat, begins, self.facts[numbers], self.shapes[numbers]


class Net(nn.Module):
    def __init__(self, facts: int, pieces: Tensor, drop: float, hide: float) -> None:
        super().__init__()
        self.hide = hide
        self.pieces = nn.Embedding.from_pretrained(pieces, freeze=False)
        self.own = nn.Linear(WIDTH + facts + len(SHAPES), OUT)
        self.near = nn.Conv1d(OUT, HIDDEN, 5, padding=2 * NEAR, dilation=NEAR)
        self.far = nn.Conv1d(HIDDEN, HIDDEN, 5, padding=2 * FAR, dilation=FAR)
        self.wide = nn.Linear(5 * HIDDEN, HIDDEN)
        self.context = nn.Linear(10 * HIDDEN, HIDDEN)
        self.token_context = nn.Linear(HIDDEN, TOLD, bias=False)
        self.token = nn.Linear(HIDDEN, TOLD)
        self.token_out = nn.Linear(TOLD, 1)
        self.sentence = nn.Linear(HIDDEN, 1)
        self.mix = nn.Linear(2, 1)
        self.actor = nn.Linear(HIDDEN, 1)  # only teaches
        self.drop = nn.Dropout(drop)

    def words(self, pieces: Tensor, begins: Tensor, facts: Tensor, shapes: Tensor) -> Tensor:
        mean = F.embedding_bag(pieces, self.pieces.weight, begins, mode="mean")
        shape = F.one_hot(shapes, len(SHAPES)).float()
        return F.relu(self.own(torch.cat([mean, facts, shape], 1)))

    def forward(self, rows: Tensor, texts: Sequence[Text]) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of words that may be triggers, of all as actors, and of sentences; `rows` by word
        number."""
        gap = torch.full((len(_GAP),), -1)
        ids = torch.cat([*(p for t in texts for p in (gap, torch.from_numpy(t.words))), gap])
        live = ids >= 0
        if self.training and self.hide:
            ids = torch.where(torch.rand(len(ids)) < self.hide, -1, ids)
        x = self.drop(rows[ids.clamp(min=0)] * (ids >= 0).unsqueeze(1))
        near = F.relu(self.near(x.t()[None]))
        near = near * live  # nothing stands in the gaps
        hidden = (near + F.relu(self.far(self.drop(near))))[0].t() * live.unsqueeze(1)
        may = torch.cat([*(p for t in texts for p in (_GAP, torch.from_numpy(t.may))), _GAP])
        at = torch.nonzero(may)[:, 0]
        seen = hidden[at.unsqueeze(1) + torch.arange(-2, 3) * WIDE].flatten(1)
        trying = hidden[at] + F.relu(self.wide(self.drop(seen)))
        hidden = hidden[live]
        own_at = (torch.cumsum(live, 0) - 1)[at]
        lengths = torch.from_numpy(np.concatenate([text.lengths for text in texts]))
        sentence = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
        counts = torch.tensor([len(text.lengths) for text in texts])
        document = torch.repeat_interleave(torch.arange(len(texts)), counts)
        own = _pooled(hidden, sentence, lengths)
        same = (document[1:] == document[:-1]).float().unsqueeze(1)
        none = torch.zeros(1, own.shape[1])
        before = torch.cat([none, own[:-1] * same])
        after = torch.cat([own[1:] * same, none])
        mean = torch.zeros(len(texts), own.shape[1]).index_add(0, document, own)
        mean = mean / counts.unsqueeze(1)
        most = _highest(own, document, len(texts))
        around = torch.cat([own, before, after, mean[document], most[document]], 1)
        known = F.relu(self.context(self.drop(around)))
        told = F.relu(self.token(trying) + self.token_context(known)[sentence[own_at]])
        words = self.token_out(told)
        best = _highest(words, sentence[own_at], len(lengths))[:, 0].clamp(min=LOWEST)
        whole = self.sentence(known)[:, 0]
        mixed = self.mix(torch.stack([whole, best], 1))[:, 0]
        return words[:, 0], self.actor(hidden)[:, 0], mixed


def _pooled(hidden: Tensor, sentence: Tensor, lengths: Tensor) -> Tensor:
    count, width = len(lengths), hidden.shape[1]
    mean = torch.zeros(count, width).index_add(0, sentence, hidden) / lengths.unsqueeze(1)
    return torch.cat([_highest(hidden, sentence, count), mean], 1)


def _highest(rows: Tensor, group: Tensor, count: int) -> Tensor:
    lowest = torch.full((count, rows.shape[1]), -1e4)
    return lowest.scatter_reduce(0, group.unsqueeze(1).expand(-1, rows.shape[1]), rows, "amax")


def weights(net: Net) -> dict[str, npt.NDArray[np.float16]]:
    """The weights under the names that the filter reads, each as a matrix to multiply by."""
    layers = {
        "in": net.own,
        "wide": net.wide,
        "context": net.context,
        "token_context": net.token_context,
        "token": net.token,
        "token_out": net.token_out,
        "sentence": net.sentence,
        "mix": net.mix,
    }
    found = {}
    for name, layer in layers.items():
        found[name] = layer.weight.detach().numpy().T
        if layer.bias is not None:
            found[f"{name}_bias"] = layer.bias.detach().numpy()
    for name, conv in (("near", net.near), ("far", net.far)):
        by_step = conv.weight.detach().permute(2, 1, 0)  # [steps, in, out]
        found[name] = by_step.reshape(-1, by_step.shape[2]).numpy()
        assert conv.bias is not None
        found[f"{name}_bias"] = conv.bias.detach().numpy()
    return {name: np.ascontiguousarray(rows, dtype=np.float16) for name, rows in found.items()}
