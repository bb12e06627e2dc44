"""Official publishers: who says “I” and who is “the President” in their own texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from actors.sketch import sketch
from dragoman.actors.cast import Cast, find_cast
from dragoman.actors.directory import Directory
from dragoman.actors.publishers import load_publishers
from dragoman.actors.tables import read_table
from dragoman.actors.titles import Titles
from dragoman.errors import DataError

DIRECTORY = Directory.load()
DAY = "2022-03-01"


@pytest.mark.parametrize(
    ("source", "url", "key"),
    [
        ("en.kremlin.ru", None, "kremlin"),
        ("The White House", None, "white-house"),
        (None, "https://www.president.gov.ua/en/news/1", "president-of-ukraine"),
        ("2017-2021.state.gov", None, "us-state-department"),
        ("Some Daily", "https://www.mfa.gov.cn/eng/1", "chinese-foreign-ministry"),
        ("reuters.com", None, None),
        ("notkremlin.ru", None, None),
        (None, "http://[broken", None),
        (None, None, None),
    ],
)
def test_a_publisher_is_known_by_name_or_host(
    source: str | None, url: str | None, key: str | None
) -> None:
    found = load_publishers().of(source, url)
    assert (found.key if found else None) == key


def test_every_shipped_publisher_has_a_known_body_and_office() -> None:
    titles = Titles.load()
    offices = {*titles.sectors, "head-of-state", "head-of-government", ""}
    for row in read_table("publishers.tsv"):
        assert row["body"] in DIRECTORY, row
        assert row["office"] in offices, row


def test_a_user_adds_and_takes_off_publishers(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text(
        "key\tknown_as\tbody\toffice\nours\tour-ministry.example\tFRA\tforeign-minister\n"
        "none\tkremlin.ru\t\t\n",
        encoding="utf-8",
    )
    found = load_publishers([str(own)], DIRECTORY)
    ours = found.of("press.our-ministry.example")
    assert ours is not None
    assert (ours.body, ours.office) == ("FRA", "foreign-minister")
    assert found.of("en.kremlin.ru") is None
    assert found.of("whitehouse.gov") is not None
    assert found.digest


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("key\tknown_as\n1\tx.example\n", "columns"),
        ("key\tknown_as\tbody\toffice\n1\tx\tQQQ\t\n", "QQQ"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, text: str, word: str) -> None:
    own = tmp_path / "own.tsv"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=word):
        load_publishers([str(own)], DIRECTORY)
    with pytest.raises(DataError, match="cannot be read"):
        load_publishers([str(tmp_path / "missing.tsv")], DIRECTORY)


def cast(text: str, source: str | None, names: list[tuple[str, str]] | None = None) -> Cast:
    publisher = load_publishers().of(source)
    return find_cast(sketch(text, names=names), DIRECTORY, date=DAY, publisher=publisher)


OWN = """
I/PRON/nsubj/2 met/VERB/root/0/meet the/DET/det/4 minister/NOUN/obj/2 of/ADP/case/6
    Chad/PROPN/nmod/4 ./PUNCT/punct/2
The/DET/det/2 President/PROPN/nsubj/3 thanked/VERB/root/0/thank him/PRON/obj/3 ./PUNCT/punct/3
"""


def test_a_presidency_speaks_as_its_president() -> None:
    found = cast(OWN, "president.gov.ua")
    assert found.at(0) == found.at(8) == "volodymyr-zelenskyy"
    assert cast(OWN, "whitehouse.gov").at(0) == "joe-biden"
    assert cast(OWN, "mfa.gov.ua").at(0) == "dmytro-kuleba"


def test_other_publishers_have_no_voice_of_their_own() -> None:
    assert cast(OWN, "reuters.com").at(0) is None


TALK = """
President/PROPN/nmod:desc/4 of/ADP/case/3 Azerbaijan/PROPN/nmod/1 Ilham/PROPN/root/0
    Aliyev/PROPN/flat/4 :/PUNCT/punct/4 I/PRON/nsubj/8 met/VERB/parataxis/4/meet
    him/PRON/obj/8 ./PUNCT/punct/4
I/PRON/nsubj/2 left/VERB/root/0/leave ./PUNCT/punct/2
Question/NOUN/root/0 :/PUNCT/punct/1 Shall/AUX/aux/5 we/PRON/nsubj/5 stay/VERB/parataxis/1
    ?/PUNCT/punct/1
"""


def test_below_a_label_its_speaker_says_i() -> None:
    found = cast(TALK, "en.kremlin.ru", [("Ilham Aliyev", "PER")])
    assert found.at(6) == found.at(10) == "ilham-aliyev"
    assert found.at(16) is None  # who asks is not told
