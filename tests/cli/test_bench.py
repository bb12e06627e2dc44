"""`dragoman bench`: figures that belong together, and words where there is nothing to measure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import InputError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_the_stages_make_up_the_whole() -> None:
    articles = [str(path) for path in sorted(EXAMPLES.glob("aegean-0[1-4].txt"))]
    done = CliRunner().invoke(app, ["bench", *articles, "--documents", "3", "--json"])
    assert done.exit_code == 0
    speed = json.loads(done.stdout)
    texts = [Path(path).read_text(encoding="utf-8") for path in articles[:3]]
    assert speed["documents"] == 3
    assert speed["words"] == sum(len(text.split()) for text in texts)
    assert sum(speed["stages"].values()) == pytest.approx(speed["processor"])
    assert speed["stages"]["encoder"] > 0
    outside = speed["processor"] - speed["stages"]["encoder"]
    a_word = speed["microseconds_a_word_outside_encoder"]
    assert a_word == pytest.approx(outside / speed["words"] * 1e6)
    assert speed["words_a_second"] == pytest.approx(speed["words"] / speed["seconds"])


def test_a_person_sees_a_table() -> None:
    done = CliRunner().invoke(app, ["bench", str(EXAMPLES / "aegean-06.txt"), "--workers", "1"])
    assert done.exit_code == 0
    assert "words a second" in done.stdout
    assert "1 documents side by side" in done.stdout
    assert "all but the encoder" in done.stdout


def test_documents_without_text_are_nothing_to_measure(tmp_path: Path) -> None:
    file = tmp_path / "none.jsonl"
    file.write_text('{"id": "a", "text": " "}\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["bench", "--jsonl", str(file)])
    assert isinstance(done.exception, InputError)
    assert "nothing to measure" in str(done.exception)
