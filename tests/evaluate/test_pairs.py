"""Judged pairs are found again in readings, and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import dragoman
from dragoman.evaluate.pairs import anchored, score_pairs
from dragoman.merging import merge
from dragoman.merging.reports import reports_from_reading
from dragoman.records import Reading

TEXT = "Russia shelled Kyiv on Monday. Ukraine accused Russia of shelling Kyiv."


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    first = dragoman.read(TEXT, date="2022-03-02", id="a", source="Paper")
    second = dragoman.read(TEXT, date="2022-03-02", id="b", source="Gazette")
    return [first, second]


def pair(left: tuple[Any, ...], right: tuple[Any, ...], *, same: bool) -> dict[str, Any]:
    return {"left": list(left), "right": list(right), "same": same}


def at(word: str) -> tuple[int, int]:
    start = TEXT.index(word)
    return start, start + len(word)


def test_a_pair_is_found_under_its_trigger_another_telling_or_a_trigger_nearby(
    readings: list[Reading],
) -> None:
    told = (*at("shelled"), "ASSAULT")
    later = (*at("shelling"), "ASSAULT")
    nearby = (*at("on Monday"), "ASSAULT")
    for side in (told, later, nearby):
        [found] = anchored([pair(("a", *told), ("b", *side), same=True)], readings)
        assert found.left.type == found.right.type == "ASSAULT"
        assert {found.left.document, found.right.document} == {"a", "b"}


def test_what_is_no_longer_read_is_left_out(readings: list[Reading]) -> None:
    told = ("a", *at("shelled"), "ASSAULT")
    gone = ("c", *at("shelled"), "ASSAULT")
    other = ("b", *at("on Monday"), "SANCTION")
    assert anchored([pair(told, gone, same=True), pair(told, other, same=True)], readings) == []


def test_pairs_are_counted(readings: list[Reading]) -> None:
    told = at("shelled")
    pairs = anchored(
        [
            pair(("a", *told, "ASSAULT"), ("b", *told, "ASSAULT"), same=True),
            pair(("a", *told, "ASSAULT"), ("b", *at("accused"), "ACCUSE"), same=False),
        ],
        readings,
    )
    events = merge(r for reading in readings for r in reports_from_reading(reading))
    score = score_pairs(pairs, events)
    assert (score.pairs, score.right, score.wrong, score.missed) == (2, 1, 0, 0)
    assert score.f1 == 1.0
    turned = [replace(found, same=not found.same) for found in pairs]
    assert score_pairs(turned, events).f1 == 0.0
