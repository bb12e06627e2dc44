"""Pack an exported, quantised graph for speed: the same weights in fewer and faster steps.

    python training/pack.py EXPORTED.onnx src/dragoman/language/model/model.onnx --treebank FILE

What torch exports computes every cell of a padded batch and projects query, key and value one by
one. Packed, the pieces of a batch lie in one row after another without padding, only attention is
laid out in a grid; products of one input are one product; the last layer computes the words' first
pieces only. In the layers FAR_LAYERS the few channels that lie far out of the range of all others
stay in floating point, so that they do not spoil the scale of the rest: that gives back what int8
costs. Columns are joined when the graph is loaded: the file holds the exported weights unchanged.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from corpora import treebank
from onnx import NodeProto, TensorProto, helper, numpy_helper

from dragoman.language.model import FOLDER
from dragoman.language.pieces import CLS, SEP, Pieces

LAYERS, WIDTH, HEADS = 6, 384, 12
MICROSOFT = "com.microsoft"  # onnxruntime's own operators
EARLY = 3  # the layer whose vectors are given out beside the last: they still know the word
OUTLYING = 8  # channels of a layer; found over sentences of a treebank
SEVEN_BITS = 63  # the largest weight: what no processor lets run over when it adds in pairs
FAR_LAYERS = (0, 1, 2, 3)
SENTENCES = 1_000  # of the treebank that the outlying inputs are found on
HEADED = (
    "upos",
    "xpos",
    "feats",
    "names",
    "saying",
    "content",
    "arc_dep",
    "arc_head",
    "label_dep",
    "label_head",
)
TAGGED = ("upos", "xpos", "feats")


class Packer:
    """Collects the nodes and the weights of the packed graph."""

    def __init__(self, exported: onnx.ModelProto) -> None:
        self.weights = {t.name: t for t in exported.graph.initializer}
        self.products: dict[str, str] = {}
        self.floating: dict[str, str] = {}
        for node in exported.graph.node:
            name = node.name.removesuffix("_quant").removesuffix("/MatMul").strip("/")
            if node.op_type == "MatMulInteger":
                self.products[name] = node.input[1].removesuffix("_quantized")
            elif node.op_type == "MatMul" and node.input[1] in self.weights:
                self.floating[name] = node.input[1]
        self.far: dict[str, npt.NDArray[np.int64]] = {}
        self.nodes: list[NodeProto] = []
        self.used: dict[str, TensorProto] = {}

    def add(
        self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: object
    ) -> str:
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def kept(self, name: str) -> str:
        """A weight of the exported graph, as it is."""
        self.used[name] = self.weights[name]
        return name

    def constant(self, name: str, values: npt.ArrayLike) -> str:
        self.used[name] = numpy_helper.from_array(np.asarray(values), name)
        return name

    def bias(self, name: str) -> str:
        return self.kept(f"net.{name.replace('/', '.')}.bias")

    def product(self, x: str, out: str, *names: str) -> str:
        """One product of an input with the weights of several, side by side, and their biases."""
        columns = []
        for kind, axis in (("quantized", 1), ("scale", 0), ("zero_point", 0)):
            parts = [self.kept(f"{self.products[name]}_{kind}") for name in names]
            columns.append(self.joined(parts, f"{out}_{kind}", axis))
        columns.append(self.joined([self.bias(name) for name in names], f"{out}_bias", 0))
        return self.add("DynamicQuantizeMatMul", [x, *columns], out, domain=MICROSOFT)

    def joined(self, parts: list[str], out: str, axis: int) -> str:
        return parts[0] if len(parts) == 1 else self.add("Concat", parts, out, axis=axis)

    def norm(self, x: str, name: str, out: str) -> str:
        name = f"net.{name.replace('/', '.')}"
        weights = [self.kept(f"{name}.weight"), self.kept(f"{name}.bias")]
        return self.add("LayerNormalization", [x, *weights], out, axis=-1, epsilon=1e-12)

    def gelu(self, x: str, out: str) -> str:
        return self.add("Gelu", [x], out, domain=MICROSOFT)

    def embedded(self) -> str:
        self.add("Gather", [self.kept("piece_rows"), "pieces"], "piece_int")
        self.add("Cast", ["piece_int"], "piece_float", to=TensorProto.FLOAT)
        self.add("Gather", [self.kept("piece_scales"), "pieces"], "piece_scale")
        self.add("Mul", ["piece_float", "piece_scale"], "piece")
        self.add("Gather", [self.kept("net.encoder.positions.weight"), "positions"], "position")
        self.add("Gather", [self.kept("net.encoder.shapes_in.weight"), "shapes"], "shape")
        self.add("Add", ["piece", "position"], "placed")
        self.add("Add", ["placed", "shape"], "embedded")
        return self.norm("embedded", "encoder/norm", "layer")

    def layer(self, x: str, number: int) -> str:
        """A layer of the encoder; the last gives rows of words, the others rows of pieces."""
        at, o = f"encoder/layers.{number}", f"layer{number}_"
        asked = ("query", "key", "value")
        if number < LAYERS - 1:
            self.product(x, o + "asked", *(f"{at}/{part}" for part in asked))
            self.add("Split", [o + "asked"], *(o + part for part in asked), axis=-1, num_outputs=3)
            grid, back = "grid", "back"
        else:
            self.product(x, o + "asked", *(f"{at}/{part}" for part in asked[1:]))
            self.add("Split", [o + "asked"], o + "key", o + "value", axis=-1, num_outputs=2)
            x = self.add("Gather", [x, "words"], o + "words")
            self.product(x, o + "query", f"{at}/query")
            grid, back = "word_grid", "word_back"
        laid = [
            self.add("Gather", [o + part, cells], f"{o}{part}_grid")
            for part, cells in zip(asked, (grid, "grid", "grid"), strict=True)
        ]
        attended = o + "attended"
        self.add(
            "MultiHeadAttention",
            [*laid, "", "lengths"],
            attended,
            domain=MICROSOFT,
            num_heads=HEADS,
        )
        flat = self.add("Reshape", [attended, "flat"], attended + "_flat")
        self.add("Gather", [flat, back], o + "mixed")
        self.product(o + "mixed", o + "out", f"{at}/out")
        self.add("Add", [x, o + "out"], o + "sum1")
        x = self.norm(o + "sum1", f"{at}/norm1", o + "norm1")
        outer = self.forward(x, number)
        self.add("Add", [x, outer], o + "sum2")
        return self.norm(o + "sum2", f"{at}/norm2", o + "norm2")

    def forward(self, x: str, number: int) -> str:
        """The two products of a layer. Where some of what goes into the second lies far out, these
        channels go another way, in floating point, and do not spoil the scale of the others."""
        inner, outer = (f"encoder/layers.{number}/{part}" for part in ("inner", "outer"))
        o = f"layer{number}_"
        if outer not in self.far:
            self.gelu(self.product(x, o + "inner", inner), o + "gelu")
            return self.product(o + "gelu", o + "outer", outer)
        far = self.far[outer]
        channels = np.arange(self.weights[f"net.{inner.replace('/', '.')}.bias"].dims[0])
        whole = [
            self.kept(f"{self.products[inner]}_{k}") for k in ("quantized", "scale", "zero_point")
        ]
        whole.append(self.bias(inner))
        for part, chosen in (("near", np.setdiff1d(channels, far)), ("far", far)):
            self.constant(o + part, chosen.astype(np.int64))
            columns = [
                self.add("Gather", [w, o + part], f"{o}{part}_{n}", axis=1 if n == 0 else 0)
                for n, w in enumerate(whole)
            ]
            self.add("DynamicQuantizeMatMul", [x, *columns], f"{o}inner_{part}", domain=MICROSOFT)
            self.gelu(f"{o}inner_{part}", f"{o}gelu_{part}")
        near, far_rows = self.parted(outer, o)
        self.add(
            "DynamicQuantizeMatMul",
            [o + "gelu_near", *near, self.bias(outer)],
            o + "outer_near",
            domain=MICROSOFT,
        )
        self.constant(o + "outer_far_rows", far_rows)
        self.add("MatMul", [o + "gelu_far", o + "outer_far_rows"], o + "outer_far")
        return self.add("Add", [o + "outer_near", o + "outer_far"], o + "outer")

    def parted(self, outer: str, o: str) -> tuple[list[str], npt.NDArray[np.float32]]:
        """The rows of a product's weights that are near, in int8, and the far ones as they are."""
        far = self.far[outer]
        if outer in self.products:
            names = [f"{self.products[outer]}_{k}" for k in ("quantized", "scale", "zero_point")]
            rows, scales, zeros = (numpy_helper.to_array(self.weights[n]) for n in names)
            taken = self.add("Gather", [self.kept(names[0]), o + "near"], o + "outer_rows", axis=0)
            far_rows = ((rows[far].astype(np.float32) - zeros) * scales).astype(np.float32)
            return [taken, *map(self.kept, names[1:])], far_rows
        weights = numpy_helper.to_array(self.weights[self.floating[outer]])
        near = np.delete(weights, far, axis=0)
        scales = (np.abs(near).max(0) / SEVEN_BITS).astype(np.float32)
        return [
            self.constant(o + "outer_rows", np.rint(near / scales).astype(np.int8)),
            self.constant(o + "outer_scales", scales),
            self.constant(o + "outer_zero", np.zeros(len(scales), dtype=np.int8)),
        ], weights[far]

    def headed(self, x: str) -> None:
        """All heads: one product, then what each makes of its columns."""
        self.add("Gather", ["shapes", "words"], "word_shapes")
        self.add("Gather", [self.kept("net.encoder.shapes_out.weight"), "word_shapes"], "shape_out")
        self.add("Concat", [x, "shape_out"], "word", axis=-1)
        self.product("word", "heads", *HEADED)
        widths = [self.weights[f"net.{name}.bias"].dims[0] for name in HEADED]
        outs = [f"{name}_scores" if name in TAGGED else name for name in HEADED]
        self.add("Split", ["heads", self.constant("widths", widths)], *outs, axis=-1)
        for name in TAGGED:
            self.add("ArgMax", [f"{name}_scores"], f"{name}_best", axis=-1, keepdims=0)
            self.add("Cast", [f"{name}_best"], name, to=TensorProto.UINT8)
        self.gelu("arc_dep", "arc_dep_gelu")
        self.gelu("arc_head", "arc_head_gelu")
        kinds = ("quantized", "scale", "zero_point")
        arc = [self.kept(f"net.arc_{kind}") for kind in kinds]
        self.add("DynamicQuantizeMatMul", ["arc_dep_gelu", *arc], "arc_turned", domain=MICROSOFT)
        # The head's own score, bias · head, is taken in by (dependent + bias) · head.
        own, scale, zero = (
            numpy_helper.to_array(self.weights[f"{self.products['arc_bias']}_{kind}"])
            for kind in kinds
        )
        bias = ((own.astype(np.float32) - zero) * scale).T
        self.add("Add", ["arc_turned", self.constant("arc_own", bias)], "arc_asked")
        self.add("Gather", ["arc_asked", "word_grid"], "arc_dep_grid")
        self.add("Gather", ["arc_head_gelu", "word_grid"], "arc_head_grid")
        self.add("Transpose", ["arc_head_grid"], "arc_head_turned", perm=[0, 2, 1])
        self.add("MatMul", ["arc_dep_grid", "arc_head_turned"], "arcs")

    def model(self) -> onnx.ModelProto:
        self.constant("flat", np.array([-1, WIDTH], dtype=np.int64))
        x = self.embedded()
        outputs = ["vectors", *(n for n in HEADED if not n.startswith("arc")), "arcs"]
        for number in range(LAYERS):
            x = self.layer(x, number)
            if number + 1 == EARLY:
                self.add("Gather", [x, "words"], "early")
                outputs.append("early")
        self.add("Identity", [x], "vectors")
        self.headed("vectors")
        integer, single = TensorProto.INT64, TensorProto.FLOAT
        shapes = {
            "pieces": ["pieces"],
            "shapes": ["pieces"],
            "positions": ["pieces"],
            "words": ["words"],
            "grid": ["units", "long"],
            "back": ["pieces"],
            "lengths": ["units"],
            "word_grid": ["units", "wide"],
            "word_back": ["words"],
        }
        graph = helper.make_graph(
            self.nodes,
            "dragoman",
            [
                helper.make_tensor_value_info(
                    name, TensorProto.INT32 if name == "lengths" else integer, shape
                )
                for name, shape in shapes.items()
            ],
            [
                helper.make_tensor_value_info(
                    name, TensorProto.UINT8 if name in TAGGED else single, self.shape(name)
                )
                for name in outputs
            ],
            list(self.used.values()),
        )
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)

    def shape(self, name: str) -> list[str | int]:
        if name in TAGGED:
            return ["words"]
        if name == "arcs":
            return ["units", "wide", "wide"]
        widths = self.weights.get(f"net.{name}.bias")
        return ["words", widths.dims[0] if widths else WIDTH]


