"""Reading with the filter against reading without, on mixed news: speed, and events kept.

    python benchmarks/triage.py [--documents 60] [--union 240] [--recall 0.95]

Two mixes of three files of the shared data (DRAGOMAN_DATA, else ../shared/data), which are
timelines of crises, Reuters 1987 (mostly markets) and politics at home: so many documents of each,
and so many drawn at random from all of them together, as they come. Lines at even positions, on
which nothing was learnt; only totals are told. Each document is read by both readers, one after the
other, and processor time is measured. An event is kept where the other reading has one of the same
type whose trigger overlaps.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from dragoman.evaluate.kept import kept
from dragoman.reader import Reader
from dragoman.records import Input
from dragoman.settings import Settings
from dragoman.sources import jsonl

FILES: Final = ("timeline_corpora", "reuters_21578", "bbc_politics_2004_2005")
STEP: Final = 7  # of the even lines each seventh, so that not only the beginnings of files are read


EQUAL: Final = "equal parts"
UNION: Final = "as they come"
SEED: Final = 11


def even() -> dict[str, list[Input]]:
    """By file its documents at even positions that have a text."""
    root = Path(os.environ.get("DRAGOMAN_DATA") or Path(__file__).parents[2] / "shared" / "data")
    found = {}
    for name in FILES:
        file = root / "news" / f"{name}.jsonl.gz"
        if not file.exists():
            sys.exit(f"no {file}; set DRAGOMAN_DATA")
        rows = islice(jsonl.load(file), 0, None, 2)
        found[name] = [row for row in rows if isinstance(row, Input) and row.text.strip()]
    return found


def texts(each: int, union: int) -> Iterator[tuple[str, Input]]:
    """Documents, by the line of the table that they count for."""
    documents = even()
    for name, rows in documents.items():
        step = 1 if name == FILES[-1] else STEP
        yield from ((name, row) for row in rows[: each * step : step])
    everything = [row for rows in documents.values() for row in rows]
    for row in random.Random(SEED).sample(everything, union):
        yield UNION, row


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=60, help="of each file")
    parser.add_argument("--union", type=int, default=240, help="of all files together")
    parser.add_argument("--recall", type=float, help="the share of events to be kept")
    given = parser.parse_args()
    settings = Settings()
    readers = (Reader(settings), Reader(settings, triage=given.recall or True))
    found = list(texts(given.documents, given.union))
    for reader in readers:  # tables are loaded when first wanted
        for _, document in found[:: max(1, len(found) // 12)]:
            reader.read(document)
    spent: dict[str, list[float]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for name, document in found:
        row = spent.setdefault(name, [0.0, 0.0])
        readings = []
        for at, reader in enumerate(readers):
            began = time.process_time()
            readings.append(reader.read(document))
            row[at] += time.process_time() - began
        full, part = readings
        counts[name, "words"] += len(document.text.split())
        counts[name, "events"] += len(full.events)
        counts[name, "kept"] += kept(full, part)
        counts[name, "new"] += len(part.events) - kept(part, full)
    print(f"{'':24} {'words':>8} {'events':>7} {'kept':>7} {'others':>7} {'faster':>7}")
    lines = [*spent]
    if given.documents:
        lines.insert(len(FILES), EQUAL)
    for name in lines:
        names = FILES if name == EQUAL else (name,)
        words, events, still, new = (
            sum(counts[n, key] for n in names) for key in ("words", "events", "kept", "new")
        )
        plain, quick = (sum(spent[n][at] for n in names) for at in (0, 1))
        print(
            f"{name:24} {words:8,} {events:7,} {still / max(1, events):7.1%} {new:7,} "
            f"{plain / quick:6.2f} ×"
        )
    print(f"the filter {readers[1].provenance.model}")


if __name__ == "__main__":
    main()
