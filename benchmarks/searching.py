"""How fast a large case answers: search and filtered lists, median and worst, on this machine.

    python benchmarks/synthetic.py big.db --documents 100000        # once
    python benchmarks/searching.py big.db [--rounds 7]

Each question is asked with several names, types and words, as a user asks: through `Case`, fifty
rows of each list. Milliseconds are of the processor: SQLite works in the process that asks, and
with the file in memory they are those of the clock on an idle machine. The first answer of a new
process is shown apart.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from synthetic import KINDS, NOUNS, STATES

from dragoman.case import Case, Filter

Ask = Callable[[Case, random.Random], object]


def _code(chance: random.Random) -> str:
    return str(chance.choice(STATES)[0])


def _month(chance: random.Random) -> str:
    return f"2022-{chance.randint(1, 12):02d}"


def _event(case: Case, **filters: Any) -> list[Any]:
    return list(case.events(Filter(limit=50, **filters)))


QUESTIONS: dict[str, Ask] = {
    "search, two words": lambda case, c: list(
        case.search(f"{c.choice(NOUNS)} {c.choice(NOUNS)}", limit=20)
    ),
    "search, a phrase": lambda case, c: list(case.search('"security guarantees"', limit=20)),
    "search, by speaker": lambda case, c: list(
        case.search("security guarantees", speaker=f"person-{c.randrange(100)}", limit=20)
    ),
    "search, in a month": lambda case, c: list(
        case.search(c.choice(NOUNS), since=_month(c), until=_month(c), limit=20)
    ),
    "search, of one source": lambda case, c: list(
        case.search(c.choice(NOUNS), source=f"paper{c.randrange(80)}.org", limit=20)
    ),
    "documents": lambda case, c: list(case.documents(limit=50)),
    "documents, of one source": lambda case, c: list(
        case.documents(source=f"paper{c.randrange(80)}.org", limit=50)
    ),
    "documents, naming two": lambda case, c: list(
        case.documents(actor=_code(c), with_=_code(c), limit=50)
    ),
    "documents, with words": lambda case, c: list(case.documents(text=c.choice(NOUNS), limit=50)),
    "events": lambda case, c: _event(case),
    "events, of one": lambda case, c: _event(case, actor=_code(c)),
    "events, of a pair": lambda case, c: _event(case, actor=_code(c), with_=_code(c)),
    "events, pair and type": lambda case, c: _event(
        case, actor="RUS", with_=_code(c), type=(c.choice(KINDS)[0],)
    ),
    "events, type and month": lambda case, c: _event(
        case, type=(c.choice(KINDS)[0],), since=_month(c), until=_month(c)
    ),
    "events, planned": lambda case, c: _event(case, status=("planned",)),
    "events, cancelled, rare": lambda case, c: _event(
        case, status=("cancelled",), type=(c.choice(KINDS)[0],), actor=_code(c)
    ),
    "events, at a place": lambda case, c: _event(case, place=c.choice(STATES)[2]),
    "events, in a country": lambda case, c: _event(case, place=_code(c), since=_month(c)),
    "events, with words": lambda case, c: _event(case, text=c.choice(NOUNS)),
    "events, of one source": lambda case, c: _event(case, source=f"paper{c.randrange(80)}.org"),
    "events, on one's word": lambda case, c: _event(case, speaker=_code(c)),
    "events, by confidence": lambda case, c: _event(case, sort="-confidence"),
    "events, as known at": lambda case, c: _event(
        case, actor=_code(c), as_known_at="2050-01-01T00:00"
    ),
    "statements": lambda case, c: list(case.statements(limit=50)),
    "statements, of one": lambda case, c: list(
        case.statements(speaker=f"person-{c.randrange(400)}", limit=50)
    ),
    "statements, a state's": lambda case, c: list(case.statements(speaker=_code(c), limit=50)),
    "statements, demands": lambda case, c: list(case.statements(kind=("demand",), limit=50)),
    "actors": lambda case, c: list(case.actors(limit=50)),
    "actors, by name": lambda case, c: list(case.actors(text="arden", limit=50)),
    "actors, in a month": lambda case, c: list(
        case.actors(since=_month(c), until=_month(c), limit=50)
    ),
    "times": lambda case, c: list(case.times(since="2022-06-01", limit=50)),
    "places": lambda case, c: list(case.places(limit=50)),
    "places, of a country": lambda case, c: list(case.places(place=_code(c), limit=50)),
}


def timed(case: Case, ask: Ask, chance: random.Random, rounds: int) -> Iterator[float]:
    for _ in range(rounds):
        began = time.process_time()
        ask(case, chance)
        yield (time.process_time() - began) * 1000


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("case")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--only", default="", help="questions whose name has these words")
    given = options.parse_args()
    chance = random.Random(7)
    medians = []
    with Case.open(given.case) as case:
        print(f"{'milliseconds':<26} {'first':>8} {'median':>8} {'worst':>8}")
        for name, ask in QUESTIONS.items():
            if given.only not in name:
                continue
            first, *later = timed(case, ask, chance, given.rounds + 1)
            medians.append(statistics.median(later))
            print(f"{name:<26} {first:>8.0f} {medians[-1]:>8.0f} {max(later):>8.0f}", flush=True)
    slow = sum(median >= 200 for median in medians)
    print(
        f"median of all questions {statistics.median(medians):.0f} ms; "
        f"{slow} of {len(medians)} with a median of 200 ms or more",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