def reach(exported: onnx.ModelProto, corpus: Path, name: str) -> npt.NDArray[np.float32]:
    """How far each input of a product goes, in either direction, over sentences of a treebank."""
    wanted = (f"/{name}/MatMul", f"/{name}/MatMul_quant")
    (node,) = [n for n in exported.graph.node if n.name in wanted]
    source = node.input[0]
    for other in exported.graph.node:  # what was quantised for the product
        if other.op_type == "DynamicQuantizeLinear" and other.output[0] == source:
            source = other.input[0]
    probed = onnx.ModelProto()
    probed.CopyFrom(exported)
    del probed.graph.output[:]
    probed.graph.output.append(helper.make_tensor_value_info(source, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(probed.SerializeToString())
    pieces = Pieces(FOLDER / "tokenizer.json")
    furthest = np.zeros(0, dtype=np.float32)
    for example in itertools.islice(treebank(corpus), SENTENCES):
        ids, shapes, words = [CLS], [0], [0]
        for parts, shape in map(pieces.cut, example.words):
            words.append(len(ids))
            ids.extend(parts)
            shapes.extend([shape] * len(parts))
        if len(ids) > 500:
            continue
        inputs = {"pieces": [[*ids, SEP]], "shapes": [[*shapes, 0]], "words": [words]}
        (found,) = session.run(None, {key: np.array(value) for key, value in inputs.items()})
        far = np.abs(found).reshape(-1, found.shape[-1]).max(0)
        furthest = np.maximum(far, furthest) if len(furthest) else far
    return furthest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--treebank", type=Path, required=True, help="to find what lies far out")
    chosen = parser.parse_args()
    exported = onnx.load(str(chosen.exported))
    onnx.save(pack(exported, chosen.treebank), str(chosen.out))
    digest = hashlib.sha256(chosen.out.read_bytes()).hexdigest()[:12]
    print(f"{chosen.out.stat().st_size / 1e6:.1f} MB, version {digest}")


def pack(exported: onnx.ModelProto, corpus: Path) -> onnx.ModelProto:
    """The packed graph."""
    packer = Packer(exported)
    for number in FAR_LAYERS:
        name = f"encoder/layers.{number}/outer"
        packer.far[name] = np.sort(np.argsort(-reach(exported, corpus, name))[:OUTLYING])
    return packer.model()


if __name__ == "__main__":
    main()
