"""Who takes part in a contact, by the shipped model, in the manner of official releases."""

from __future__ import annotations

import pytest

from dragoman.reader import Reader
from dragoman.records import Reading

DAY = "2022-02-19"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def parties(reading: Reading, word: str) -> set[str]:
    """The names of those who take part in the contact that a word tells."""
    text = reading.document.text or ""
    for event in reading.events:
        told = any(word in text[s.start : s.end] for t in event.tellings for s in t.trigger)
        if event.type == "CONSULT" and told:
            return {reading.actor(actor).name for actor in (*event.actors, *event.recipients)}
    return set()


CASES = [
    (  # the publisher's own voice
        "I spoke today with the President of Poland. We are grateful for his support.",
        "president.gov.ua",
        "spoke",
        {"Volodymyr Zelenskyy", "Andrzej Duda"},
    ),
    (
        "The Secretary met with Turkish Foreign Minister Mevlut Cavusoglu in Munich.",
        "state.gov",
        "met",
        {"Antony Blinken", "Mevlut Cavusoglu"},
    ),
    (  # a person whom only the text knows, for a body
        "Olaf Scholz met with Head of the NATO Mission in Georgia Karen Woods.",
        None,
        "met",
        {"Olaf Scholz", "Karen Woods"},
    ),
    (  # a name that ends the words of an office, wherever the parse hangs it
        "Olaf Scholz spoke with Foreign Policy Adviser to the President of Estonia Mari Tamm.",
        None,
        "spoke",
        {"Olaf Scholz", "Mari Tamm"},
    ),
    (  # a topic is no party
        "Vladimir Putin and Alexander Lukashenko discussed the border with EU countries.",
        None,
        "discussed",
        {"Vladimir Putin", "Aleksandr Lukashenko"},
    ),
    (
        "Emmanuel Macron and Mario Draghi exchanged views on the work with refugees from Syria.",
        None,
        "exchanged",
        {"Emmanuel Macron", "Mario Draghi"},
    ),
    (  # whose talks they are is told before the noun
        "Emmanuel Macron and Mario Draghi stressed the need for Palestinian-Israeli talks.",
        None,
        "talks",
        {"Palestine", "Israel"},
    ),
    (  # a council is of those who set it up
        "The NATO-Ukraine Commission held a meeting on Monday.",
        None,
        "meeting",
        {"NATO", "Ukraine"},
    ),
    (  # what is told to the press after talks
        "President Zelenskyy said this to the media following talks with Mario Draghi in Kyiv.",
        None,
        "talks",
        {"Volodymyr Zelenskyy", "Mario Draghi"},
    ),
    (  # all of a list have come
        "He thanked President of France Emmanuel Macron and Prime Minister of Italy Mario Draghi, "
        "who arrived in Ukraine.",
        None,
        "arrived",
        {"Emmanuel Macron", "Mario Draghi", "Ukraine"},
    ),
    (  # a meeting that somebody helps to arrange is of the two
        "Charles Michel promised to help in organizing a meeting between Emmanuel Macron and "
        "Vladimir Putin.",
        None,
        "meeting",
        {"Emmanuel Macron", "Vladimir Putin"},
    ),
    (  # presidents of two states are the two
        "Charles Michel hailed the conversation between the Presidents of the United States and "
        "Russia.",
        None,
        "conversation",
        {"Joe Biden", "Vladimir Putin"},
    ),
]


@pytest.mark.parametrize(("text", "source", "word", "names"), CASES)
def test_who_takes_part(
    reader: Reader, text: str, source: str | None, word: str, names: set[str]
) -> None:
    assert parties(reader.read(text, date=DAY, source=source), word) == names


def test_a_delegation_is_of_the_state_of_who_leads_it(reader: Reader) -> None:
    text = "Ilham Aliyev received a delegation led by Speaker of Parliament Mustafa Sentop."
    reading = reader.read(text, date=DAY)
    (delegation,) = [a for a in reading.actors if a.name == "delegation"]
    assert delegation.code == "TUR"
