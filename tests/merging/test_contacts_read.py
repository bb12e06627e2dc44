"""From sentences in the manner of press releases to rows of the register, by the shipped model."""

from __future__ import annotations

import pytest

from dragoman.merging import merge, reports_from_reading
from dragoman.merging.contacts import ContactRow, contacts
from dragoman.reader import Reader
from dragoman.records import Input

DAY = "2022-02-19"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def register(reader: Reader, text: str, source: str | None = None) -> list[ContactRow]:
    reading = reader.read(Input(text=text, date=DAY, source=source))
    return contacts(merge(list(reports_from_reading(reading))))


PARTIES = [
    (  # a list of offices with their holders: all of them
        "Emmanuel Macron met with Prime Minister of Albania Edi Rama and Prime Minister of "
        "Montenegro Dritan Abazović, who came to Paris.",
        {"emmanuel-macron", "edi-rama", "dritan-abazovic"},
    ),
    (
        "Sergey Lavrov spoke with President of France Emmanuel Macron, Prime Minister of Spain "
        "Pedro Sánchez, Chancellor of Germany Olaf Scholz and President of Poland Andrzej Duda.",
        {"sergey-lavrov", "emmanuel-macron", "pedro-sanchez", "olaf-scholz", "andrzej-duda"},
    ),
    (  # the office of another in one's own title
        "On Friday, Head of the President's Office Andriy Yermak met with the ambassador of "
        "Canada. He thanked Volodymyr Zelenskyy.",
        {"andriy-yermak"},
    ),
    (  # a relative clause is of the one who is named
        "Ireland thanked Speaker of the US House of Representatives Nancy Pelosi who visited "
        "Ukraine.",
        {"nancy-pelosi", "UKR"},
    ),
    (  # what was discussed is of others
        "Vladimir Putin and Nikol Pashinyan discussed the accords between the leaders of Turkey "
        "and Georgia.",
        {"vladimir-putin", "nicol-pashinyan"},
    ),
]


@pytest.mark.parametrize(("text", "parties"), PARTIES)
def test_who_takes_part(reader: Reader, text: str, parties: set[str]) -> None:
    [row] = register(reader, text)
    assert parties <= set(row.parties)
    named = {key for key in row.parties if not key.startswith(("unnamed:", "name:", "CAN"))}
    assert named == parties


