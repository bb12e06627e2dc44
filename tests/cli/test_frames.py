"""`dragoman frames`: listing, checking a file, trying a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import DragomanError

FRAME = """
[[frame]]
name = "grain-deal"
type = "AGREE"
verbs = "extend"
object = "grain_deal"
actor = "subj"
requires = "actor"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(FRAME, encoding="utf-8")
    return path


def output(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, ["frames", *map(str, arguments)], catch_exceptions=True)
    if isinstance(done.exception, DragomanError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_a_word_is_searched_for() -> None:
    listed = output("ceasefire")
    assert "declare-ceasefire" in listed
    assert "hunger-strike" not in listed


def test_a_file_is_checked(file: Path) -> None:
    assert output("--frames", file, "--check") == f"{file}: 1 frame, no mistake\n"


def test_a_mistake_is_named_with_file_and_line(file: Path) -> None:
    file.write_text(FRAME.replace("verbs", "vrbs"), encoding="utf-8")
    with pytest.raises(DragomanError, match=rf"{file}, line \d+: .*no key “vrbs”; known are"):
        output("--frames", file, "--check")


def test_a_sentence_is_tried_with_a_frame_of_ones_own(file: Path) -> None:
    told = output("--frames", file, "--try", "Turkey and Russia extended the grain deal.")
    assert "frame “grain-deal”" in told
    assert "[extended]" in told


def test_why_a_frame_yields_nothing_is_told() -> None:
    told = output("--try", "He was in talks.")
    assert told.startswith("no event")
    assert "fits, but yields nothing: “talks”" in told
