"""What is told as history and what as news, and plans that did not come about, with the parse."""

from __future__ import annotations

import pytest

from dragoman.reader import Reader

DAY = "2023-10-19"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In 2011, rebels used a tunnel to kill two Chadian soldiers.", {"ASSAULT": True}),
        ("In May the general said that his soldiers had killed 250 rebels.", {"ASSAULT": True}),
        (
            "The war began in 1998 after a surprise attack by Eritrea on Ethiopia.",
            {"ASSAULT": True},
        ),
        ("In recent years Peru and Chile have accused each other of espionage.", {"ACCUSE": True}),
        ("Peruvian politicians used to accuse Chile of espionage.", {"ACCUSE": True}),
        ("Libya has long funded rebels in Chad.", {"AID": True}),
        (
            "He was arrested in November 2015, while filming the aftermath of a rebel attack on "
            "a Kenyan convoy.",
            {"ASSAULT": True},
        ),
        # News beside history, and what is told of now in a sentence on the past.
        ("Rebels killed two Chadian soldiers.", {"ASSAULT": False}),
        (
            "The army seized the town in 2014 and now accuses Chad of shelling it.",
            {"ACCUSE": False},
        ),
        ("The UN said Kenya had bombed a camp in Somalia.", {"ASSAULT": False}),
    ],
)
def test_what_is_history(reader: Reader, text: str, told: dict[str, bool]) -> None:
    events = reader.read(text, date=DAY).events
    assert {e.type: e.background for e in events if e.type in told} == told


@pytest.mark.parametrize(
    ("text", "type_", "day"),
    [
        ("The UN mission reported raids on Tuesday, urging Chad to end them.", "REQUEST", "17"),
        (
            "Speaking in Accra on Friday, Ghana's president accused Togo of espionage.",
            "ACCUSE",
            "13",
        ),
        ("Rebels fled on Tuesday as the Malian army shelled the town.", "ASSAULT", "17"),
        ("Togo on Tuesday condemned air raids on hospitals in Mali.", "ASSAULT", None),
    ],
)
def test_the_day_of_a_deed_beside_another(
    reader: Reader, text: str, type_: str, day: str | None
) -> None:
    events = [e for e in reader.read(text, date=DAY).events if e.type == type_]
    assert [e.when.start[8:] if e.when else None for e in events] == [day]


def test_a_verb_of_now_has_not_the_day_of_one_of_then(reader: Reader) -> None:
    text = "Rebels captured Gao last year and are involved in an offensive against the army."
    offensive = reader.read(text, date=DAY).events[-1]
    assert (offensive.when, offensive.background) == (None, False)


CHRONOLOGY = (
    "February 24 - Militias attack Gao.\nFebruary 26 - The U.N. Security Council imposes "
    "sanctions on Mali.\nTogo condemns the sanctions.\n\nMali accused France of killing civilians."
)


def test_a_chronology_tells_of_the_days_before_its_entries(reader: Reader) -> None:
    events = reader.read(CHRONOLOGY, date=DAY).events
    days = [(e.type, e.status, e.when.start if e.when else None) for e in events]
    assert days[:3] == [
        ("ASSAULT", "happened", "2023-02-24"),
        ("SANCTION", "happened", "2023-02-26"),
        ("ACCUSE", "happened", "2023-02-26"),
    ]
    assert ("ACCUSE", "happened", None) in days


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kenya's Ruto to visit Ghana next week", "planned"),
        ("Ruto had been due to visit Ghana last week.", "cancelled"),
        ("Ruto had been scheduled to meet Macron at the summit.", "cancelled"),
        ("Ruto was due to meet Macron on Friday.", "planned"),
        ("Ruto is due to hold talks with Macron.", "planned"),
    ],
)
def test_plans_told_in_headlines_and_of_the_past(reader: Reader, text: str, status: str) -> None:
    contacts = [e for e in reader.read(text, date=DAY).events if e.type == "CONSULT"]
    assert contacts
    assert contacts[0].status == status


def test_what_is_put_down_is_there(reader: Reader) -> None:
    events = reader.read("The Malian army tried to suppress the protests in Gao.").events
    assert [e.status for e in events if e.type == "PROTEST"] == ["happened"]


def test_those_believed_to_have_been_killed_were(reader: Reader) -> None:
    text = "One in four villagers are believed to have been killed by the rebels."
    assert [e.status for e in reader.read(text).events] == ["happened"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Macron cancelled his visit to Kenya.", "cancelled"),
        ("Macron has threatened to cancel his visit to Kenya.", "planned"),
        ("Macron may cancel his visit to Kenya, an official said.", "planned"),
        ("Macron could have cancelled his visit to Kenya.", "happened"),
        ("Macron's visit to Kenya is to signal solidarity, an official said.", "happened"),
    ],
)
def test_what_may_be_called_off_stands(reader: Reader, text: str, status: str) -> None:
    contacts = [e for e in reader.read(text, date=DAY).events if e.type == "CONSULT"]
    assert [e.status for e in contacts] == [status]


def test_what_was_done_by_habit_has_not_the_day_of_a_raid(reader: Reader) -> None:
    text = "A bomber struck on Wednesday in Gao, where French troops had regularly gathered."
    events = reader.read(text, date=DAY).events
    assert [(e.type, e.background) for e in events if e.when is None] == [("MOBILIZE", True)]


def test_what_was_said_to_be_under_way_is(reader: Reader) -> None:
    events = reader.read("France announced it was withdrawing its forces from Mali.").events
    assert [e.status for e in events] == ["ongoing"]
