"""Timelines against human-written ones: F1 of the days, and alignment-based ROUGE-1.

The measures are those of Martschat and Markert (2017, "Improving ROUGE for Timeline
Summarization") in the form that later work reports: `align+ m:1`. Each day of one timeline is
aligned to the day of the other that costs least, where the cost of two days is (1 - t) * (1 -
R1), with t = 1 / (1 + days between them) and R1 the ROUGE-1 F1 of their texts; several days may
go to one. Recall adds, over the days of the gold, the words shared with the aligned day, times
t, and divides by the words of the gold; precision is the same with the roles exchanged; the
figure is their harmonic mean. Words are runs of letters and digits in small letters, without
stemming.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from dragoman.errors import InputError

Timeline = Mapping[str, Sequence[str]]  # sentences by ISO day

_WORD: Final = re.compile(r"[^\W_]+")
_RULE: Final = re.compile(r"^-{5,}\s*$", re.MULTILINE)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_BRACKETS: Final = re.compile(r"-(?:LRB|RRB|LSB|RSB)-")


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one timeline, or their means over several."""

    date_precision: float
    date_recall: float
    date_f1: float
    align_precision: float
    align_recall: float
    align_f1: float


@dataclass(frozen=True, slots=True)
class Article:
    """A text of a topic; `position` is its line in the corpus, from 0."""

    position: int
    id: str
    topic: str
    day: str
    text: str


def read_gold(path: Path) -> dict[str, dict[str, Timeline]]:
    """Timelines of `gold_timelines.tar.xz` by topic (`tl17-libya`) and writer (`tl5`)."""
    found: dict[str, dict[str, Timeline]] = {}
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                topic, _, name = member.name.removeprefix("./").partition("/")
                stream = archive.extractfile(member) if name.endswith(".txt") else None
                if stream is not None:
                    text = stream.read().decode("utf-8", "replace")
                    found.setdefault(topic, {})[name.removesuffix(".txt")] = parse_gold(text)
    except (OSError, tarfile.TarError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    return found


def parse_gold(text: str) -> Timeline:
    """A day, its sentences a line each, a rule; as Timeline17 has it. Days told twice are one."""
    timeline: dict[str, list[str]] = {}
    for block in _RULE.split(text):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if lines and (day := _DAY.match(lines[0])):
            said = [_BRACKETS.sub(" ", line) for line in lines[1:]]
            timeline.setdefault(day[0], []).extend(said)
    return timeline


def read_articles(path: Path, *, prefix: str = "tls-t17-") -> Iterator[Article]:
    """Dated texts of `timeline_corpora.jsonl.gz` whose id begins with `prefix`."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for position, line in enumerate(stream):
            data = json.loads(line)
            if data["id"].startswith(prefix) and data["date"]:
                yield Article(position, data["id"], data["topic"], data["date"][:10], data["text"])


def score(system: Timeline, gold: Timeline) -> Scores:
    """The figures of a timeline against one that a person wrote."""
    shared = len(system.keys() & gold.keys())
    date_p = shared / len(system) if system else 0.0
    date_r = shared / len(gold) if gold else 0.0
    ours, theirs = _words(system), _words(gold)
    align_p, align_r = _aligned(ours, theirs), _aligned(theirs, ours)
    return Scores(date_p, date_r, _f1(date_p, date_r), align_p, align_r, _f1(align_p, align_r))


def mean(scores: Sequence[Scores]) -> Scores:
    """The mean of each figure; timelines count alike, as in the literature."""
    names = Scores.__slots__
    return Scores(*(sum(getattr(s, n) for s in scores) / len(scores) for n in names))


def _words(timeline: Timeline) -> dict[date, Counter[str]]:
    return {
        date.fromisoformat(day): Counter(_WORD.findall(" ".join(said).lower()))
        for day, said in timeline.items()
    }


def _aligned(those: dict[date, Counter[str]], to: dict[date, Counter[str]]) -> float:
    """The share of the words of `those` that the aligned days have, faded by the days between."""
    whole = sum(count.total() for count in those.values())
    if not whole or not to:
        return 0.0
    told = 0.0
    for day, words in those.items():
        best = min(to, key=lambda other: (_cost(day, words, other, to[other]), other))
        told += (words & to[best]).total() / (1 + abs((day - best).days))
    return told / whole


def _cost(day: date, words: Counter[str], other: date, others: Counter[str]) -> float:
    near = 1 / (1 + abs((day - other).days))
    shared = (words & others).total()
    return (1 - near) * (1 - _f1(shared / (words.total() or 1), shared / (others.total() or 1)))


def _f1(precision: float, recall: float) -> float:
    whole = precision + recall
    return 2 * precision * recall / whole if whole else 0.0
