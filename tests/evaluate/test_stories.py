"""Stories with one label: how they are read and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.evaluate.stories import Story, StoryScore, add, read_stories
from dragoman.records import Event, Span, Status


def event(type_: str, mode: str | None, status: Status = "happened") -> Event:
    return Event(
        id="e1",
        type=type_,  # type: ignore[arg-type]
        mode=mode,
        status=status,
        trigger=(Span(0, 1),),
        sentence=0,
        tellings=(),
        score=0.0,
        confidence=0.5,
        method="frame:x",
    )


def test_stories_are_read_and_dropped_modes_folded(tmp_path: Path) -> None:
    path = tmp_path / "stories.csv"
    path.write_text("text,label,mode\nA story.,COERCE,SIEZE\nB.,AGREE,\n", encoding="utf-8")
    assert list(read_stories(path)) == [
        Story("A story.", "COERCE", "seize"),
        Story("B.", "AGREE", ""),
    ]


def test_a_file_without_its_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "stories.csv"
    path.write_text("text,label\nA.,AGREE\n", encoding="utf-8")
    with pytest.raises(RecordError, match="story 1: no column 'mode'"):
        list(read_stories(path))


def test_type_and_mode_are_counted_apart() -> None:
    score = StoryScore()
    story = Story("x", "ASSAULT", "aerial")
    assert add(score, story, [event("ASSAULT", "aerial")])
    assert not add(score, story, [event("ASSAULT", None)])
    assert not add(score, story, [])
    assert score.rows == {("ASSAULT", "aerial"): (3, 2, 1)}


def test_what_is_folded_counts_for_its_type() -> None:
    assert add(StoryScore(), Story("x", "AGREE", ""), [event("CONSULT", None, "planned")])
