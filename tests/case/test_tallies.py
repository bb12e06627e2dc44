"""Counts over a filter's events, bounded whatever the case holds."""

from __future__ import annotations

import pytest

from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case, Filter, tallies
from dragoman.case.statuses import status
from dragoman.records import Input

TEXT = (
    "Russia attacked Ukraine in Kyiv on 2022-02-24. Russia attacked Ukraine in Kyiv on 2022-02-25. "
    "France praised Ukraine. Emmanuel Macron met Vladimir Putin in Moscow on 2022-02-07."
)


@pytest.fixture
def full(case: Case, reader: FakeReader) -> Case:
    case.add([Input(text=TEXT, id="a", date="2022-02-26")], reader=reader)
    return case


def test_by_day(full: Case) -> None:
    tally = tallies.by_day(full, Filter())
    assert [(row.day, row.type, row.events, row.score) for row in tally.rows] == [
        ("2022-02-07", "CONSULT", 1, 4.0),
        ("2022-02-24", "ASSAULT", 1, -9.0),
        ("2022-02-25", "ASSAULT", 1, -9.0),
        ("2022-02-26", "SUPPORT", 1, 5.0),
    ]
    assert tally.whole


def test_by_place(full: Case) -> None:
    tally = tallies.by_place(full, Filter(actor="RUS"))
    assert [(row.place, row.events, row.last) for row in tally.rows] == [
        ("Kyiv", 2, "2022-02-25"),
        ("Moscow", 1, "2022-02-07"),
    ]


def test_by_pair(full: Case) -> None:
    named = tallies.by_pair(full, Filter())
    first = named.rows[0]
    assert (first.a_name, first.b_name, first.events) == ("Russia", "Ukraine", 2)
    states = tallies.by_pair(full, Filter(), states=True)
    assert {(row.a, row.b): row.events for row in states.rows} == {
        ("RUS", "UKR"): 2,
        ("FRA", "UKR"): 1,
        ("FRA", "RUS"): 1,
    }


def test_no_more_is_counted_than_asked(full: Case) -> None:
    tally = tallies.by_day(full, Filter(min_confidence=0.1), most=1)
    assert not tally.whole
    assert [row.day for row in tally.rows] == ["2022-02-26"]


def test_the_last_day(full: Case) -> None:
    assert tallies.last_day(full) == "2022-02-26"
    assert tallies.last_day(full, "2022-02-01") is None


def test_a_clock_that_is_wrong_does_not_move_the_last_day(
    full: Case, reader: FakeReader, clock: Clock
) -> None:
    clock.move(hours=24 * 60)
    ahead = Input(text="France praised Ukraine.", date="2099-05-01", source="Gazette", id="ahead")
    full.add([ahead], reader=reader)
    assert tallies.last_day(full) == "2022-02-26"
    assert status(full)["dated_ahead"] == 1
