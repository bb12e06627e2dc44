"""The class of a word's shape."""

from __future__ import annotations

import pytest

from dragoman.language.pieces import SHAPES, shape


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("troops", "lower"),
        ("Moscow", "title"),
        ("NATO", "upper"),
        ("U.S.", "upper"),
        ("A", "capital"),
        ("McDonald", "mixed"),
        ("1,500", "number"),
        ("1st", "number-mixed"),
        ("F-16", "number-mixed"),
        ("“", "open-quote"),
        ("»", "close-quote"),
        ('"', "straight-quote"),
        (".", "stop"),
        (";", "comma"),
        ("—", "dash"),
        ("[", "bracket"),
        ("€", "symbol"),
        ("Élysée", "title"),
        ("北京", "mixed"),
    ],
)
def test_shape(word: str, expected: str) -> None:
    assert SHAPES[shape(word)] == expected
