"""Floors under the filter before the encoder: events kept, and words spared, on mixed news.

Lines at even positions, on which nothing was learnt; only totals are told. What the full reader
finds is what is to be kept, its errors included. An event is kept by its sentences where the filter
lets one of those pass that tell it, and from end to end where the filtered reading has it too.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice

import pytest

from data_root import shared
from dragoman.evaluate.kept import kept
from dragoman.language.tokens import tokenize
from dragoman.language.triage import Triage
from dragoman.reader import Reader

FILES = {"timeline_corpora": 24, "reuters_21578": 40, "bbc_politics_2004_2005": 16}
BEGINNING = 2_000  # characters
KEPT = 0.96
END_TO_END = 0.93
SPARED = 0.56  # of all words


@pytest.mark.gate
def test_events_are_kept_and_words_spared(reader: Reader) -> None:
    triage = Triage()
    quick = Reader(triage=True)
    events = passed = found = words = kept_words = 0
    for text in _texts():
        tokens = tokenize(text)
        keep = triage.scores(tokens) >= triage.threshold
        full, part = reader.read(text), quick.read(text)
        events += len(full.events)
        found += kept(full, part)
        for event in full.events:
            passed += any(keep[s] for s in {event.sentence, *(t.sentence for t in event.tellings)})
        words += len(tokens)
        kept_words += len(triage.select(tokens))
    assert events > 110
    assert passed / events >= KEPT, (passed, events)
    assert found / events >= END_TO_END, (found, events)
    assert 1 - kept_words / words >= SPARED, (kept_words, words)


def _texts() -> Iterator[str]:
    for name, count in FILES.items():
        with gzip.open(shared("news", f"{name}.jsonl.gz"), "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in islice(lines, 0, None, 2)]
        for row in rows[-count:]:
            yield row["text"][:BEGINNING]
