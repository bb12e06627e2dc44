"""Reading with the filter against reading without, on mixed news: speed, and events kept.

    python benchmarks/triage.py [--documents 60] [--recall 0.95]

So many documents of each of three files of the shared data (DRAGOMAN_DATA, else ../shared/data):
timelines of crises, Reuters 1987 (mostly markets), politics at home. Lines at even positions, on
which nothing was learnt; only totals are told. Each document is read by both readers, one after the
other, and processor time is measured. An event is kept where the other reading has one of the same
type whose trigger overlaps.
"""

from __future__ import annotations

import argparse
import os
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


def texts(each: int) -> Iterator[tuple[str, Input]]:
    root = Path(os.environ.get("DRAGOMAN_DATA") or Path(__file__).parents[2] / "shared" / "data")
    for name in FILES:
        file = root / "news" / f"{name}.jsonl.gz"
        if not file.exists():
            sys.exit(f"no {file}; set DRAGOMAN_DATA")
        rows = islice(jsonl.load(file), 0, None, 2 * STEP if name != FILES[-1] else 2)
        yield from ((name, row) for row in islice((r for r in rows if isinstance(r, Input)), each))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=60, help="of each file")
    parser.add_argument("--recall", type=float, help="the share of events to be kept")
    given = parser.parse_args()
    settings = Settings()
    readers = (Reader(settings), Reader(settings, triage=given.recall or True))
    found = [(name, d) for name, d in texts(given.documents) if d.text.strip()]
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
    for name in (*FILES, "all"):
        names = FILES if name == "all" else (name,)
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
