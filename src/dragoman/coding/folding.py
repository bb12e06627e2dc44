"""PLOVER's own view of an event: what is only announced is folded into words.

PLOVER has no status. Cooperation to come is an agreement, a retreat to come a concession, a hostile
step to come a threat; what is merely possible, denied, cancelled or history is not coded.
"""

from __future__ import annotations

from dragoman.ontology import load_ontology
from dragoman.records import Event, PloverType, Status

_FUTURE_RETREAT: dict[str, PloverType] = {"RETREAT": "CONCEDE"}
LEFT_OUT: frozenset[Status] = frozenset({"possible", "denied", "cancelled"})


def folded_type(type: str, status: Status) -> str:
    """The type that PLOVER gives an act of this type and status."""
    if status not in ("planned", "possible"):
        return type
    return _FUTURE_RETREAT.get(type) or load_ontology().types[type].future or type


def folded_mode(type: str, status: Status, mode: str | None) -> str | None:
    """The mode that goes with the folded type: of a threat, that of what is threatened."""
    folded = folded_type(type, status)
    if folded == type:
        return mode
    types = load_ontology().types
    mode = types[type].threat(mode) if folded == "THREATEN" else mode
    return mode if mode in types[folded].modes else None


def is_coded(event: Event) -> bool:
    """Would PLOVER code this event at all?"""
    return event.status not in LEFT_OUT and not event.background
