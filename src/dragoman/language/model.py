"""The language model at work: tokens in, their analysis out.

One ONNX graph, int8, run by onnxruntime; how it was made is told by the model card beside it.
Activations are scaled over a whole batch, so a sentence's numbers depend on its neighbours there:
batches are formed within one document, by a fixed rule, and never shared between documents. So a
document's analysis does not depend on what else is read, in which order or on how many threads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from dragoman.errors import ModelError
from dragoman.language.analysis import ROOT, Analysis, Attribution, Name, Tokens
from dragoman.language.lemmas import lemmatise
from dragoman.language.pieces import CLS, SEP, Pieces
from dragoman.language.trees import best_tree

FOLDER = Path(__file__).parent / "model"
BATCH = 256  # pieces; fixed, since it decides how activations are scaled; larger ones pad more
MOST_PIECES = 448  # of one unit; the encoder has 512 places
SLOPE = 0.1  # of the leaky rectifier in the relations' layer

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one that is too long for the encoder: tokens first to last."""

    first: int
    last: int
    size: int  # pieces, with [CLS] and [SEP]
    continues: bool  # whether it goes on in a sentence that began in the unit before


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the graph's outputs are written into, one entry a token."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    heads: list[int]
    deprels: list[str]
    names: list[str]
    saying: list[str]
    content: list[str]
    vectors: Floats | None


