"""The network: a small BERT encoder and the heads over its word vectors, in PyTorch.

A word is represented by its first piece. The encoder is uncased, so the shape of each word is
embedded twice: added to the pieces at the encoder's input, and concatenated to the word's vector.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
SHAPES, SHAPE_WIDTH = 16, 32
WORD = WIDTH + SHAPE_WIDTH
ARC, LABEL = 256, 192


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        shape = (batch, length, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        q = self.query(x).view(shape).transpose(1, 2)
        k = self.key(x).view(shape).permute(0, 2, 3, 1)
        v = self.value(x).view(shape).transpose(1, 2)
        weights = torch.softmax(q @ k / math.sqrt(WIDTH // ATTENTION_HEADS) + bias, -1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Pieces in, a vector a word out; row 0 of the words is [CLS], which stands for the root."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes_in = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes_in.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.shapes_out = nn.Embedding(SHAPES, SHAPE_WIDTH)

    def forward(self, pieces: Tensor, shapes: Tensor, words: Tensor) -> Tensor:
        """`pieces` and `shapes` are [batch, pieces], 0 where there is none; `words` is
        [batch, words], the place of each word's first piece. Gives [batch, words, WORD]."""
        positions = torch.arange(pieces.shape[1])[None]
        x = self.pieces(pieces) + self.positions(positions) + self.shapes_in(shapes)
        x = self.drop(self.norm(x))
        bias = (pieces == 0)[:, None, None, :].to(x.dtype) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        rows = torch.gather(x, 1, words[:, :, None].expand(-1, -1, WIDTH))
        shape = torch.gather(shapes, 1, words)
        return torch.cat([rows, self.shapes_out(shape)], -1)


@dataclass(frozen=True)
class Labels:
    """The label sets, in the order of the network's outputs."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    deprel: list[str]
    names: list[str]
    saying: list[str]
    content: list[str]
    events: list[str]


class Network(nn.Module):
    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.25)
        self.upos = nn.Linear(WORD, len(labels.upos))
        self.xpos = nn.Linear(WORD, len(labels.xpos))
        self.feats = nn.Linear(WORD, len(labels.feats))
        self.names = nn.Linear(WORD, len(labels.names))
        self.saying = nn.Linear(WORD, len(labels.saying))
        self.content = nn.Linear(WORD, len(labels.content))
        self.arc_dep, self.arc_head = nn.Linear(WORD, ARC), nn.Linear(WORD, ARC)
        self.arc = nn.Parameter(torch.empty(ARC, ARC))
        nn.init.xavier_uniform_(self.arc)
        self.arc_bias = nn.Linear(ARC, 1, bias=False)
        self.label_dep, self.label_head = nn.Linear(WORD, 2 * LABEL), nn.Linear(WORD, 2 * LABEL)
        self.label = nn.Linear(LABEL, len(labels.deprel))
        self.fact = nn.Sequential(nn.Linear(WORD, 128), nn.GELU(), nn.Linear(128, 1))
        self.attend = nn.Linear(WORD, 1)
        self.event = nn.Sequential(
            nn.Linear(3 * WORD, 256),
            nn.GELU(),
            nn.Dropout(0.25),
            nn.Linear(256, len(labels.events)),
        )

    def arcs(self, rows: Tensor) -> Tensor:
        """[batch, words, words]: how well word j (0 is the root) heads word i + 1."""
        dep = F.gelu(self.arc_dep(rows[:, 1:]))
        head = F.gelu(self.arc_head(rows))
        scores = (dep @ self.arc) @ head.transpose(1, 2)
        return scores + self.arc_bias(head).transpose(1, 2)

    def relations(self, dep: Tensor, head: Tensor) -> Tensor:
        """Scores of the relations, from the projected rows of the dependents and their heads."""
        added = dep[..., :LABEL] + head[..., :LABEL]
        multiplied = dep[..., LABEL:] * head[..., LABEL:]
        return self.label(F.leaky_relu(added + multiplied, 0.1))

    def event_scores(self, rows: Tensor, mask: Tensor, pairs: Tensor) -> Tensor:
        """`pairs` is [batch, 2, words]: weights of the words of source and target, zero if none."""
        weights = torch.softmax(self.attend(rows)[..., 0].masked_fill(~mask, -1e4), -1)
        pooled = torch.einsum("bw,bwd->bd", weights, rows)
        marked = torch.einsum("bkw,bwd->bkd", pairs, rows).flatten(1)
        return self.event(torch.cat([pooled, marked], -1))


def load_encoder(encoder: Encoder, path: str) -> None:
    """Start from the published weights of the sentence encoder."""
    state = load_file(path)
    get = state.__getitem__
    with torch.no_grad():
        encoder.pieces.weight.copy_(get("embeddings.word_embeddings.weight"))
        kinds = get("embeddings.token_type_embeddings.weight")[0]
        encoder.positions.weight.copy_(get("embeddings.position_embeddings.weight") + kinds)
        copy(encoder.norm, state, "embeddings.LayerNorm")
        for n, layer in enumerate(encoder.layers):
            at = f"encoder.layer.{n}."
            for part in ("query", "key", "value"):
                copy(getattr(layer, part), state, f"{at}attention.self.{part}")
            copy(layer.out, state, at + "attention.output.dense")
            copy(layer.norm1, state, at + "attention.output.LayerNorm")
            copy(layer.inner, state, at + "intermediate.dense")
            copy(layer.outer, state, at + "output.dense")
            copy(layer.norm2, state, at + "output.LayerNorm")


def copy(module: nn.Module, state: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(state[name + ".weight"])
    module.bias.copy_(state[name + ".bias"])
