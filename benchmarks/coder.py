"""How many sentences a second the coder handles after the encoder, on one core.

    python benchmarks/coder.py FILE.jsonl[.gz] [--documents 40]

The documents are analysed first; what is timed is everything that makes events of an analysis with
its actors, statements, times and places: frames, roles, composition, status, the judge, merging.
Processor time is measured, so that other work on the machine does not count; beside it stands a
reference loop of plain Python, so that two machines can be compared by the ratio.
"""

from __future__ import annotations

import argparse
import time
from itertools import islice
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.reader import Stages
from dragoman.settings import Settings
from dragoman.sources import jsonl

_ROUNDS = 3


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--documents", type=int, default=40)
    given = arguments.parse_args()
    stages = Stages.load(Settings.load())
    ready = []
    found = (d for d in jsonl.load(given.file) if not isinstance(d, DragomanError))
    for document in islice(found, given.documents):
        analysis = stages.analyse(stages.tokenize(document.text))
        cast = stages.find_cast(analysis, document.date)
        said = stages.find_statements(analysis, cast)
        times = stages.find_times(analysis, document.date)
        places = stages.find_places(analysis, cast)
        ready.append((analysis, cast, said, times, places, document.date))
    sentences = sum(len(analysis.tokens.bounds) - 1 for analysis, *_ in ready)
    words = sum(len(analysis.words) for analysis, *_ in ready)
    spent, events = [], 0
    for _ in range(_ROUNDS):
        began = time.process_time()
        events = sum(len(stages.code_events(*parts)) for parts in ready)
        spent.append(time.process_time() - began)
    best = min(spent)
    print(f"{len(ready)} documents, {sentences} sentences, {words} words, {events} events")
    print(f"{sentences / best:,.0f} sentences/s, {words / best:,.0f} words/s of one core")
    print(f"reference loop {_reference():.2f} s")


def _reference() -> float:
    """Seconds that a fixed piece of plain Python takes here."""
    began = time.process_time()
    total = 0
    for number in range(5_000_000):
        total += number & 7
    assert total
    return time.process_time() - began


if __name__ == "__main__":
    main()
