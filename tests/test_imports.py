"""A stage knows the records and the stages before it, and nothing that comes after."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dragoman

PACKAGE = Path(dragoman.__file__).parent
BASE = {"version", "errors", "records", "settings", "logs"}
# Each part and the parts it may import; the order is the way of the data.
MAY_IMPORT = {
    "version": set[str](),
    "errors": set[str](),
    "records": {"errors", "show"},  # show: only inside Reading._repr_html_
    "settings": {"errors"},
    "logs": set[str](),
    "schema": {"records"},
    "ontology": BASE,
    "sources": BASE,
    "language": BASE | {"sources"},
    "actors": BASE | {"sources", "language", "ontology"},
    "coding": BASE | {"sources", "language", "ontology", "actors"},
    "assemble": BASE | {"language", "actors", "coding"},
    "reader": BASE | {"sources", "language", "ontology", "actors", "coding", "assemble"},
    "asking": BASE | {"language", "coding", "reader"},
    "show": BASE,
    "merging": BASE | {"language", "ontology", "actors", "coding"},
    "case": BASE | {"sources", "schema", "reader", "merging", "ontology"},
    "analysis": BASE | {"language", "ontology", "actors", "coding", "merging", "case", "show"},
    "imports": BASE | {"sources", "ontology", "actors", "merging", "analysis", "case"},
    "charts": BASE | {"ontology", "analysis"},
    "export": BASE
    | {"language", "ontology", "actors", "coding", "merging", "case", "analysis", "charts"}
    | {"show"},
    "desk": BASE
    | {"sources", "ontology", "reader", "show", "merging", "case", "analysis", "charts", "export"}
    | {"brief"},
    "brief": BASE | {"show", "merging", "case", "analysis", "charts"},
    "cluster": BASE | {"sources", "reader", "case", "merging"},
    "evaluate": BASE
    | {"sources", "language", "ontology", "actors", "coding", "assemble", "reader"}
    | {"analysis", "imports", "merging"},
    "cli": BASE
    | {"sources", "language", "ontology", "actors", "coding", "assemble", "reader", "show"}
    | {"schema", "evaluate", "merging", "case", "analysis", "imports", "charts", "export", "brief"}
    | {"desk", "cluster"},
    "__init__": BASE | {"asking", "reader"},
    "__main__": {"cli"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _part(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def _imported(path: Path) -> set[str]:
    """The parts of dragoman that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            if node.module == "dragoman":
                names.update(f"dragoman.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    parts = {name.split(".")[1] for name in names if name.startswith("dragoman.")}
    return {
        part for part in parts if (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").exists()
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_comes_before_it(path: Path) -> None:
    part = _part(path)
    assert _imported(path) - {part} <= MAY_IMPORT[part]


def _prints(path: Path) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if _part(path) not in ("cli", "logs")],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_the_library_never_prints(path: Path) -> None:
    assert _prints(path) == []
