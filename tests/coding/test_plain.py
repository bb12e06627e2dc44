"""Plain sentences by themselves: neither frames nor the judge may leave out what they tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.reader import Reader

_FILE = Path(__file__).with_name("plain_cases.tsv")
_LINES = _FILE.read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("type_", "text"), CASES)
def test_a_plain_sentence_tells_its_deed(reader: Reader, type_: str, text: str) -> None:
    told = [event.type for event in reader.read(text, date="2021-05-12").events]
    assert type_ in told


def test_every_type_has_its_sentences() -> None:
    assert len({type_ for type_, _ in CASES}) == 16
