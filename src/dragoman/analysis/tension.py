"""Conflict and cooperation between two, day by day.

An event counts with its intensity (PLOVER's score) times a weight for its independent sources:
log2(1 + n), so that one source weighs 1, three weigh 2, seven weigh 3. What was added on a day
fades with a half-life. `balance` is (cooperation - conflict) / (cooperation + conflict), from
-1 to +1; `tension` is conflict less cooperation in points of PLOVER's scale.

How sure a day is, is asked of the sources: they are drawn anew with replacement, and the series is
made again each time. Where there are too few sources for that, events are drawn instead, and the
result says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from dragoman.analysis.changes import ChangePlan, change_days
from dragoman.analysis.coded import HAPPENED, Coded
from dragoman.ontology import load_ontology
from dragoman.records import Record

Floats = NDArray[np.float64]
Resampled = Literal["sources", "events"]
# What is older than this when it is first reported explains the news and is none.
_HISTORY_DAYS: Final = 366
_FEWEST_SOURCES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TensionPlan(Record):
    """How a series is made: `half_life` in days; `band`, the share of `draws` that lie inside."""

    half_life: float = 7.0
    draws: int = 200
    band: float = 0.9
    seed: int = 0
    changes: ChangePlan = field(default_factory=ChangePlan)


@dataclass(frozen=True, slots=True, kw_only=True)
class TensionDay(Record):
    """One day: what was added on it, what stands after fading, and the band of `tension`."""

    day: str
    conflict_added: float
    cooperation_added: float
    conflict: float
    cooperation: float
    balance: float
    tension: float
    low: float
    high: float
    events: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Record):
    """What one kind of event adds to the whole."""

    type: str
    quad: str
    events: int
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Record):
    """A day from which on things are otherwise, with means a day before and after.

    `means` says what changed most: `conflict rises`, `cooperation falls` and so on. `events` are
    the ids of the events behind it, the weightiest first.
    """

    day: str
    means: str
    conflict_before: float
    conflict_after: float
    cooperation_before: float
    cooperation_after: float
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension(Record):
    """The series of a pair, its parts and its turns."""

    pair: tuple[str, str]
    days: tuple[TensionDay, ...]
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    resampled: Resampled
    plan: TensionPlan


@dataclass(frozen=True, slots=True)
class _Point:
    """An event as the series counts it."""

    event: Coded
    day: date
    type: str
    score: float

    @property
    def weight(self) -> float:
        return source_weight(max(1, len(self.event.sources)))


def source_weight(sources: float) -> float:
    """How much so many independent sources weigh: 1 for one, 2 for three, 3 for seven."""
    return math.log2(1 + sources)


def tension(
    events: Iterable[Coded],
    pair: tuple[str, str],
    *,
    since: str | None = None,
    until: str | None = None,
    plan: TensionPlan | None = None,
) -> Tension:
    """The series of what two do to each other, from `since` to `until` (ISO days, both included).

    What is planned counts as what PLOVER makes of it (agreement, concession, threat) on the day of
    its report; what is possible, cancelled, denied or history does not count.
    """
    plan = plan or TensionPlan()
    points = _points(events, pair, since, until)
    if not points:
        return Tension(pair=pair, days=(), parts=(), changes=(), resampled="sources", plan=plan)
    first = date.fromisoformat(since) if since else points[0].day
    last = date.fromisoformat(until) if until else points[-1].day
    last = max(min(last, points[-1].day), first)
    length = (last - first).days + 1
    weights = np.array([p.weight for p in points])
    added = _added(points, weights, first, length)
    faded = _fade(added, plan.half_life)
    band, resampled = _band(points, first, length, plan)
    days = tuple(_day(i, first, added, faded, band, points) for i in range(length))
    return Tension(
        pair=pair,
        days=_with_counts(days, points),
        parts=_parts(points),
        changes=_changes(points, added, first, plan),
        resampled=resampled,
        plan=plan,
    )


def _points(
    events: Iterable[Coded], pair: tuple[str, str], since: str | None, until: str | None
) -> list[_Point]:
    found = []
    for event in events:
        if event.type is None or event.background or not event.between(*pair):
            continue
        point = _point(event)
        if point is None:
            continue
        if (since and point.day.isoformat() < since) or (until and point.day.isoformat() > until):
            continue
        found.append(point)
    return sorted(found, key=lambda p: (p.day, p.event.id))


def _point(event: Coded) -> _Point | None:
    """The event as it counts, or None: not for what is possible, denied, called off, or undated."""
    ontology = load_ontology()
    assert event.type is not None
    published = event.published[:10] if event.published else None
    day = event.day[:10] or published
    if event.status == "planned":
        folded = "CONCEDE" if event.type == "RETREAT" else ontology.types[event.type].future
        type_ = folded or event.type
        day = published or day
        score = ontology.score(type_, None) if folded else event.score
    elif event.status in HAPPENED:
        type_, score = event.type, event.score
    else:
        return None
    if not day:
        return None
    when = date.fromisoformat(day)
    if published is not None:
        told = date.fromisoformat(published)
        if when > told + timedelta(days=1):  # told as done, dated ahead: a clock that is wrong
            when = told
        if when < told - timedelta(days=_HISTORY_DAYS):
            return None
    return _Point(event, when, type_, score)


def _added(points: Sequence[_Point], weights: Floats, first: date, length: int) -> Floats:
    """Points added a day: row 0 conflict, row 1 cooperation."""
    added = np.zeros((2, length))
    for point, weight in zip(points, weights, strict=True):
        row = 0 if point.score < 0 else 1
        added[row, (point.day - first).days] += abs(point.score) * weight
    return added


def _fade(added: Floats, half_life: float) -> Floats:
    keep = 0.5 ** (1 / half_life)
    faded = np.zeros_like(added)
    level = np.zeros(added.shape[:-1])
    for i in range(added.shape[-1]):
        level = level * keep + added[..., i]
        faded[..., i] = level
    return faded


def _band(
    points: Sequence[_Point], first: date, length: int, plan: TensionPlan
) -> tuple[Floats, Resampled]:
    """The lower and the upper edge of tension a day, from series made of sources drawn anew."""
    names = sorted({s for p in points for s in p.event.sources})
    rng = np.random.default_rng(plan.seed)
    resampled: Resampled = "sources" if len(names) >= _FEWEST_SOURCES else "events"
    if resampled == "sources":
        number = {name: i for i, name in enumerate(names)}
        told = np.zeros((len(points), len(names)))
        for i, point in enumerate(points):
            for source in point.event.sources:
                told[i, number[source]] = 1
        drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), plan.draws)
        weights = np.log2(1 + told @ drawn.T.astype(float)).T
    else:
        times = rng.multinomial(len(points), np.full(len(points), 1 / len(points)), plan.draws)
        weights = times * np.array([p.weight for p in points])
    where = np.array([(p.day - first).days for p in points])
    signed = np.array([-p.score for p in points])
    series = np.zeros((plan.draws, length))
    for draw in range(plan.draws):
        np.add.at(series[draw], where, signed * weights[draw])
    faded = _fade(series, plan.half_life)
    edge = (1 - plan.band) / 2
    return np.quantile(faded, [edge, 1 - edge], axis=0), resampled


def _day(
    i: int, first: date, added: Floats, faded: Floats, band: Floats, points: Sequence[_Point]
) -> TensionDay:
    conflict, cooperation = float(faded[0, i]), float(faded[1, i])
    whole = conflict + cooperation
    tension = conflict - cooperation
    return TensionDay(
        day=(first + timedelta(days=i)).isoformat(),
        conflict_added=round(float(added[0, i]), 4),
        cooperation_added=round(float(added[1, i]), 4),
        conflict=round(conflict, 4),
        cooperation=round(cooperation, 4),
        balance=round((cooperation - conflict) / whole, 4) if whole > 1e-9 else 0.0,
        tension=round(tension, 4),
        # The band is of the drawn series; that of few sources may lie beside the series itself.
        low=round(min(float(band[0, i]), tension), 4),
        high=round(max(float(band[1, i]), tension), 4),
        events=0,
        sources=0,
    )


def _with_counts(days: Sequence[TensionDay], points: Sequence[_Point]) -> tuple[TensionDay, ...]:
    from dataclasses import replace

    events: dict[str, int] = {}
    sources: dict[str, set[str]] = {}
    for point in points:
        day = point.day.isoformat()
        events[day] = events.get(day, 0) + 1
        sources.setdefault(day, set()).update(point.event.sources)
    return tuple(
        replace(d, events=events.get(d.day, 0), sources=len(sources.get(d.day, ()))) for d in days
    )


def _parts(points: Sequence[_Point]) -> tuple[Part, ...]:
    """What each type adds, in PLOVER's order from cooperation to conflict."""
    types = load_ontology().types
    counts = {name: [0, 0.0] for name in types}
    for point in points:
        counts[point.type][0] += 1
        counts[point.type][1] += abs(point.score) * point.weight
    return tuple(
        Part(type=name, quad=types[name].quad, events=int(n), points=round(p, 4))
        for name, (n, p) in counts.items()
        if n
    )


