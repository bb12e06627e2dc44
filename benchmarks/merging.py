"""How long merging takes, and how the time grows.

    python benchmarks/merging.py [10000 30000 100000]

A synthetic year of reports: events of a few states that are in most of the news and of many that
seldom are, each told by one to eight outlets in words of their own, with days, places and numbers
that some leave out. Times are processor seconds; the share of events found again is shown, so that
the speed is that of a merging that works.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date, timedelta

from dragoman.merging import Party, Report, merge
from dragoman.records import Size

FIRST = date(2022, 1, 1)
KINDS = (
    ("ASSAULT", None, "attacked shelled struck"),
    ("ACCUSE", "allege", "accused blamed charged"),
    ("THREATEN", None, "threatened warned"),
    ("CONSULT", "phone", "phoned called telephoned"),
    ("CONSULT", "visit", "visited travelled"),
    ("REQUEST", "yield", "urged demanded asked"),
    ("SUPPORT", None, "praised welcomed hailed"),
    ("AID", None, "gave supplied sent"),
    ("SANCTION", None, "sanctioned expelled"),
    ("MOBILIZE", "troops", "massed deployed moved"),
)
CODES = [f"{a}{b}{c}" for a in "ABCDE" for b in "KLMNO" for c in "XYZV"]
STARTS = ("bar", "ler", "mon", "tis", "gor", "val", "sed", "pir", "nok", "fum")
WORDS = [f"{a}{b}{c}" for a in STARTS
         for b in ("an", "el", "or", "ut", "is", "am", "ek", "od", "ir", "un")
         for c in ("dale", "ton", "mark", "feld", "gard", "holm", "wick", "berg", "stan", "ville",
                   "shire", "port", "field", "brook", "ridge", "haven", "cliff", "moor", "bank",
                   "gate")]  # fmt: skip


def reports(count: int, seed: int = 1) -> list[Report]:
    """So many reports, and more or less a quarter as many events."""
    draw = random.Random(seed)
    made: list[Report] = []
    event = 0
    while len(made) < count:
        event += 1
        kind, mode, verbs = draw.choice(KINDS)
        who, whom = (CODES[min(int(draw.expovariate(0.12)), len(CODES) - 1)] for _ in range(2))
        if who == whom:
            continue
        day = FIRST + timedelta(days=draw.randrange(365))
        words = draw.sample(WORDS, 9)
        place = draw.choice(words)
        number = draw.randrange(5, 900)
        for _ in range(min(draw.choice((1, 1, 1, 2, 2, 3, 5, 8)), count - len(made))):
            told = day + timedelta(days=draw.choice((0, 0, 1)))
            said = draw.sample(words, 6) + draw.sample(WORDS, 5)
            verb = draw.choice(verbs.split())
            dated = draw.random() < 0.6
            made.append(
                Report(
                    id=f"{len(made)}:e1",
                    key=f"{draw.getrandbits(64):016x}-{event}",
                    document=str(len(made)),
                    root=str(len(made)),
                    source=f"outlet {int(draw.expovariate(0.05))}",
                    published=told.isoformat(),
                    type=kind,  # type: ignore[arg-type]
                    mode=mode,
                    actors=(Party(key=who, name=who, kind="state", code=who),),
                    recipients=(Party(key=whom, name=whom, kind="state", code=whom),),
                    start=day.isoformat() if dated else None,
                    end=day.isoformat() if dated else None,
                    precision="day" if dated else None,
                    place=place if draw.random() < 0.5 else None,
                    sizes={"troops": Size(low=number, high=number, text=str(number))}
                    if draw.random() < 0.3
                    else {},
                    trigger=verb,
                    passage=f"{who} {verb} {whom} {' '.join(said)}",
                )
            )
    return made


def main(counts: list[int]) -> None:
    before: tuple[int, float] | None = None
    for count in counts:
        made = reports(count)
        started = time.process_time()
        merged = merge(made)
        took = time.process_time() - started
        events = len({report.key.split("-")[1] for report in made})
        pure = sum(len({r.key.split("-")[1] for r in one.reports}) == 1 for one in merged)
        line = f"{count:>8} reports of {events:>6} events: {len(merged):>6} merged, "
        line += f"{pure / len(merged):.1%} of one event each, {took:6.1f} s"
        if before:
            line += f", {took / before[1]:.2f} times as long for {count / before[0]:.2f} as many"
        print(line, flush=True)
        before = (count, took)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 30_000, 100_000])
