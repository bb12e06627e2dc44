"""Pairs of reports that people judged to tell one event or two, and how merging agrees with them.

A pair names each report by its document, the offsets of the words that told it when the pair was
judged, and its type. A later reader may anchor the event elsewhere or not find it at all; the pair
is then looked for under a trigger nearby, and left out where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.merging.records import Merged, Report
from dragoman.merging.reports import reports_from_reading
from dragoman.records import Event, Reading, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored(Record):
    """A judged pair whose reports are found in today's readings; `number` is its place in line."""

    number: int
    left: Report
    right: Report
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScore(Record):
    """Pairs told together and apart; `right` are the joined ones that are one event."""

    pairs: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        found = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / found if found else 0.0


def anchored(pairs: Iterable[Mapping[str, Any]], readings: Iterable[Reading]) -> list[Anchored]:
    """The pairs of which both reports are still read; each has `left`, `right` and `same`.

    A side is (document, start, end, type).
    """
    by_document = {reading.document.id: reading for reading in readings}
    reports = {
        report.id: report
        for reading in by_document.values()
        for report in reports_from_reading(reading)
    }
    found = []
    for number, pair in enumerate(pairs):
        left, right = (_told_at(by_document, *pair[side]) for side in ("left", "right"))
        if left and right and left != right:
            found.append(
                Anchored(
                    number=number,
                    left=reports[left],
                    right=reports[right],
                    same=bool(pair["same"]),
                )
            )
    return found


def score_pairs(pairs: Sequence[Anchored], events: Iterable[Merged]) -> PairScore:
    """How far the events that were merged put the pairs together as they were judged."""
    event_of = {report.id: event.id for event in events for report in event.reports}
    together = [event_of[pair.left.id] == event_of[pair.right.id] for pair in pairs]
    told = [(joined, pair.same) for joined, pair in zip(together, pairs, strict=True)]
    return PairScore(
        pairs=len(pairs),
        right=sum(joined and same for joined, same in told),
        wrong=sum(joined and not same for joined, same in told),
        missed=sum(same and not joined for joined, same in told),
    )


def _told_at(
    readings: Mapping[str, Reading], document: str, start: int, end: int, type: str
) -> str | None:
    """The id of the report told there: by its main trigger, any other, or in its sentence alone."""
    reading = readings.get(document)
    if reading is None:
        return None
    ways = (
        [e for e in reading.events if e.type == type and _overlaps(e.trigger, start, end)],
        [e for e in reading.events if e.type == type and _told(e, start, end)],
        [e for e in reading.events if _told(e, start, end)],
        _alone_in_sentence(reading, start, type),
    )
    for way in ways:
        if way:
            return f"{document}:{min(way, key=lambda e: abs(_first(e) - start)).id}"
    return None


def _first(event: Event) -> int:
    return min(span.start for span in event.trigger)


def _overlaps(spans: Sequence[Any], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _told(event: Event, start: int, end: int) -> bool:
    return any(_overlaps(telling.trigger, start, end) for telling in event.tellings)


def _alone_in_sentence(reading: Reading, start: int, type: str) -> list[Event]:
    """The one event of that type in the sentence, where there is but one."""
    found = [
        event
        for event in reading.events
        if event.type == type
        and reading.sentences[event.sentence].start <= start < reading.sentences[event.sentence].end
    ]
    return found if len(found) == 1 else []
