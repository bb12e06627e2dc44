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
    (  # what a phone call was about is no party to it
        "During a phone call made at the request of the German side, Vladimir Putin and Olaf "
        "Scholz had a long exchange of views on the situation in Syria.",
        "en.kremlin.ru",
        "call",
        {"Vladimir Putin", "Olaf Scholz"},
    ),
    (  # “I” is who has the floor, though a site's card stands in the label
        "President of Russia Vladimir Putin: Mr President, I am glad to see you. Welcome. "
        "President of Serbia Aleksandar Vucic Vucic AleksandarPresident of Serbia(retranslated): "
        "Thank you. Yesterday I spoke with Chancellor Scholz about gas.",
        "en.kremlin.ru",
        "spoke",
        {"Aleksandar Vučić", "Olaf Scholz"},
    ),
    (  # an aide is not whom he serves
        "Ihor Zhovkva met with Adviser to the Prime Minister of Estonia Anna Tamm. Ihor Zhovkva "
        "and the adviser to the prime minister of Estonia discussed trade.",
        "president.gov.ua",
        "discussed",
        {"Ihor Zhovkva", "adviser to the prime minister of Estonia"},
    ),
    (  # a place that is in no gazetteer makes none of the visitors its host
        "On Harvest Day, the President of Russia and the President of the Republic of Kazakhstan "
        "will visit the Zarevny Cosmodrome.",
        "en.kremlin.ru",
        "visit",
        {"Vladimir Putin", "Kassym-Jomart Tokayev"},
    ),
    (  # those who chair a meeting hold it, whoever plans it
        "Vladimir Putin: In addition, we plan to hold soon a meeting of the Russian-Brazilian "
        "Intergovernmental Commission co-chaired by the Russian Prime Minister and the Brazilian "
        "Vice President.",
        "en.kremlin.ru",
        "meeting",
        {"Mikhail Mishustin", "Hamilton Mourão"},
    ),
    (  # who went to a meeting is there with those who attended it; what a leader is of is no name
        "Vladimir Putin took part in an informal meeting. The meeting was attended by President "
        "of Tajikistan Emomali Rahmon, and First President – Leader of the Nation Nursultan "
        "Nazarbayev.",
        "en.kremlin.ru",
        "attended",
        {"Vladimir Putin", "Emomali Rahmon", "Nursultan Nazarbayev"},
    ),
    (  # whoever tells that there was a meeting has been at it
        "We will rebuild. In the evening there was a special meeting with the President of Latvia.",
        "president.gov.ua",
        "meeting",
        {"Volodymyr Zelenskyy", "Egils Levits"},
    ),
    (  # greetings to the guests of a conference are no contact of the states it is named after
        "Vladimir Putin sent greetings to the participants in the Fourth Russia-Uzbekistan "
        "Interregional Conference.",
        "en.kremlin.ru",
        "Conference",
        set(),
    ),
    (  # an office, and a former one, of one person
        "Andriy Yermak met with Vice President for Defence and Security at the US Peace Institute, "
        "former US Ambassador to Georgia William Smith.",
        "president.gov.ua",
        "met",
        {"Andriy Yermak", "William Smith"},
    ),
    (  # a participle behind a name has no subject of its own
        "Vladimir Putin sent a letter to President of the Republic of Bulgaria Rumen Radev "
        "congratulating him on the anniversary.",
        "en.kremlin.ru",
        "letter",
        {"Vladimir Putin", "Rumen Radev"},
    ),
    (  # counterparts of two states, each with the office of the one whose they are
        "US Secretary of State Antony Blinken phoned his Polish and Turkish counterparts.",
        None,
        "phoned",
        {"Antony Blinken", "Zbigniew Rau", "Mevlut Cavusoglu"},
    ),
    (  # the leaders are those whom the text names, and not the ministers of the last contact
        "Antony Blinken phoned Mevlut Cavusoglu. Scholz and Macron will be in Munich. "
        "Antonio Guterres met the two leaders.",
        None,
        "met",
        {"Antonio Guterres", "Olaf Scholz", "Emmanuel Macron"},
    ),
    (
        "NATO chief Stoltenberg met Rau in Warsaw.",
        None,
        "met",
        {"Jens Stoltenberg", "Zbigniew Rau"},
    ),
    ("Guterres met Scholz in Munich.", None, "met", {"Antonio Guterres", "Olaf Scholz"}),
    (  # where a visit leads to is no part of who makes it
        "A visit by a member of the German cabinet to the port of Odesa was announced.",
        None,
        "visit",
        {"member of the German cabinet"},
    ),
    (  # talks at the level of ministries are of the states
        "Volodymyr Zelenskyy held talks with Zuzana Čaputová on ties of Ukraine with Slovakia. The "
        "parties agreed to hold consultations at the level of relevant ministries.",
        "president.gov.ua",
        "consultations",
        {"Ukraine", "Slovakia"},
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


def test_a_contact_is_not_called_off_on_its_day(reader: Reader) -> None:
    text = "The minister of Chad on Friday called off a visit to Mali."
    contacts = [e for e in reader.read(text, date=DAY).events if e.type == "CONSULT"]
    assert [(e.status, e.when) for e in contacts] == [("cancelled", None)]


def test_what_is_agreed_on_a_day_is_not_done_on_it(reader: Reader) -> None:
    text = (
        "Chad and Sudan agreed on Friday to withdraw their troops. Mali agreed to meet Niger on "
        "Monday."
    )
    days = {e.type: e.when and e.when.start for e in reader.read(text, date=DAY).events}
    assert days["RETREAT"] is None
    assert days["CONSULT"] == "2022-02-21"


def test_where_someone_goes_after_a_call_is_not_where_they_spoke(reader: Reader) -> None:
    text = "Macron flew to Moscow after a phone call with Biden."
    places = {e.mode: e.where and e.where.name for e in reader.read(text, date=DAY).events}
    assert places == {"visit": "Moscow", "phone": None}
