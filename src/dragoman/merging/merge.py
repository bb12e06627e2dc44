"""Reports in, merged events out."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.merging.fusion import fuse
from dragoman.merging.records import Merged, Report


def merge(reports: Iterable[Report]) -> list[Merged]:
    """The events that the reports tell of, by day; the order in which reports come is no matter."""
    groups: dict[tuple[object, ...], list[Report]] = {}
    for report in reports:
        who = frozenset(p.code or p.key for p in report.parties)
        groups.setdefault((report.type, who, report.day), []).append(report)
    return sorted((fuse(own) for own in groups.values()), key=lambda e: (e.day, e.id))
