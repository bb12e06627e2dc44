"""Comparing two reports: what speaks for and against their telling one event, part by part."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from dragoman.errors import DataError
from dragoman.merging.findings import findings, one_text, when, where, who
from dragoman.merging.profiles import Profile, days_of, side_of
from dragoman.merging.records import Link, Part

# To be counted up where findings or clustering change and the weights do not.
_RULES: Final = 6
Weights = Mapping[str, Mapping[str, float]]
# Below this nothing that is still to be compared can bring two reports together.
_HOPELESS: Final = -6.0
# What is found of days and of who takes part that two reports of one contact cannot have.
_OTHER_DAYS: Final = frozenset({"apart", "dated_and_far", "told_apart"})
_OTHER_PARTIES: Final = frozenset({"other", "other_person"})
_BODIES: Final = frozenset({"igo", "bloc", "organisation"})
_LESSER: Final = frozenset(
    [
        "delegation",
        "delegations",
        "advisers",
        "advisors",
        "representatives",
        "negotiators",
        "officials",
        "experts",
        "envoys",
        "diplomats",
        "groups",
    ]
)
_OPENING: Final = 400  # characters in which a text tells its news
_NEWS_OF: Final = 3  # days after which a verb without a day no longer tells of that day
_LATE: Final = 7  # days for which papers speak of a contact without its day


@cache
def fingerprint() -> str:
    """What tells apart the ways in which reports were compared: kept by a case with its links."""
    return hashlib.sha256(f"{_RULES}\n{_weights_text()}".encode()).hexdigest()[:16]


def _weights_text() -> str:
    return files("dragoman.merging").joinpath("weights.toml").read_text("utf-8")


@cache
def load_weights() -> Weights:
    """The weights that are shipped with the package."""
    try:
        table: dict[str, Any] = tomllib.loads(_weights_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"the package's file merging/weights.toml cannot be read: {error}. "
            "Usually the installation is incomplete; install dragoman again."
        ) from error
    table["prior"] = {"prior": table["prior"]}
    return table


def compare(one: Profile, other: Profile) -> float:
    """The log-odds that two reports tell one event; stops where it has become hopeless."""
    weights = load_weights()
    total = weights["prior"]["prior"]
    for part, name, value, _ in findings(one, other):
        total += weights[part][name] * value
        if total < _HOPELESS and part != "source":
            return total
    return total


def contradict(one: Profile, other: Profile) -> bool:
    """Can two reports not be of one event, whatever other reports fit both?

    Deeds on two days, or in two towns, are two. Contacts between the same parties come again and
    again, so that what fits two of them (“they met in February”) must not make one of the two:
    they are held apart by who takes part and by when they were told as well.
    """
    if not one.report.type == other.report.type == "CONSULT":
        return _elsewhere(one, other)
    numbers = one.grain.ordinal, other.grain.ordinal
    if None not in numbers and numbers[0] != numbers[1]:
        return True
    if _other_visitors(one, other) or _is_part_of_tour(one, other):
        return True
    if _is_meeting_of_host(one, other):
        return True
    if _other_people(one, other) or _other_company(one, other) or _told_on_its_day(one, other):
        return True
    if _opens_other_news(one, other) or _is_wish_for_first(one, other):
        return True
    days = when(one, other)[1]
    if days == "next_day" and one.exact != other.exact and _days_exclude(one, other):
        return True  # a council in June is not the one on the last days of May
    if days == "told_anew" or (days in _OTHER_DAYS and _days_exclude(one, other)):
        return True
    return any(name in _OTHER_PARTIES for _, name, _, _ in who(one, other))


def _elsewhere(one: Profile, other: Profile) -> bool:
    """Were two deeds on days, or in towns, that are not one?"""
    if one.exact and other.exact and when(one, other)[1] == "apart":
        return not _copied_later(one, other)
    return any(name == "elsewhere" for _, name, _, _ in where(one, other))


def _copied_later(one: Profile, other: Profile) -> bool:
    """Does a paper print a sentence again as it was, “last night” with it, some days later?"""
    if None in (one.first, other.first, one.published, other.published):
        return False
    assert one.first is not None
    assert other.first is not None
    assert one.published is not None
    assert other.published is not None
    late = one.published - other.published
    return late != 0 and one.first - other.first == late and one_text(one, other)


def _other_people(one: Profile, other: Profile) -> bool:
    """Do both name people of one side, and none of them in both: the king's visit, his aide's?"""
    mine, theirs = _people(one), _people(other)
    if any(mine[side].isdisjoint(theirs[side]) for side in mine if side in theirs):
        return True
    return _below(one, theirs) or _below(other, mine)


def _other_visitors(one: Profile, other: Profile) -> bool:
    """Is one side the visitor in one, and only the host in the other, or are they two?

    A visit of which only one side is told is not joined with another's: “X, who is on a visit”.
    """
    if not one.report.mode == other.report.mode == "visit":
        return False
    mine, theirs = ({side_of(p) for p in v.report.actors} for v in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _is_part_of_tour(one: Profile, other: Profile) -> bool:
    """Is one a visit to several states, and the other a meeting with but some of them?"""
    for tour, meeting in ((one.report, other.report), (other.report, one.report)):
        if tour.mode != "visit" or meeting.mode == "visit":
            continue
        visited = {side_of(party) for party in tour.recipients}
        if len(visited) > 1 and not visited <= {side_of(party) for party in meeting.parties}:
            return True
    return False


def _is_meeting_of_host(one: Profile, other: Profile) -> bool:
    """Is one a visit to a body of many states, and the other that body's own meeting?

    “Her visit to the African Union” is a contact of hers with it; “the meeting of the African
    Union”, of which nobody else is told to take part, is a gathering of its members.
    """
    for visit, meeting in ((one.report, other.report), (other.report, one.report)):
        if visit.mode != "visit" or meeting.mode == "visit" or not meeting.parties:
            continue
        hosts = {side_of(party) for party in visit.recipients}
        guests = {side_of(party) for party in visit.actors} - hosts
        bodies = all(p.kind in _BODIES and side_of(p) in hosts for p in meeting.parties)
        if guests and bodies:
            return True
    return False


def _below(profile: Profile, people: Mapping[str, set[str]]) -> bool:
    """Are “advisers” or a “delegation” met where the other tells of a person of that side?"""
    named = _people(profile)
    return any(
        party.kind == "unnamed"
        and side_of(party) in people
        and side_of(party) not in named
        and any(word in _LESSER for word in party.name.casefold().split())
        for party in profile.report.parties
    )


def _people(profile: Profile) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for party in profile.report.parties:
        if party.kind == "person":
            found.setdefault(side_of(party), set()).add(party.key)
    return found


def _other_company(one: Profile, other: Profile) -> bool:
    """Is one between two, and are of the other at least two more sides? Then it is another.

    Bodies of many states are met by their members, and stay out of this.
    """
    few, many = sorted((set(one.sides), set(other.sides)), key=len)
    bodies = {side_of(p) for p in (*one.report.parties, *other.report.parties) if p.kind in _BODIES}
    if len(few) < 2 or bodies:
        return False
    return few < many and len(many) - len(few) >= 2


def _told_on_its_day(one: Profile, other: Profile) -> bool:
    """“He had a call with X” is of the day it is told, and not of a day well before.

    This holds where the contact is what a sentence is about and told by a verb, without a day, by
    the publisher that told the other; papers of others come late.
    """
    if one.publisher != other.publisher:
        return False
    for dated, told in ((one, other), (other, one)):
        if dated.last is None or told.first is not None or told.published is None:
            continue
        report = told.report
        if report.status != "happened" or report.background or report.rank != 1:
            continue
        noun = told.grain.noun or (len(report.trigger.split()) == 1 and report.trigger[-2:] != "et")
        if not noun and dated.exact and told.published - dated.last > _NEWS_OF:
            return True
    return False


def _is_wish_for_first(one: Profile, other: Profile) -> bool:
    """Is one a later round of talks, and the other a wish for talks that was told before it?"""
    for held, wished in ((one, other), (other, one)):
        if (held.grain.ordinal or 0) < 2 or held.report.status not in ("happened", "ongoing"):
            continue
        ahead = wished.report.status in ("possible", "planned") and wished.grain.ordinal is None
        if ahead and wished.first is None:
            return True
    return False


def _opens_other_news(one: Profile, other: Profile) -> bool:
    """Does one publisher open two texts, days apart, with a contact that has no day?

    Each is then the news of its own day: an office that tells of two calls with one king.
    """
    if one.publisher != other.publisher or one.report.document == other.report.document:
        return False
    if one.published is None or other.published is None:
        return False
    return abs(one.published - other.published) > _NEWS_OF and all(
        own.first is None
        and own.report.status == "happened"
        and not own.report.background
        and own.report.span_start < _OPENING
        and own.report.medium is not None
        for own in (one, other)
    )


def _days_exclude(one: Profile, other: Profile) -> bool:
    """Two days of their own that are not one do; a report without day may be a week late."""
    if one.first is not None and other.first is not None:
        return True
    days, other_days = days_of(one), days_of(other)
    if days is None or other_days is None:
        return False
    return max(days[0], other_days[0]) - min(days[1], other_days[1]) > _LATE


def explain(one: Profile, other: Profile) -> Link:
    """The link between two reports with all that speaks for and against it."""
    weights = load_weights()
    left, right = sorted((one, other), key=lambda p: (p.report.key, p.report.id))
    found = [
        (part, weights[part][name] * value, why) for part, name, value, why in findings(left, right)
    ]
    prior = weights["prior"]["prior"]
    parts = [Part(name="prior", weight=prior, why="two reports that share kind, sides and days")]
    parts += [
        Part(name=part, weight=round(weight, 2), why=why) for part, weight, why in found if weight
    ]
    return Link(
        left=left.id,
        right=right.id,
        score=probability(prior + sum(weight for _, weight, _ in found)),
        parts=tuple(parts),
    )


def probability(log_odds: float) -> float:
    """Log-odds as a probability, rounded so that it is the same everywhere."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), 4)