def _changes(
    points: Sequence[_Point], added: Floats, first: date, plan: TensionPlan
) -> tuple[Change, ...]:
    starts = change_days(added, plan.changes)
    edges = [0, *starts, added.shape[1]]
    found = []
    for before, at, after in zip(edges, edges[1:], edges[2:], strict=False):
        means = [
            (float(added[r, before:at].mean()), float(added[r, at:after].mean())) for r in (0, 1)
        ]
        found.append(
            _change(points, first + timedelta(days=at), first + timedelta(days=after), means)
        )
    return tuple(found)


def _change(
    points: Sequence[_Point], day: date, end: date, means: list[tuple[float, float]]
) -> Change:
    shift = [math.log1p(after) - math.log1p(before) for before, after in means]
    row = 0 if abs(shift[0]) >= abs(shift[1]) else 1
    words = f"{('conflict', 'cooperation')[row]} {'rises' if shift[row] > 0 else 'falls'}"
    (conflict, conflict_after), (cooperation, cooperation_after) = means
    return Change(
        day=day.isoformat(),
        means=words,
        conflict_before=round(conflict, 4),
        conflict_after=round(conflict_after, 4),
        cooperation_before=round(cooperation, 4),
        cooperation_after=round(cooperation_after, 4),
        events=_behind(points, day, end, row if shift[row] > 0 else None),
    )


def _behind(points: Sequence[_Point], day: date, end: date, row: int | None) -> tuple[str, ...]:
    """The weightiest events of the first week, of the kind that rose; for a fall, of any kind."""
    last = min(day + timedelta(days=6), end - timedelta(days=1))
    week = [p for p in points if day <= p.day <= last]
    if row is not None:
        week = [p for p in week if (p.score < 0) == (row == 0)]
    week.sort(key=lambda p: (-abs(p.score) * p.weight, p.day, p.event.id))
    return tuple(p.event.id for p in week[:5])
