"""Coding on a Ray cluster of this machine against as many plain processes, turn by turn.

    python benchmarks/rays.py [--documents 240] [--workers 2] [--rounds 2]

The news of `reading.py`, every sentence read (no filter), in partitions of ten documents. Two
things are compared: documents a second by the clock from when the workers have done their first
partitions (a cluster is started once, and each worker loads its model), and the processor time
that coding took in the workers, which other work on the machine disturbs less.
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
from dragoman.cluster.partition import Note
from dragoman.cluster.workers import own_reader
from dragoman.settings import Settings


def coded(source: Path, out: Path, engine: Engine, workers: int) -> tuple[float, float]:
    """Documents a second after the first partitions, and the workers' processor seconds."""
    done: list[tuple[float, int]] = []

    def told(note: Note, _: bool) -> None:
        done.append((time.perf_counter(), note.counts["documents"]))

    plan = CodingPlan(workers=workers, partition=10, engine=engine)
    tally = code([str(source)], out, Settings(), plan, make_reader=own_reader, on_partition=told)
    began = done[workers - 1][0]
    # The last partitions are left out too: one worker may have nothing left to do.
    rest = done[workers : len(done) - workers + 1]
    return sum(count for _, count in rest) / (rest[-1][0] - began), tally.processor


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=240)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    rows = [{"id": d.id, "text": d.text, "date": d.date} for d in news(given.documents)]
    engines: tuple[Engine, ...] = ("processes", "ray")
    speed: dict[str, float] = {}
    spent: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "news.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for turn in range(given.rounds):
            for engine in engines if turn % 2 == 0 else engines[::-1]:
                out = Path(folder) / f"{engine}{turn}"
                fast, busy = coded(source, out, engine, given.workers)
                print(
                    f"{engine:10} {fast:6.1f} documents/s, {busy:6.1f} s of processors", flush=True
                )
                speed[engine] = max(speed.get(engine, fast), fast)
                spent[engine] = min(spent.get(engine, busy), busy)
    print(
        f"{len(rows)} documents, {given.workers} workers: Ray has "
        f"{speed['ray'] / speed['processes']:.2f} × the speed by the clock and needs "
        f"{spent['ray'] / spent['processes']:.2f} × the processor time in its workers"
    )


if __name__ == "__main__":
    main()
