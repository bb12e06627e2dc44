"""Coding on a Ray cluster of this machine against as many plain processes, turn by turn.

    python benchmarks/rays.py [--documents 240] [--workers 2] [--rounds 2]

The news of `reading.py`, every sentence read (no filter), partitions of twenty documents. What is
compared is the time by the clock from when the workers are ready, since a cluster is started once:
until then each loads its model. On a machine that does other work the rounds differ; the ratio of
the best times is told, and the processor time that the workers' coding took.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from reading import news

from dragoman.cluster.coding import CodingPlan, code
from dragoman.cluster.hands import Engine
from dragoman.cluster.workers import own_reader
from dragoman.settings import Settings


def coded(source: Path, out: Path, engine: Engine, workers: int) -> tuple[float, float]:
    """Seconds by the clock from the first partition given out to the last that is there, and those
    that the workers counted."""
    plan = CodingPlan(workers=workers, partition=20, engine=engine)
    first: list[float] = []

    def told(note: object, _: bool) -> None:
        first.append(time.perf_counter())

    tally = code([str(source)], out, Settings(), plan, make_reader=own_reader, on_partition=told)
    # The first round of partitions holds the start of the workers: it is counted from its end.
    return first[-1] - first[workers - 1], tally.seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=240)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    rows = [{"id": d.id, "text": d.text, "date": d.date} for d in news(given.documents)]
    engines: tuple[Engine, ...] = ("processes", "ray")
    best: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "news.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for turn in range(given.rounds):
            for engine in engines:
                clock, busy = coded(source, Path(folder) / f"{engine}{turn}", engine, given.workers)
                print(f"{engine:10} {clock:6.1f} s, workers counted {busy:6.1f} s", flush=True)
                best[engine] = min(best.get(engine, (clock, busy)), (clock, busy))
    ratio = best["processes"][0] / best["ray"][0]
    print(f"{len(rows)} documents, {given.workers} workers: Ray has {ratio:.2f} × the speed")


if __name__ == "__main__":
    main()
