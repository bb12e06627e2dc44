"""Comparing two reports: what speaks for and against their telling one event, part by part."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from dragoman.errors import DataError
from dragoman.merging.profiles import VERBAL, Profile, days_of, side_of
from dragoman.merging.records import Link, Part, Party, Report
from dragoman.records import Size

Found = tuple[str, float, str]
Weights = Mapping[str, Mapping[str, float]]
# Below this nothing that is still to be compared can bring two reports together.
_HOPELESS: Final = -4.5
_TOWNS: Final = frozenset({"point", "city"})
_NEAR: Final = 60  # kilometres
# A finding on days or on who takes part that weighs this much against is a contradiction.
_CONTRADICTION: Final = -2.0
_LATE: Final = 7  # days for which papers speak of a contact without its day
_GROWS: Final = frozenset(
    {
        ("planned", "happened"),
        ("planned", "ongoing"),
        ("planned", "cancelled"),
        ("possible", "happened"),
        ("possible", "planned"),
        ("possible", "cancelled"),
        ("possible", "ongoing"),
        ("ongoing", "happened"),
    }
)


@cache
def load_weights() -> Weights:
    """The weights that are shipped with the package."""
    try:
        text = files("dragoman.merging").joinpath("weights.toml").read_text("utf-8")
        table: dict[str, Any] = tomllib.loads(text)
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
    for part in _parts(one, other, weights):
        total += part[1]
        if total < _HOPELESS and part[0] != "source":
            return total
    return total


def contradict(one: Profile, other: Profile) -> bool:
    """Can two reports of contacts not be of one, by their days or by who takes part?

    Contacts between the same parties come again and again, so that what fits two of them (“they
    met in February”) must not make one of the two. Other deeds are never held apart by this.
    """
    if not one.report.type == other.report.type == "CONSULT":
        return False
    weights = load_weights()
    if _when(one, other, weights["when"])[1] <= _CONTRADICTION and _days_exclude(one, other):
        return True
    return any(weight <= _CONTRADICTION for _, weight, _ in _who(one, other, weights["who"]))


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
    found = list(_parts(left, right, weights))
    prior = weights["prior"]["prior"]
    parts = [Part(name="prior", weight=prior, why="two reports that share kind, sides and days")]
    parts += [
        Part(name=name, weight=round(weight, 2), why=why) for name, weight, why in found if weight
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


def _parts(one: Profile, other: Profile, weights: Weights) -> Iterator[Found]:
    """What is found, the cheap and decisive first."""
    yield from _source(one, other, weights["source"])
    yield from _who(one, other, weights["who"])
    yield _when(one, other, weights["when"])
    yield _type(one, other, weights["type"])
    yield from _status(one, other, weights["status"])
    yield from _medium(one, other, weights["medium"])
    yield from _where(one, other, weights["where"])
    yield from _numbers(one, other, weights["numbers"])
    if one.report.document != other.report.document:
        yield from _words(one, other, weights["words"])


def _source(one: Profile, other: Profile, w: Mapping[str, float]) -> Iterator[Found]:
    if one.report.document == other.report.document:
        yield "source", w["same_document"], "one document tells both"
    elif one.report.passage and one.report.passage == other.report.passage:
        yield "source", w["same_text"], "the same sentence"


def _type(one: Profile, other: Profile, w: Mapping[str, float]) -> Found:
    a, b = one.report, other.report
    if a.type != b.type:
        return "type", w["other"], f"{a.type} and {b.type}"
    if a.mode and a.mode == b.mode:
        return "type", w["same_mode"], f"both {a.type} {a.mode}"
    if a.mode and b.mode:
        return "type", w["other_mode"], f"{a.type} {a.mode} and {b.mode}"
    return "type", w["same"], f"both {a.type}"


def _who(one: Profile, other: Profile, w: Mapping[str, float]) -> Iterator[Found]:
    if one.mutual != other.mutual:
        # One report names only who acts, the other to whom as well.
        whole, part = (one, other) if not one.mutual else (other, one)
        if part.report.type == "CONSULT":
            yield from _sides((*whole.actors, *whole.recipients), part.actors, "who", w)
            return
        yield from _sides(whole.actors, part.actors, "who", w)
        yield "whom", w["unsaid"], "one does not say whom"
        return
    yield from _sides(one.actors, other.actors, "who", w)
    if one.mutual and one.report.recipients and other.report.recipients:  # visits have a host
        yield from _sides(one.report.recipients, other.report.recipients, "host", w)
    if not one.mutual:
        yield from _sides(one.recipients, other.recipients, "whom", w)


def _sides(
    left: Sequence[Party], right: Sequence[Party], name: str, w: Mapping[str, float]
) -> Iterator[Found]:
    """Each party of the shorter list beside the one of the longer that fits it best."""
    if not left or not right:
        if left or right:
            weight = w["doer_unsaid"] if name == "who" else w["unsaid"]
            yield name, weight, f"one does not say {name}"
        return
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    best: list[tuple[float, str]] = []
    matched: set[str] = set()
    for party in short:
        fits = [(_fit(party, candidate), candidate) for candidate in long]
        fit, candidate = max(fits, key=lambda pair: (w[pair[0]], pair[1].key))
        best.append((w[fit], _in_words(party, candidate, fit)))
        matched.add(side_of(candidate))
    worst = min(best)
    # One contradiction outweighs what fits; what fits counts once, and a little for each more.
    if worst[0] < 0:
        yield name, worst[0], worst[1]
    else:
        fits_sum = sum(weight for weight, _ in best)
        weight = min(fits_sum, max(weight for weight, _ in best) + w["each_more"] * (len(best) - 1))
        yield name, weight, "; ".join(why for _, why in best[:3])
    beyond = len({side_of(p) for p in long} - matched - {side_of(p) for p in short})
    if beyond:
        yield name, w["more"] * min(beyond, 3), f"one names {beyond} more"


@lru_cache(maxsize=65_536)
def _fit(one: Party, other: Party) -> str:
    if one.key == other.key and one.kind == "unnamed":
        return "same_words"
    if one.key == other.key:
        return "same_person" if one.kind in ("person", "armed-group") else "same"
    if other.key in one.members or one.key in other.members:
        return "same_side"
    if not (side_of(one) == side_of(other) or _within(one, other)):
        return "other"
    if _whole(one) or _whole(other):
        return "stands_for"
    if one.kind == "person" and other.kind == "person":
        return "other_person"
    return "described" if "unnamed" in (one.kind, other.kind) else "same_side"


def _within(one: Party, other: Party) -> bool:
    return other.key in (one.part_of, one.code) or one.key in (other.part_of, other.code)


def _whole(party: Party) -> bool:
    """One that stands for its whole side: the state itself, the organisation."""
    return party.kind in ("state", "igo", "bloc") or party.key == side_of(party)


def _in_words(one: Party, other: Party, fit: str) -> str:
    if one.key == other.key:
        return f"both {one.name}"
    joined = {"stands_for": "stands for", "same_side": "is of the side of"}.get(fit, "is not")
    return f"{one.name} {joined} {other.name}"


def _when(one: Profile, other: Profile, w: Mapping[str, float]) -> Found:
    if one.first is not None and other.first is not None:
        return _dated(one, other, w)
    if one.first is None and other.first is None:
        return _told(one, other, w)
    dated, told = (one, other) if one.first is not None else (other, one)
    if told.published is None:
        return "when", 0.0, "one gives no day"
    assert dated.first is not None
    assert dated.last is not None
    first, last = dated.first, dated.last
    if _ahead(told):
        first, last = first - 30, last
    if first - 1 <= told.published <= last + 3:
        return "when", w["dated_and_told"], "one was told when the other took place"
    far = min(abs(told.published - first), abs(told.published - last))
    return "when", w["dated_and_far"], f"one was told {far} days from the day of the other"


def _dated(one: Profile, other: Profile, w: Mapping[str, float]) -> Found:
    assert one.first is not None
    assert one.last is not None
    assert other.first is not None
    assert other.last is not None
    gap = max(one.first, other.first) - min(one.last, other.last)
    exact = one.exact and other.exact
    if gap <= 0:
        longer = max(one.last - one.first, other.last - other.first)
        if exact and longer == 0:
            return "when", w["same_day"], "the same day"
        if longer > 3 and not exact:
            return "when", w["may_be"] - 0.1 * min(longer // 7, 5), "days that overlap"
        return "when", 0.6 * w["same_day"], "days that overlap"
    if gap == 1:
        return "when", w["next_day"], "days that follow each other"
    if one.report.about or other.report.about:
        return "when", w["next_day"], "days near each other, told as near"
    return "when", w["apart"], f"{gap} days apart"


def _told(one: Profile, other: Profile, w: Mapping[str, float]) -> Found:
    if one.published is None or other.published is None:
        return "when", 0.0, "no day"
    gap = abs(one.published - other.published)
    if gap <= 1:
        return "when", w["told_same_day"], "told on one day or the next"
    earlier, later = sorted((one, other), key=lambda p: p.published or 0)
    if gap <= 3 or (_ahead(earlier) and not _ahead(later) and gap <= 14):
        return "when", w["told_near"], f"told {gap} days apart"
    return "when", w["told_apart"], f"told {gap} days apart"


def _ahead(profile: Profile) -> bool:
    return profile.report.status in ("planned", "possible")


def _status(one: Profile, other: Profile, w: Mapping[str, float]) -> Iterator[Found]:
    a, b = one.report, other.report
    if a.background != b.background and (one.first is None or other.first is None):
        yield "status", w["background"], "history to one, news to the other"
    if a.status == b.status:
        return
    first, second = (one, other)
    if (one.published or 0) > (other.published or 0):
        first, second = other, one
    told_apart = (second.published or 0) - (first.published or 0)
    told = f"{first.report.status}, then {second.report.status}"
    pair = (first.report.status, second.report.status)
    same_day = one.first is not None and one.first == other.first
    if pair in _GROWS or (pair[::-1] in _GROWS and (told_apart <= 1 or same_day)):
        yield "status", w["grows"], told
    elif pair[::-1] in _GROWS:
        yield "status", w["back"], told
    else:
        yield "status", w["disputed"], told


def _medium(one: Profile, other: Profile, w: Mapping[str, float]) -> Iterator[Found]:
    a, b = one.report.medium, other.report.medium
    if a and b:
        yield "medium", w["same"] if a == b else w["other"], f"{a} and {b}" if a != b else a


def _where(one: Profile, other: Profile, w: Mapping[str, float]) -> Iterator[Found]:
    a, b = one.report, other.report
    if not a.place or not b.place:
        return
    if one.place == other.place:
        yield "where", w["same"], f"both in {a.place}"
        return
    within = "country" in (a.place_precision, b.place_precision)
    if within and a.country and a.country == b.country:
        yield "where", w["same_country"], f"{a.place} and {b.place}"
        return
    if None not in (a.lat, a.lon, b.lat, b.lon) and _kilometres(a, b) < _NEAR:
        yield "where", w["near"], f"{a.place} near {b.place}"
        return
    towns = a.place_precision in _TOWNS and b.place_precision in _TOWNS
    yield "where", w["elsewhere"] if towns else w["other"], f"{a.place} and {b.place}"


def _kilometres(a: Report, b: Report) -> float:
    """The great-circle distance of two places (haversine, mean radius 6,371 km)."""
    north, other_north = math.radians(a.lat or 0.0), math.radians(b.lat or 0.0)
    east = math.radians((b.lon or 0.0) - (a.lon or 0.0))
    cosines = math.cos(north) * math.cos(other_north)
    half = math.sin((other_north - north) / 2) ** 2 + cosines * math.sin(east / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, half)))


def _numbers(one: Profile, other: Profile, w: Mapping[str, float]) -> Iterator[Found]:
    a, b = one.report.sizes, other.report.sizes
    if not a or not b:
        return
    shared = [unit for unit in a if unit in b]
    found = [_number(a[unit], b[unit], w) for unit in shared]
    if found:
        weight, why = max(found)
        yield "numbers", weight, why


def _number(a: Size, b: Size, w: Mapping[str, float]) -> tuple[float, str]:
    told = f"{a.text} and {b.text}"
    if a.low == b.low and a.high == b.high:
        # A number of some size that is told twice is hardly chance; “one” or “two” often is.
        return (w["same"] if (a.low or a.high or 0) > 3 else w["fit"]), told
    low = max(a.low or 0, b.low or 0)
    high = min(x for x in (a.high, b.high, math.inf) if x is not None)
    if low <= high:
        return w["fit"], told
    if low <= 1.5 * high:
        return w["near"], told
    return w["apart"], told


def _words(one: Profile, other: Profile, w: Mapping[str, float]) -> Iterator[Found]:
    if one.trigger and other.trigger:
        if one.trigger & other.trigger:
            yield "trigger", w["trigger"], f"both “{' '.join(sorted(one.trigger & other.trigger))}”"
        else:
            yield "trigger", w["other_trigger"], f"“{one.report.trigger}”, “{other.report.trigger}”"
    if one.another != other.another:
        yield "another", w["another"], "one tells of more, or another"
    if not one.words or not other.words:
        return
    small, large = (one, other) if len(one.words) <= len(other.words) else (other, one)
    shared = [word for word in small.words if word in large.words]
    if not shared:
        yield "words", _no_words(one, other, w), "no word in common"
        return
    # Three units are added so that very short sentences do not fit each other by one word.
    share = sum(small.words[word] for word in shared) / (min(one.weight, other.weight) + 3)
    beyond = share - w["enough"]
    weight = min(w["most"], w["above"] * beyond) if beyond > 0 else w["below"] * beyond
    weight = max(_no_words(one, other, w), weight)
    yield "words", weight, f"in common: {', '.join(sorted(shared)[:8])}"


def _no_words(one: Profile, other: Profile, w: Mapping[str, float]) -> float:
    """What it means that the sentences share no word: much where the deed is to say something."""
    if one.report.type in VERBAL or other.report.type in VERBAL:
        return w["verbal_none"]
    if one.report.type == other.report.type == "CONSULT" and len(one.sides) > 1:
        return w["contact_none"]
    return w["none"]
