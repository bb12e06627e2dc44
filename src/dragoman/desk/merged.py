"""Merged events for pages: few at a time, with the newest report first, whatever the case holds.

What is held together is read from the case; nothing large is merged while somebody waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from dragoman.analysis.coded import Coded
from dragoman.analysis.from_case import told_up_to
from dragoman.case import Filter
from dragoman.case.merging import held_events
from dragoman.case.rows import EventRow
from dragoman.desk.desk import Desk
from dragoman.desk.questions import cursor
from dragoman.merging.records import Merged

_BATCH: Final = 120
_MOST_BATCHES: Final = 9
# So many reports are merged while a page waits: of those that wait to be merged, and of an
# earlier moment, of which nothing is held.
_MOST_LOOSE: Final = 60
_MOST_THEN: Final = 400


@dataclass(frozen=True, slots=True)
class Newest:
    """Merged events in the order of their newest reports, and where to go on."""

    events: tuple[Merged, ...]
    more: str | None


def newest(desk: Desk, wanted: Filter, fits: Callable[[Merged], bool]) -> Newest:
    """The merged events that a report of the filter tells and that fit, `limit` of them.

    Statuses and background are asked of the merged event: a contact that was planned and then held
    is no plan any more.
    """
    assert wanted.limit is not None
    asked = replace(wanted, status=(), background=None, sort=None)
    found: dict[str, Merged] = {}
    passed: set[str] = set()
    after, start = wanted.after, wanted.after
    batch = min(_BATCH, 3 * wanted.limit)
    for _ in range(_MOST_BATCHES):
        rows = list(desk.case.events(replace(asked, after=after, limit=batch + 1)))
        full, rows = len(rows) > batch, rows[:batch]
        events = by_report(events_of(desk, rows, wanted.as_known_at))
        if start is not None:
            passed |= _before(desk, asked, start, events.values())
        for row in rows:
            event = events.get(row.number)
            if event is None or event.id in passed:
                continue
            passed.add(event.id)
            if _wanted(event, wanted) and fits(event):
                found[event.id] = event
            if len(found) == wanted.limit:
                last = row is rows[-1] and not full
                return Newest(
                    tuple(found.values()), None if last else cursor(row.day or "", row.number)
                )
        if not full:
            return Newest(tuple(found.values()), None)
        after = (rows[-1].day or "", rows[-1].number)
    return Newest(tuple(found.values()), cursor(*after) if after else None)


def events_of(desk: Desk, rows: Iterable[EventRow], known: str | None) -> list[Merged]:
    """The merged events to which rows belong."""
    most = _MOST_THEN if known else _MOST_LOOSE
    return held_events(desk.case, [row.number for row in rows], as_known_at=known, most=most)


def by_report(events: Iterable[Merged]) -> dict[int, Merged]:
    """Merged events by the numbers of their reports."""
    return {
        report.number: event
        for event in events
        for report in event.reports
        if report.number is not None
    }


def coded_up_to(desk: Desk, rows: Iterable[EventRow], day: str, known: str | None) -> list[Coded]:
    """The events of rows as the reports published up to a day tell them."""
    return told_up_to(events_of(desk, rows, known), day)


def told_once(rows: Iterable[EventRow], events: Mapping[int, Merged]) -> list[dict[str, Any]]:
    """Rows of which each event is told once, by its first row, with how many tell it.

    `events` are the merged events by the numbers of their reports.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        event = events.get(row.number)
        key = event.id if event else str(row.number)
        reports, sources = (len(event.reports), event.sources) if event else (1, 1)
        found.setdefault(key, {"row": row, "reports": reports, "sources": sources})
    return list(found.values())


def _wanted(event: Merged, wanted: Filter) -> bool:
    kept = not wanted.status or event.status in wanted.status
    return kept and (wanted.background is None or event.background == wanted.background)


def _before(
    desk: Desk, asked: Filter, start: tuple[Any, Any], events: Iterable[Merged]
) -> set[str]:
    """The merged events that an earlier page has shown: a report of theirs comes before it."""
    early: dict[int, str] = {}
    for event in events:
        for report in event.reports:
            day = (report.start or report.published or "")[:10]
            if report.number is not None and (day, report.number) >= tuple(start):
                early[report.number] = event.id
    if not early:
        return set()
    told = desk.case.events(replace(asked, numbers=tuple(early), after=None, limit=None))
    return {early[row.number] for row in told}
