"""Charts of days: tension between two, and events by kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dragoman.analysis.coded import HAPPENED, Coded
from dragoman.analysis.tension import Tension
from dragoman.charts.look import PALETTES, QUADS, Theme, with_look

_DAY: Final = "%-d %b"


def tension_chart(
    found: Tension, *, names: tuple[str, str] | None = None, theme: Theme = "light"
) -> dict[str, Any]:
    """Conflict up, cooperation down, the balance of both with its band, and the change points."""
    import altair as alt

    colours = PALETTES[theme]
    rows = [
        {
            "day": d.day,
            "conflict": d.conflict,
            "cooperation": -d.cooperation,
            "told": d.cooperation,
            "tension": d.tension,
            "low": d.low,
            "high": d.high,
            "events": d.events,
            "sources": d.sources,
        }
        for d in found.days
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "yearmonthdate(day):T",
            title=None,
            axis=alt.Axis(format=_DAY, grid=False, labelOverlap="greedy", labelSeparation=10),
        ),
        tooltip=[
            alt.Tooltip("day:T", format="%-d %B %Y"),
            alt.Tooltip("conflict:Q", format=".1f"),
            alt.Tooltip("told:Q", title="cooperation", format=".1f"),
            alt.Tooltip("tension:Q", format=".1f"),
            "events:Q",
            "sources:Q",
        ],
    )
    value = alt.Axis(tickCount=5)
    title = "conflict (up) and cooperation (down), points"
    conflict = base.mark_area(
        color=colours.conflict, opacity=0.35, interpolate="step-after"
    ).encode(y=alt.Y("conflict:Q", title=title, axis=value))
    cooperation = base.mark_area(
        color=colours.cooperation, opacity=0.35, interpolate="step-after"
    ).encode(y="cooperation:Q")
    band = base.mark_area(color=colours.soft, opacity=0.25).encode(y="low:Q", y2="high:Q")
    line = base.mark_line(color=colours.ink, strokeWidth=1.5).encode(y="tension:Q")
    layers = [conflict, cooperation, band, line]
    if found.changes:
        layers += _changes(found, colours)
    who = " and ".join(names or found.pair)
    chart = alt.layer(*layers).properties(height=230, title=f"Tension between {who}")
    return with_look(
        chart,
        theme,
        description=f"Conflict and cooperation between {who} by day, with {len(found.changes)} "
        "change points; the line is conflict less cooperation, the band what drawing the "
        "sources anew gives",
    )


def _changes(found: Tension, colours: Any) -> list[Any]:
    import altair as alt

    rows = [
        {"day": c.day, "means": c.means, "label": str(i)} for i, c in enumerate(found.changes, 1)
    ]
    marks = alt.Chart(alt.Data(values=rows)).encode(
        x="yearmonthdate(day):T",
        tooltip=[alt.Tooltip("day:T", format="%-d %B %Y"), alt.Tooltip("means:N", title="change")],
    )
    rule = marks.mark_rule(color=colours.ink, strokeDash=[3, 3], opacity=0.6)
    label = marks.mark_text(color=colours.ink, baseline="bottom", y=-2, fontSize=10).encode(
        text="label:N"
    )
    return [rule, label]


def timeline_chart(events: Iterable[Coded], *, theme: Theme = "light") -> dict[str, Any]:
    """Events that came about, by day and kind: deeds and words of cooperation and conflict."""
    import altair as alt

    counts: dict[tuple[str, str], int] = {}
    for event in events:
        if event.quad and event.day and event.status in HAPPENED and not event.background:
            key = (event.day[:10], event.quad)
            counts[key] = counts.get(key, 0) + 1
    rows = [
        {"day": day, "kind": kind, "events": n, "order": QUADS.index(kind)}
        for (day, kind), n in sorted(counts.items())
    ]
    colours = PALETTES[theme]
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "yearmonthdate(day):T",
                title=None,
                axis=alt.Axis(format=_DAY, grid=False, labelOverlap="greedy", labelSeparation=10),
            ),
            y=alt.Y("sum(events):Q", title="events", axis=alt.Axis(tickCount=4)),
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=list(QUADS), range=list(colours.quads)),
                legend=alt.Legend(orient="top", symbolType="square"),
            ),
            order="order:Q",
            tooltip=[alt.Tooltip("day:T", format="%-d %B %Y"), "kind:N", "events:Q"],
        )
        .properties(height=160)
    )
    return with_look(chart, theme, description="Events by day and kind")
