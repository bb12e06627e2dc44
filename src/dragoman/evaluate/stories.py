"""Scores types and modes against NGEC's synthetic stories: one label for a whole story.

The labels are what a story was asked to be about, not a reading of it, so that the figure is a
recall and no more: is an event of that type, and of that mode, among those that were read? Modes
that PLOVER's manual has since dropped are folded.
"""

from __future__ import annotations

import csv
import gzip
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dragoman.coding.folding import folded_mode, folded_type
from dragoman.errors import RecordError
from dragoman.records import Event

_MODES: Final = {
    "siezed": "seize",
    "sieze": "seize",
    "primative": "primitive",
    "ban": "restrict",
    "assassinate": "targeted",
    "execute": "targeted",
    "massacre": "",
    "cleansing": "",
    "return": "release",
}
_OPENERS: Final[dict[str, Any]] = {".xz": lzma.open, ".gz": gzip.open}
_LONGEST = 10_000_000  # characters of a field


@dataclass(frozen=True, slots=True)
class Story:
    """A story, the type it was to be about, and the mode, empty where none was asked for."""

    text: str
    type: str
    mode: str


@dataclass(slots=True)
class StoryScore:
    """For each type and mode: stories, those with an event of the type, those with the mode too."""

    rows: dict[tuple[str, str], tuple[int, int, int]] = field(default_factory=dict)


def read_stories(path: Path) -> Iterator[Story]:
    """The stories of a CSV file with the columns text, label and mode."""
    csv.field_size_limit(_LONGEST)
    with _OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            try:
                mode = (row["mode"] or "").lower()
                yield Story(row["text"], row["label"], _MODES.get(mode, mode))
            except KeyError as error:
                raise RecordError(
                    f"{path}, story {number}: no column {error}; expected text, label and mode."
                ) from error


def add(score: StoryScore, story: Story, events: Sequence[Event]) -> bool:
    """Counts a story; true where its type, and its mode if it has one, was read."""
    types = {event.type for event in events} | {folded_type(e.type, e.status) for e in events}
    typed = story.type in types
    moded = any((story.type, story.mode) in ((e.type, e.mode), _folded(e)) for e in events)
    key = (story.type, story.mode)
    count, with_type, with_mode = score.rows.get(key, (0, 0, 0))
    score.rows[key] = (count + 1, with_type + typed, with_mode + moded)
    return moded if story.mode else typed


def _folded(event: Event) -> tuple[str, str | None]:
    folded = folded_type(event.type, event.status)
    return folded, folded_mode(event.type, event.status, event.mode)
