"""Docs that cannot rot: every example is run, what is generated is generated anew and compared."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import records

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = [
    REPOSITORY / "README.md",
    *sorted(REPOSITORY.glob("docs/*.md")),
    *REPOSITORY.glob("examples/*.md"),
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def _blocks(language: str) -> list[tuple[str, str]]:
    return [
        (f"{page.relative_to(REPOSITORY)}:{number}", block.group(2))
        for page in PAGES
        for number, block in enumerate(BLOCK.finditer(page.read_text(encoding="utf-8")), start=1)
        if block.group(1) == language
    ]


def _commands() -> list[str]:
    lines = (line for _, block in _blocks("sh") for line in block.splitlines())
    commands = (re.sub(r"\s+#.*", "", line).removeprefix(".venv/bin/") for line in lines)
    return sorted({command for command in commands if command.startswith("dragoman ")})


@pytest.mark.parametrize("code", [pytest.param(code, id=id) for id, code in _blocks("python")])
def test_every_example_in_python_runs(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples name."""
    folder = tmp_path_factory.mktemp("examples")
    (folder / "examples").symlink_to(REPOSITORY / "examples")
    article = (REPOSITORY / "examples" / "aegean-06.txt").read_text(encoding="utf-8")
    (folder / "article.txt").write_text(article, encoding="utf-8")
    documents = (REPOSITORY / "examples" / "crisis.jsonl").read_bytes()
    (folder / "documents.jsonl.gz").write_bytes(documents)  # packing is told by the first bytes
    if any("aegean.db" in command for command in _commands()):  # the case of the examples
        for line in ("init aegean.db", "add aegean.db examples/crisis.jsonl"):
            words = [sys.executable, "-m", "dragoman", *line.split()]
            subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=300)
        (folder / "build").mkdir()
        (folder / "build" / "aegean.db").symlink_to(folder / "aegean.db")
    return folder


@pytest.mark.parametrize("command", _commands())
def test_every_command_in_the_docs_runs(command: str, somewhere: Path) -> None:
    line = command.replace("dragoman", f"{sys.executable} -m dragoman", 1)
    done = subprocess.run(
        ["sh", "-c", line], cwd=somewhere, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_there_are_examples_to_run() -> None:
    assert len(_blocks("python")) >= 2
    assert len(_commands()) >= 6


def test_every_make_target_in_the_docs_is_there() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    named = {
        target
        for page in PAGES
        for target in re.findall(r"\bmake (demo|test|docs|soak|\w+)`", page.read_text("utf-8"))
    }
    named |= {t for _, block in _blocks("sh") for t in re.findall(r"^make (\w+)", block, re.M)}
    assert named
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_field_of_a_reading_is_explained() -> None:
    page = (REPOSITORY / "docs" / "reading.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", page)) | set(re.findall(r"^## (\w+)", page, re.M))
    parts = (records.Document, records.Actor, records.Event, records.Statement, records.Telling)
    fields = {field.name for part in parts for field in dataclasses.fields(part)}
    assert fields <= explained


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", REPOSITORY / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_reference_is_that_of_the_code() -> None:
    written = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == _generator().command_reference(), "run `make docs`"


def test_the_reading_in_the_readme_is_a_real_one() -> None:
    """What is claimed there of events is what is read; the layout may differ."""
    generator = _generator()
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shown = readme.split(generator.BEGIN)[1].split(generator.END)[0]
    claimed = [
        line.strip() for line in shown.splitlines() if re.match(r" (happened|planned)", line)
    ]
    assert claimed, "run `make docs`"
    read = [line.strip() for line in generator.readme_reading().splitlines()]
    assert [line for line in claimed if line not in read] == [], "run `make docs`"


@pytest.mark.skipif(sys.platform == "win32", reason="make is needed")
def test_make_says_what_it_would_do() -> None:
    for target in ("demo", "test", "docs", "bench", "soak"):
        done = subprocess.run(
            ["make", "-n", target],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
            env=dict(os.environ),
        )
        assert done.returncode == 0, done.stderr
