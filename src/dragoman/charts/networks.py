"""The network of contacts as a chart: nodes on a circle, ties by number and tone."""

from __future__ import annotations

import math
from typing import Any, Final, Literal

from dragoman.analysis.network import Network
from dragoman.charts.look import PALETTES, Theme, with_look

_MOST_NODES: Final = 30


def network_chart(
    found: Network, *, theme: Theme = "light", most: int = _MOST_NODES
) -> dict[str, Any]:
    """The best connected nodes; a tie is as broad as it is strong, and coloured by its tone."""
    import altair as alt

    nodes = found.nodes[:most]
    keys = {node.key for node in nodes}
    ties = [t for t in found.ties if t.source in keys and t.target in keys]
    at = _places(found, keys)
    colours = PALETTES[theme]
    lines = [
        {
            "x": at[t.source][0],
            "y": at[t.source][1],
            "x2": at[t.target][0],
            "y2": at[t.target][1],
            "events": t.events,
            "tone": t.tone,
            "pair": f"{t.source} – {t.target}",
        }
        for t in ties
    ]
    points = [
        {"x": at[n.key][0], "y": at[n.key][1], "name": n.name, "contacts": n.contacts}
        for n in nodes
    ]
    bare = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
    x = alt.X("x:Q", axis=bare, scale=alt.Scale(domain=[-2.0, 2.0]))
    y = alt.Y("y:Q", axis=bare, scale=alt.Scale(domain=[-1.12, 1.12]))
    drawn = (
        alt.Chart(alt.Data(values=lines))
        .mark_rule(opacity=0.6)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("events:Q", legend=None, scale=alt.Scale(range=[1, 7])),
            color=alt.Color(
                "tone:Q",
                legend=None,
                scale=alt.Scale(
                    domain=[-5, 0, 5], range=[colours.conflict, colours.middle, colours.cooperation]
                ),
            ),
            tooltip=["pair:N", "events:Q", alt.Tooltip("tone:Q", format=".1f")],
        )
    )
    dots = alt.Chart(alt.Data(values=points)).encode(x=x, y=y, tooltip=["name:N", "contacts:Q"])
    circles = dots.mark_circle(color=colours.ink, opacity=1).encode(
        size=alt.Size("contacts:Q", legend=None, scale=alt.Scale(range=[30, 400]))
    )
    sides: tuple[tuple[str, Literal["left", "right"], int], ...] = (
        ("datum.x >= 0", "left", 13),
        ("datum.x < 0", "right", -13),
    )
    labels = [
        dots.transform_filter(side)
        .mark_text(color=colours.ink, dx=dx, align=align, fontSize=11)
        .encode(text="name:N")
        for side, align, dx in sides
    ]
    chart = alt.layer(drawn, circles, *labels).properties(height=420)
    return with_look(
        chart,
        theme,
        description=f"Who talks to whom: {len(nodes)} parties and {len(ties)} ties between them",
    )


def _places(found: Network, keys: set[str]) -> dict[str, tuple[float, float]]:
    """Places on a circle, those who talk to each other beside each other."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(sorted(keys))
    for tie in sorted(found.ties, key=lambda t: (t.source, t.target)):
        if tie.source in keys and tie.target in keys:
            graph.add_edge(tie.source, tie.target, weight=tie.weight)
    if not graph.number_of_edges():
        groups = [sorted(graph)]
    else:
        among = nx.community.greedy_modularity_communities(graph, weight="weight")
        groups = sorted((sorted(g) for g in among), key=lambda g: (-len(g), g))
    order = [key for group in groups for key in group]
    step = 2 * math.pi / max(1, len(order))
    return {
        key: (round(math.cos(i * step), 3), round(math.sin(i * step), 3))
        for i, key in enumerate(order)
    }
