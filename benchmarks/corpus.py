"""A corpus of any length coded and merged end to end: documents a second, and memory.

    python benchmarks/corpus.py [300 1000 3000] [--workers 1] [--keep FOLDER]

Short documents by rule: a hundred a day, so that a longer corpus is a longer time and no denser
news; each event is told by one to four outlets in words of their own, within two days. They are
read by the shipped reader (no fake), coded and merged by the commands' own functions, each in a
process of its own. Memory is the most that a process held (resident); it should not grow from line
to line once partitions and caches are full. 10000 30000 100000 shows the curve, 1000000 takes a
night.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from synthetic import STATES

from dragoman.cluster.coding import CodingPlan, code
from dragoman.cluster.merging import merge_coded
from dragoman.cluster.workers import triage_reader
from dragoman.settings import Settings

A_DAY: Final = 100
FIRST: Final = date(1990, 1, 1)
OUTLETS: Final = [f"outlet{number}.org" for number in range(40)]
# Each deed as outlets tell it: {a} and {b} are states, {t} a town of b, {n} a number, {d} a day.
DEEDS: Final = (
    (
        "{a}'s foreign minister flew to {t} on {d} and met his counterpart from {b} for {n} hours.",
        "The foreign ministers of {a} and {b} met in {t} on {d}, officials said.",
        "{a}'s top diplomat held talks with officials of {b} in {t} on {d}.",
    ),
    (
        "{a} accused {b} on {d} of sending {n} drones across the border near {t}.",
        "{b} sent drones over the border near {t}, {a} charged on {d}.",
        "The government of {a} blamed {b} on {d} for {n} drones that were seen near {t}.",
    ),
    (
        "Troops of {a} shelled {t} on {d}, killing {n} people, the government of {b} said.",
        "{a} shelled {t} on {d}; at least {n} people were killed.",
        "Artillery of {a} struck {t} in {b} on {d} and killed {n} people.",
    ),
    (
        "{a} threatened on {d} to close its border to {b} within {n} days.",
        "The president of {a} threatened to shut the border with {b}, in a speech on {d}.",
    ),
    (
        "{a} delivered {n} tonnes of relief goods to {b} on {d}; the ships unloaded in {t}.",
        "Relief from {a} reached {t} in {b} on {d}.",
    ),
    (
        "{a} imposed sanctions on {n} banks of {b} on {d}.",
        "On {d} {a} put sanctions on banks of {b}.",
    ),
)
MORE: Final = (
    "The weather in {t} was cold and the markets were quiet.",
    "It was the {n}th week in which the shops of {t} stayed open late.",
    "A football match in {t} went on as planned and ended without a goal.",
)


def documents(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """So many documents, in the order of their days."""
    draw = random.Random(seed)
    made = 0
    while made < count:
        day = FIRST + timedelta(days=made // A_DAY)
        deed = draw.choice(DEEDS)
        one, other = draw.sample(STATES, 2)
        number = draw.randrange(3, 400)
        outlets = draw.sample(OUTLETS, draw.choice((1, 1, 2, 3, 4)))
        for outlet in outlets[: count - made]:
            told = day + timedelta(days=draw.choice((0, 0, 1, 2)))
            sentences = [draw.choice(deed), *draw.sample(MORE, 2)]
            words = {"a": one[1], "b": other[1], "t": other[2], "n": number}
            text = " ".join(sentences).format(**words, d=f"{day:%-d %B %Y}")
            yield {
                "id": f"d{made}",
                "url": f"https://{outlet}/{made}",
                "source": outlet,
                "date": told.isoformat(),
                "text": text[0].upper() + text[1:],
            }
            made += 1


def coded(source: str, out: str, workers: int) -> dict[str, float]:
    began = time.perf_counter()
    plan = CodingPlan(workers=workers)
    tally = code([source], Path(out), Settings(), plan, make_reader=triage_reader)
    return {
        "seconds": time.perf_counter() - began,
        "words": tally.words,
        "worker": tally.peak_megabytes,
        "parent": _peak(),
        "events": tally.counts["events"],
        "failures": tally.failures.total(),
    }


def merged(out: str) -> dict[str, float]:
    before, began = _peak(), time.perf_counter()
    tally = merge_coded(Path(out))
    return {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time(),
        "before": before,
        "peak": _peak(),
        "events": tally.events,
        "reports": tally.reports,
        "cut": tally.cut,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("counts", nargs="*", type=int, default=[300, 1_000, 3_000])
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--keep", help="where the tables stay; a temporary folder else")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in given.counts:
            place = Path(given.keep or folder) / str(count)
            place.mkdir(parents=True, exist_ok=True)
            source = place / "corpus.jsonl"
            with source.open("w", encoding="utf-8") as file:
                for made in documents(count):
                    file.write(json.dumps(made) + "\n")
            c = _alone(coded, str(source), str(place / "out"), given.workers)
            m = _alone(merged, str(place / "out"))
            print(
                f"{count:>9,} documents, {c['words']:,} words: coded {count / c['seconds']:.1f} a "
                f"second ({c['events']:,} events, {c['failures']} failures), at most "
                f"{c['worker']:.0f} MB a worker, {c['parent']:.0f} MB the parent; merged "
                f"{count / m['seconds']:.0f} a second ({m['reports']:,} reports, {m['events']:,} "
                f"events, cut {m['cut']}), at most {m['peak']:.0f} MB ({m['before']:.0f} before)",
                flush=True,
            )


def _alone(work: Callable[..., dict[str, float]], *arguments: object) -> dict[str, float]:
    """The result of some work in a fresh process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *arguments).result()


if __name__ == "__main__":
    main()
