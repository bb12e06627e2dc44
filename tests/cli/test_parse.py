"""`dragoman parse` as a user meets it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.cli import app
from dragoman.cli.main import guarded
from dragoman.language.conllu import TreebankDocument, parse_treebank

Run = Callable[..., tuple[int, str, str]]
TEXT = "Mr. Nur didn't meet the envoys in Geneva.\n\n“No!” he said.\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfd.readouterr()
        code = guarded(app)
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return code, out, err

    return call


def _read(out: str) -> TreebankDocument:
    (document,) = parse_treebank(out.splitlines())
    return document


def test_a_text_becomes_conllu_that_can_be_read_again(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    code, out, _ = run("parse", path, "--conllu")
    assert code == 0
    found = _read(out)
    assert found.id == "report"
    assert found.sentence_ids == ("report-1", "report-2")
    assert found.multiwords == ((2, 4),)
    assert [name.label for name in found.analysis.names][:1] == ["PER"]
    assert found.analysis.lemmas[3] == "not"


def test_pretokenized_input_keeps_its_tokens(run: Run) -> None:
    rows = ["Putin-", "met", "the envoy"]
    lines = [f"{n}\t{w}\t_\t_\t_\t_\t_\t_\t_\t_" for n, w in enumerate(rows, 1)]
    given = "# sent_id = x7\n" + "\n".join(lines) + "\n\n"
    code, out, _ = run("parse", "-", "--pretokenized", "--conllu", stdin=given.encode())
    assert code == 0
    found = _read(out)
    assert found.analysis.words == rows
    assert found.sentence_ids == ("x7",)
    assert found.analysis.heads.count(-1) == 1


def test_the_table_shows_a_word_a_line(run: Run) -> None:
    code, out, _ = run("parse", "-", "--table", stdin=b"Envoys met.")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if line] == ["Envoys", "met", "."]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_parsed(
    run: Run, tmp_path: Path
) -> None:
    good = tmp_path / "good.txt"
    good.write_text("They met.")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    code, out, err = run("parse", tmp_path / "binary.txt", tmp_path / "none.txt", good)
    assert code == 3
    assert "binary.txt is binary" in err
    assert "none.txt cannot be read" in err
    assert "They" in out
