"""Draws candidate events to be judged by hand: texts by file, candidates by class, at random.

    python training/judge_draw.py DATA OUT.jsonl [--texts 45] [--each 25] [--random 0]

OUT holds the passage and what the coder said of it, for reading only; it is not kept. What was
judged goes to tests/gates/data/judged_events.tsv, without any text.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from judge_news import Coded, NewsText, code, drawn, news_files, offsets

from dragoman.evaluate.judged import read_judged
from dragoman.reader import Stages
from dragoman.settings import Settings


def row_of(text: NewsText, coded: Coded, number: int) -> dict[str, Any]:
    draft, analysis = coded.drafts[number], coded.analysis
    bounds = analysis.tokens.bounds
    first = max(0, draft.sentence - 1)
    last = min(draft.sentence + 2, len(bounds) - 1)
    start, end = analysis.span(bounds[first], bounds[last])
    shown = analysis.text[start:end]
    for span in reversed(draft.trigger):
        a, b = span.start - start, span.end - start
        shown = f"{shown[:a]}[[{shown[a:b]}]]{shown[b:]}"
    name = {actor.id: actor.name for actor in coded.cast.actors}
    return {
        "file": text.file,
        "id": text.id,
        "trigger": offsets(draft),
        "type": draft.type,
        "mode": draft.mode,
        "status": draft.status,
        "background": draft.background,
        "actors": [name[a] for a in draft.roles.actor_ids],
        "recipients": [name[a] for a in draft.roles.recipient_ids],
        "frame": draft.method,
        "shown": " ".join(shown.split()),
        "opening": " ".join(analysis.text[:150].split()),
        "date": text.date,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=int, default=45, help="texts a file")
    parser.add_argument("--each", type=int, default=25, help="candidates a class")
    parser.add_argument("--random", type=int, default=0, help="candidates besides, of any class")
    parser.add_argument("--seed", default="judged", help="of the texts that are drawn")
    parser.add_argument("--without", type=Path, nargs="*", default=(), help="judged already")
    options = parser.parse_args()
    stages = Stages.load(Settings())
    by_class: dict[str, list[dict[str, Any]]] = defaultdict(list)
    known = {row.id for path in options.without for row in read_judged(path)}
    for path in news_files(options.data):
        for text in drawn(path, options.texts, seed=options.seed):
            if text.id in known:
                continue
            coded = code(stages, text.text, text.date)
            for number, draft in enumerate(coded.drafts):
                by_class[draft.type].append(row_of(text, coded, number))
    chosen, left = [], []
    for name in sorted(by_class):
        rows = by_class[name]
        shuffled = random.Random(f"each:{name}").sample(rows, len(rows))
        chosen += [{**row, "of": len(rows)} for row in shuffled[: options.each]]
        left += [{**row, "of": len(rows)} for row in shuffled[options.each :]]
        print(name, len(rows), min(options.each, len(rows)))
    chosen += random.Random("any").sample(left, min(options.random, len(left)))
    with options.out.open("w", encoding="utf-8") as lines:
        for row in chosen:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
