"""Merged events as flat rows, GeoJSON and JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from dragoman.analysis.coded import Coded
from dragoman.analysis.rows import names_of
from dragoman.records import Record

_CONTEXT: Final = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "plover": "https://github.com/openeventdata/PLOVER#",
}
# schema.org's words for a status; what it has no word for stays in `plover:status`.
_STATUS: Final = {"planned": "EventScheduled", "cancelled": "EventCancelled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow(Record):
    """A merged event on one line. `sources` are independent, `reports` counts copies too; the
    columns `agency` to `paper` split the publishers by tier."""

    event: str
    day: str
    day_end: str
    precision: str | None
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    medium: str | None
    status: str
    background: bool
    score: float
    who: str
    who_codes: tuple[str, ...]
    whom: str
    whom_codes: tuple[str, ...]
    level: str | None
    topics: tuple[str, ...]
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    according_to: tuple[str, ...]
    sources: tuple[str, ...]
    independent_sources: int
    reports: int
    agency: int
    state_media: int
    official: int
    paper: int
    first_report: str | None
    last_report: str | None
    confidence: float
    passage: str
    title: str | None
    url: str | None
    trace: tuple[str, ...]


def event_rows(events: Iterable[Coded]) -> Iterator[EventRow]:
    """Every event, whatever its status; nothing is folded."""
    for e in events:
        yield EventRow(
            event=e.id,
            day=e.day,
            day_end=e.day_end,
            precision=e.precision,
            type=e.type or "",
            mode=e.mode,
            contexts=e.contexts,
            medium=e.medium,
            status=e.status,
            background=e.background,
            score=e.score,
            who=names_of(e.who),
            who_codes=tuple(p.code or p.key for p in e.who),
            whom=names_of(e.whom),
            whom_codes=tuple(p.code or p.key for p in e.whom),
            level=e.level,
            topics=e.topics,
            place=e.place,
            country=e.country,
            lat=e.lat,
            lon=e.lon,
            according_to=e.according_to,
            sources=e.sources,
            independent_sources=len(e.sources),
            reports=e.reports,
            agency=e.tiers.get("agency", 0),
            state_media=e.tiers.get("state-media", e.tiers.get("state media", 0)),
            official=e.tiers.get("official", 0),
            paper=e.tiers.get("paper", 0),
            first_report=e.published,
            last_report=e.last,
            confidence=e.confidence,
            passage=e.passage,
            title=e.title,
            url=e.url,
            trace=e.trace,
        )


def geojson(events: Iterable[Coded]) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946) of the events that have a place with coordinates."""
    features = []
    located = (e for e in events if e.lat is not None and e.lon is not None)
    for row in event_rows(located):
        data = row.to_dict()
        lat, lon = data.pop("lat"), data.pop("lon")
        features.append(
            {
                "type": "Feature",
                "id": row.event,
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": data,
            }
        )
    return {"type": "FeatureCollection", "features": features}


def jsonld(events: Iterable[Coded]) -> dict[str, Any]:
    """The events in words of schema.org, with their reports as what they derive from (PROV)."""
    return {"@context": _CONTEXT, "@graph": [_thing(event) for event in events]}


def _thing(event: Coded) -> dict[str, Any]:
    thing: dict[str, Any] = {
        "@type": "Event",
        "@id": f"urn:dragoman:{event.id}",
        "name": " ".join(event.passage.split()),
        "startDate": event.day or None,
        "endDate": event.day_end or None,
        "eventStatus": _STATUS.get(event.status),
        "actor": [_agent(p) for p in event.who],
        "plover:recipient": [_agent(p) for p in event.whom],
        "location": _place(event),
        "about": list(event.topics),
        "plover:type": event.type,
        "plover:mode": event.mode,
        "plover:status": event.status,
        "plover:score": event.score,
        "prov:wasDerivedFrom": [
            {
                "@type": "NewsArticle",
                "@id": t.url or f"urn:dragoman:document:{t.document}",
                "headline": t.title,
                "publisher": {"@type": "Organization", "name": t.source},
                "datePublished": t.published,
            }
            for t in event.tellings
        ],
    }
    return {name: value for name, value in thing.items() if value not in (None, [], {})}


def _agent(party: Any) -> dict[str, Any]:
    kind = (
        "Person"
        if party.kind == "person"
        else "Country"
        if party.kind == "state"
        else "Organization"
    )
    agent = {"@type": kind, "name": party.name, "identifier": party.key, "plover:code": party.code}
    return {name: value for name, value in agent.items() if value is not None}


def _place(event: Coded) -> dict[str, Any] | None:
    if not event.place:
        return None
    place: dict[str, Any] = {"@type": "Place", "name": event.place}
    if event.country:
        place["address"] = {"@type": "PostalAddress", "addressCountry": event.country}
    if event.lat is not None and event.lon is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": event.lat, "longitude": event.lon}
    return place
