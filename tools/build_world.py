"""Writes src/dragoman/desk/static/world.json: outlines of countries for maps.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python tools/build_world.py package/countries-50m.json

The outlines are those of Natural Earth 4.1 (public domain, https://www.naturalearthdata.com/),
which the package world-atlas (ISC licence) hands on as TopoJSON. Here they are put on a grid of a
hundredth of a degree; points that fall together, and Antarctica, are left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

STEP: Final = 0.01  # degrees
LEFT_OUT: Final = ("Antarctica",)
TARGET: Final = Path(__file__).parents[1] / "src" / "dragoman" / "desk" / "static" / "world.json"


def main(source: Path) -> None:
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [_gridded(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = [
        {"type": shape["type"], "arcs": shape["arcs"], "properties": shape["properties"]}
        for shape in topology["objects"]["countries"]["geometries"]
        if shape["properties"]["name"] not in LEFT_OUT
    ]
    kept, numbers = _used(shapes, arcs)
    world = {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}},
        "arcs": kept,
    }
    TARGET.write_text(json.dumps(world, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(shapes)} countries, {len(numbers)} arcs, {TARGET.stat().st_size:,} bytes")


def _gridded(arc: list[list[int]], transform: dict[str, Any]) -> list[list[int]]:
    """An arc's points on our grid, each as its distance from the one before."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points: list[tuple[int, int]] = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        point = (round((x * sx + tx) / STEP), round((y * sy + ty) / STEP))
        if not points or point != points[-1]:
            points.append(point)
    if len(points) == 1:
        points.append(points[0])
    deltas, last = [], (0, 0)
    for point in points:
        deltas.append([point[0] - last[0], point[1] - last[1]])
        last = point
    return deltas


def _used(
    shapes: list[dict[str, Any]], arcs: list[list[list[int]]]
) -> tuple[list[list[list[int]]], dict[int, int]]:
    """The arcs that some shape has, numbered anew; the shapes are changed to the new numbers."""
    numbers: dict[int, int] = {}

    def renumber(part: Any) -> Any:
        if isinstance(part, list):
            return [renumber(one) for one in part]
        own = numbers.setdefault(part if part >= 0 else ~part, len(numbers))
        return own if part >= 0 else ~own

    for shape in shapes:
        shape["arcs"] = renumber(shape["arcs"])
    return [arcs[old] for old in numbers], numbers


if __name__ == "__main__":
    main(Path(sys.argv[1]))
