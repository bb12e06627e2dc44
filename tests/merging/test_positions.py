"""Whose positions they are, which are only affairs at home, and which are one."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.merging.positions import PositionRow, positions
from dragoman.merging.records import Party
from merging.made import FRA, LAVROV, PUTIN, RUS, said

MINISTER = Party(
    key="name:a minister", name="A Minister", kind="person", code="FRA", sectors=("GOV",)
)
MINISTRY = Party(key="ministry", name="Ministry", kind="government", code="FRA", sectors=("GOV",))
URGED: dict[str, Any] = {"kind": "demand", "cue": "urged", "lead": "At noon he "}
REBEL = Party(key="name:a diaz", name="A Diaz", kind="person")


def rows(content: str, **fields: Any) -> list[PositionRow]:
    return positions([said(3, content, **{**URGED, **fields})])


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("A Diaz", False),
        ("rebel commander A Diaz", True),
        ("opposition negotiator A Diaz", True),
        ("A Diaz, an analyst of rebel groups", False),
    ],
)
def test_who_speaks_for_a_party_to_a_conflict_needs_no_state(text: str, held: bool) -> None:
    found = rows("Russia to lift the siege", speaker=REBEL, speaker_text=text)
    assert bool(found) is held


def test_whom_the_document_describes_elsewhere_is_known_by_it() -> None:
    first = said(3, "the town had fallen", speaker=REBEL, speaker_text="rebel chief A Diaz")
    later = said(
        3, "Russia must lift the siege", id="3:s9", speaker=REBEL, speaker_text="he", kind="demand"
    )
    assert [row.where for row in positions([first, later])] == [("3:s9",)]


@pytest.mark.parametrize(
    ("fields", "held"),
    [
        ({"to": MINISTRY}, False),
        ({"to": RUS}, True),
        ({"to": None}, True),
        ({"to": RUS, "speaker_text": "Senator A Minister"}, True),
        ({"to": None, "speaker_text": "Senator A Minister"}, False),
        ({"cue": "ordered"}, False),
        ({"cue": "ordered", "to": RUS}, True),
    ],
)
def test_what_rulers_ask_of_their_own_is_no_position(fields: dict[str, Any], held: bool) -> None:
    assert bool(rows("them to end the strike by Friday", speaker=MINISTER, **fields)) is held


@pytest.mark.parametrize(
    ("content", "held"),
    [
        ("the schools to reopen by Friday", False),
        ("lower wages for teachers", False),
        ("the schools near the border with Peru to reopen", True),
        ("the release of the prisoners held in the airport", True),
        ("French museums to lend their paintings", False),
    ],
)
def test_schools_and_wages_are_affairs_at_home(content: str, held: bool) -> None:
    assert bool(rows(content, speaker=MINISTER)) is held


def test_what_frames_a_position_is_not_told_beside_it() -> None:
    line = "Moscow's allies know that we will not accept a foreign base"
    outer = said(3, f"he had made it clear that {line}", id="3:s1", cue="said", speaker=PUTIN)
    inner = said(3, "it would not accept a foreign base", id="3:s2", cue="made", inside="3:s1")
    assert [row.where for row in positions([outer, inner])] == [("3:s2",)]


def test_one_speech_may_take_several_positions() -> None:
    speech = said(
        3,
        "“We are ready to open talks in May. France must halt its exercise at sea.”",
        cue="said",
        speaker=LAVROV,
        quoted=True,
    )
    found = positions([speech])
    assert {(row.position, row.first_wording) for row in found} == {
        ("offer", "We are ready to open talks in May."),
        ("demand", "France must halt its exercise at sea."),
    }


def test_words_of_saying_are_cut_off_a_content() -> None:
    threat = said(
        3,
        "Russia will halt all gas if the law is passed, a defiant minister warned",
        kind="threat",
        cue="warned",
        speaker_text="a defiant minister",
    )
    [row] = positions([threat])
    assert row.first_wording == "Russia will halt all gas if the law is passed"


def test_an_offer_that_another_asks_for_is_none() -> None:
    outer = said(3, "that France offer grain", kind="demand", cue="requested", id="3:s1")
    inner = said(3, "grain at low prices", kind="offer", cue="offer", inside="3:s1", speaker=FRA)
    assert [row.side for row in positions([outer, inner]) if row.position == "offer"] == []
