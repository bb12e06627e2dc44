"""News texts as the judge's trainer reads them: cut short, analysed with vectors, coded to drafts.

Only every other record of a file is read (odd positions, from 0); the rest is kept for measuring.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.coding.drafts import Draft
from dragoman.coding.events import proposed_events
from dragoman.coding.fillers import CastLike
from dragoman.coding.judging.features import Page
from dragoman.evaluate.judged import CUT, day_of
from dragoman.language.analysis import Analysis
from dragoman.reader import Stages


@dataclass(frozen=True, slots=True)
class NewsText:
    """One text: the file's name without its ending, the record's id, its date if it has one."""

    file: str
    id: str
    date: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A text with the tellings that frames propose in it, not yet judged."""

    analysis: Analysis
    cast: CastLike
    page: Page
    drafts: Sequence[Draft]


def news_files(root: Path) -> list[Path]:
    return sorted((root / "news").glob("*.jsonl.gz"))


def odd_texts(path: Path) -> Iterator[NewsText]:
    """The records at odd positions, cut."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 2:
                row = json.loads(line)
                yield NewsText(
                    path.name.removesuffix(".jsonl.gz"),
                    str(row["id"]),
                    day_of(row),
                    str(row["text"])[:CUT],
                )


def drawn(path: Path, count: int, *, seed: str, least: int = 600) -> list[NewsText]:
    """Texts of at least `least` characters, drawn at random by file."""
    rows = [row for row in odd_texts(path) if len(row.text) >= least]
    return random.Random(f"{seed}:{path.name}").sample(rows, min(count, len(rows)))


def code(stages: Stages, text: str, date: str | None = None) -> Coded:
    """All the stages up to the drafts; the analysis keeps its vectors where the stages do."""
    analysis = stages.analyse(stages.tokenize(text))
    published = stages.date_document(analysis, date, None).date
    cast = stages.find_cast(analysis, published)
    said = stages.find_statements(analysis, cast)
    times = stages.find_times(analysis, published)
    places = stages.find_places(analysis, cast)
    page, drafts = proposed_events(analysis, cast, said, times, places, date=published)
    return Coded(analysis, cast, page, drafts)


def offsets(draft: Draft) -> str:
    """The trigger as it is written in the judged data: `120-128+140-145`."""
    return "+".join(f"{span.start}-{span.end}" for span in draft.trigger)