NONE = [
    "Vladimir Putin held a meeting with permanent members of the Security Council. Secretary of "
    "the Security Council Nikolai Patrushev took part.",
    "It is another thing that Russia went to Ukraine through Belarus.",
    "Volodymyr Zelenskyy said that his country is heading to the European Union.",
    'Volodymyr Zelenskyy called the NATO summit in Madrid a "window of opportunity".',
    # recalled without its day, waited for, marked by another
    "Emmanuel Macron praised the results of the recent Ukraine-Turkey summit.",
    "Emmanuel Macron is waiting for a conversation between Joe Biden and Vladimir Putin.",
    # invited to something else
    "Olena Zelenska invited Jill Biden to support the national programme.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_contact(reader: Reader, text: str) -> None:
    assert register(reader, text) == []


def test_a_presidency_speaks_of_its_own_council(reader: Reader) -> None:
    text = (
        "The President opened the session of the Government. He said: Yesterday we discussed the "
        "harvest at a Security Council meeting."
    )
    assert register(reader, text, source="en.kremlin.ru") == []
    of_un = text + " Russia put a resolution to a vote in New York."
    assert [row.states for row in register(reader, of_un, source="en.kremlin.ru")] != []


def test_countries_that_are_not_told_are_no_side(reader: Reader) -> None:
    text = "Vladimir Putin held a discussion with a number of countries on Friday."
    assert register(reader, text) == []


def test_the_united_nations_keep_their_council(reader: Reader) -> None:
    text = "Vladimir Putin met with permanent members of the UN Security Council in New York."
    assert "UNO" in register(reader, text)[0].states


DAYS = [
    (  # a call that is scheduled has not been held
        "Volodymyr Zelenskyy will tell more after his phone conversation with Joe Biden "
        "scheduled for February 21.",
        [("2022-02-21", "planned")],
    ),
    (  # what is told as past has not the day of what lies ahead
        "Emomali Rahmon arrived in Russia for the summit on February 28.",
        [(DAY, "happened")],
    ),
    (  # a clause behind the name of a meeting tells its day
        "The minister informed his guest about the Ukraine-Turkey summit, which took place in Kyiv "
        "on February 3.",
        [("2022-02-03", "happened")],
    ),
    (
        "He spoke of the talks between Vladimir Putin and Emmanuel Macron, which will take place "
        "in Moscow on March 24.",
        [("2022-03-24", "planned")],
    ),
    (  # told again in other words: one row
        "Volodymyr Zelenskyy met with Recep Tayyip Erdogan in Kyiv. The two presidents discussed "
        "trade. He thanked the guest after the Ukrainian-Turkish talks.",
        [(DAY, "happened")],
    ),
    (  # what they spoke for is no further contact
        "Vladimir Putin and Emomali Rahmon spoke on the phone to discuss the situation in "
        "Kazakhstan.",
        [(DAY, "happened")],
    ),
]


@pytest.mark.parametrize(("text", "told"), DAYS)
def test_when_it_is_held(reader: Reader, text: str, told: list[tuple[str, str]]) -> None:
    assert [(row.day, row.status) for row in register(reader, text)] == told


MEDIA = [
    ("Olaf Scholz held online consultations with Bruno Le Maire.", "video"),
    ("Joe Biden spoke with Emmanuel Macron in the format of a video conference.", "video"),
    ("Vladimir Putin took part, via videoconference, in the APEC summit.", "video"),
    ("Vladimir Putin took part in the APEC summit.", "in-person"),
]


@pytest.mark.parametrize(("text", "medium"), MEDIA)
def test_how_it_is_held(reader: Reader, text: str, medium: str) -> None:
    assert [row.medium for row in register(reader, text)] == [medium]


def test_what_was_talked_of_takes_no_part(reader: Reader) -> None:
    text = (
        "Vladimir Putin had a telephone conversation with Sauli Niinistö. The leaders also "
        "discussed cooperation with the European Union."
    )
    [row] = register(reader, text)
    assert set(row.parties) == {"vladimir-putin", "sauli-niinisto"}


TOLD = [
    (  # a relative clause that looks ahead has the day of the clause above it
        "On February 21, Vladimir Putin will hold talks with President of Egypt Abdel Fattah "
        "el-Sisi, who will arrive in Russia on a working visit.",
        {("planned", "2022-02-21")},
    ),
    (  # what one had the opportunity to do was done
        "Edi Rama said that he had the opportunity to visit Ukraine.",
        {("happened", DAY)},
    ),
    ("Sanna Marin's visit to Ukraine is aimed to show support.", {("happened", DAY)}),
    (  # words to many, and what is only talked of
        "Olaf Scholz said: I want to speak to all the officers of Russia.",
        set(),
    ),
    ("Over recent months Andrzej Duda has consulted with France, Italy and Spain.", set()),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_whether_and_when(reader: Reader, text: str, told: set[tuple[str, str]]) -> None:
    assert {(row.status, row.day) for row in register(reader, text)} == told


def test_the_discussion_is_the_call_that_is_told(reader: Reader) -> None:
    [row] = register(
        reader,
        "Vladimir Putin had a telephone conversation with President of France Emmanuel Macron. "
        "Following up on Macron's recent visit to Moscow, Vladimir Putin and Emmanuel Macron had "
        "a detailed discussion of gas.",
    )
    assert (row.medium, row.place) == ("phone", None)


def test_a_meeting_that_was_agreed_elsewhere_is_the_one_told(reader: Reader) -> None:
    [row] = register(
        reader,
        "Vladimir Putin met with Alexander Lukashenko in Sochi. Putin said: It was right when "
        "Lukashenko and I agreed in Minsk to hold a separate meeting on trade.",
    )
    assert (row.status, row.place) == ("happened", "Sochi")
