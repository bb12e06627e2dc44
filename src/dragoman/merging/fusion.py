"""The merged event as a view over its reports: what most sources say, and who differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dragoman.merging.records import Conflict, Link, Merged, Party, Report, Step, Told
from dragoman.merging.sources import independent, publisher_key, tiers_of
from dragoman.records import Size

# Later in this order is further in an event's life; of two told at one time the later stands.
_STAGES: Final = ("possible", "planned", "denied", "cancelled", "ongoing", "happened")
# Fields whose values exclude each other. A report that gives none contradicts none.
_EXCLUSIVE: Final = ("mode", "medium", "status", "start", "place", "country", "initiator", "count")


def merged_id(report: Report) -> str:
    """The id of an event whose first report this is."""
    return f"m{report.key[:12]}"


def fuse(reports: Iterable[Report], links: Iterable[Link] = ()) -> Merged:
    """One event of the reports that tell it; ValueError where there are none."""
    ordered = sorted(reports, key=_order)
    if not ordered:
        raise ValueError("an event needs a report")
    told = {name: _told(ordered, name) for name in _FIELDS}
    value = {name: values[0].value if values else None for name, values in told.items()}
    life = _life(ordered)
    main = min(ordered, key=lambda r: (r.background, r.rank, -r.confidence, _order(r)))
    dated = _dated(ordered, value["start"])
    placed = next((r for r in ordered if r.place == value["place"] and r.place), None)
    days = sorted(r.published[:10] for r in ordered if r.published)
    roots = {r.root: r.copies for r in ordered}
    witnesses = independent(ordered)
    return Merged(
        id=merged_id(ordered[0]),
        type=told["type"][0].value,
        mode=value["mode"],
        contexts=_union(r.contexts for r in ordered),
        medium=value["medium"],
        actors=_parties(ordered, "actors"),
        recipients=_parties(ordered, "recipients"),
        status=life[-1].status,
        background=all(r.background for r in ordered),
        start=dated.start if dated else None,
        end=dated.end if dated else None,
        precision=dated.precision if dated else None,
        place=value["place"],
        place_precision=placed.place_precision if placed else None,
        country=placed.country if placed else value["country"],
        lat=placed.lat if placed else None,
        lon=placed.lon if placed else None,
        sizes=_sizes(told["sizes"]),
        count=value["count"],
        initiator=value["initiator"],
        topics=_union(r.topics for r in ordered),
        level=value["level"],
        according_to=_said_by(ordered),
        score=main.score,
        confidence=_confidence(ordered),
        reports=tuple(ordered),
        sources=len(witnesses),
        witnesses=witnesses,
        documents=len({r.document for r in ordered}) + sum(roots.values()),
        publishers=tuple(sorted({p for r in ordered if (p := publisher_key(r.source))})),
        origins=tuple(dict.fromkeys(o for r in ordered for o in r.origins)),
        tiers=tiers_of((r.source, r.root, r.tier) for r in ordered),
        told={name: values for name, values in told.items() if values},
        agreed=tuple(n for n, values in told.items() if len(values) == 1 and values[0].sources > 1),
        conflicts=_conflicts(told, life),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        known_at=min((r.known_at for r in ordered if r.known_at), default=None),
        life=life,
        links=tuple(sorted(links, key=lambda link: (-link.score, link.left, link.right))),
        main=main.id,
    )


_FIELDS: Final = (
    "type",
    "mode",
    "medium",
    "status",
    "start",
    "place",
    "country",
    "initiator",
    "level",
    "count",
    "sizes",
)


def _order(report: Report) -> tuple[str, str, str]:
    return (report.published or "9999", report.key, report.id)


def _told(reports: Sequence[Report], name: str) -> tuple[Told, ...]:
    """The values that reports give for a field, those that most independent sources give first."""
    groups: dict[Any, list[Report]] = {}
    for report in reports:
        for value in _values(report, name):
            groups.setdefault(value, []).append(report)
    counted = [
        Told(value=v, reports=tuple(r.id for r in own), sources=len(independent(own)))
        for v, own in groups.items()
    ]
    # Of values equally backed the one told last stands: reports correct each other.
    last = {told.reports: max(_order(r) for r in groups[told.value]) for told in counted}
    by_last = sorted(counted, key=lambda told: last[told.reports], reverse=True)
    return tuple(sorted(by_last, key=lambda told: -told.sources))


def _values(report: Report, name: str) -> list[Any]:
    if name == "sizes":
        return [(unit, size) for unit, size in report.sizes.items()]
    value = getattr(report, name)
    if value is None:
        return []
    if name == "start":
        return [value[:10]]
    return [value]


def _dated(reports: Sequence[Report], start: str | None) -> Report | None:
    """The report whose dates are shown: of those with the chosen day the most exact."""
    exact = ("minute", "hour", "part-of-day", "day", "week", "month", "season", "year")
    dated = [r for r in reports if r.start and r.start[:10] == start]
    return min(
        dated,
        key=lambda r: (exact.index(r.precision) if r.precision in exact else 9, _order(r)),
        default=None,
    )


def _life(reports: Sequence[Report]) -> tuple[Step, ...]:
    """The changes of status, in the order of publication; the last step is what holds."""
    steps: list[Step] = []
    for report in sorted(reports, key=lambda r: ((r.published or "9999")[:10], _stage(r))):
        if steps and (
            steps[-1].status == report.status or _overtaken(steps[-1].status, report.status)
        ):
            continue
        steps.append(
            Step(date=report.published, status=report.status, report=report.id, start=report.start)
        )
    return tuple(steps)


def _stage(report: Report) -> tuple[int, str, str]:
    return (_STAGES.index(report.status), report.key, report.id)


def _overtaken(held: str, told: str) -> bool:
    """A late report that still speaks of the plan does not undo what has happened."""
    return held in ("happened", "ongoing") and told in ("planned", "possible")


def _parties(reports: Sequence[Report], name: str) -> tuple[Party, ...]:
    """All that reports name in this place; who stands for another that is named is left out."""
    by_key: dict[str, list[Report]] = {}
    known: dict[str, Party] = {}
    for report in reports:
        for party in getattr(report, name):
            by_key.setdefault(party.key, []).append(report)
            if party.key not in known or (known[party.key].assumed and not party.assumed):
                known[party.key] = party  # as told by the report that tells its state
    ordered = sorted(by_key, key=lambda key: -len(independent(by_key[key])))
    kept = [
        key
        for key in ordered
        if not any(_more_exact(known[other], known[key]) for other in ordered if other != key)
    ]
    return tuple(known[key] for key in kept)


def _more_exact(party: Party, other: Party) -> bool:
    """Does `other` say less of the same side: the state where a person or ministry is named?"""
    if party.kind in ("state", "bloc") or not party.code:
        return False
    if other.kind == "unnamed":
        return other.code == party.code
    return other.kind == "state" and other.code == party.code


def _said_by(reports: Sequence[Report]) -> tuple[Party, ...]:
    """On whose word alone it stands; empty where a report tells it as a fact."""
    if any(not report.according_to for report in reports):
        return ()
    known = {p.key: p for report in reports for p in report.according_to[:1]}
    return tuple(known[key] for key in sorted(known))


def _sizes(told: Sequence[Told]) -> Mapping[str, Size]:
    chosen: dict[str, Size] = {}
    for item in told:
        unit, size = item.value
        chosen.setdefault(unit, size)
    return dict(sorted(chosen.items()))


def _confidence(reports: Sequence[Report]) -> float:
    """That at least one of the documents was read right; copies and repeats add nothing."""
    best: dict[str, float] = {}
    for report in reports:
        best[report.root] = max(best.get(report.root, 0.0), report.confidence)
    wrong = 1.0
    for confidence in sorted(best.values()):
        wrong *= 1.0 - confidence
    return round(min(0.99, 1.0 - wrong), 4)


def told_by(events: Iterable[Merged], wanted: Callable[[Report], bool]) -> Iterator[Merged]:
    """The events as some of their reports tell them; what belongs together stays together."""
    for event in events:
        reports = [report for report in event.reports if wanted(report)]
        if len(reports) == len(event.reports):
            yield event
        elif reports:
            held = {report.id for report in reports}
            links = (link for link in event.links if {link.left, link.right} <= held)
            yield replace(fuse(reports, links), id=event.id)


def _conflicts(told: Mapping[str, tuple[Told, ...]], life: Sequence[Step]) -> tuple[Conflict, ...]:
    found = []
    for name in _EXCLUSIVE:
        values = told[name]
        if name == "status" and not _contradicted(life):
            continue
        if len(values) > 1:
            found.append(Conflict(field=name, values=values))
    units = dict.fromkeys(item.value[0] for item in told["sizes"])
    for unit in units:
        values = tuple(item for item in told["sizes"] if item.value[0] == unit)
        if any(_apart(a.value[1], b.value[1]) for a in values for b in values):
            found.append(Conflict(field=f"size: {unit}", values=values))
    return tuple(found)


def _contradicted(life: Sequence[Step]) -> bool:
    """From plan to deed is a life; what has happened and is then called off or denied is not."""
    statuses = [step.status for step in life]
    return "denied" in statuses and len(set(statuses)) > 1


def _apart(one: Size, other: Size) -> bool:
    """Do two numbers exclude each other?"""
    low = max(one.low or 0, other.low or 0)
    highs = [high for high in (one.high, other.high) if high is not None]
    slack = 1.1 if one.about or other.about else 1.0
    return bool(highs) and low > min(highs) * slack


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))
