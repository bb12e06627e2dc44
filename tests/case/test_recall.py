"""A reading put together again from the case is the reading that went in."""

from __future__ import annotations

import pytest

from case.clock import Clock
from case.fake_reader import FakeReader, read_plainly
from dragoman.case import Case
from dragoman.case.recall import recall
from dragoman.case.reviewing import Verdict, review
from dragoman.errors import UsageError
from dragoman.records import Input

STORY = Input(
    text="Russia attacked Ukraine in Kyiv on 2022-02-24. France said: “Stop.” "
    "France accused Russia. Anna Ferro met Vladimir Putin.",
    id="story",
    title="War",
    date="2022-02-24",
    source="Courier",
    url="https://courier.org/war",
)


def test_a_reading_comes_back_as_it_went_in(case: Case, reader: FakeReader) -> None:
    case.add([STORY], reader=reader)
    found = recall(case, 1)
    assert found is not None
    assert found.reading == read_plainly(STORY, reader.model)
    assert found.keys["x1"] == "name:anna ferro"
    assert found.numbers["e1"] == 1


def test_a_decision_shows(case: Case, reader: FakeReader, clock: Clock) -> None:
    case.add([STORY], reader=reader)
    clock.move(hours=1)
    review(case, "event", 1, Verdict(decision="rejected", reviewer="Ada"))
    review(case, "event", 2, Verdict(decision="accepted", reviewer="Ada"))
    now, then = recall(case, 1), recall(case, 1, "2022-02-06T12:30")
    assert now is not None
    assert then is not None
    assert [event.id for event in now.reading.events] == ["e2", "e3"]
    assert now.decisions == {"e2": "accepted"}
    assert [event.id for event in then.reading.events] == ["e1", "e2", "e3"]


def test_an_older_version_is_still_read(case: Case, reader: FakeReader, clock: Clock) -> None:
    case.add([STORY], reader=reader)
    clock.move(hours=1)
    newer = Input(text="France praised Russia.", url=STORY.url, date="2022-02-25")
    case.add([newer], reader=reader)
    old = recall(case, 1)
    assert old is not None
    assert [event.id for event in old.reading.events] == ["e1", "e2", "e3"]


def test_a_copy_has_no_reading_and_a_stranger_no_document(case: Case, reader: FakeReader) -> None:
    case.add([STORY], reader=reader)
    copy = Input(text=STORY.text, url="https://elsewhere.org/war", date="2022-02-25")
    case.add([copy], reader=reader)
    assert recall(case, 2) is None
    with pytest.raises(UsageError):
        recall(case, 99)