class Model:
    """The shipped language model. May be used from several threads at once."""

    def __init__(self, folder: Path = FOLDER, *, threads: int = 0) -> None:
        """Load the model in `folder`; `threads` of 0 takes as many as the machine has.

        Raises ModelError if a file is missing or cannot be read.
        """
        try:
            described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            self._pieces = Pieces(folder / "tokenizer.json")
            with np.load(folder / "relations.npz") as relations:
                self._weight: Floats = relations["weight"]
                self._bias: Floats = relations["bias"]
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), _options(threads), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the libraries raise their own kinds
            raise ModelError(
                f"The language model in {folder} cannot be loaded: {error}. "
                "The installation is probably incomplete; install dragoman again."
            ) from error
        self._outputs = [output.name for output in self._session.get_outputs()]
        self.version: str = described["version"]
        labels = described["labels"]
        self._upos: list[str] = labels["upos"]
        self._xpos: list[str] = labels["xpos"]
        self._feats: list[str] = labels["feats"]
        self._deprels: list[str] = labels["deprel"]
        self._layers = {key: _Layer(labels[key]) for key in ("names", "saying", "content")}

    @classmethod
    def load(cls, folder: Path = FOLDER, *, threads: int = 0) -> Model:
        return cls(folder, threads=threads)

    def analyse(self, tokens: Tokens, *, vectors: bool = False) -> Analysis:
        """The linguistic analysis of a document; with `vectors`, the encoder's rows are kept."""
        words = tokens.words
        cut = [self._pieces.cut(word) for word in words]
        units = list(_units(tokens, cut))
        columns = _columns(len(words), vectors)
        for batch in _batches(units):
            self._run(batch, cut, columns)
        _join_parts(units, columns)
        return Analysis(
            tokens=tokens,
            words=words,
            lemmas=lemmatise(words, columns.upos, columns.xpos, columns.feats),
            upos=columns.upos,
            xpos=columns.xpos,
            feats=columns.feats,
            heads=columns.heads,
            deprels=columns.deprels,
            names=[Name(a, b, kind) for a, b, kind in _spans(columns.names, tokens.bounds)],
            attributions=[
                Attribution(a, b, kind)
                for layer in (columns.saying, columns.content)
                for a, b, kind in _spans(layer, tokens.bounds)
            ],
            vectors=columns.vectors,
        )

    def _run(
        self, batch: list[_Unit], cut: list[tuple[tuple[int, ...], int]], columns: _Columns
    ) -> None:
        inputs = _inputs(batch, cut)
        out = dict(zip(self._outputs, self._session.run(None, inputs), strict=True))
        lengths = np.array([u.last - u.first for u in batch])
        heads = _heads(out["arcs"], lengths)
        deprels = self._relations(out["label_dep"], out["label_head"], heads)
        tags = {key: layer.decode(out[key], lengths) for key, layer in self._layers.items()}
        for row, unit in enumerate(batch):
            n, a, b = unit.last - unit.first, unit.first, unit.last
            columns.upos[a:b] = [self._upos[k] for k in out["upos"][row, :n].tolist()]
            columns.xpos[a:b] = [self._xpos[k] for k in out["xpos"][row, :n].tolist()]
            columns.feats[a:b] = [self._feats[k] for k in out["feats"][row, :n].tolist()]
            found = heads[row, :n].tolist()
            columns.heads[a:b] = [h - 1 + a if h else ROOT for h in found]
            columns.deprels[a:b] = [
                "root" if not h else self._deprels[k]
                for h, k in zip(found, deprels[row, :n].tolist(), strict=True)
            ]
            columns.names[a:b] = tags["names"][row][:n]
            columns.saying[a:b] = tags["saying"][row][:n]
            columns.content[a:b] = tags["content"][row][:n]
            if columns.vectors is not None:
                columns.vectors[a:b] = out["vectors"][row, 1 : n + 1]

    def _relations(
        self, dependents: Floats, heads: Floats, places: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """The relation of each word to its head: the graph projects, the pairs are scored here."""
        chosen = np.take_along_axis(heads, places[..., None], 1)
        half = dependents.shape[-1] // 2
        hidden = dependents[..., :half] + chosen[..., :half]
        hidden += dependents[..., half:] * chosen[..., half:]
        np.maximum(hidden, SLOPE * hidden, out=hidden)
        scores = hidden @ self._weight + self._bias
        best: npt.NDArray[np.int64] = scores.argmax(-1)
        return best


class _Layer:
    """A layer of BIO tags, decoded so that no tag goes on with what did not begin."""

    def __init__(self, labels: list[str]) -> None:
        self.labels = labels
        barred = np.zeros((len(labels), len(labels)), dtype=np.float32)
        for n, label in enumerate(labels):
            if label.startswith("I-"):
                for m, before in enumerate(labels):
                    if before[2:] != label[2:]:
                        barred[m, n] = -1e4
        self._barred = barred
        self._outside = [n for n, label in enumerate(labels) if label.startswith("I-")]

    def decode(self, scores: Floats, lengths: npt.NDArray[np.int64]) -> list[list[str]]:
        """The best sequence of labels for each row of `scores` [rows, words, labels]."""
        found = [["O"] * n for n in lengths.tolist()]
        tagged = np.flatnonzero(scores.argmax(-1).any(-1))  # the others are nothing but O
        if len(tagged):
            best = self._paths(scores[tagged], lengths[tagged])
            for row, path in zip(tagged.tolist(), best, strict=True):
                found[row] = path
        return found

    def _paths(self, scores: Floats, lengths: npt.NDArray[np.int64]) -> list[list[str]]:
        """The best path through each row's labels (Viterbi), all rows at once."""
        rows, words, _ = scores.shape
        best = scores[:, 0].copy()
        best[:, self._outside] = -1e4
        back = np.zeros((words, rows, len(self.labels)), dtype=np.intp)
        live = np.arange(words)[None] < lengths[:, None]
        for at in range(1, words):
            step = best[:, :, None] + self._barred
            back[at] = step.argmax(1)
            reached = np.take_along_axis(step, back[at][:, None], 1)[:, 0] + scores[:, at]
            best = np.where(live[:, at, None], reached, best)
            back[at][~live[:, at]] = np.arange(len(self.labels))
        path = best.argmax(-1)
        found = np.zeros((rows, words), dtype=np.intp)
        for at in range(words - 1, -1, -1):
            found[:, at] = path
            path = back[at][np.arange(rows), path] if at else path
        return [
            [self.labels[k] for k in row[:n]]
            for row, n in zip(found.tolist(), lengths.tolist(), strict=True)
        ]


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Spinning threads would take the processor from the stages that run between batches.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _columns(count: int, vectors: bool) -> _Columns:
    def column() -> list[str]:
        return [""] * count

    return _Columns(
        upos=column(),
        xpos=column(),
        feats=column(),
        heads=[ROOT] * count,
        deprels=column(),
        names=column(),
        saying=column(),
        content=column(),
        vectors=np.zeros((count, 384), dtype=np.float32) if vectors else None,
    )


def _units(tokens: Tokens, cut: list[tuple[tuple[int, ...], int]]) -> Iterator[_Unit]:
    for begin, end in zip(tokens.bounds, tokens.bounds[1:], strict=False):
        first, size = begin, 2
        for token in range(begin, end):
            pieces = len(cut[token][0])
            if size + pieces > MOST_PIECES:
                yield _Unit(first, token, size, first > begin)
                first, size = token, 2
            size += pieces
        if end > first:
            yield _Unit(first, end, size, first > begin)


def _batches(units: list[_Unit]) -> Iterator[list[_Unit]]:
    """Units of like length together; the order within a document decides among equals."""
    batch: list[_Unit] = []
    for unit in sorted(units, key=lambda u: (u.size, u.first)):
        if batch and (len(batch) + 1) * unit.size > BATCH:
            yield batch
            batch = []
        batch.append(unit)
    if batch:
        yield batch


def _inputs(
    batch: list[_Unit], cut: list[tuple[tuple[int, ...], int]]
) -> dict[str, npt.NDArray[np.int64]]:
    long = max(u.size for u in batch)
    wide = max(u.last - u.first for u in batch)
    pieces = np.zeros((len(batch), long), dtype=np.int64)
    shapes = np.zeros((len(batch), long), dtype=np.int64)
    words = np.zeros((len(batch), wide + 1), dtype=np.int64)
    for row, unit in enumerate(batch):
        ids, marks, places = [CLS], [0], [0]
        for token in range(unit.first, unit.last):
            parts, shape = cut[token]
            places.append(len(ids))
            ids.extend(parts)
            marks.extend([shape] * len(parts))
        ids.append(SEP)
        pieces[row, : len(ids)] = ids
        shapes[row, : len(marks)] = marks
        words[row, : len(places)] = places
    return {"pieces": pieces, "shapes": shapes, "words": words}


def _heads(arcs: Floats, lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """A tree for each row of arc scores [rows, words, words + 1]."""
    heads = np.zeros(arcs.shape[:2], dtype=np.int64)
    for row, n in enumerate(lengths.tolist()):
        heads[row, :n] = best_tree(arcs[row, :n, : n + 1])
    return heads


def _join_parts(units: list[_Unit], columns: _Columns) -> None:
    """Hang the root of a part of an over-long sentence on the root of its first part."""
    root = ROOT
    for unit in units:
        own = next(t for t in range(unit.first, unit.last) if columns.heads[t] == ROOT)
        if unit.continues:
            columns.heads[own], columns.deprels[own] = root, "parataxis"
        else:
            root = own


def _spans(tags: list[str], bounds: list[int]) -> Iterator[tuple[int, int, str]]:
    """(first, last, label) of every tagged stretch; none goes beyond its sentence."""
    starts = set(bounds)
    first, label = -1, ""
    for at, tag in enumerate([*tags, "O"]):
        if first >= 0 and (tag[0] != "I" or at in starts or tag[2:] != label):
            yield first, at, label
            first = -1
        if tag[0] == "B" or (tag[0] == "I" and first < 0):
            first, label = at, tag[2:]
