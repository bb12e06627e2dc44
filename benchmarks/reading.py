"""How fast dragoman reads: words a second end to end, and where the time goes.

    python benchmarks/reading.py [FILE.jsonl.gz …] [--documents 200]

Without files, texts of ordinary length are taken from the news of the shared data (DRAGOMAN_DATA,
else ../shared/data), lines at odd positions. A fixed loop of plain Python is timed in the same run,
so that figures from different machines and days can be set beside each other.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import resource
import subprocess
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from dragoman.reader import Reader, Stages
from dragoman.records import Input
from dragoman.settings import Settings
from dragoman.sources import jsonl

ORDINARY: Final = (1_000, 8_000)  # characters
START: Final = "import dragoman; dragoman.read('Macron met Putin in Moscow.', date='2022-02-07')"


def reference_loop() -> float:
    """Seconds for a fixed piece of work in plain Python; the best of five."""
    return min(_timed(_reference_work) for _ in range(5))


def _reference_work() -> int:
    counts: dict[str, int] = {}
    for number in range(400_000):
        word = f"w{number * 7919 % 5003}"
        counts[word] = counts.get(word, 0) + len(word)
    return sum(counts.values())


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def news(most: int) -> list[Input]:
    """Texts of ordinary length, the same number of each file."""
    root = Path(os.environ.get("DRAGOMAN_DATA") or Path(__file__).parents[2] / "shared" / "data")
    files = sorted((root / "news").glob("*.jsonl.gz"))
    if not files:
        sys.exit(f"no news under {root}; name files of documents, or set DRAGOMAN_DATA")
    each = -(-most // len(files))
    return [text for file in files for text in itertools.islice(_ordinary(file), each)][:most]


def _ordinary(file: Path) -> Iterator[Input]:
    for number, document in enumerate(jsonl.load(file)):
        if number % 2 == 0 or not isinstance(document, Input):
            continue
        if ORDINARY[0] <= len(document.text) <= ORDINARY[1]:
            yield document


def timed_stages(stages: Stages, spent: dict[str, float]) -> Stages:
    """The stages, each adding to the time it took."""

    def timed(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            began = time.process_time()
            try:
                return stage(*arguments)
            finally:
                spent[name] += time.process_time() - began

        return call

    functions = {f.name: getattr(stages, f.name) for f in fields(stages)}
    return replace(stages, **{n: timed(n, f) for n, f in functions.items() if callable(f)})


def main() -> None:
    documents = _documents()
    words = sum(len(document.text.split()) for document in documents)
    settings = Settings()
    shipped = Stages.load(settings)
    Reader(settings, stages=shipped).read(documents[0])
    spent: dict[str, float] = defaultdict(float)
    alone = Reader(settings, stages=timed_stages(shipped, spent))
    busy = time.process_time()
    one_by_one = _timed(lambda: _exhaust(map(alone.read, documents)))
    busy = time.process_time() - busy
    stream = Reader(settings, stages=shipped).read_many(documents)
    streamed = _timed(lambda: _exhaust(stream))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"reference loop           {reference_loop():8.3f} s")
    print(f"import, load, first text {_start():8.2f} s")
    print(f"documents                {len(documents):8d}   words {words:,}")
    print(f"one by one               {words / one_by_one:8,.0f} words/s")
    print(f"  per second of processor {words / busy:7,.0f} words, whatever else the machine does")
    print(f"read_many                {words / streamed:8,.0f} words/s")
    print(f"peak memory              {peak:8.0f} MB")
    print("stage, share of the processor time, µs of one processor a word")
    spent["the rest"] = busy - sum(spent.values())
    for name, seconds in spent.items():
        print(f"  {name:22s} {seconds / busy:8.1%} {seconds / words * 1e6:8.1f}")


def _documents() -> list[Input]:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="documents, one JSON object a line")
    parser.add_argument("--documents", type=int, default=200, help="how many to read")
    options = parser.parse_args()
    if not options.files:
        return news(options.documents)
    found = itertools.chain.from_iterable(map(jsonl.load, options.files))
    return [d for d in found if isinstance(d, Input)][: options.documents]


def _exhaust(readings: Iterable[Any]) -> None:
    deque(readings, maxlen=0)


def _start() -> float:
    """Seconds until a new process has read its first text; the best of three."""
    command = [sys.executable, "-c", START]
    return min(_timed(lambda: subprocess.run(command, check=True)) for _ in range(3))


if __name__ == "__main__":
    main()
