"""Charts of the desk, each under an address of its own: as a spec, as SVG, as PNG.

A page names a chart by its address and draws it when it is looked at; the first byte of a page does
not wait for it. The filters are those of the page.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import orjson
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman.case import tallies
from dragoman.case.tallies import QUADS
from dragoman.charts.look import Theme
from dragoman.desk.desk import Desk
from dragoman.desk.pages import asked, desk_of, tagged
from dragoman.desk.pairs import pair_of
from dragoman.desk.questions import Question
from dragoman.desk.views.map import DAYS as MAP_DAYS
from dragoman.desk.views.spans import Stretch, stretch, within

QUAD_ORDER: Final = (
    "material cooperation",
    "verbal cooperation",
    "verbal conflict",
    "material conflict",
)
# Blue for cooperation, vermilion for conflict: told apart by all kinds of sight.
QUAD_COLOURS: Final = ("#1f6f9f", "#8bbcd9", "#eda877", "#c8452a")
_KINDS: Final = {"svg": "image/svg+xml", "png": "image/png"}
_ROWS: Final = "rows"
_DRAWING: Final = threading.Lock()


def answer(request: Request, name: str, form: str) -> Response:
    """A chart, as the end of its address asks."""
    make = CHARTS.get(name)
    if make is None or form not in ("json", *_KINDS):
        raise HTTPException(404, "There is no such chart.")
    desk, q = desk_of(request), asked(request)
    spec = make(desk, q)
    if form == "json":
        return tagged(request, orjson.dumps(spec), "application/json")
    return tagged(request, drawn(spec, form), _KINDS[form])


def drawn(spec: dict[str, Any], form: str) -> bytes:
    """The chart as a picture, drawn here; one at a time, since each takes a processor."""
    import vl_convert

    alone = {**spec, "width": 900, "config": {**spec.get("config", {}), "background": "white"}}
    alone = _with_world(alone)
    with _DRAWING:
        if form == "svg":
            return vl_convert.vegalite_to_svg(alone).encode()
        return bytes(vl_convert.vegalite_to_png(alone, scale=2))


def timeline(desk: Desk, q: Question) -> dict[str, Any]:
    """Events by day, by words or deeds of cooperation or conflict."""
    alt = _altair()

    days = stretch(desk, q, 120)
    wanted = within(q.filter, days)
    tally = desk.cached(("timeline", wanted), lambda: tallies.by_day(desk.case, wanted))
    sums: dict[tuple[str, str], int] = {}
    for row in tally.rows:
        key = (row.day, QUADS[row.type])
        sums[key] = sums.get(key, 0) + row.events
    values = [
        {
            "day": day,
            "kind": kind,
            "events": count,
            "order": QUAD_ORDER.index(kind),
            "href": q.address("/timeline", since=day, until=day),
        }
        for (day, kind), count in sorted(sums.items())
    ]
    chart = (
        alt.Chart(_rows())
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X(
                "yearmonthdate(day):T",
                title=None,
                axis=alt.Axis(format="%-d %b", labelOverlap=True, grid=False),
                scale=alt.Scale(domain=_with_last(_domain(days, values))),
            ),
            y=alt.Y("sum(events):Q", title="events", axis=alt.Axis(tickCount=4)),
            color=_quads(),
            order="order:Q",
            href="href:N",
            tooltip=[
                alt.Tooltip("day:T", title="day", format="%-d %B %Y"),
                alt.Tooltip("kind:N", title="kind"),
                alt.Tooltip("events:Q", title="events"),
            ],
        )
        .properties(width="container", height=170)
    )
    return _spec(chart, "Events by day and kind", values)


def tension(desk: Desk, q: Question) -> dict[str, Any]:
    """The mean score of each day's events, and how many there were."""
    alt = _altair()

    days = stretch(desk, q, 180)
    pair = pair_of(desk, q, days)
    if pair is not None and pair.found.days:
        from dragoman.charts import tension_chart

        theme: Theme = "dark" if q.first("theme") == "dark" else "light"
        drawn = tension_chart(pair.found, names=pair.names, theme=theme)
        return {**drawn, "width": "container", "height": 240, "config": {}}
    wanted = within(q.filter, days, background=False)
    tally = desk.cached(("course", wanted), lambda: tallies.by_day(desk.case, wanted))
    sums: dict[str, list[float]] = {}
    for row in tally.rows:
        one = sums.setdefault(row.day, [0, 0.0])
        one[0] += row.events
        one[1] += row.score
    values = [
        {
            "day": day,
            "events": int(events),
            "score": round(score / events, 2),
            "href": q.address("/timeline", since=day, until=day),
        }
        for day, (events, score) in sorted(sums.items())
    ]
    base = alt.Chart(_rows()).encode(
        x=alt.X(
            "day:T",
            title=None,
            axis=alt.Axis(format="%-d %b", labelOverlap=True, grid=False),
            scale=alt.Scale(domain=_domain(days, values)),
        ),
        y=alt.Y(
            "score:Q",
            title="conflict – cooperation",
            scale=alt.Scale(domain=[-10, 10]),
            axis=alt.Axis(tickCount=5),
        ),
    )
    points = base.mark_circle(cursor="pointer").encode(
        size=alt.Size("events:Q", legend=None, scale=alt.Scale(range=[30, 400])),
        color=alt.Color(
            "score:Q",
            legend=None,
            scale=alt.Scale(domain=[-10, 0, 10], range=["#c8452a", "#9a9a94", "#1f6f9f"]),
        ),
        href="href:N",
        tooltip=[
            alt.Tooltip("day:T", format="%-d %B %Y"),
            alt.Tooltip("score:Q", title="mean score"),
            "events:Q",
        ],
    )
    mean = (
        base.transform_window(rolling="mean(score)", frame=[-6, 0])
        .mark_line(strokeWidth=2, interpolate="monotone")
        .encode(y="rolling:Q")
    )
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(opacity=0.5).encode(y="zero:Q")
    chart = (zero + points + mean).properties(width="container", height=240)
    words = "Mean score of events by day, from -10 (conflict) to 10 (cooperation)"
    return _spec(chart, words, values)


