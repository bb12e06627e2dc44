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
    "Emmanuel Macron's visits to Peru in the past have been stormy.",
    # conceivable, and proposed by no side
    "Activists called on Emmanuel Macron to meet Andrzej Duda.",
    "Emmanuel Macron would love to visit Peru.",
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


WHO = [
    (  # a domain that no office-holder known beforehand has
        "Olena Zelenska met with Secretary of State for Sport of Portugal Rui Pires.",
        None,
        [{"Olena Zelenska", "Rui Pires"}],
    ),
    (  # a further office behind a comma, a list of what an office is for
        "Andriy Yermak met with Head of the Italian Delegation to the Council of Europe, Member of "
        "the European Parliament Marta Bruni.",
        None,
        [{"Andriy Yermak", "Marta Bruni"}],
    ),
    (
        "During the meeting of Andriy Yermak with Minister for Trade, Energy and Tourism of the "
        "Kingdom of Norway Simon Dahl, aid was discussed.",
        None,
        [{"Andriy Yermak", "Simon Dahl"}],
    ),
    (  # a letter of another alphabet in a word
        "Andriy Yermak met with Minister of National Def\u0435nсe of Portugal Helena Carreiras.",
        None,
        [{"Andriy Yermak", "Helena Carreiras"}],
    ),
    (  # who is there is told in the sentence before, in another word, in front of the meeting
        "Vladimir Putin took part in an informal summit. President of Chile Gabriel Boric and "
        "President of Mexico Andrés Manuel López Obrador are also taking part in the meeting.",
        None,
        [{"Vladimir Putin", "Gabriel Boric", "Andrés Manuel López Obrador"}],
    ),
    (
        "Vladimir Putin took part in a summit of the CIS. Also attending the meeting were "
        "President of Azerbaijan Ilham Aliyev and President of Belarus Alexander Lukashenko.",
        None,
        [{"Vladimir Putin", "Ilham Aliyev", "Aleksandr Lukashenko"}],
    ),
    (  # whom a host shows round his own country
        "Emmanuel Macron and Prime Minister of Spain Pedro Sánchez visited a factory in France.",
        None,
        [{"Pedro Sánchez", "France"}],
    ),
    (  # the public is no side, nor is a reporter
        "Emmanuel Macron and Olaf Scholz met with employees of an Airbus plant.",
        None,
        [{"Emmanuel Macron", "Olaf Scholz"}],
    ),
    ("I spoke to a Spanish senator and to a Danish deputy.", None, []),
    (  # what two have after a summit is another contact
        "After the NATO summit, Emmanuel Macron and Recep Tayyip Erdogan had a conversation.",
        None,
        [
            {"NATO", "Emmanuel Macron", "Recep Tayyip Erdogan"},
            {"Emmanuel Macron", "Recep Tayyip Erdogan"},
        ],
    ),
    (  # talks to be held are those of the states
        "Joe Biden and Vladimir Putin spoke by phone about relations of Russia with the United "
        "States. They said that the negotiations would take place in Vienna on March 3.",
        None,
        [{"Joe Biden", "Vladimir Putin"}, {"Russia", "United States"}],
    ),
    (  # he who is thanked
        "Emmanuel Macron thanked Olaf Scholz for his readiness to visit Georgia together with "
        "Prime Minister of Italy Mario Draghi.",
        None,
        [{"Olaf Scholz", "Mario Draghi", "Georgia"}],
    ),
    (  # “I” is never “he”
        "I am glad that Olaf Scholz keeps his word. Today he visited Moldova.",
        "president.gov.ua",
        [{"Olaf Scholz", "Moldova"}],
    ),
]


@pytest.mark.parametrize(("text", "source", "rows"), WHO)
def test_who_is_listed(reader: Reader, text: str, source: str | None, rows: list[set[str]]) -> None:
    told = [
        {name.rpartition(" (")[0] or name for name in row.who.split("; ")}
        for row in register(reader, text, source)
    ]
    assert sorted(map(sorted, told)) == sorted(map(sorted, rows))


NOT_LISTED = [
    # talks that a state has, whoever speaks of them
    "There is some progress in the negotiations with Moldova, Olaf Scholz said.",
    # only weighed, remembered, agreed on at the time
    "Olaf Scholz stressed the importance of the visits of European leaders to Georgia.",
    "Olaf Scholz said: I remember my first meeting with Emmanuel Macron.",
    "Support was affirmed, as agreed during Olaf Scholz's conversation with Mario Draghi.",
    "Its co-chair, Emmanuel Macron, visited Baku not so long ago.",
    "There is a conversation between the presidents of France and Turkey.",
    # wished for, failed, of nobody in particular
    "The ambassador said that Canada was ready to talk to Peru.",
    "Fears have grown amid failed Peru-Chile nuclear talks.",
    "The ministry did not say who Scholz would meet in Baku.",
]


@pytest.mark.parametrize("text", NOT_LISTED)
def test_what_is_only_spoken_of(reader: Reader, text: str) -> None:
    assert register(reader, text) == []


STATUS = [
    ("Emmanuel Macron invited Olaf Scholz to visit France, which he accepted.", "planned"),
    ("Emmanuel Macron had a chance to exchange views with Olaf Scholz.", "happened"),
    ("Olaf Scholz was invited to speak at the NATO summit.", "possible"),
    ("On a visit to Baku, Olaf Scholz called on the parties to stop.", "happened"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_how_real_it_is(reader: Reader, text: str, status: str) -> None:
    assert [row.status for row in register(reader, text)] == [status]


def test_a_visit_of_two_days_is_one(reader: Reader) -> None:
    text = (
        "Emmanuel Macron arrived in Poland on Thursday evening. "
        "Friday's state visit of Emmanuel Macron to Poland was marred by protests."
    )
    [row] = [row for row in register(reader, text) if "POL" in row.parties]
    assert set(row.parties) == {"emmanuel-macron", "POL"}


def test_a_meeting_by_video_goes_on(reader: Reader) -> None:
    text = (
        "Vladimir Putin took part in an informal summit, held via videoconference. President of "
        "Chile Gabriel Boric and President of Peru Pedro Castillo also take part in the meeting."
    )
    assert [row.medium for row in register(reader, text)] == ["video"]


def test_the_day_of_the_meeting_beside_it(reader: Reader) -> None:
    text = (
        "As part of the Commission meeting held in Lima on February 15, Olaf Scholz met with "
        "Emmanuel Macron."
    )
    assert "2022-02-15" in [row.day for row in register(reader, text)]


def test_two_calls_that_open_two_texts_are_two(reader: Reader) -> None:
    text = "Emmanuel Macron had a telephone conversation with Olaf Scholz."
    reports = [
        report
        for day in ("2022-02-14", "2022-02-19")
        for report in reports_from_reading(
            reader.read(Input(text=text, date=day, source="elysee.fr", id=day))
        )
    ]
    assert [row.day for row in contacts(merge(reports))] == ["2022-02-14", "2022-02-19"]


@pytest.mark.parametrize(("title", "rows"), [("Chile's interior minister", 1), ("Minister", 0)])
def test_a_name_to_which_only_the_story_gives_a_state_is_no_side(
    reader: Reader, title: str, rows: int
) -> None:
    text = f"Chile protested. Chile waited in Santiago. {title} Ana Quispe met Pedro Castillo."
    assert len(register(reader, text)) == rows
