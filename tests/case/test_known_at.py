"""Every question of an earlier moment is answered as the case would have answered then."""

from __future__ import annotations

from typing import Any

import pytest

from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case
from dragoman.errors import UsageError
from dragoman.records import Input

PAGE = "https://paper.org/1"
BEFORE, BETWEEN, AFTER = "2022-02-06T12:30", "2022-02-06T13:30", "2022-02-06T14:30"
OLD = "Russia met Ukraine in Kyiv on 2022-02-03. France said: “The old story.”"
NEW = "Russia attacked Ukraine in Moscow on 2022-02-04. Vladimir Putin said: “The new story.”"


@pytest.fixture
def told(case: Case, reader: FakeReader, clock: Clock) -> Case:
    """A page that comes at one, and another version of it at two."""
    for text in (OLD, NEW):
        clock.move(hours=1)
        case.add([Input(text=text, url=PAGE, title="A story", date="2022-02-05")], reader=reader)
    return case


@pytest.mark.parametrize(
    ("what", "column", "old", "new"),
    [
        ("documents", "version", [1], [2]),
        ("events", "type", ["CONSULT"], ["ASSAULT"]),
        ("statements", "speaker", ["France"], ["Vladimir Putin"]),
        ("actors", "id", ["FRA", "RUS", "UKR"], ["RUS", "UKR", "vladimir-putin"]),
        ("times", "value", ["2022-02-03"], ["2022-02-04"]),
        ("places", "name", ["Kyiv"], ["Moscow"]),
    ],
)
def test_lists(told: Case, what: str, column: str, old: list[Any], new: list[Any]) -> None:
    def asked(moment: str | None) -> list[Any]:
        return sorted(getattr(row, column) for row in getattr(told, what)(as_known_at=moment))

    assert asked(BEFORE) == []
    assert asked(BETWEEN) == old
    assert asked(AFTER) == asked(None) == new


@pytest.mark.parametrize("words", ["story", "“story”"])
def test_search(told: Case, words: str) -> None:
    def found(moment: str | None) -> set[str]:
        return {hit.passage for hit in told.search(words, as_known_at=moment)}

    assert found(BEFORE) == set()
    assert any("old" in passage for passage in found(BETWEEN))
    assert not any("new" in passage for passage in found(BETWEEN))
    assert not any("old" in passage for passage in found(AFTER))


@pytest.mark.parametrize(
    "filters", [{"actor": "RUS"}, {"text": "ukraine"}, {"source": "paper.org"}]
)
def test_filters_and_moments_together(told: Case, filters: dict[str, Any]) -> None:
    assert [e.type for e in told.events(as_known_at=BETWEEN, **filters)] == ["CONSULT"]
    assert [d.version for d in told.documents(as_known_at=BETWEEN, **filters)] == [1]


def test_a_document_by_its_address(told: Case) -> None:
    assert told.find_document(PAGE, as_known_at=BETWEEN) == 1
    assert told.find_document(PAGE) == 2
    with pytest.raises(UsageError):
        told.find_document(PAGE, as_known_at=BEFORE)
    with pytest.raises(UsageError):
        told.find_document("1", as_known_at=BEFORE)