def map_(desk: Desk, q: Question) -> dict[str, Any]:
    """Places of events on the outlines of countries, as near as the places allow."""
    alt = _altair()

    days = stretch(desk, q, MAP_DAYS)
    wanted = within(q.filter, days)
    tally = desk.cached(("map", wanted), lambda: tallies.by_place(desk.case, wanted))
    values = [
        {
            "place": row.place,
            "country": row.country or "",
            "lat": row.lat,
            "lon": row.lon,
            "events": row.events,
            "score": round(row.score, 2),
            "href": q.address("/timeline", place=row.place),
        }
        for row in tally.rows
        if row.lat is not None and row.lon is not None
    ]
    world = alt.Data(
        url="/static/world.json", format=alt.DataFormat(type="topojson", feature="countries")
    )
    outlines = alt.Chart(world).mark_geoshape(strokeWidth=0.6, clip=True, aria=False)
    spots = (
        alt.Chart(_rows())
        .mark_circle(opacity=0.75, stroke="white", strokeWidth=0.7, cursor="pointer", clip=True)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("events:Q", scale=alt.Scale(range=[40, 900]), legend=None),
            color=alt.Color(
                "score:Q",
                title="conflict – cooperation",
                scale=alt.Scale(domain=[-10, 0, 10], range=["#c8452a", "#b9b6ae", "#1f6f9f"]),
            ),
            href="href:N",
            tooltip=[
                "place:N",
                "country:N",
                "events:Q",
                alt.Tooltip("score:Q", title="mean score"),
            ],
        )
    )
    chart = (
        (outlines + spots).project(**_projection(values)).properties(width="container", height=460)
    )
    return _spec(chart, "Where events took place", values)


