"""What the words of two reports say of their telling one event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.merging.profiles import OF_FORCE, VERBAL, Profile

Finding = tuple[str, str, float, str]
# Units added so that very short sentences, and what is beside the trigger, do not fit by one word.
_PAIRS: Final = 3.0
_FEW: Final = 2.0
# What an attack does to people: “the bombing”, “killed four”.
_HARM: Final = frozenset({"kill", "injur", "wound", "die", "dead", "death", "injury"})


def words(one: Profile, other: Profile) -> Iterator[Finding]:
    if one.trigger and other.trigger:
        told = f"“{one.report.trigger}”, “{other.report.trigger}”"
        yield "words", trigger(one, other), 1.0, told
    if not one.words or not other.words:
        return
    small, large = (one, other) if len(one.words) <= len(other.words) else (other, one)
    shared = [word for word in small.words if word in large.words]
    if not shared:
        yield "words", _no_words(one, other), 1.0, "no word in common"
        return
    share = sum(small.words[word] for word in shared) / (min(one.weight, other.weight) + _PAIRS)
    told = f"in common: {', '.join(sorted(shared)[:8])}"
    yield "words", _kind_of_share(one, other), share, told
    contacts = one.report.type == other.report.type == "CONSULT"
    if not one.place and not other.place and not contacts:
        yield "words", "loose_share", share, "neither says where"
    yield from _objects(one, other)
    near = [word for word in one.near if word in other.near]
    if near:
        weight = min(sum(one.near.values()), sum(other.near.values())) + _FEW
        share = sum(one.near[word] for word in near) / weight
        yield "words", "near", share, f"beside the trigger: {', '.join(sorted(near)[:6])}"
    names = [word for word in shared if word in one.names and word in other.names]
    if names:
        yield "words", "names", min(float(len(names)), 3.0), f"both name {', '.join(names[:4])}"


def _objects(one: Profile, other: Profile) -> Iterator[Finding]:
    """What is said to be done, after the trigger: “arrested journalists”, “arrested students”."""
    if not one.after or not other.after or not one.trigger & other.trigger:
        return
    both = [word for word in one.after if word in other.after]
    verbal = "verbal_" if one.report.type in VERBAL else ""
    if both:
        share = sum(one.after[word] for word in both) / (
            min(sum(one.after.values()), sum(other.after.values())) + 1.0
        )
        yield "words", f"{verbal}object", share, f"of both: {', '.join(sorted(both)[:4])}"
    else:
        noun = "noun_" if one.grain.noun and other.grain.noun and not verbal else verbal
        yield "words", f"other_{noun}object", 1.0, "after the trigger other words"


def _kind_of_share(one: Profile, other: Profile) -> str:
    """Words in common say most of what is said, and least of contacts, told in set phrases."""
    if one.report.type in VERBAL or other.report.type in VERBAL:
        return "verbal_share"
    return "contact_share" if one.report.type == other.report.type == "CONSULT" else "share"


def trigger(one: Profile, other: Profile) -> str:
    """How the words that tell the deed go together."""
    if one.trigger & other.trigger:
        return "trigger"
    if {word[:5] for word in one.trigger} & {word[:5] for word in other.trigger}:
        return "akin"
    if one.frame and one.frame == other.frame:
        return "same_frame"
    of_force = one.report.type in OF_FORCE and other.report.type in OF_FORCE
    if of_force and bool(one.trigger & _HARM) != bool(other.trigger & _HARM):
        return "harm_and_deed"
    return "other_trigger"


def _no_words(one: Profile, other: Profile) -> str:
    """What it means that the sentences share no word: much where the deed is to say something."""
    if one.report.type in VERBAL or other.report.type in VERBAL:
        return "verbal_none"
    if one.report.type == other.report.type == "CONSULT" and len(one.sides) > 1:
        return "contact_none"
    return "none"
