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
    ("Macron is to open talks on Mali when he has a meeting with Scholz in Bonn.", "planned"),
    ("On Monday Boris Johnson was in Warsaw to meet Andrzej Duda.", "happened"),
    ("Johnson had originally intended to visit Poland, but aides dropped the plan.", "cancelled"),
    ("The guests include Mario Draghi, whose visit to Warsaw will be his first.", "planned"),
    ("Mario Draghi is set to become the first leader since the war to visit Baku.", "planned"),
    ("Mario Draghi was the first European leader to visit Baku after the war.", "happened"),
    ("Macron proposed that France and Iran hold talks on Mali in Lyon.", "possible"),
    ("On a visit to Warsaw, Boris Johnson called on Putin to withdraw.", "happened"),
    ("Macron had planned to meet Mario Draghi, but the talks were called off.", "cancelled"),
    ("Macron and Scholz stressed their plans at a meeting yesterday in Nice.", "happened"),
    ("Macron will stop in Warsaw to meet Andrzej Duda.", "planned"),
    ("It is unclear whether Macron will meet Mario Draghi in Nice.", "possible"),
    (
        "Macron was invited to go to Rome to meet Mario Draghi, but that never happened.",
        "cancelled",
    ),
    ("A visit to Poland by Boris Johnson was under consideration, he said.", "possible"),
    ("They left before Macron was supposed to meet Mario Draghi in Nice.", "planned"),
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
    (
        "Macron met Mario Draghi, an old friend of Italy's poets, as well as Prime Minister "
        "Boris Johnson, head of the party.",
        {"Emmanuel Macron", "Mario Draghi", "Boris Johnson"},
    ),
    (
        "Macron met Andrzej Duda and his successor, Karol Nawrocki, ahead of the NATO summit.",
        {"Emmanuel Macron", "Andrzej Duda", "Karol Nawrocki"},
    ),
    (
        "Macron has invited Mario Draghi and Olaf Scholz to a summit in Lyon this weekend.",
        {"Emmanuel Macron", "Mario Draghi", "Olaf Scholz"},
    ),
    ("Mario Draghi met the pope at the Vatican.", {"Mario Draghi", "Pope Francis"}),
    (
        "Olaf Scholz went to three countries – Jordan, Qatar and Egypt – this week.",
        {"Olaf Scholz", "Jordan", "Qatar", "Egypt"},
    ),
    (
        "Mario Draghi will be meeting the French leader along with Olaf Scholz in Rome.",
        {"Mario Draghi", "Emmanuel Macron", "Olaf Scholz"},
    ),
    (
        "Mario Draghi spoke to reporters on the results of talks with Emmanuel Macron.",
        {"Mario Draghi", "Emmanuel Macron"},
    ),
    (
        "Olaf Scholz will attend next week's European Council meeting in Brussels.",
        {"Olaf Scholz", "European Council"},
    ),
    (
        "Mario Draghi gave the plan to Turkish officials when they met for talks in Rome.",
        {"Mario Draghi", "Turkish officials"},
    ),
]


@pytest.mark.parametrize(("text", "names"), WHO)
def test_who_takes_part(reader: Reader, text: str, names: set[str]) -> None:
    found = contacts(reader.read(text, date=DAY))
    assert found
    assert names <= found[0][1]
    assert "Germany" not in found[0][1]


NOT_THERE = [
    ("Macron met US officials, Mario Draghi said.", "Mario Draghi"),
    ("Macron visited four countries, Peru, Chile, Cuba and Haiti.", "four countries"),
    ("Iran waits. Ministers from six powers will fly to Geneva on Friday.", "Iran"),
    ("Before the IMF meeting, the Bundesbank was offering money.", "Bundesbank"),
    ("Scholz told Reuters after talks with Mario Draghi that all was well.", "Reuters"),
    ("Emmanuel Macron called for an urgent meeting of the European Council.", "Emmanuel Macron"),
    ("Macron is sending Jean-Yves Le Drian to Ankara for talks.", "Emmanuel Macron"),
]


@pytest.mark.parametrize(("text", "name"), NOT_THERE)
def test_who_takes_no_part(reader: Reader, text: str, name: str) -> None:
    found = contacts(reader.read(text, date=DAY))
    assert found
    assert all(name not in names for _, names in found)


DAYS = [
    ("Macron travelled to Ankara in 2012 to attend a NATO summit.", "2012-01-01"),
    ("Macron leaves on March 7 to meet Recep Tayyip Erdogan.", "2022-03-07"),
    ("Macron flew to Ankara on Tuesday to meet Recep Tayyip Erdogan.", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_when_a_meeting_is_that_one_travels_to(reader: Reader, text: str, day: str | None) -> None:
    event = [e for e in reader.read(text, date=DAY).events if e.type == "CONSULT"][-1]
    assert (event.when.start[:10] if event.when else None) == day


def test_ministers_of_powers_are_of_no_state(reader: Reader) -> None:
    text = "Iran waits in Tehran. Foreign ministers from six powers will fly to Geneva on Friday."
    reading = reader.read(text, date=DAY)
    assert {a.code for a in reading.actors if "powers" in a.name} == {None}


def test_the_day_of_arranging_is_not_that_of_the_meeting(reader: Reader) -> None:
    text = "Macron met Mario Draghi on Friday. The meeting had been arranged last week."
    reading = reader.read(text, date=DAY)
    days = {e.when.start[:10] for e in reading.events if e.type == "CONSULT" and e.when}
    assert days == {"2022-02-18"}
    assert {status for status, _ in contacts(reading)} == {"happened"}


def test_who_is_called_out_is_not_called(reader: Reader) -> None:
    assert not contacts(reader.read("Macron called out President Erdogan for this.", date=DAY))


def test_requests_are_met_by_nobody(reader: Reader) -> None:
    assert not contacts(reader.read("Poland tries to meet Ukrainian requests.", date=DAY))


def test_what_was_not_brought_about_was_not_held(reader: Reader) -> None:
    text = "The session failed to produce a meeting between Macron and Draghi."
    assert all(status == "denied" for status, _ in contacts(reader.read(text, date=DAY)))


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


def test_a_meeting_told_beside_a_call_is_not_the_callers(reader: Reader) -> None:
    text = "Macron telephoned Mario Draghi before the meeting began and asked him for patience."
    assert contacts(reader.read(text, date=DAY)) == [
        ("happened", {"Emmanuel Macron", "Mario Draghi"})
    ]


def test_what_stands_behind_where_is_at_the_place_before_it(reader: Reader) -> None:
    text = (
        "Olaf Scholz met Boris Johnson in London on Friday and flew on to Warsaw, where he was "
        "received by President Andrzej Duda in the evening."
    )
    places = {
        event.where.name
        for event in reader.read(text, date=DAY).events
        if event.where and event.mode == "visit"
    }
    assert places == {"Warsaw"}
