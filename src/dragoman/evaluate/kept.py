"""How many events of one reading of a text another reading has too."""

from __future__ import annotations

from dragoman.records import Event, Reading


def kept(full: Reading, part: Reading) -> int:
    """How many events of `full` are in `part`: of one type, with a telling at the same words."""
    return sum(any(_same(event, other) for other in part.events) for event in full.events)


def _same(one: Event, other: Event) -> bool:
    """Any telling of the one is one of the other."""
    return one.type == other.type and any(
        a.start < b.end and b.start < a.end
        for left in one.tellings
        for a in left.trigger
        for right in other.tellings
        for b in right.trigger
    )
