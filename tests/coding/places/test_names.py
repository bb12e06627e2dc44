"""The keys of places' names, and what the gazetteer finds under them."""

from __future__ import annotations

import pytest

from dragoman.coding.places.gazetteer import gazetteer
from dragoman.coding.places.names import division_key, place_key, skeleton


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ar Raqqah", "raqqah"),
        ("al-Raqqah", "raqqah"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Évian-les-Bains", "evian les bains"),
        ("The Hague", "hague"),
        ("El", "el"),
        ("", ""),
    ],
)
def test_a_key_drops_what_writers_vary(name: str, key: str) -> None:
    assert place_key(name) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kirkuk Province", "kirkuk"),
        ("Wilaya of El Oued", "oued"),
        ("province of Anbar", "anbar"),
        ("New South Wales", "new south wales"),
    ],
)
def test_a_division_is_known_without_its_kind(name: str, key: str) -> None:
    assert division_key(name) == key


@pytest.mark.parametrize(
    ("name", "country"),
    [("Raqqa", "SYR"), ("Dayr az Zawr", "SYR"), ("Sloviansk", "UKR"), ("Slaviansk", "UKR")],
)
def test_towns_are_found_under_the_spellings_of_reports(name: str, country: str) -> None:
    assert country in {spot.country for spot in gazetteer().towns(name)}


def test_the_first_and_the_last_row_are_found() -> None:
    assert not gazetteer().towns("\x00")
    assert not gazetteer().towns("\U0010ffff" * 3)
    rows = gazetteer()._towns.decode("utf-8").strip("\n").split("\n")
    for row in (rows[0], rows[-1]):
        assert gazetteer().towns(row.split("\t")[0])


def test_provinces_have_no_point() -> None:
    spots = gazetteer().divisions("Anbar")
    assert [spot.country for spot in spots] == ["IRQ"]
    assert spots[0].lat is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khan-Shaikhoun", "Khan Shaykhun"),
        ("Qamishli", "al-Kamishly"),
        ("Mykolayiv", "Mykolaiv"),
    ],
)
def test_spellings_from_another_script_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


def test_a_town_is_found_by_a_spelling_that_no_table_has() -> None:
    known = gazetteer()
    assert not known.towns("Khan Sheykhoune")
    assert [spot.name for spot in known.spelled_like("Khan Sheykhoune", "SYR")][:1] == [
        "Khān Shaykhūn"
    ]
    assert known.spelled_like("Khan Sheykhoune", "UKR") == []
    assert known.spelled_like("Aa", "SYR") == []


def test_villages_of_wars_are_known_beside_those_of_geonames() -> None:
    spots = [spot for spot in gazetteer().towns("al-Baghuz") if spot.country == "SYR"]
    assert [(spot.geonames, round(spot.lat or 0)) for spot in spots] == [(None, 34)]
