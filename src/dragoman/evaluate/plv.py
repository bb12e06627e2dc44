"""Scores the class between marked mentions against PLV: sentences with source, target and class.

The classes are PLOVER's, with CONCEDE and RETREAT as one, YIELD. The figure of the literature is
the macro-F1 over the fifteen classes.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import RecordError

CLASSES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_FOLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """One row: the sentence without its marks, the marked spans, the class."""

    id: str
    text: str
    source: tuple[int, int]
    target: tuple[int, int]
    type: str


def read_rows(path: Path) -> Iterator[MarkedSentence]:
    """The rows of a PLV file (TSV, gzip or plain)."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), 2):
            try:
                text, source, target = unmarked(row["marked_sentence"])
                yield MarkedSentence(row["sentence_id"], text, source, target, row["gold_root"])
            except (KeyError, ValueError) as error:
                raise RecordError(
                    f"{path}, line {number}: no marked sentence ({error}); expected the columns "
                    "sentence_id, gold_root and marked_sentence with <s>…</s> and <t>…</t>."
                ) from error


def unmarked(marked: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The text without <s>…</s> and <t>…</t>, and the spans that these enclosed.

    Some rows mark one of the two only; the other's span is empty.
    """
    spans: dict[str, list[int]] = {"s": [], "t": []}
    text: list[str] = []
    length = 0
    rest = marked
    while rest:
        at = min((i for i in (rest.find(tag) for tag in ("<s>", "</s>", "<t>", "</t>")) if i >= 0),
                 default=-1)  # fmt: skip
        if at < 0:
            text.append(rest)
            break
        text.append(rest[:at])
        length += at
        close = rest.index(">", at)
        spans[rest[at:close].strip("</>")].append(length)
        rest = rest[close + 1 :]
    if len(spans["s"]) < 2 and len(spans["t"]) < 2:
        raise ValueError("neither source nor target is marked")
    return "".join(text), _pair(spans["s"]), _pair(spans["t"])


def _pair(ends: Sequence[int]) -> tuple[int, int]:
    return (ends[0], ends[1]) if len(ends) >= 2 else (0, 0)


def class_of(type: str | None) -> str:
    """A PLOVER type as a class of PLV; nothing told is no class."""
    return _FOLD.get(type or "", type or "NONE")


def macro_f1(pairs: Iterable[tuple[str, str]]) -> tuple[float, dict[str, tuple[float, int]]]:
    """The mean F1 over the classes that occur, and each class's F1 and number of rows."""
    rows: Sequence[tuple[str, str]] = tuple(pairs)
    gold = Counter(g for g, _ in rows)
    read = Counter(r for _, r in rows)
    right = Counter(g for g, r in rows if g == r)
    table = {
        name: (2 * right[name] / (gold[name] + read[name]), gold[name])
        for name in CLASSES
        if gold[name]
    }
    mean = sum(f1 for f1, _ in table.values()) / len(table) if table else 0.0
    return mean, table
