"""How fast dragoman reads news: words a second end to end, and where the time goes.

    python benchmarks/reading.py [--documents 200]

What `dragoman bench` prints, for texts of ordinary length out of the news of the shared data
(DRAGOMAN_DATA, else ../shared/data), lines at odd positions, and the time to start.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dragoman.cli.bench import table
from dragoman.evaluate.speed import measure
from dragoman.records import Input
from dragoman.settings import Settings
from dragoman.sources import jsonl

ORDINARY: Final = (1_000, 8_000)  # characters
START: Final = "import dragoman; dragoman.read('Macron met Putin in Moscow.', date='2022-02-07')"


def news(most: int) -> list[Input]:
    """Texts of ordinary length, the same number of each file."""
    root = Path(os.environ.get("DRAGOMAN_DATA") or Path(__file__).parents[2] / "shared" / "data")
    files = sorted((root / "news").glob("*.jsonl.gz"))
    if not files:
        sys.exit(f"no news under {root}; set DRAGOMAN_DATA, or use `dragoman bench` on your texts")
    each = -(-most // len(files))
    return [text for file in files for text in itertools.islice(_ordinary(file), each)][:most]


def _ordinary(file: Path) -> Iterator[Input]:
    for number, document in enumerate(jsonl.load(file)):
        if number % 2 == 0 or not isinstance(document, Input):
            continue
        if ORDINARY[0] <= len(document.text) <= ORDINARY[1]:
            yield document


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=200, help="how many to read")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(table(measure(news(options.documents), Settings())))
    print(f"import, load, first text {_start():.2f} s")


def _start() -> float:
    """Seconds until a new process has read its first text; the best of three."""

    def timed() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", START], check=True)
        return time.perf_counter() - began

    return min(timed() for _ in range(3))


if __name__ == "__main__":
    main()
