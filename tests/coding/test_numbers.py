"""Numbers with ranges and hedges, read off hand-parsed phrases."""

from __future__ import annotations

import pytest

from coding.parsed import parsed
from dragoman.coding.clauses import Clauses
from dragoman.coding.numbers import count_at, money_at, size_at


def phrase(words: str) -> Clauses:
    """“at least 40 soldiers”: the last word is the head, digits and number words count it."""
    tokens = words.split()
    rows = []
    for number, word in enumerate(tokens[:-1], 1):
        is_number = word[0].isdigit() or word in ("three", "hundred", "two")
        tag = "NUM CD" if is_number else "ADV RB"
        relation = "nummod" if is_number else "advmod"
        target = len(tokens) if is_number else number + 1
        rows.append(f"{word} {tag} {target} {relation}")
    rows.append(f"{tokens[-1]} NOUN NNS 0 root {tokens[-1].rstrip('s')}")
    return Clauses(parsed("\n".join(rows)))


@pytest.mark.parametrize(
    ("words", "low", "high", "about"),
    [
        ("40 soldiers", 40, 40, False),
        ("100,000 soldiers", 100000, 100000, False),
        ("at least 40 soldiers", 40, None, False),
        ("more than 2,700 soldiers", 2700, None, False),
        ("up to 500 soldiers", None, 500, False),
        ("some 500 soldiers", 500, 500, True),
        ("three soldiers", 3, 3, False),
    ],
)
def test_sizes_with_their_hedges(
    words: str, low: int | None, high: int | None, about: bool
) -> None:
    clauses = phrase(words)
    size = size_at(clauses, len(clauses.words) - 1)
    assert size is not None
    assert (size.low, size.high, size.about) == (low, high, about)
    assert size.text == words.rsplit(" ", 1)[0]


def test_dozens_is_a_range() -> None:
    clauses = Clauses(
        parsed("dozens NOUN NNS 0 root dozen\nof ADP IN 3 case\nsoldiers NOUN NNS 1 nmod soldier")
    )
    size = size_at(clauses, 2)
    assert size is not None
    assert (size.low, size.high) == (24, 99)


def test_tens_of_thousands() -> None:
    clauses = Clauses(
        parsed(
            "tens NOUN NNS 0 root ten\nof ADP IN 3 case\nthousands NOUN NNS 1 nmod thousand\n"
            "of ADP IN 5 case\ntroops NOUN NNS 3 nmod troop"
        )
    )
    size = size_at(clauses, 4)
    assert size is not None
    assert (size.low, size.high) == (20000, 99999)


def test_no_number_no_size() -> None:
    assert size_at(phrase("angry soldiers"), 1) is None


def test_how_many_times() -> None:
    assert count_at(phrase("three calls"), 1) == 3
    assert count_at(phrase("long calls"), 1) is None


def test_money() -> None:
    clauses = Clauses(parsed("$ SYM $ 0 root\n5 NUM CD 3 compound\nmillion NUM CD 1 nummod"))
    size = money_at(clauses, range(3))
    assert size is not None
    assert size.low == 5_000_000
