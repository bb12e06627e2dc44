"""The language model at work: tokens in, their analysis out.

One ONNX graph, int8, run by onnxruntime; how it was made is told by the model card beside it.
All scales are constants and no sum depends on the size of a batch, so that a sentence's numbers
are the same, bit for bit, alone and beside others. Only names are found over a whole document.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from dragoman.errors import ModelError
from dragoman.language.analysis import ROOT, Analysis, Attribution, Name, Tokens
from dragoman.language.batches import Batch, Row, Unit, batches, units
from dragoman.language.lemmas import lemmatise
from dragoman.language.names import NameHead
from dragoman.language.pieces import Pieces
from dragoman.language.tags import Layer, spans
from dragoman.language.trees import best_tree

FOLDER = Path(__file__).parent / "model"
WIDTH = 384  # of the encoder's vectors
SLOPE = 0.1  # of the leaky rectifier in the relations' layer
LAYERS = ("saying", "content")
# The fused form of this operator is six times slower on processors than what it replaces.
UNFUSED = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion"]

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the graph's outputs are written into, one row a token: numbers of labels, the local
    number of the head (0 is the root), scores of tags."""

    upos: npt.NDArray[np.uint8]
    xpos: npt.NDArray[np.uint8]
    feats: npt.NDArray[np.uint8]
    heads: npt.NDArray[np.int64]
    deprels: npt.NDArray[np.uint8]
    tags: dict[str, Floats]
    early: Floats
    vectors: Floats


class Model:
    """The shipped language model. May be used from several threads at once."""

    def __init__(self, folder: Path = FOLDER, *, threads: int = 0) -> None:
        """Load the model in `folder`; `threads` of 0 takes as many as the machine has.

        Raises ModelError if a file is missing or cannot be read.
        """
        try:
            described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            self.pieces = Pieces(folder / "tokenizer.json")
            with np.load(folder / "relations.npz") as relations:
                self._weight: Floats = relations["weight"]
                self._bias: Floats = relations["bias"]
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"),
                _options(threads),
                providers=["CPUExecutionProvider"],
                disabled_optimizers=UNFUSED,
            )
            self._names = NameHead(folder, _options(threads))
        except Exception as error:  # the libraries raise their own kinds
            raise ModelError(
                f"The language model in {folder} cannot be loaded: {error}. "
                "The installation is probably incomplete; install dragoman again."
            ) from error
        self._outputs = [output.name for output in self._session.get_outputs()]
        self.version = f"{described['version']}-{self._names.version}"
        labels = described["labels"]
        self._labels: dict[str, list[str]] = labels
        self._layers = {key: Layer(labels[key]) for key in LAYERS}

    @classmethod
    def load(cls, folder: Path = FOLDER, *, threads: int = 0) -> Model:
        return cls(folder, threads=threads)

    def analyse(self, tokens: Tokens, *, vectors: bool = False) -> Analysis:
        """The linguistic analysis of a document; with `vectors`, the encoder's rows are kept."""
        words = tokens.words
        row = Row.of([self.pieces.cut(word) for word in words])
        found = list(units(tokens, row))
        columns = self._columns(len(words))
        for batch in batches(found, row):
            self._run(batch, columns)
        upos, xpos, feats = (
            self._named(key, ids)
            for key, ids in (
                ("upos", columns.upos),
                ("xpos", columns.xpos),
                ("feats", columns.feats),
            )
        )
        heads, deprels = self._tree(found, columns)
        begins = [unit.first for unit in found]
        names = self._names.tags(tokens, words, columns.early, columns.vectors, begins)
        tags = {
            key: list(spans(layer.decode(columns.tags[key], begins), tokens.bounds))
            for key, layer in self._layers.items()
        }
        return Analysis(
            tokens=tokens,
            words=words,
            lemmas=lemmatise(words, upos, xpos, feats),
            upos=upos,
            xpos=xpos,
            feats=feats,
            heads=heads,
            deprels=deprels,
            names=[Name(a, b, kind) for a, b, kind in spans(names, tokens.bounds)],
            attributions=[
                Attribution(a, b, kind) for key in ("saying", "content") for a, b, kind in tags[key]
            ],
            vectors=columns.vectors if vectors else None,
        )

    def run(self, batch: Batch) -> dict[str, npt.NDArray[Any]]:
        """What the graph answers for a batch, by the names of its outputs."""
        return dict(zip(self._outputs, self._session.run(None, batch.inputs), strict=True))

    def _columns(self, count: int) -> _Columns:
        ids = np.zeros((4, count), dtype=np.uint8)
        return _Columns(
            upos=ids[0],
            xpos=ids[1],
            feats=ids[2],
            deprels=ids[3],
            heads=np.zeros(count, dtype=np.int64),
            tags={
                key: np.zeros((count, len(layer.labels)), dtype=np.float32)
                for key, layer in self._layers.items()
            },
            early=np.empty((count, WIDTH), dtype=np.float32),
            vectors=np.empty((count, WIDTH), dtype=np.float32),
        )

    def _named(self, key: str, ids: npt.NDArray[np.uint8]) -> list[str]:
        labels = self._labels[key]
        return [labels[k] for k in ids.tolist()]

    def _run(self, batch: Batch, columns: _Columns) -> None:
        out = self.run(batch)
        tokens, rows = batch.tokens, batch.rows
        columns.upos[tokens] = out["upos"][rows]
        columns.xpos[tokens] = out["xpos"][rows]
        columns.feats[tokens] = out["feats"][rows]
        for key in self._layers:
            columns.tags[key][tokens] = out[key][rows]
        columns.early[tokens] = out["early"][rows]
        columns.vectors[tokens] = out["vectors"][rows]
        heads = _heads(out["arcs"], batch.units)
        columns.heads[tokens] = heads
        lengths = [unit.last - unit.first for unit in batch.units]
        head_rows = np.repeat(batch.begins, lengths) + heads
        columns.deprels[tokens] = self._relations(
            out["label_dep"][rows], out["label_head"][head_rows]
        )

    def _tree(self, found: Sequence[Unit], columns: _Columns) -> tuple[list[int], list[str]]:
        """Heads by their number in the document, and relations. The root of a part of an over-long
        sentence hangs on the root of the sentence's first part."""
        local = columns.heads.tolist()
        deprels = self._named("deprel", columns.deprels)
        heads = [ROOT] * len(local)
        root = ROOT
        for unit in found:
            base = unit.first - 1
            for token in range(unit.first, unit.last):
                head = local[token]
                if head:
                    heads[token] = base + head
                elif unit.continues:
                    heads[token], deprels[token] = root, "parataxis"
                else:
                    root, deprels[token] = token, "root"
        return heads, deprels

    def _relations(self, dependents: Floats, heads: Floats) -> npt.NDArray[np.int64]:
        """The relation of each word to its head: the graph projects, the pairs are scored here."""
        half = dependents.shape[-1] // 2
        hidden = dependents[:, half:] * heads[:, half:]
        hidden += dependents[:, :half]
        hidden += heads[:, :half]
        np.maximum(hidden, SLOPE * hidden, out=hidden)
        best: npt.NDArray[np.int64] = (hidden @ self._weight + self._bias).argmax(-1)
        return best


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Spinning threads would take the processor from the stages that run between batches.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _heads(arcs: Floats, found: Sequence[Unit]) -> list[int]:
    """A tree for each unit of `arcs` [units, words + 1, words + 1], one unit after the other."""
    heads: list[int] = []
    for row, unit in enumerate(found):
        n = unit.last - unit.first
        heads += best_tree(arcs[row, 1 : n + 1, : n + 1])
    return heads
