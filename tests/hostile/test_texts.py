"""Texts that could make a tokenizer slow, endless or wrong."""

from __future__ import annotations

import time

import pytest

from dragoman.language.sentences import LONGEST
from dragoman.language.tokens import tokenize

PIECES = [
    "word and ", "a", "a.", ". ", '" ', '"', "a'", "a-", "1,", "a@", "http://a.b/( ", "\n", "a\n",
    "A. ", "1. ", "[1] ", "! ", '!" ', ".”", "a/", ":", "http://", "_", "a&", "'s", "\r", "Dear ",
    "…", '?" Mr Putin ', "a.b-c@", "( ", "\x00", "\u200b", "е́", "👍🏽", "no.\n\n", "5km", "-=*",
]  # fmt: skip
SIZE = 100_000


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_length_only(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    began = time.process_time()
    tokens = tokenize(text)
    assert time.process_time() - began < 5
    sizes = [b - a for a, b in zip(tokens.bounds, tokens.bounds[1:], strict=False)]
    assert max(sizes, default=0) <= LONGEST


def test_a_line_of_a_hundred_thousand_letters_without_a_full_stop() -> None:
    text = "and so they went on to say that it was not over yet " * 2_000
    tokens = tokenize(text)
    assert tokens.bounds[-1] == len(tokens)
    assert tokens.sentence_count == -(-len(tokens) // LONGEST)


def test_a_text_of_five_million_letters() -> None:
    text = "The envoy, Mr. Nur, said: “We agree.” He left for the U.S. on Feb. 7.\n" * 71_500
    began = time.process_time()
    tokens = tokenize(text)
    assert len(text) > 5_000_000
    assert tokens.sentence_count == 2 * 71_500
    assert time.process_time() - began < 60


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\u200b"])
def test_a_text_of_nothing_has_no_sentences(text: str) -> None:
    tokens = tokenize(text)
    assert len(tokens) == 0
    assert tokens.sentence_count == 0
