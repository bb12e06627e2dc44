"""The network of the names head, in PyTorch: what `dragoman.language.names` runs.

Rows of words, those of a whole document (in training of several, with a gap between them). The
encoder's vectors and the marks of the words are added up; what was made of a word at its other
places in the document comes in as the largest value of each channel; three layers look at the
neighbours, across the ends of sentences; a chain of labels is scored (Lafferty et al. 2001).
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from dragoman.language.names import AFFIXES, COUNTED, LISTS, PATTERNS, WORDS
from dragoman.language.pieces import SHAPES
from dragoman.language.tags import BARRED

VECTORS = 2 * 384
WIDTH, POOL, HIDDEN = 192, 64, 128
REACH = (1, 2, 1)  # how far the neighbours stand that each layer looks at
GAP = max(REACH) * 2  # rows between documents in training
TABLES = ((WORDS, 16), *((AFFIXES, 8),) * 5, (PATTERNS, 12), (len(SHAPES), 8))
MARKS = sum(width for _, width in TABLES) + len(LISTS) + COUNTED


class Linear(nn.Linear):
    """A product that trains in bfloat16, several times faster where the processor has it."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return super().forward(x)
        weight, bias = self.weight.bfloat16(), self.bias.bfloat16()
        return F.linear(x.bfloat16(), weight, bias).float()


class Drop:
    """Dropout whose masks are stretches of one table: drawing them costs more than a layer."""

    ROWS = 9_000

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.tables: dict[int, Tensor] = {}

    def __call__(self, x: Tensor, training: bool) -> Tensor:
        rows, width = x.shape
        if not training or rows >= self.ROWS:
            return x
        if width not in self.tables:
            kept = (torch.rand(self.ROWS, width) > self.rate).float()
            self.tables[width] = kept / (1 - self.rate)
        first = random.randrange(self.ROWS - rows)
        return x * self.tables[width][first : first + rows]


class NameNet(nn.Module):
    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self.labels = list(labels)
        count = len(self.labels)
        self.vectors = Linear(VECTORS, WIDTH)
        self.tables = nn.ModuleList(nn.Embedding(*size) for size in TABLES)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)
        self.marks, self.mix = Linear(MARKS, WIDTH), Linear(WIDTH, WIDTH)
        self.pool, self.pooled = nn.Linear(WIDTH, POOL), Linear(POOL, WIDTH)
        self.layers = nn.ModuleList(Linear(3 * WIDTH, WIDTH) for _ in REACH)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(len(REACH) + 1))
        self.hidden, self.out = Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, count)
        self.steps = nn.Parameter(torch.zeros(count, count))
        inside = [n for n, label in enumerate(self.labels) if label.startswith("I-")]
        barred = torch.zeros(count, count)
        for n in inside:
            for m, before in enumerate(self.labels):
                if before[2:] != self.labels[n][2:]:
                    barred[m, n] = float(BARRED)
        first = torch.zeros(count)
        first[inside] = float(BARRED)
        self.register_buffer("barred", barred)
        self.register_buffer("first", first)
        self.drop, self.drop_vectors = Drop(0.3), Drop(0.1)

    def forward(
        self, vectors: Tensor, ids: Tensor, written: Tensor, keys: Tensor, live: Tensor
    ) -> Tensor:
        """Scores [rows, labels]. `live` [rows, 1] is 0 in gaps, whose keys are nobody else's."""
        training = self.training
        x = self.vectors(self.drop_vectors(vectors, training))
        looked = [table(ids[:, n]) for n, table in enumerate(self.tables)]
        hashed = torch.cat([self.missing(looked[0], 0.3), *looked[1:]], -1)
        lists, counted = written.split([len(LISTS), COUNTED], -1)
        marks = torch.cat([self.missing(hashed, 0.1), self.missing(lists, 0.2), counted], -1)
        x = F.gelu(x + self.marks(marks))
        x = self.norms[0](F.gelu(self.mix(x)))
        here = self.pool(x)
        anywhere = torch.full((int(keys.max()) + 1, POOL), -1e4)
        places = keys[:, None].expand(-1, POOL)
        anywhere = anywhere.scatter_reduce(0, places, here, "amax")
        x = x + self.pooled(anywhere[keys])
        for reach, layer, norm in zip(REACH, self.layers, self.norms[1:], strict=True):
            x = x * live
            before = F.pad(x[:-reach], (0, 0, reach, 0))
            after = F.pad(x[reach:], (0, 0, 0, reach))
            around = torch.cat([before, x, after], -1)
            x = norm(x + F.gelu(layer(self.drop(around, training))))
        scores: Tensor = self.out(F.gelu(self.hidden(self.drop(x, training))))
        return scores

    def missing(self, x: Tensor, rate: float) -> Tensor:
        """In training, some words' marks are hidden: an unknown word has none either."""
        return x * (torch.rand(len(x), 1) > rate).float() if self.training else x

    def chain(self, scores: Tensor, lengths: Tensor, allowed: Tensor) -> Tensor:
        """Minus the log probability of the allowed labels, summed over sentences of `scores`
        [sentences, words, labels], the longest sentence first."""
        return (self.total(scores, lengths) - self.total(scores + allowed, lengths)).sum()

    def total(self, scores: Tensor, lengths: Tensor) -> Tensor:
        """The log of the sum over all paths (the forward algorithm)."""
        steps = (self.steps + self.barred).exp()
        going = (lengths[:, None] > torch.arange(scores.shape[1])).sum(0).tolist()
        reached = scores[:, 0] + self.first
        done = []
        for at, count in enumerate(going[1:], 1):
            if count < len(reached):
                done.append(reached[count:])
                reached = reached[:count]
            most = reached.amax(1, keepdim=True)
            summed = (reached - most).exp() @ steps
            reached = summed.clamp_min(1e-30).log() + most + scores[:count, at]
        return torch.logsumexp(torch.cat([reached, *reversed(done)]), 1)
