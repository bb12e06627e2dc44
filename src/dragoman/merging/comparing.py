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
from dragoman.merging.findings import findings, when, who
from dragoman.merging.profiles import Profile, days_of
from dragoman.merging.records import Link, Part

# To be counted up where findings or clustering change and the weights do not.
_RULES: Final = 1
Weights = Mapping[str, Mapping[str, float]]
# Below this nothing that is still to be compared can bring two reports together.
_HOPELESS: Final = -6.0
# What is found of days and of who takes part that two reports of one contact cannot have.
_OTHER_DAYS: Final = frozenset({"apart", "dated_and_far", "told_apart"})
_OTHER_PARTIES: Final = frozenset({"other", "other_person"})
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
    """Can two reports of contacts not be of one, by their days or by who takes part?

    Contacts between the same parties come again and again, so that what fits two of them (“they
    met in February”) must not make one of the two. Other deeds are never held apart by this.
    """
    if not one.report.type == other.report.type == "CONSULT":
        return False
    days = when(one, other)[1]
    if days == "told_anew" or (days in _OTHER_DAYS and _days_exclude(one, other)):
        return True
    return any(name in _OTHER_PARTIES for _, name, _, _ in who(one, other))


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
