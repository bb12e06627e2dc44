"""How the directory's builder tells people apart, and what it makes of claims that overlap."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module")
def tools() -> Any:
    """The builder's modules, by their short names."""
    sys.path.insert(0, str(TOOLS))
    try:
        yield lambda name: importlib.import_module(f"build_directory_{name}")
    finally:
        sys.path.remove(str(TOOLS))


def claim(tools: Any, name: str, start: str, end: str, **more: Any) -> Any:
    values = {"body": "XXX", "office": "president", "title": "President", "source": "a", "rank": 1}
    return tools("claims").Claim(name=name, start=start, end=end, **{**values, **more})


def people(tools: Any, *claims: Any) -> list[Any]:
    merger = tools("merge").Merger()
    merger.add_all(claims)
    return list(merger.people)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Mohammad Javad Zarif", "Muhammad Javad Zarif", True),
        ("Zarif Mohammad Javad", "Mohammad Javad Zarif", True),
        ("Gen. Pervez Musharraf", "Pervez Musharraf", True),
        ("Yuliya Tymoshenko", "Yulia Timoshenko", True),
        ("Laurent Kabila", "Joseph Kabila", False),
        ("Hamad bin Khalifa Al Thani", "Tamim bin Hamad Al Thani", False),
        ("James D. Melville Jr.", "Robert Jones Jr.", False),
        ("Kim Jong-il", "Kim Jong-un", False),
    ],
)
def test_whole_names(tools: Any, one: str, two: str, same: bool) -> None:
    assert tools("names").same_name(one, two) is same


def test_one_office_at_one_time_is_one_person(tools: Any) -> None:
    found = people(
        tools,
        claim(tools, "Alvaro Colom Caballeros", "2008-01-14", "2012-01-14"),
        claim(tools, "Colom", "2008-01-14", "2012-01", office="leader", source="b", rank=4),
    )
    assert len(found) == 1


def test_son_after_father_is_two_people(tools: Any) -> None:
    found = people(
        tools,
        claim(tools, "Laurent Kabila", "1997-05-17", "2001-01-16"),
        claim(tools, "Joseph Kabila", "2001-01-17", "2019-01-24"),
        claim(tools, "Kabila", "2001-01-17", "2015", office="leader", source="b", rank=4),
    )
    assert len(found) == 2


def test_envoys_of_one_time_are_not_one_person(tools: Any) -> None:
    found = people(
        tools,
        claim(tools, "John A. Smith Jr.", "2001-01-01", "2004-01-01", office="ambassador"),
        claim(tools, "Peter B. Jones Jr.", "2001-01-01", "2004-01-01", office="ambassador"),
        claim(tools, "John C. Smith", "2001-01-01", "2004-01-01", office="ambassador"),
    )
    assert len(found) >= 2


def test_years_of_birth_keep_namesakes_apart(tools: Any) -> None:
    found = people(
        tools,
        claim(tools, "George Bush", "1989-01-20", "1993-01-20", born="1924"),
        claim(tools, "George W. Bush", "2001-01-20", "2009-01-20", born="1946"),
    )
    assert len(found) == 2


def test_an_open_end_closes_when_the_next_one_comes(tools: Any) -> None:
    found = people(
        tools,
        claim(tools, "Anna Vale", "2008-03-01", "", open=True, seen="2009-06"),
        claim(tools, "Boris Stone", "2012-03-01", "2016-03-01"),
    )
    module = tools("tenures")
    tenures = [t for person in found for t in module.tenures(person)]
    module.settle(tenures)
    assert [(t.start, t.end) for t in tenures] == [
        ("2008-03-01", "2012-03-01"),
        ("2012-03-01", "2016-03-01"),
    ]


def test_the_surer_source_gives_the_dates(tools: Any) -> None:
    (person,) = people(
        tools,
        claim(tools, "Carla Reyes", "2010-05-08", "2014-05-08", rank=0),
        claim(tools, "Carla Reyes", "2010", "2014", source="b", rank=4),
        claim(tools, "Reyes Carla", "2011-07", "2013-07", source="whogov", rank=6),
    )
    (tenure,) = tools("tenures").tenures(person)
    assert (tenure.start, tenure.end) == ("2010-05-08", "2014-05-08")


@pytest.mark.parametrize(
    ("title", "code", "office"),
    [
        ("Minister of Foreign Affairs", "FRA", "foreign-minister"),
        ("Minister of State for Foreign Affairs", "GBR", "deputy-foreign-minister"),
        ("Secretary of State for Foreign and Commonwealth Affairs", "GBR", "foreign-minister"),
        ("Secretary of State", "USA", "foreign-minister"),
        ("Chancellor of the Duchy of Lancaster", "GBR", None),
        ("Minister of Foreign Trade", "IRQ", "trade-minister"),
        ("Minister of Defence", "POL", "defence-minister"),
        ("Minister of Civil Defence", "RUS", "minister"),
        ("President", "FRA", "president"),
        ("President of the Senate", "FRA", "speaker"),
        ("President of the Government", "ESP", "prime-minister"),
        ("Premier of Ontario", "CAN", "governor"),
        ("King & Prime Minister", "SAU", "monarch"),
        ("Ambassador to Chile", "FRA", "ambassador"),
        ("Chief of the General Staff", "RUS", "army-chief"),
    ],
)
def test_titles_and_their_class(tools: Any, title: str, code: str, office: str | None) -> None:
    found = tools("titles").office_class(title, code)
    if office is None:
        assert found not in ("prime-minister", "president", "foreign-minister")
    else:
        assert found == office


@pytest.mark.parametrize(
    ("phrase", "title", "name", "family"),
    [
        ("Prime Minister Gabriel ATTAL", "Prime Minister", "Gabriel Attal", ("Attal",)),
        (
            "President Luiz Inácio LULA da Silva",
            "President",
            "Luiz Inácio Lula da Silva",
            ("Lula",),
        ),
        ("King ABDALLAH II", "King", "Abdallah II", ("Abdallah",)),
        ("president (vacant)", "president", "", ()),
    ],
)
def test_the_factbook_writes_family_names_in_capitals(
    tools: Any, phrase: str, title: str, name: str, family: tuple[str, ...]
) -> None:
    assert tools("factbook").split_factbook(phrase) == (title, name, family)
