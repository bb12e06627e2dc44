r"""Export the trained network to ONNX, quantised to int8, with its labels: what the package ships.

    python training/export.py --work training/work --data ../shared/data \
        --tokenizer MODEL_FOLDER/tokenizer.json

Weights of the matrix products are signed int8, one scale an output column, seven bits wide
(`reduce_range`), which loses nothing measurable and is safe on processors without VNNI; the word
pieces are int8 rows with a scale each. `pack.py` then lays the graph out for speed, and `still.py`
gives what goes into the products its scales for good.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from net import Labels, Network
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from pack import pack
from torch import Tensor, nn

PACKAGE = Path(__file__).resolve().parents[1] / "src/dragoman/language/model"
# The one product that is left in floating point here: what goes into it has outliers that spoil the
# scale of all else, which costs 0.11 LAS. Packing takes out the outliers and makes the rest int8.
OUTLYING = "/encoder/layers.2/outer/MatMul"
OUTPUTS = (
    "vectors",
    "upos",
    "xpos",
    "feats",
    "names",
    "saying",
    "content",
    "arcs",
    "label_dep",
    "label_head",
)


class Exported(nn.Module):
    """The network as the reader calls it: all heads, no dropout, relations left to the reader."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, pieces: Tensor, shapes: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        net = self.net
        rows = net.encoder(pieces, shapes, words)
        inner = rows[:, 1:]
        return (
            rows[..., :384],
            net.upos(inner).argmax(-1).to(torch.uint8),
            net.xpos(inner).argmax(-1).to(torch.uint8),
            net.feats(inner).argmax(-1).to(torch.uint8),
            torch.log_softmax(net.names(inner), -1),
            torch.log_softmax(net.saying(inner), -1),
            torch.log_softmax(net.content(inner), -1),
            net.arcs(rows),
            net.label_dep(inner),
            net.label_head(rows),
        )


def export(net: Network, path: Path) -> None:
    pieces = torch.tensor([[101, 2003, 2009, 102], [101, 2003, 102, 0]])
    shapes = torch.tensor([[0, 1, 1, 0], [0, 1, 0, 0]])
    words = torch.tensor([[0, 1, 2], [0, 1, 0]])
    axes = {
        "pieces": {0: "batch", 1: "pieces"},
        "shapes": {0: "batch", 1: "pieces"},
        "words": {0: "batch", 1: "words"},
    }
    torch.onnx.export(
        Exported(net).eval(),
        (pieces, shapes, words),
        str(path),
        input_names=list(axes),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def shrink_embedding(model: onnx.ModelProto) -> None:
    """Store the word pieces as int8 rows; the row's scale is looked up beside it."""
    graph = model.graph
    table = max(graph.initializer, key=lambda t: int(np.prod(t.dims)))
    weights = numpy_helper.to_array(table)
    if weights.dtype == np.uint8 or weights.dtype == np.int8:
        return
    scales = np.abs(weights).max(1, keepdims=True) / 127
    rows = np.rint(weights / scales).astype(np.int8)
    (gather,) = [n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name]
    at = list(graph.node).index(gather)
    ids, out = gather.input[1], gather.output[0]
    nodes = [
        helper.make_node("Gather", ["piece_rows", ids], ["piece_int"]),
        helper.make_node("Cast", ["piece_int"], ["piece_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["piece_scales", ids], ["piece_scale"]),
        helper.make_node("Mul", ["piece_float", "piece_scale"], [out]),
    ]
    graph.node.remove(gather)
    for offset, node in enumerate(nodes):
        graph.node.insert(at + offset, node)
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(rows, "piece_rows"))
    graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), "piece_scales"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the treebanks, for packing")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--checkpoint", action="store_true", help="export the last checkpoint")
    parser.add_argument("--out", type=Path, default=PACKAGE)
    chosen = parser.parse_args()
    labels = Labels(**json.loads((chosen.work / "labels.json").read_text()))
    net = Network(labels)
    if chosen.checkpoint:
        net.load_state_dict(torch.load(chosen.work / "checkpoint.pt")["net"])
    else:
        net.load_state_dict(torch.load(chosen.work / "network.pt"))
    net.eval()
    full, small = chosen.work / "model-fp32.onnx", chosen.work / "model.onnx"
    export(net, full)
    model = onnx.load(str(full))
    shrink_embedding(model)
    onnx.save(model, str(full))
    quantize_dynamic(
        str(full),
        str(small),
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=[OUTLYING],
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    chosen.out.mkdir(parents=True, exist_ok=True)
    corpus = chosen.data / "ud_english_ewt/en_ewt-ud-train.conllu.xz"
    onnx.save(pack(onnx.load(str(small)), corpus), str(chosen.out / "model.onnx"))
    shutil.copy(chosen.tokenizer, chosen.out / "tokenizer.json")
    state = net.state_dict()
    np.savez(
        chosen.out / "relations.npz",
        weight=state["label.weight"].numpy().T.astype(np.float32),
        bias=state["label.bias"].numpy().astype(np.float32),
    )
    digest = hashlib.sha256((chosen.out / "model.onnx").read_bytes()).hexdigest()
    named = json.loads((chosen.work / "labels.json").read_text())
    named.pop("events")
    described = {"version": digest[:12], "labels": named}
    (chosen.out / "model.json").write_text(json.dumps(described, indent=1) + "\n")
    print(f"{(chosen.out / 'model.onnx').stat().st_size / 1e6:.1f} MB, version {digest[:12]}")


if __name__ == "__main__":
    main()
