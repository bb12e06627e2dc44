"""Long runs: memory stays where it is, however many documents come by; nothing absurd is read."""

from __future__ import annotations

import gzip
import json
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from data_root import shared
from dragoman.reader import Reader
from dragoman.records import Input, Reading
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


MOST_ACTORS = 20  # a meeting of a whole government has more than a dozen that are named
MOST_TIMES_THE_MEDIAN = 20.0  # of the time a word takes; shorter texts wait for other things
FEWEST_WORDS = 100


def _odd_texts(number: int, most: int) -> list[Input]:
    """Texts of the news data at odd positions, drawn at random; the same ones each time."""
    found = []
    for path in sorted(shared("news").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            lines = list(file)[1::2]
        for line in random.Random(path.name).sample(lines, min(number, len(lines))):
            row = json.loads(line)
            date = (row.get("date") or "")[:10] or None
            text = str(row["text"])[:most]
            found.append(Input(text=text, id=f"{path.name}:{row['id']}", date=date))
    return found


def _absurd(reading: Reading) -> list[str]:
    """What no reader would write down."""
    text, found = reading.document.text or "", []
    for event in reading.events:
        trigger = " ".join(text[span.start : span.end] for span in event.trigger)
        if not any(letter.isalpha() for letter in trigger):
            found.append(f"the trigger {trigger!r}")
        if len({*event.actors, *event.recipients}) > MOST_ACTORS:
            found.append(f"all who take part in {trigger!r}")
        when = event.when
        if when is not None and not "1000" < when.start[:4] <= when.end[:4] < "2100":
            found.append(f"the date {when.text!r}")
        if when is not None and when.end[:10] < when.start[:10]:
            found.append(f"an end before its begin: {when.text!r}")
    return found


def _soaked(reader: Reader, documents: Sequence[Input]) -> None:
    paces = []
    for document in documents:
        began = time.process_time()
        reading = reader.read(document)
        spent = time.process_time() - began
        assert not _absurd(reading), document.id
        words = len(document.text.split())
        if words >= FEWEST_WORDS:
            paces.append((spent / words, document.id))
    middle = statistics.median(pace for pace, _ in paces)
    slow = [(id, pace / middle) for pace, id in paces if pace > MOST_TIMES_THE_MEDIAN * middle]
    assert not slow


def test_some_texts_of_every_kind_are_read_without_absurdities(reader: Reader) -> None:
    _soaked(reader, _odd_texts(2, 2_000))


@pytest.mark.soak
def test_many_texts_of_every_kind_are_read_without_absurdities(reader: Reader) -> None:
    _soaked(reader, _odd_texts(150, 20_000))
