"""Sides within a state: those who stand for it and those who stand against it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dragoman.merging.profiles import side_of
from dragoman.merging.records import Party

# Sectors of those who act for a state, and of those who stand up against its government.
_FOR: Final = frozenset({"GOV", "MIL", "COP", "SPY", "JUD"})
_AGAINST: Final = frozenset({"OPP", "REB", "UAF"})
# … and of those who watch both: bodies and people by name, and activists; no crowd, no resident.
_WATCHING: Final = frozenset({"SOC", "NGO"})
_CIVIL: Final = frozenset({"CVL", "SOC", "NGO"})


def opposed(one: Party, other: Party) -> bool:
    """Are two of different sides: of two states, or within one the state and those against it?"""
    if side_of(one) != side_of(other):
        return True
    camps = {camp_of(one), camp_of(other)}
    return one.key != other.key and len(camps) == 2 and None not in camps


def camp_of(party: Party) -> str | None:
    """“For” its state, “against” its government, or “civil”; None where none is known."""
    sectors = set(party.sectors)
    if sectors & _AGAINST:
        return "against"
    by_name = party.kind in ("organisation", "person")
    if sectors & _WATCHING or (by_name and sectors & _CIVIL):
        return "civil"
    if sectors & _FOR or party.kind in ("state", "government"):
        return "for"
    return None


def stands_with(one: Party, others: Iterable[Party], rivals: Iterable[Party]) -> bool:
    """Does one speak for others, against whom rivals speak?

    Within the state of the rivals he must be one of them himself, or of their camp and not of
    the rivals'.
    """
    against = list(rivals)
    if any(one.key == rival.key for rival in against):
        return False
    for other in others:
        if one.key == other.key or one.part_of == other.key or other.part_of == one.key:
            return True
        if side_of(one) != side_of(other):
            continue
        same_state = [rival for rival in against if side_of(rival) == side_of(other)]
        if not same_state:
            return not opposed(one, other)
        camps = {camp_of(rival) for rival in same_state}
        own = camp_of(one)
        if own is not None and own == camp_of(other) and own not in camps:
            return True
    return False
