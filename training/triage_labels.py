"""What the full reader finds in news texts, sentence by sentence: the labels of the filter.

    python training/triage_labels.py --data ../shared/data --out labels.jsonl [--part 0/4] [--even]

A line a document: its sentences, its events with the sentences that tell them, every telling that
the frames propose with the judge's probability, and where political actors stand. Odd lines of the
news teach; `--even` draws others, by the same rule, to measure on. Parts may be made side by side.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from judge_news import code

from dragoman.coding.fillers import is_political
from dragoman.coding.judging.facts import facts_of
from dragoman.coding.judging.features import vectors_of
from dragoman.coding.judging.judge import judged, shipped_judge
from dragoman.coding.tellings import merge
from dragoman.reader import Stages
from dragoman.settings import Settings

DRAWN = {
    "reuters_21578": 3600,
    "timeline_corpora": 2000,
    "bbc_politics_2004_2005": 200,
    "worldwide_newswire": 160,
    "guardian_sdf": 60,
    "ukraine_crisis_2014": 40,
    "middle_east_2023_10": 130,
    "president_press_releases_2022": 120,
    "fa_kes_syria": 30,
    "white_house_briefings_2009_2016": 40,
}
MEASURED = {"reuters_21578": 300, "timeline_corpora": 150, "bbc_politics_2004_2005": 100}
BEGINNING = 4_000  # characters of each text


def drawn(data: Path, *, even: bool) -> Iterator[tuple[str, int, dict[str, Any]]]:
    documents = []
    for name, count in (MEASURED if even else DRAWN).items():
        with gzip.open(data / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [(n, json.loads(line)) for n, line in enumerate(lines) if n % 2 != even]
        random.Random(f"{78 if even else 77}{name}").shuffle(rows)
        documents += [(name, n, row) for n, row in rows[:count]]
    random.Random(5).shuffle(documents)
    yield from documents


def labelled(stages: Stages, text: str, date: str | None) -> dict[str, Any]:
    """What the reader's stages find in a text."""
    coded = code(stages, text, date)
    page, drafts, cast = coded.page, coded.drafts, coded.cast
    tokens = coded.analysis.tokens
    proposed = []
    if drafts:
        judge = shipped_judge()
        vectors = np.stack([vectors_of(page, draft) for draft in drafts])
        looks = judge.looks(vectors, [draft.type for draft in drafts])
        for draft, look in zip(drafts, looks, strict=True):
            verdict = judge.judge(facts_of(page, draft), look, short=page.is_short)
            span = draft.trigger[0]
            proposed.append((span.start, span.end, verdict.probability, draft.sentence))
    events = [event for event, _ in merge(judged(page, drafts), cast)]
    return {
        "sent": [(tokens.starts[a], tokens.ends[b - 1]) for a, b in _bounds(tokens.bounds)],
        "ev": [
            {"c": event.confidence, "at": sorted({event.sentence, *_told(event)})}
            for event in events
        ],
        "prop": proposed,
        "act": [
            (mention.start, mention.end, is_political(actor))
            for actor in cast.actors
            for mention in actor.mentions
        ],
    }


def _bounds(bounds: list[int]) -> Iterator[tuple[int, int]]:
    yield from itertools.pairwise(bounds)


def _told(event: Any) -> set[int]:
    return {telling.sentence for telling in event.tellings}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", default="0/1", help="which part of how many")
    parser.add_argument("--even", action="store_true", help="those to measure on")
    given = parser.parse_args()
    part, parts = map(int, given.part.split("/"))
    stages = Stages.load(Settings())
    with given.out.open("w", encoding="utf-8") as stream:
        for at, (name, line, row) in enumerate(drawn(given.data, even=given.even)):
            text = row["text"][:BEGINNING]
            if at % parts != part or not text.strip():
                continue
            date = (row.get("date") or "")[:10] or None
            about = {"f": name, "n": line, "text": text}
            stream.write(json.dumps({**about, **labelled(stages, text, date)}) + "\n")


if __name__ == "__main__":
    main()
