"""Where events took place, on outlines of countries that travel inside the spec.

The outlines (data/world.json, scale 1:110 million) are those of Natural Earth (public domain), by
way of the package world-atlas 2.0.2 (ISC). They are an aid to the eye and no judgement.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

import orjson

from dragoman.analysis.coded import Coded
from dragoman.charts.look import PALETTES, Theme, with_look

NOTE: Final = (
    "Outlines: Natural Earth. Borders and names on the map are an aid to the eye and no judgement "
    "on the status of any territory."
)
_WIDTH, _HEIGHT = 720, 380
_DEGREE: Final = 0.01745  # radians
_SHARE: Final = 0.8  # of the events that a map must show
_FONT, _LETTER, _NAMES = 10, 5.5, 14  # of labels, in pixels; and how many at most


def event_map(events: Iterable[Coded], *, theme: Theme = "light") -> dict[str, Any]:
    """A dot for each place, as large as its events are many, coloured by their mean score."""
    import altair as alt

    colours = PALETTES[theme]
    spots = _spots(events)
    world = alt.Data(values=_world(), format=alt.DataFormat(type="topojson", feature="countries"))
    land = alt.Chart(world).mark_geoshape(
        fill=colours.land, stroke=colours.border, strokeWidth=0.5, clip=True
    )
    dots = (
        alt.Chart(alt.Data(values=spots))
        .mark_circle(opacity=0.8, stroke=colours.paper, strokeWidth=0.7, clip=True)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("events:Q", scale=alt.Scale(range=[40, 700]), legend=None),
            color=alt.Color(
                "score:Q",
                title="conflict – cooperation",
                scale=alt.Scale(
                    domain=[-10, 0, 10],
                    range=[colours.conflict, colours.middle, colours.cooperation],
                ),
            ),
            tooltip=["place:N", "country:N", "events:Q", alt.Tooltip("score:Q", title="score")],
        )
    )
    projection = _projection(spots)
    chart = land + dots
    for dy, named in _labels(spots, projection).items():
        chart += (
            alt.Chart(alt.Data(values=named))
            .mark_text(dy=dy, fontSize=_FONT, color=colours.ink, clip=True)
            .encode(longitude="lon:Q", latitude="lat:Q", text="place:N")
        )
    chart = chart.project(**projection).properties(height=_HEIGHT)
    description = f"Where events took place: {len(spots)} places. {NOTE}"
    return with_look(chart, theme, description=description, width=_WIDTH)


def _spots(events: Iterable[Coded]) -> list[dict[str, Any]]:
    """Places with their events, the most told first. Whole countries are no places."""
    found: dict[tuple[float, float], dict[str, Any]] = {}
    for event in events:
        if event.lat is None or event.lon is None or event.type is None or not event.place:
            continue
        spot = found.setdefault(
            (event.lat, event.lon),
            {
                "place": event.place,
                "country": event.country or "",
                "lat": event.lat,
                "lon": event.lon,
                "events": 0,
                "score": 0.0,
            },
        )
        spot["events"] += 1
        spot["score"] += event.score
    spots = sorted(found.values(), key=lambda s: (-s["events"], s["place"]))
    return [{**spot, "score": round(spot["score"] / spot["events"], 2)} for spot in spots]


def _labels(
    spots: list[dict[str, Any]], projection: dict[str, Any]
) -> dict[int, list[dict[str, Any]]]:
    """The names that find room, the most told first: by how many pixels above or below."""
    if projection["type"] != "mercator":
        return {-10: spots[:8]}
    scale, middle = projection["scale"] * _DEGREE, projection["rotate"]
    taken: list[tuple[float, float, float]] = []
    found: dict[int, list[dict[str, Any]]] = {}
    for spot in spots:
        x = (spot["lon"] + middle[0]) * scale
        y = -(spot["lat"] + middle[1]) * scale / math.cos(spot["lat"] * _DEGREE)
        half = len(spot["place"]) * _LETTER / 2
        inside = abs(x) + half < _WIDTH / 2 and abs(y) + _FONT < _HEIGHT / 2
        for dy in (-12, 16) if inside else ():
            if all(abs(x - a) > half + w or abs(y + dy - b) > _FONT + 2 for a, b, w in taken):
                taken.append((x, y + dy, half))
                found.setdefault(dy, []).append(spot)
                break
        if len(taken) == _NAMES:
            break
    return found


def _projection(spots: list[dict[str, Any]]) -> dict[str, Any]:
    """Mercator about where most events lie; the whole world where they lie far apart."""
    if not spots:
        return {"type": "naturalEarth1"}
    south, north = _most_of(spots, "lat")
    west, east = _most_of(spots, "lon")
    wide, high = max(east - west, 8.0) * 1.4, max(north - south, 5.0) * 1.5
    if wide > 150:
        return {"type": "naturalEarth1"}
    scale = min(_WIDTH / (wide * _DEGREE), _HEIGHT / (high * _DEGREE * 1.3), 4_000)
    return {
        "type": "mercator",
        "rotate": [round(-(west + east) / 2, 2), round(-(south + north) / 2, 2), 0],
        "scale": round(scale, 1),
    }


def _most_of(spots: list[dict[str, Any]], by: str) -> tuple[float, float]:
    """The narrowest stretch of degrees in which four fifths of the events lie."""
    along = sorted((spot[by], spot["events"]) for spot in spots)
    wanted = _SHARE * sum(events for _, events in along)
    best, first, held = (along[0][0], along[-1][0]), 0, 0.0
    for last, events in along:
        held += events
        while held - along[first][1] >= wanted:
            held -= along[first][1]
            first += 1
        if held >= wanted and last - along[first][0] < best[1] - best[0]:
            best = along[first][0], last
    return best


@cache
def _world() -> Any:
    return orjson.loads(files("dragoman.charts").joinpath("data", "world.json").read_bytes())
