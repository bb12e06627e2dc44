"""The register made of reports by hand: told again, recalled, held apart."""

from __future__ import annotations

from typing import Any

from dragoman.merging import Party, merge
from dragoman.merging.contacts import contacts
from merging.made import FRA, LAVROV, MACRON, PUTIN, RUS, meeting

UNDATED: dict[str, Any] = {"start": None, "end": None, "precision": None}
NAMELESS: dict[str, Any] = {
    **UNDATED,
    "place": None,
    "medium": None,
    "actors": (FRA, RUS),
    "trigger": "talks",
    "passage": "He spoke to the press after the talks between France and Russia.",
    "method": "frame:talks",
}


def rows(*reports: Any, **options: Any) -> list[tuple[str | None, str]]:
    return [(row.day, row.who) for row in contacts(merge(reports), **options)]


def test_a_document_tells_one_contact_twice() -> None:
    again = meeting(1, **NAMELESS, id="1:e2", key="00000001b", published="2022-02-07")
    assert len(rows(meeting(1, published="2022-02-07"), again)) == 1


def test_talks_of_states_without_a_day_are_none() -> None:
    assert rows(meeting(1, **NAMELESS)) == []


def test_what_is_only_recalled_is_history() -> None:
    recalled = meeting(
        1,
        **UNDATED,
        trigger="visit",
        passage="They spoke of Macron's recent visit to Moscow.",
        method="frame:visit-noun",
    )
    assert rows(recalled) == []
    assert len(rows(recalled, history=True)) == 1


def test_other_people_of_the_same_states_meet_apart() -> None:
    minister = Party(key="jean-yves-le-drian", name="Le Drian", kind="person", code="FRA")
    other = meeting(2, actors=(minister, LAVROV))
    assert len(rows(meeting(1, actors=(MACRON, PUTIN)), other)) == 2


def test_advisers_are_not_their_presidents() -> None:
    advisers = Party(key="unnamed:advisers", name="Russian advisers", code="RUS")
    assert len(rows(meeting(1), meeting(2, actors=(MACRON, advisers)))) == 2


def test_numbered_meetings_are_apart() -> None:
    first = meeting(1, passage="The first round of talks of Macron and Putin.", trigger="talks")
    second = meeting(2, passage="The second round of talks of Macron and Putin.", trigger="talks")
    assert len(rows(first, second)) == 2


def test_the_day_of_what_is_held_is_not_that_of_the_plan() -> None:
    plan = meeting(1, **UNDATED, status="planned", published="2022-02-06")
    held = meeting(2, **UNDATED, published="2022-02-07")
    [(day, _)] = rows(plan, held)
    assert day == "2022-02-07"


def test_a_visit_of_which_one_side_is_told_joins_no_other() -> None:
    visit: dict[str, Any] = {"mode": "visit", "trigger": "visit", **UNDATED}
    alone = meeting(1, **visit, actors=(PUTIN,))
    guest = meeting(2, **visit, actors=(MACRON,), recipients=(RUS,))
    assert len(merge([alone, guest])) == 2


def test_words_to_all_of_a_people_are_no_contact() -> None:
    told: dict[str, Any] = {"medium": None, "place": None, "trigger": "speak"}
    address = meeting(1, **told, passage="I want to speak to all the officers of Russia.")
    spoken = meeting(1, **told, passage="Macron will speak to Putin on Friday.")
    assert rows(address) == []
    assert len(rows(spoken)) == 1


def test_a_summit_at_which_there_is_support_is_no_contact_of_those_who_say_so() -> None:
    told: dict[str, Any] = {"trigger": "Conference", "method": "frame:conference"}
    said = meeting(1, **told, passage="At the Oslo Conference there is trust, said Macron.")
    held = meeting(1, **told, passage="Macron and Putin spoke at the Oslo Conference.")
    assert rows(said) == []
    assert len(rows(held)) == 1


def told(id: str, **how: Any) -> Any:
    return meeting(1, id=f"1:{id}", key=f"0000000{id}", published="2022-02-06", **how)


def test_a_noun_names_what_the_same_report_says_is_to_come() -> None:
    ahead = told("e1", status="planned")
    noun = told(
        "e2",
        **{**UNDATED, "place": None},
        trigger="meeting",
        passage="The meeting of Macron and Putin has been long in the making.",
    )
    assert [r.status for r in contacts(merge([ahead, noun]))] == ["planned"]


def test_talks_that_follow_a_meeting_are_another() -> None:
    ahead = told("e1", status="planned", passage="Macron and Putin will meet again on Monday.")
    noun = told(
        "e2",
        **{**UNDATED, "place": None},
        trigger="meeting",
        passage="After the meeting of Macron and Putin the two spoke to the press.",
    )
    assert len(rows(ahead, noun)) == 2


def test_those_with_whom_talks_were_are_a_part_of_them() -> None:
    german = Party(key="olaf-scholz", name="Scholz", kind="person", code="DEU")
    with_two = told(
        "e1",
        **{**UNDATED, "place": None, "medium": None},
        actors=(MACRON, german),
        trigger="talks",
        method="frame:talks",
        passage="He spoke of the talks with Macron and Scholz.",
    )
    whole = told(
        "e2",
        **{**UNDATED, "place": None, "medium": None},
        actors=(FRA, PUTIN, Party(key="DEU", name="Germany", kind="state", code="DEU")),
        trigger="held talks",
        method="frame:talks",
        passage="The ministers of France and Germany held talks with Putin.",
    )
    (row,) = contacts(merge([with_two, whole]))
    assert {"FRA", "DEU", "RUS"} == set(row.states)


def test_years_that_are_over_are_history() -> None:
    visit = told("e1", status="planned", start="1999-01-01", end="1999-12-31", precision="year")
    assert rows(visit) == []


def test_citizens_visit_for_no_state() -> None:
    citizens = Party(
        key="name:british citizens",
        name="British citizens",
        kind="people",
        code="GBR",
        sectors=("CVL",),
    )
    trip = {"mode": "visit", "recipients": (RUS, FRA), "method": "frame:travel-to"}
    assert rows(meeting(1, actors=(citizens,), trigger="travelled", **trip)) == []
    assert len(rows(meeting(1, actors=(MACRON,), trigger="travelled", **trip))) == 1


def test_what_was_refused_is_not_awaited() -> None:
    refused = told(
        "e1", **UNDATED, status="possible", trigger="meet", passage="Macron refused to meet Putin."
    )
    assert rows(refused) == []
