"""From a case's merged events to the events that analyses take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dragoman.analysis.coded import Coded, Telling
from dragoman.merging.contacts import registered
from dragoman.merging.fusion import told_by
from dragoman.merging.records import Merged, Report

if TYPE_CHECKING:
    from dragoman.case import Case, Filter


def case_events(
    case: Case, wanted: Filter | None = None, *, tier: str | None = None, **filters: Any
) -> list[Coded]:
    """The merged events of a case, by day; the filters are those of `Filter`.

    With `tier` (agency, state-media, official, paper), what the reports of such sources alone tell.
    UsageError for a tier that there is not.
    """
    asked = {"tier": tier, **filters} if tier is not None else filters
    return [from_merged(event) for event in case.merged(wanted, **asked)]


def events_as_of(
    case: Case, as_of: str, wanted: Filter | None = None, **filters: Any
) -> list[Coded]:
    """The merged events as the reports published up to an ISO day tell them."""
    return told_up_to(case.merged(wanted, **filters), as_of)


def told_up_to(events: Iterable[Merged], as_of: str) -> list[Coded]:
    """Merged events as the reports published up to an ISO day tell them."""
    return coded(merged_up_to(events, as_of))


def merged_up_to(events: Iterable[Merged], as_of: str) -> list[Merged]:
    """The same, still with their reports."""
    return list(told_by(events, lambda report: (report.published or "")[:10] <= as_of))


def contacts_of(events: Iterable[Merged]) -> list[Coded]:
    """The rows of the register of contacts, as events that analyses take."""
    return coded(registered(events))


def coded(events: Iterable[Merged]) -> list[Coded]:
    """Merged events as every analysis takes them, by day."""
    return sorted(map(from_merged, events), key=lambda e: (e.day, e.id))


def last_day(case: Case) -> str | None:
    """The day of the newest dated document of a case; None where there is none.

    A document dated ahead of the clock counts only where there is no other.
    """
    from dragoman.case import tallies

    return tallies.last_day(case)


def from_merged(event: Merged) -> Coded:
    """A merged event as every analysis takes it."""
    main = event.main_report
    start, end = event.start or event.first or "", event.end or event.start or event.first or ""
    return Coded(
        id=event.id,
        day=start[:10],
        day_end=max(end[:10], start[:10]),
        type=event.type,
        mode=event.mode,
        contexts=event.contexts,
        medium=event.medium,
        status=event.status,
        background=event.background,
        score=event.score,
        who=event.actors,
        whom=event.recipients,
        sources=event.witnesses,
        tiers=event.tiers,
        reports=event.documents,
        published=event.first,
        last=event.last,
        known_at=event.known_at,
        precision=event.precision if event.start else None,
        place=event.place,
        country=event.country,
        lat=event.lat,
        lon=event.lon,
        topics=event.topics,
        level=event.level,
        according_to=tuple(party.name for party in event.according_to),
        confidence=event.confidence,
        rank=min((report.rank for report in event.reports), default=1),
        method=main.method,
        passage=main.passage,
        title=main.title,
        url=main.url,
        trace=tuple(str(r.number) for r in event.reports if r.number is not None),
        tellings=_tellings(event.reports),
    )


def _tellings(reports: Iterable[Report]) -> tuple[Telling, ...]:
    return tuple(
        Telling(
            source=report.source or report.document,
            published=report.published,
            passage=report.passage,
            document=report.document,
            title=report.title,
            url=report.url,
            number=report.number,
        )
        for report in reports
    )
