"""Where events took place, on outlines of countries that travel inside the spec.

The outlines (data/world.json, scale 1:110 million) are those of Natural Earth (public domain), by
way of the package world-atlas 2.0.2 (ISC). They are an aid to the eye and no judgement.
"""

from __future__ import annotations

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
    labels = (
        alt.Chart(alt.Data(values=spots[:8]))
        .mark_text(dy=-10, fontSize=10, color=colours.ink, clip=True)
        .encode(longitude="lon:Q", latitude="lat:Q", text="place:N")
    )
    chart = (land + dots + labels).project(**_projection(spots)).properties(height=_HEIGHT)
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


def _projection(spots: list[dict[str, Any]]) -> dict[str, Any]:
    """Mercator about nine tenths of the places; the whole world where they lie far apart."""
    if not spots:
        return {"type": "naturalEarth1"}
    lats = sorted(s["lat"] for s in spots)
    lons = sorted(s["lon"] for s in spots)
    cut = len(spots) // 20
    west, east = lons[cut], lons[-1 - cut]
    south, north = lats[cut], lats[-1 - cut]
    wide, high = max(east - west, 12.0) * 1.4, max(north - south, 8.0) * 1.5
    if wide > 150:
        return {"type": "naturalEarth1"}
    scale = min(_WIDTH / (wide * _DEGREE), _HEIGHT / (high * _DEGREE * 1.3), 2_500)
    return {
        "type": "mercator",
        "rotate": [round(-(west + east) / 2, 2), round(-(south + north) / 2, 2), 0],
        "scale": round(scale, 1),
    }


@cache
def _world() -> Any:
    return orjson.loads(files("dragoman.charts").joinpath("data", "world.json").read_bytes())
