"""The keys of places' names, and what the gazetteer finds under them."""

from __future__ import annotations

import pytest

from dragoman.coding.gazetteer import gazetteer
from dragoman.coding.place_names import division_key, place_key


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
