"""Contacts as papers and briefings tell them: who, and whether held, to come or neither."""

from __future__ import annotations

import pytest

from dragoman.reader import Reader
from dragoman.records import Reading

DAY = "2022-02-19"
WHITE_HOUSE = "The White House, Office of the Press Secretary"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def contacts(reading: Reading) -> list[tuple[str, set[str]]]:
    """Status and names of all contacts, in their order."""
    return [
        (e.status, {reading.actor(a).name for a in (*e.actors, *e.recipients)})
        for e in reading.events
        if e.type == "CONSULT"
    ]


HELD = [
    ("The cables came ahead of a long-awaited meeting of Macron and Scholz.", "planned"),
    ("This is a week before Prime Minister Johnson visits Ankara.", "planned"),
    ("Scholz said the next summit of Russia and Ukraine will not take place.", "cancelled"),
    ("The itinerary for Johnson's visit to Poland includes a base.", "planned"),
    ("Johnson flew to Warsaw on Friday to meet Andrzej Duda.", "planned"),
    ("Macron is looking forward to his meeting with Mario Draghi.", "planned"),
    ("Macron is meeting with Mario Draghi later today.", "planned"),
    ("Macron is believed to have met Mario Draghi in Nice.", "happened"),
    ("Macron did sit down and have a discussion with Mario Draghi.", "happened"),
    ("I wanted to let you know that Macron met Mario Draghi.", "happened"),
    ("Ibrahim Raisi became the first Iranian leader to visit Warsaw.", "happened"),
    ("Speaking before a visit to Warsaw, Boris Johnson praised his hosts.", "planned"),
    ("On a visit to Warsaw, Boris Johnson called on Putin to withdraw.", "happened"),
]


@pytest.mark.parametrize(("text", "status"), HELD)
def test_whether_it_is_held(reader: Reader, text: str, status: str) -> None:
    found = contacts(reader.read(text, date=DAY))
    assert found, text
    assert found[-1][0] == status


WHO = [
    (
        "Antony Blinken will meet in Doha with officials from Britain, Jordan and Kuwait.",
        {"Antony Blinken", "Jordan", "Kuwait"},
    ),
    (
        "Macron met Turkish officials, including Recep Tayyip Erdogan and Mevlut Cavusoglu.",
        {"Emmanuel Macron", "Recep Tayyip Erdogan", "Mevlut Cavusoglu"},
    ),
    ("Boris Johnson spoke at the Berlin conference.", {"Boris Johnson"}),
    (
        "A summit in Cairo that brought together Abdel Fattah el-Sisi and Emmanuel Macron ended.",
        {"Abdel Fattah el-Sisi", "Emmanuel Macron"},
    ),
    ("Mario Draghi met the pope at the Vatican.", {"Mario Draghi", "Pope Francis"}),
]


@pytest.mark.parametrize(("text", "names"), WHO)
def test_who_takes_part(reader: Reader, text: str, names: set[str]) -> None:
    found = contacts(reader.read(text, date=DAY))
    assert found
    assert names <= found[0][1]
    assert "Germany" not in found[0][1]


def test_requests_are_met_by_nobody(reader: Reader) -> None:
    assert not contacts(reader.read("Poland tries to meet Ukrainian requests.", date=DAY))


def test_who_speaks_to_two_must_be_told(reader: Reader) -> None:
    text = "I have spoken to an Israeli minister in Haifa and a Jordanian official in Amman."
    assert not contacts(reader.read(text, date=DAY))


def test_a_story_tells_no_state_of_world_leaders(reader: Reader) -> None:
    reading = reader.read("The plan was agreed at a summit of world leaders in London.", date=DAY)
    assert all(a.code is None for a in reading.actors if "leaders" in a.name)


BRIEFING = (
    "MS. ROWE: Good afternoon. The President met this morning with Prime Minister Trudeau.\n\n"
    "Q Did the President meet the Queen of Denmark in Copenhagen?\n\n"
    "MS. ROWE: We will not go into that. The President spoke with President Duda yesterday.\n\n"
    "Q Will he go to Poland before he visits Romania?\n\n"
    "MS. ROWE: We do not know."
)


def test_a_briefing_speaks_of_its_own_president(reader: Reader) -> None:
    found = contacts(reader.read(BRIEFING, date=DAY, source=WHITE_HOUSE))
    assert found == [
        ("happened", {"Joe Biden", "Justin Trudeau"}),
        ("happened", {"Joe Biden", "Andrzej Duda"}),
    ]


def test_we_of_a_spokesman_is_his_state(reader: Reader) -> None:
    reading = reader.read(BRIEFING, date=DAY, source=WHITE_HOUSE)
    text = reading.document.text or ""
    said = {a.id for a in reading.actors for m in a.mentions if text[m.start : m.end] == "We"}
    assert said == {"USA"}


def test_another_president_is_of_another_state(reader: Reader) -> None:
    text = "The President met with President Qwyzek in the Oval Office."
    reading = reader.read(text, date=DAY, source=WHITE_HOUSE)
    assert {a.code for a in reading.actors if "Qwyzek" in a.name} == {None}