def _domain(days: Stretch, values: list[dict[str, Any]]) -> list[str]:
    """The days that are asked for; where none are, from the first that has an event."""
    if days.chosen or not values:
        return [days.since, days.until]
    return [min(value["day"] for value in values), days.until]


def _with_last(domain: list[str]) -> list[str]:
    """Up to the end of the last day: a bar is as wide as its day."""
    try:
        return [domain[0], (date.fromisoformat(domain[1]) + timedelta(days=1)).isoformat()]
    except (ValueError, OverflowError):
        return domain


def _projection(values: list[dict[str, Any]]) -> dict[str, Any]:
    """Mercator around where most of the events are; the whole world where they are all over it."""
    if not values:
        return {"type": "naturalEarth1"}
    west, east = _fences(values, "lon")
    south, north = _fences(values, "lat")
    wide, high = max(east - west, 6.0) * 1.35, max(north - south, 4.0) * 1.5
    if wide > 150:
        return {"type": "naturalEarth1"}
    middle = [round(-(west + east) / 2, 2), round(-(south + north) / 2, 2)]
    scale = min(900 / (wide * 0.01745), 440 / (high * 0.01745 * 1.25), 4_500)
    return {"type": "mercator", "rotate": [*middle, 0], "scale": round(scale, 1)}


def _fences(values: list[dict[str, Any]], name: str) -> tuple[float, float]:
    """The least and the largest within Tukey's fences: one far away must not make all a blot."""
    weighed = sorted((v[name], v["events"]) for v in values)
    total, seen = sum(n for _, n in weighed), 0
    quarters: list[float] = []
    for value, count in weighed:
        seen += count
        while len(quarters) < 3 and seen >= total * (len(quarters) + 1) / 4:
            quarters.append(value)
    reach = 1.5 * (quarters[2] - quarters[0]) + 1.0
    inside = [v for v, _ in weighed if quarters[0] - reach <= v <= quarters[2] + reach]
    return min(inside), max(inside)


def _altair() -> Any:
    """Altair, whose classes are made by a program and tell no types of their arguments."""
    import altair

    return altair


def _quads() -> Any:
    alt = _altair()

    return alt.Color(
        "kind:N",
        title=None,
        scale=alt.Scale(domain=list(QUAD_ORDER), range=list(QUAD_COLOURS)),
        legend=alt.Legend(orient="top", columns=2, symbolType="square"),
    )


def _rows() -> Any:
    """The place of a chart's rows, which are put in when it is made: Altair looks at each."""
    return _altair().Data(values=[], name=_ROWS)


def _spec(chart: Any, description: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    # Checked by Altair's schema in the tests; here that would take longer than the counting.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    _fill(spec, rows)
    spec["description"] = description
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    # Colours and letters are the page's; they are set where the chart is drawn.
    spec["config"] = {}
    return spec


def _fill(part: Any, rows: list[dict[str, Any]]) -> None:
    if isinstance(part, list):
        for one in part:
            _fill(one, rows)
    elif isinstance(part, dict):
        if part.get("name") == _ROWS and "values" in part:
            part["values"] = rows
            return
        for one in part.values():
            _fill(one, rows)


def _with_world(spec: dict[str, Any]) -> dict[str, Any]:
    """The outlines put into the spec itself: what draws pictures fetches nothing."""

    def inlined(part: Any) -> Any:
        if isinstance(part, list):
            return [inlined(one) for one in part]
        if not isinstance(part, dict):
            return part
        if part.get("url") == "/static/world.json":
            return {"values": world(), "format": part["format"]}
        return {name: inlined(value) for name, value in part.items()}

    found: dict[str, Any] = inlined(spec)
    return found


@lru_cache(maxsize=1)
def world() -> Any:
    path = files("dragoman.desk").joinpath("static", "world.json")
    return orjson.loads(path.read_bytes())


CHARTS: Final[dict[str, Callable[[Desk, Question], dict[str, Any]]]] = {
    "timeline": timeline,
    "tension": tension,
    "map": map_,
}
