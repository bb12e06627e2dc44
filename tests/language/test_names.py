"""The names head: what it sees of a word, and that it reads a document as a whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.language.analysis import Tokens
from dragoman.language.model import FOLDER, Model
from dragoman.language.names import HASHED, LISTS, WordMarks, pattern, stretches
from dragoman.language.tokens import tokenize


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load(threads=1)


def names(model: Model, text: str) -> set[tuple[str, str]]:
    analysis = model.analyse(tokenize(text))
    found = set()
    for name in analysis.names:
        first, last = analysis.span(name.first, name.last)
        found.add((text[first:last], name.label))
    return found


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Moscow", "Xxx"),
        ("NATO", "XX"),
        ("U.S.", "X.X."),
        ("McCain", "XxXxx"),
        ("Su-27", "Xx-99"),
        ("said", "xx"),
        ("", ""),
    ],
)
def test_how_a_word_is_written(word: str, expected: str) -> None:
    assert pattern(word) == expected


def marks_of(lists: dict[str, int], text: str) -> tuple[Tokens, dict[str, np.ndarray], np.ndarray]:
    tokens = tokenize(text)
    marks = WordMarks(lists).of(tokens, tokens.words)
    columns = [*LISTS, "starts", "capital elsewhere", "small elsewhere", "times"]
    columns += ["titled", "shouted", "capital"]
    return tokens, dict(zip(columns, marks.written.T, strict=True)), marks.keys


def test_a_word_is_known_from_its_lists_and_from_the_rest_of_the_document() -> None:
    bit = 1 << LISTS.index("family name")
    text = "Rice fell. Prices of rice fell as Rice spoke to Baker-Rice."
    tokens, written, keys = marks_of({"rice": bit}, text)
    known = [
        word for word, is_in in zip(tokens.words, written["family name"], strict=True) if is_in
    ]
    assert {"Rice", "rice"} <= set(known)
    assert not written["state"].any()
    rice = [n for n, word in enumerate(tokens.words) if word.lower() == "rice"]
    assert len({keys[n] for n in rice}) == 1
    assert written["capital elsewhere"][rice].all()
    assert written["small elsewhere"][rice].all()
    assert written["starts"][0] == 1
    fell = tokens.words.index("fell")
    assert written["capital elsewhere"][fell] == 0


def test_a_shouted_sentence_is_told_from_others() -> None:
    _, written, _ = marks_of({}, "TALKS FAIL IN SPLIT\n\nThe talks in Split failed.")
    assert written["shouted"][0] == 1
    assert written["shouted"][-1] == 0


def test_the_shipped_table_names_every_list() -> None:
    marks = WordMarks.load(FOLDER / "names.words.gz").of(
        tokenize("Emmanuel nevertheless France"), ["Emmanuel", "nevertheless", "France"]
    )
    assert marks.ids.shape == (3, HASHED)
    assert marks.written[0, LISTS.index("first name")] == 1
    assert marks.written[2, LISTS.index("state")] == 1
    assert not marks.written[1, : len(LISTS)].any()


def test_a_surname_that_stands_alone_is_who_the_document_named(model: Model) -> None:
    text = (
        "The talks were led by Tarvo Lindqvist, the Estonian envoy. They went on until dawn.\n\n"
        "Lindqvist said that the army of Ruvania had left the Dersa valley."
    )
    found = names(model, text)
    assert ("Tarvo Lindqvist", "PER") in found
    assert ("Lindqvist", "PER") in found
    assert ("Ruvania", "LOC") in found


def test_a_long_document_is_looked_at_in_stretches() -> None:
    begins = list(range(0, 20_000, 50))
    found = list(stretches(begins, 20_000))
    assert found == [(0, 8_000), (8_000, 16_000), (16_000, 20_000)]
    assert list(stretches([0], 9_000)) == [(0, 9_000)]  # one sentence is never cut
    assert list(stretches([0, 10], 30)) == [(0, 30)]


def test_names_of_a_long_document_are_found_to_its_end(model: Model) -> None:
    sentence = "Angela Merkel flew from Berlin to Moscow. "
    tokens = tokenize(sentence * 1_200)
    found = model.analyse(tokens).names
    assert len(found) == 3_600
    assert found[-1].last > len(tokens) - 3


def test_a_missing_table_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        WordMarks.load(tmp_path / "names.words.gz")
