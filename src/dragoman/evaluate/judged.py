"""Scores the judge against candidate events that a reader judged: precision, recall, calibration.

The table names records of the news files, offsets of triggers, and verdicts, no text. Candidates
were drawn by class, so a figure over them counts rare classes as much as common ones; weighed by
how often each class is proposed in the texts they were drawn from (Horvitz and Thompson 1952), it
is what a reader of such texts would find.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.coding.drafts import Draft
from dragoman.errors import RecordError

NONE = "NONE"
CUT = 3_000  # characters of a text that were read
_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One candidate: `type` is what was proposed, `right` what a reader gives, NONE for no event.

    `roles` and `status` are None where they were not judged; `of` is how many candidates of this
    class the texts hold from which it was drawn.
    """

    file: str
    id: str
    trigger: str
    type: str
    right: str
    roles: bool | None
    status: bool | None
    of: int

    @property
    def is_right(self) -> bool:
        return self.right == self.type


@dataclass(frozen=True, slots=True)
class Figures:
    """Of candidates with their probabilities; the `weighed` ones count classes as texts do."""

    candidates: int
    base: float
    precision: float
    recall: float
    weighed_precision: float
    weighed_recall: float
    brier: float
    ece: float
    bins: tuple[tuple[int, float, float], ...]  # candidates, mean probability, share right


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of two readers: how many items both judged, the share judged alike, Cohen's kappa (1960)."""

    items: int
    share: float
    kappa: float


def read_judged(path: Path) -> list[Judged]:
    """The rows of a table; RecordError with the line where one is none."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if line[:1] != "#"), delimiter="\t")
        try:
            return [
                Judged(
                    file=row["file"],
                    id=row["id"],
                    trigger=row["trigger"],
                    type=row["type"],
                    right=row["right"],
                    roles=_known(row["roles"]),
                    status=_known(row["status"]),
                    of=int(row["of"]),
                )
                for row in rows
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise RecordError(
                f"{path}, row {rows.line_num}: no judged candidate ({error}); expected the columns "
                "file, id, trigger, type, of, right, roles, status."
            ) from error


def _known(value: str) -> bool | None:
    return None if value == "-" else value == "1"


def second_half(id: str) -> bool:
    """Is a document one of those kept for measuring? By its id, so that documents stay whole."""
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % 2 == 1


def texts(folder: Path, wanted: Sequence[Judged]) -> Iterator[tuple[list[Judged], str, str | None]]:
    """For each record with candidates: these, its text as far as it was read, its date if known."""
    by_record: dict[tuple[str, str], list[Judged]] = {}
    for row in wanted:
        by_record.setdefault((row.file, row.id), []).append(row)
    for name in sorted({row.file for row in wanted}):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                rows = by_record.get((name, str(record["id"])))
                if rows is not None:
                    yield rows, str(record["text"])[:CUT], day_of(record)


def day_of(record: dict[str, object]) -> str | None:
    date = str(record.get("date") or "")[:10]
    return date if len(date) == 10 and date[4] == date[7] == "-" else None


def draft_with(drafts: Sequence[Draft], trigger: str, type: str) -> Draft | None:
    """The telling with this class whose trigger shares most letters with one that was judged."""
    spans = [tuple(map(int, piece.split("-"))) for piece in trigger.split("+")]

    def shared(draft: Draft) -> int:
        return sum(
            max(0, min(b, span.end) - max(a, span.start))
            for a, b in spans
            for span in draft.trigger
        )

    found = max((d for d in drafts if d.type == type), key=shared, default=None)
    return found if found is not None and shared(found) else None


def score(rows: Sequence[Judged], probabilities: Sequence[float], threshold: float) -> Figures:
    """The figures of candidates that are still proposed, with the probability that each got."""
    drawn = Counter(row.type for row in rows)
    weights = [row.of / drawn[row.type] for row in rows]
    ones = [1.0] * len(rows)
    kept = [p >= threshold for p in probabilities]
    right = [row.is_right for row in rows]
    bins = tuple(_bins(right, probabilities))
    count = max(1, len(rows))
    precision, recall = _rates(right, kept, ones)
    weighed_precision, weighed_recall = _rates(right, kept, weights)
    return Figures(
        candidates=len(rows),
        base=sum(right) / count,
        precision=precision,
        recall=recall,
        weighed_precision=weighed_precision,
        weighed_recall=weighed_recall,
        brier=sum((p - r) ** 2 for p, r in zip(probabilities, right, strict=True)) / count,
        ece=sum(n * abs(said - was) for n, said, was in bins) / count,
        bins=bins,
    )


def compare(first: Sequence[Judged], second: Sequence[Judged]) -> dict[str, Agreement]:
    """How far two readers agree on the candidates that both judged, question by question.

    `event`: is an event of the proposed class told there? `class`: which class, or none? `roles`
    and `status`: where both judged them. RecordError if they judged no candidate in common.
    """
    other = {_key(row): row for row in second}
    both = [(row, other[_key(row)]) for row in first if _key(row) in other]
    if not both:
        raise RecordError("The two tables have no candidate in common; nothing can be compared.")
    return {
        "event": cohen([(a.is_right, b.is_right) for a, b in both]),
        "class": cohen([(a.right, b.right) for a, b in both]),
        "roles": cohen([(a.roles, b.roles) for a, b in both if None not in (a.roles, b.roles)]),
        "status": cohen(
            [(a.status, b.status) for a, b in both if None not in (a.status, b.status)]
        ),
    }


def cohen(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Agreement of two readers and Cohen's kappa; kappa is 1 where chance alone leaves no doubt."""
    count = len(pairs)
    if not count:
        return Agreement(0, 0.0, 0.0)
    alike = sum(a == b for a, b in pairs) / count
    one, two = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(one[value] * two[value] for value in one) / count**2
    return Agreement(count, alike, (alike - chance) / (1 - chance) if chance < 1 else 1.0)


def _key(row: Judged) -> tuple[str, str, str, str]:
    return row.file, row.id, row.trigger, row.type


def _rates(
    right: Sequence[bool], kept: Sequence[bool], weights: Sequence[float]
) -> tuple[float, float]:
    both = sum(w for r, k, w in zip(right, kept, weights, strict=True) if r and k)
    all_kept = sum(w for k, w in zip(kept, weights, strict=True) if k)
    all_right = sum(w for r, w in zip(right, weights, strict=True) if r)
    return both / all_kept if all_kept else 0.0, both / all_right if all_right else 0.0


def _bins(right: Sequence[bool], said: Sequence[float]) -> Iterator[tuple[int, float, float]]:
    for number in range(_BINS):
        inside = [n for n, p in enumerate(said) if min(int(p * _BINS), _BINS - 1) == number]
        if inside:
            mean = sum(said[n] for n in inside) / len(inside)
            yield len(inside), round(mean, 3), sum(right[n] for n in inside) / len(inside)
