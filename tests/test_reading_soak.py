"""Long runs: memory stays where it is, however many documents come by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from dragoman.reader import Reader
from dragoman.records import Input
from dragoman.sources import jsonl

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ROUNDS = 60
MOST_MB = 1000
MOST_GROWTH_MB = 60


def _memory() -> float:
    return float(psutil.Process().memory_info().rss / 1024**2)


@pytest.mark.soak
def test_memory_does_not_grow_with_the_number_of_documents(reader: Reader) -> None:
    documents = [d for d in jsonl.load(EXAMPLES / "crisis.jsonl") if isinstance(d, Input)]

    def stream() -> Iterator[Input]:
        for number in range(ROUNDS):
            for document in documents:
                # Words that no document before had: what is remembered of words would show.
                news = f"Mr Xa{number}bo met Mr Yu{number}co."
                yield replace(document, text=f"{document.text}\n{news}")

    begun = 0.0
    for number, _ in enumerate(reader.read_many(stream())):
        if number == 10 * len(documents):
            begun = _memory()
    assert _memory() < MOST_MB
    assert _memory() - begun < MOST_GROWTH_MB


@pytest.mark.soak
def test_a_text_of_five_megabytes_is_cut_and_read(reader: Reader) -> None:
    document = next(d for d in jsonl.load(EXAMPLES / "crisis.jsonl") if isinstance(d, Input))
    text = document.text * (5_000_000 // len(document.text) + 1)
    reading = reader.read(text, date="2017-09-05")
    assert len(reading.document.text or "") <= reader.settings.max_chars
    assert "text-cut" in [notice.code for notice in reading.document.warnings]
    assert _memory() < MOST_MB
