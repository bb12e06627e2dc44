"""The names head as the package ships it: an ONNX graph, the labels, the scores of steps."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from name_net import POOL, REACH, WIDTH, NameNet
from onnx import NodeProto, TensorProto, helper, numpy_helper
from torch import Tensor, nn

from dragoman.language.names import COUNTED, HASHED, LISTS

MICROSOFT = "com.microsoft"
SEVEN_BITS = 63
INPUTS = {
    "early": (TensorProto.FLOAT, 384),
    "late": (TensorProto.FLOAT, 384),
    "ids": (TensorProto.INT64, HASHED),
    "written": (TensorProto.FLOAT, len(LISTS) + COUNTED),
    "keys": (TensorProto.INT64, None),
}


class Graph:
    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def add(
        self, kind: str, inputs: list[str], out: str, domain: str = "", **attributes: object
    ) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [out], domain=domain, **attributes))
        return out

    def constant(self, name: str, values: object) -> str:
        self.weights.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def product(self, x: str, layer: nn.Linear, out: str) -> str:
        """A product with weights of seven bits, one scale a column."""
        weights = layer.weight.detach().numpy().T
        scales = (np.abs(weights).max(0) / SEVEN_BITS).astype(np.float32)
        inputs = [
            x,
            self.constant(f"{out}_rows", np.rint(weights / scales).astype(np.int8)),
            self.constant(f"{out}_scales", scales),
            self.constant(f"{out}_zero", np.zeros(len(scales), dtype=np.int8)),
            self.constant(f"{out}_bias", layer.bias.detach().numpy()),
        ]
        return self.add("DynamicQuantizeMatMul", inputs, out, domain=MICROSOFT)

    def norm(self, x: str, layer: nn.LayerNorm, out: str) -> str:
        weights = [
            self.constant(f"{out}_{key}", value.detach().numpy())
            for key, value in layer.named_parameters()
        ]
        return self.add("LayerNormalization", [x, *weights], out, axis=-1, epsilon=layer.eps)

    def gelu(self, x: str) -> str:
        return self.add("Gelu", [x], f"{x}_gelu", domain=MICROSOFT)


def graph_of(net: NameNet) -> onnx.ModelProto:
    g = Graph()
    looked = []
    for n, table in enumerate(net.tables):
        rows = g.constant(f"table{n}", half(table.weight))
        ids = g.add("Gather", ["ids", g.constant(f"column{n}", np.int64(n))], f"ids{n}", axis=1)
        g.add("Gather", [rows, ids], f"half{n}")
        looked.append(g.add("Cast", [f"half{n}"], f"looked{n}", to=TensorProto.FLOAT))
    g.add("Concat", [*looked, "written"], "marks", axis=1)
    g.add("Concat", ["early", "late"], "both", axis=1)
    g.product("both", net.vectors, "vectors")
    g.product("marks", net.marks, "marked")
    g.add("Add", ["vectors", "marked"], "seen")
    g.gelu(g.product(g.gelu("seen"), net.mix, "mixed"))
    x = g.norm("mixed_gelu", net.norms[0], "normed")
    x = shared(g, net, x)
    for n, (reach, layer, norm) in enumerate(zip(REACH, net.layers, net.norms[1:], strict=True)):
        x = looked_around(g, x, n, reach, layer, norm)
    g.product(x, net.hidden, "hidden")
    out = net.out.weight.detach().numpy().T
    weights = [g.constant("out_rows", out), g.constant("out_bias", net.out.bias.detach().numpy())]
    g.add("MatMul", [g.gelu("hidden"), weights[0]], "unbiased")
    g.add("Add", ["unbiased", weights[1]], "scores")
    inputs = [
        helper.make_tensor_value_info(name, kind, ["words", width] if width else ["words"])
        for name, (kind, width) in INPUTS.items()
    ]
    shape = ["words", len(net.labels)]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, shape)]
    graph = helper.make_graph(g.nodes, "names", inputs, outputs, g.weights)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def shared(g: Graph, net: NameNet, x: str) -> str:
    """What was made of a word anywhere in the document: the largest value of each channel."""
    g.product(x, net.pool, "here")
    g.add("ReduceMax", ["keys"], "last_key", keepdims=1)
    one = g.constant("one", np.array([1], dtype=np.int64))
    g.add("Add", ["last_key", one], "key_count")
    width = g.constant("pool_width", np.array([POOL], dtype=np.int64))
    g.add("Concat", ["key_count", width], "pool_shape", axis=0)
    g.add("Expand", [g.constant("least", np.float32(-1e4)), "pool_shape"], "nowhere")
    g.add("Unsqueeze", ["keys", one], "key_column")
    g.add("Shape", ["here"], "here_shape")
    g.add("Expand", ["key_column", "here_shape"], "key_places")
    g.add("ScatterElements", ["nowhere", "key_places", "here"], "anywhere", axis=0, reduction="max")
    g.add("Gather", ["anywhere", "keys"], "elsewhere")
    g.product("elsewhere", net.pooled, "pooled")
    return g.add("Add", [x, "pooled"], "known")


def looked_around(
    g: Graph, x: str, n: int, reach: int, layer: nn.Linear, norm: nn.LayerNorm
) -> str:
    o = f"layer{n}_"
    nothing = g.constant(o + "nothing", np.zeros((reach, WIDTH), dtype=np.float32))
    g.add("Concat", [nothing, x, nothing], o + "padded", axis=0)
    zero, first = (
        g.constant(f"{o}{name}", np.array([value], dtype=np.int64))
        for name, value in (("axis", 0), ("first", 2 * reach))
    )
    most = g.constant(o + "most", np.array([2**62], dtype=np.int64))
    less = g.constant(o + "less", np.array([-2 * reach], dtype=np.int64))
    g.add("Slice", [o + "padded", zero, less, zero], o + "before")
    g.add("Slice", [o + "padded", first, most, zero], o + "after")
    g.add("Concat", [o + "before", x, o + "after"], o + "around", axis=1)
    g.product(o + "around", layer, o + "drawn")
    g.add("Add", [x, g.gelu(o + "drawn")], o + "sum")
    return g.norm(o + "sum", norm, o + "norm")


def half(weights: Tensor) -> np.ndarray:
    return weights.detach().numpy().astype(np.float16)


def export(net: NameNet, folder: Path) -> None:
    path = folder / "names.onnx"
    onnx.save(graph_of(net), str(path))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    steps = [[round(v, 4) for v in row] for row in net.steps.tolist()]
    described = {"version": digest[:12], "labels": net.labels, "steps": steps}
    (folder / "names.json").write_text(json.dumps(described) + "\n")
    print(f"{path.stat().st_size / 1e6:.1f} MB, version {digest[:12]}")
