"""Dating a document from its address, its dateline, its weekdays and those in office."""

from __future__ import annotations

import dataclasses

import pytest

from dragoman.actors.directory import Directory
from dragoman.coding.dating import date_document
from dragoman.evaluate.timex import plain_analysis
from dragoman.language.analysis import Analysis, Name
from dragoman.records import Published


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory.load()


def analysed(text: str, *people: str) -> Analysis:
    """The text with these people's names marked, wherever they stand."""
    analysis = plain_analysis(text)
    words = analysis.words
    names = []
    for person in people:
        parts = person.split()
        names += [
            Name(at, at + len(parts), "PER")
            for at in range(len(words))
            if words[at : at + len(parts)] == parts
        ]
    return dataclasses.replace(analysis, names=sorted(names, key=lambda n: n.first))


def dated(directory: Directory, text: str, *people: str, now: str | None = None) -> Published:
    return date_document(analysed(text, *people), directory, now=now)


def test_a_given_date_is_kept(directory: Directory) -> None:
    published = date_document(analysed("Talks failed."), directory, date="2022-02-07")
    assert (published.date, published.basis) == ("2022-02-07", "given")


def test_a_given_date_that_the_address_denies_is_told(directory: Directory) -> None:
    published = date_document(
        analysed("Talks failed."),
        directory,
        date="2022-02-07",
        url="https://news.example/2019/05/03/talks",
    )
    assert published.date == "2022-02-07"
    assert "2019-05-03" in published.why


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/2019/05/03/talks", "2019-05-03"),
        ("https://news.example/world/2019-05-03-talks", "2019-05-03"),
        ("https://news.example/20190503/talks", "2019-05-03"),
        ("https://news.example/article/2019112", None),
        ("https://news.example/2019/13/45/talks", None),
        ("https://news.example/talks-48291120", None),
    ],
)
def test_an_address_holds_the_day(directory: Directory, url: str, day: str | None) -> None:
    published = date_document(analysed("Talks failed."), directory, url=url)
    assert published.date == day
    assert published.basis == ("metadata" if day else "unknown")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KYIV, 3 May 2019 (Agency) - The talks failed.", "2019-05-03"),
        ("Friday, May 3, 2019\n\nThe talks failed.", "2019-05-03"),
        ("The ministry closed the channel on Friday, May 3, 2019, it said.", "2019-05-03"),
        ("The pact was signed on May 3, 1997. It died in 2014.", None),
        ("May 3, 1997: the pact is signed. By 2014 it was dead.", None),
    ],
)
def test_an_opening_date_dates_the_report(directory: Directory, text: str, day: str | None) -> None:
    assert dated(directory, text).date == day


def test_a_weekday_and_those_in_office_fix_the_year(directory: Directory) -> None:
    text = (
        "President Emmanuel Macron is expected in Moscow on Monday February 7. "
        "He spoke to President Joe Biden."
    )
    published = dated(directory, text, "Emmanuel Macron", "Joe Biden")
    assert (published.date, published.basis) == ("2022-02-07", "inferred")
    assert "Joe Biden" in published.why


def test_a_weekday_alone_fixes_no_year(directory: Directory) -> None:
    published = dated(directory, "The envoys met on Monday February 7.")
    assert (published.date, published.basis) == (None, "unknown")
    assert "several years" in published.why


def test_a_year_named_in_the_text_helps(directory: Directory) -> None:
    text = "The envoys met on Monday February 7. The war had begun in late 2021."
    assert dated(directory, text).date == "2022-02-07"


def test_today_and_yesterday_join_weekday_and_dateline(directory: Directory) -> None:
    text = (
        "Our desk, 24 March - Yesterday, 23 March, the streets were empty. "
        "The president will receive them today, Thursday. The strike began in 2010."
    )
    assert dated(directory, text).date == "2011-03-24"


def test_nothing_later_than_now_is_inferred(directory: Directory) -> None:
    text = "The envoys met on Monday February 7. The war had begun in late 2021."
    assert dated(directory, text, now="2020-01-01").date is None
    assert dated(directory, "KYIV, 3 May 2019 (Agency) - Talks.", now="2019-01-01").date is None


def test_a_former_leader_says_nothing_of_the_year(directory: Directory) -> None:
    text = "Former President Joe Biden spoke on Monday February 7. It began in late 2004."
    assert dated(directory, text, "Joe Biden").date == "2005-02-07"


@pytest.mark.parametrize(
    "text", ["", "Monday, February 30.", "On 31 June, Monday.", "today, today"]
)
def test_odd_input_stays_unknown(directory: Directory, text: str) -> None:
    assert dated(directory, text).basis == "unknown"


@pytest.mark.parametrize(
    ("heading", "day"), [("11/25/26", "2026-11-25"), ("25/11/98", "1998-11-25")]
)
def test_a_year_of_two_figures_lies_in_our_time(
    directory: Directory, heading: str, day: str
) -> None:
    text = f"{heading}\n\nEnvoys of the two states met in Minsk and agreed to go on talking."
    assert dated(directory, text).date == day


def test_a_year_of_two_figures_that_has_not_come_dates_nothing(directory: Directory) -> None:
    text = "11/25/26\n\nEnvoys of the two states met in Minsk."
    published = dated(directory, text, now="2025-06-01")
    assert (published.date, published.basis) == (None, "unknown")
