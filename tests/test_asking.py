"""The two questions about a passage, asked of the shipped model."""

from __future__ import annotations

import pytest

import dragoman

TEXT = "France threatened to expel the envoys of Mali, which denied shelling the town."


def span(word: str) -> tuple[int, int]:
    start = TEXT.index(word)
    return start, start + len(word)


def test_the_relation_between_two_marked_mentions() -> None:
    found = dragoman.relation(TEXT, source=span("France"), target=span("Mali"))
    assert found.type == "THREATEN"
    assert 0 < found.confidence <= 1
    assert "threaten" in found.reason


@pytest.mark.parametrize(
    ("word", "status"),
    [("threatened", "happened"), ("expel", "possible"), ("shelling", "denied")],
)
def test_the_status_of_a_predicate(word: str, status: str) -> None:
    found = dragoman.status(TEXT, span(word))
    assert found.status == status
    assert bool(found.reasons) == (status != "happened")


@pytest.mark.parametrize("bad", [(0, 0), (-3, 4), (500, 510), (5, 2)])
def test_a_span_without_words_is_named(bad: tuple[int, int]) -> None:
    with pytest.raises(dragoman.InputError, match=rf"span \({bad[0]}, {bad[1]}\) holds no word"):
        dragoman.status(TEXT, bad)
    with pytest.raises(dragoman.InputError, match="target"):
        dragoman.relation(TEXT, source=(0, 6), target=bad)
