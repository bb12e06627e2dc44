"""The judge's network of looks: does an event of its class stand where these words are?

Several networks of one hidden layer, each from another seed, are laid side by side; every part of
the vectors is first made smaller by its own principal axes. Needs torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

Single = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
NARROW = 48  # numbers that each part is made to
HIDDEN = 64  # of one network
SEEDS = (1, 2, 3, 4, 5)
EPOCHS = 10
BATCH = 64
RATE = 2e-3


def axes(vectors: Single, parts: int) -> tuple[Single, Single]:
    """Centre, and the leading axes of each part (parts, width, NARROW), scaled to about one."""
    centre = vectors.mean(axis=0)
    rows = (vectors - centre).reshape(len(vectors), parts, -1)
    found = []
    for part in range(parts):
        values, spanning = np.linalg.eigh(rows[:, part].T @ rows[:, part] / len(rows))
        leading = spanning[:, ::-1][:, :NARROW]
        signs = np.sign(leading[np.abs(leading).argmax(axis=0), np.arange(leading.shape[1])])
        scale = np.sqrt(np.maximum(values[::-1][:NARROW], 1e-9)).mean()
        found.append(leading * signs / scale)
    return centre.astype(np.float32), np.stack(found).astype(np.float32)


class _Net(torch.nn.Module):
    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.hidden = torch.nn.Linear(width, HIDDEN, bias=False)
        self.by_class = torch.nn.Linear(classes, HIDDEN)
        self.output = torch.nn.Linear(classes, HIDDEN)
        self.shift = torch.nn.Linear(classes, 1)

    def forward(self, x: torch.Tensor, c: torch.Tensor, drop: bool) -> torch.Tensor:
        x = torch.nn.functional.dropout(x, 0.2, drop)
        layer = torch.relu(self.hidden(x) + self.by_class(c))
        layer = torch.nn.functional.dropout(layer, 0.4, drop)
        found: torch.Tensor = (layer * self.output(c)).sum(1) + self.shift(c).squeeze(1)
        return found


def train(narrowed: Single, classes: Rows, right: Single, weights: Single, count: int) -> _Sum:
    """Networks for rows of narrowed vectors of these classes, right or not, with their weights."""
    x, y = torch.from_numpy(narrowed), torch.from_numpy(right) * 0.95 + 0.025
    c = torch.eye(count)[torch.from_numpy(classes)]
    w = torch.from_numpy(weights)
    return _Sum([_one(x, c, y, w, seed) for seed in SEEDS])


def _one(x: torch.Tensor, c: torch.Tensor, y: torch.Tensor, w: torch.Tensor, seed: int) -> _Net:
    torch.manual_seed(seed)
    net = _Net(x.shape[1], c.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.1)
    steps = (len(x) // BATCH + 1) * EPOCHS
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(x)).split(BATCH):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                net(x[rows], c[rows], True), y[rows], weight=w[rows]
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return net


class _Sum:
    """The mean of several networks."""

    def __init__(self, nets: Sequence[_Net]) -> None:
        self.nets = nets

    def looks(self, narrowed: Single, classes: Rows) -> npt.NDArray[np.float64]:
        x = torch.from_numpy(narrowed)
        with torch.no_grad():
            c = torch.eye(self.nets[0].by_class.in_features)[torch.from_numpy(classes)]
            found = torch.stack([net(x, c, False) for net in self.nets]).mean(0)
        return found.numpy().astype(np.float64)

    def weights(self, factor: float) -> dict[str, Any]:
        """The arrays of `dragoman.coding.judging.Network`, what they add made `factor` as much."""
        size = factor / len(self.nets)
        with torch.no_grad():
            hidden = torch.cat([n.hidden.weight.T for n in self.nets], 1)
            by_class = torch.cat([n.by_class.weight.T + n.by_class.bias for n in self.nets], 1)
            output = torch.cat([n.output.weight.T + n.output.bias for n in self.nets], 1) * size
            shift = sum(n.shift.weight[0] + n.shift.bias for n in self.nets) * size
        assert isinstance(shift, torch.Tensor)
        return {
            "hidden": hidden.numpy().astype(np.float16),
            "by_class": by_class.numpy().astype(np.float32),
            "output": output.numpy().astype(np.float32),
            "shift": shift.numpy().astype(np.float32),
        }
