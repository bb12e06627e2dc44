"""Make the packed graphs answer for a sentence the same, whatever stands beside it.

    python training/still.py --data ../shared/data [--folder src/dragoman/language/model]

What `pack.py` and `train_names.py` write scales what goes into each product in int8 over all rows
of a call (`DynamicQuantizeMatMul`), so that a sentence's numbers depend on its neighbours. Here
each such input gets one scale and one zero point for good, found over news and treebanks: all but
a few in a million of its values, as the network has them in floating point, lie within; what lies
outside is clipped. Sums over more than TERMS terms in floating point, which a matrix
library cuts in other places when the matrix is wider, are cut by the graph. Weights stay as they
are. Both graphs of the folder are made anew, first the encoder's, then that of the names head,
which looks at what the encoder gives; their versions are written beside them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import NodeProto, TensorProto, helper, numpy_helper

from dragoman.evaluate.conllu import read_treebank
from dragoman.language.analysis import Tokens
from dragoman.language.batches import Row, batches, units
from dragoman.language.model import FOLDER, Model
from dragoman.language.names import NameHead
from dragoman.language.pieces import Pieces
from dragoman.language.tokens import tokenize

MICROSOFT = "com.microsoft"
OUTSIDE = 3e-6  # of the values of an input at either end: they are clipped
STEPS = 255  # between the least and the greatest value
ROWS = 16  # of each batch that are looked at
TERMS = 128  # of a sum in floating point that no matrix library is known to cut
EACH = 30  # texts of each file of news, lines at odd positions
BEGINNING = 2_500  # characters of a text
TREEBANKS = {"ewt": 250, "gum": 25}  # documents of the training parts
SEED = 20220207

Feed = Mapping[str, npt.NDArray[Any]]
Ranges = dict[str, tuple[float, float]]


def texts(data: Path) -> Iterator[Tokens]:
    """What the scales are found over."""
    for file in sorted((data / "news").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = (json.loads(line)["text"] for line in itertools.islice(lines, 1, None, 2))
            long = (text[:BEGINNING] for text in rows if len(text) >= BEGINNING // 5)
            yield from map(tokenize, itertools.islice(long, EACH))
    for name, count in TREEBANKS.items():
        file = data / f"ud_english_{name}" / f"en_{name}-ud-train.conllu.xz"
        for document in itertools.islice(read_treebank(file), count):
            yield document.analysis.tokens


def quantised(graph: onnx.GraphProto) -> list[NodeProto]:
    return [node for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]


def floating(packed: onnx.ModelProto) -> onnx.ModelProto:
    """The same network without quantised inputs, which gives these inputs out."""
    model = onnx.ModelProto()
    model.CopyFrom(packed)
    nodes: list[NodeProto] = []
    for node in model.graph.node:
        if node.op_type != "DynamicQuantizeMatMul":
            nodes.append(node)
            continue
        (x, *weights), (out,) = node.input[:4], node.output
        nodes.append(helper.make_node("DequantizeLinear", weights, [f"{out}_weights"], axis=1))
        bias = node.input[4:]
        product = f"{out}_product" if bias else out
        nodes.append(helper.make_node("MatMul", [x, f"{out}_weights"], [product]))
        if bias:
            nodes.append(helper.make_node("Add", [product, *bias], [out]))
    given = list(dict.fromkeys(node.input[0] for node in quantised(packed.graph)))
    replace(model, nodes, given)
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in given
    )
    return model


def ranges(packed: onnx.ModelProto, feeds: Iterator[Feed]) -> Ranges:
    """Between which values each input of a quantised product lies, but for a few."""
    names = list(dict.fromkeys(node.input[0] for node in quantised(packed.graph)))
    session = onnxruntime.InferenceSession(floating(packed).SerializeToString())
    rows: dict[str, list[npt.NDArray[np.float32]]] = {name: [] for name in names}
    drawn = np.random.default_rng(SEED)
    for feed in feeds:
        for name, found in zip(names, session.run(names, feed), strict=True):
            chosen = drawn.choice(len(found), min(len(found), ROWS), replace=False)
            rows[name].append(found[chosen])
    found = {name: np.concatenate(rows[name]) for name in names}
    return {
        name: (
            min(0.0, float(np.quantile(values, OUTSIDE))),
            max(0.0, float(np.quantile(values, 1 - OUTSIDE))),
        )
        for name, values in found.items()
    }


def stilled(packed: onnx.ModelProto, found: Ranges) -> onnx.ModelProto:
    """The graph with constant scales and zero points for the inputs of its products."""
    if any(numpy_helper.to_array(t).any() for t in packed.graph.initializer if is_zero_point(t)):
        raise ValueError("Weights with zero points other than 0: the products would be wrong.")
    model = onnx.ModelProto()
    model.CopyFrom(packed)
    nodes: list[NodeProto] = []
    scaled: dict[str, list[str]] = {}  # an input: its quantised form, scale and zero point
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.output[0] == "arcs":
            nodes += cut(node, model.graph)
            continue
        if node.op_type != "DynamicQuantizeMatMul":
            nodes.append(node)
            continue
        x, weights, scales = node.input[:3]
        if x not in scaled:
            least, most = found[x]
            scale = np.float32((most - least) / STEPS)
            zero = np.uint8(np.rint(-least / scale))
            scaled[x] = [f"{x}_int", f"{x}_scale", f"{x}_zero"]
            for name, value in zip(scaled[x][1:], (scale, zero), strict=True):
                model.graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
            nodes.append(helper.make_node("QuantizeLinear", [x, *scaled[x][1:]], scaled[x][:1]))
        whole, scale_name, zero_name = scaled[x]
        # The weights' zero points are left out: all are 0, and they would be asked for by column.
        inputs = [whole, weights, scale_name, scales, zero_name, "", *node.input[4:]]
        nodes.append(
            helper.make_node("MatMulIntegerToFloat", inputs, list(node.output), domain=MICROSOFT)
        )
    replace(model, nodes)
    onnx.checker.check_model(model)
    return model


def is_zero_point(weight: TensorProto) -> bool:
    return weight.data_type == TensorProto.INT8 and weight.name.endswith(("_zero", "_zero_point"))


def cut(node: NodeProto, graph: onnx.GraphProto) -> Iterator[NodeProto]:
    """A product [.., n, k] · [.., k, m] as the sum of products of at most TERMS terms."""
    (left, right), (out,) = node.input, node.output
    (weight,) = [t for t in graph.initializer if t.name == "net.arc_quantized"]
    parts = -(-weight.dims[1] // TERMS)
    for name, axis in ((left, -1), (right, 1)):
        halves = [f"{name}_{n}" for n in range(parts)]
        yield helper.make_node("Split", [name], halves, axis=axis, num_outputs=parts)
    summed = ""
    for n in range(parts):
        last = n == parts - 1
        part = out if last and not summed else f"{out}_{n}"
        yield helper.make_node("MatMul", [f"{left}_{n}", f"{right}_{n}"], [part])
        if summed:
            yield helper.make_node("Add", [summed, part], [out if last else f"{out}_to_{n}"])
        summed = part if not summed else f"{out}_to_{n}"


def replace(model: onnx.ModelProto, nodes: list[NodeProto], given: Sequence[str] = ()) -> None:
    """Put these nodes in the graph, without those and the weights that neither its outputs ask for
    nor the values that are `given` out beside them."""
    graph = model.graph
    wanted = {*given, *(output.name for output in graph.output)}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            kept.append(node)
            wanted.update(node.input)
    weights = [weight for weight in graph.initializer if weight.name in wanted]
    kept = [onnx.NodeProto.FromString(node.SerializeToString()) for node in reversed(kept)]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(kept)
    graph.initializer.extend(weights)


def for_the_encoder(folder: Path, found: list[Tokens]) -> Iterator[Feed]:
    pieces = Pieces(folder / "tokenizer.json")
    for tokens in found:
        row = Row.of([pieces.cut(word) for word in tokens.words])
        for batch in batches(list(units(tokens, row)), row):
            yield batch.inputs


def for_the_names(folder: Path, found: list[Tokens]) -> Iterator[Feed]:
    """What the encoder of the folder hands to the names head."""
    model = Model.load(folder)
    seen: list[Feed] = []
    run = NameHead.run

    def kept(head: NameHead, inputs: dict[str, npt.NDArray[Any]]) -> npt.NDArray[np.float32]:
        seen.append(inputs)
        return run(head, inputs)

    NameHead.run = kept  # type: ignore[assignment, method-assign]
    try:
        for tokens in found:
            model.analyse(tokens)
            yield from seen
            seen.clear()
    finally:
        NameHead.run = run  # type: ignore[method-assign]


def write(model: onnx.ModelProto, folder: Path, name: str) -> None:
    path, described = folder / f"{name}.onnx", folder / f"{name}.json"
    onnx.save(model, str(path))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    told = json.loads(described.read_text(encoding="utf-8"))
    told["version"] = digest
    indent = 1 if name == "model" else None
    described.write_text(json.dumps(told, indent=indent) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, version {digest}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    found = list(texts(chosen.data))
    random.Random(SEED).shuffle(found)
    print(f"{len(found)} texts, {sum(len(tokens) for tokens in found):,} words")
    for name, feeds in (("model", for_the_encoder), ("names", for_the_names)):
        packed = onnx.load(str(chosen.folder / f"{name}.onnx"))
        if quantised(packed.graph):
            still = stilled(packed, ranges(packed, feeds(chosen.folder, found)))
            write(still, chosen.folder, name)
        else:
            print(f"{name}.onnx has constant scales already")


if __name__ == "__main__":
    main()
