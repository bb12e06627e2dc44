"""A picture of a network, laid out here so that it is the same for everyone and needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dragoman.case.tallies import PairCount

_MOST: Final = 28
WIDTH: Final = 960
HEIGHT: Final = 560
_MARGIN: Final = 70


def lay_out(pairs: Sequence[PairCount]) -> dict[str, Any]:
    """Circles and lines for the actors with most contacts: sizes by contacts, places by ties."""
    import networkx as nx

    graph: Any = nx.Graph()
    for pair in pairs:
        graph.add_edge(pair.a, pair.b, weight=pair.events, score=pair.score)
        graph.nodes[pair.a]["name"], graph.nodes[pair.b]["name"] = pair.a_name, pair.b_name
    weight = dict(graph.degree(weight="weight"))
    keep = sorted(weight, key=lambda key: (-weight[key], key))[:_MOST]
    graph = graph.subgraph(keep).copy()
    # A pair that has to do with nobody else is in the table; in the picture it takes the room.
    for part in list(nx.connected_components(graph)):
        if len(part) < 3 < len(graph):
            graph.remove_nodes_from(part)
    if not graph:
        return {"nodes": [], "edges": [], "width": WIDTH, "height": HEIGHT}
    ordered: Any = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted(graph.edges(data=True), key=lambda edge: edge[:2]))
    places = nx.spring_layout(ordered, seed=7, k=2.2 / len(ordered) ** 0.5, iterations=200)
    most = max(weight[node] for node in ordered)
    heaviest = max(data["weight"] for *_, data in ordered.edges(data=True))
    spot = _scaled(places)
    nodes = [
        {
            "key": node,
            "name": graph.nodes[node]["name"],
            "contacts": weight[node],
            "x": spot[node][0],
            "y": spot[node][1],
            "r": round(5 + 15 * (weight[node] / most) ** 0.5, 1),
        }
        for node in ordered
    ]
    edges = [
        {
            "a": a,
            "b": b,
            "a_name": graph.nodes[a]["name"],
            "b_name": graph.nodes[b]["name"],
            "contacts": data["weight"],
            "x1": spot[a][0],
            "y1": spot[a][1],
            "x2": spot[b][0],
            "y2": spot[b][1],
            "width": round(1 + 6 * data["weight"] / heaviest, 1),
        }
        for a, b, data in ordered.edges(data=True)
    ]
    return {"nodes": nodes, "edges": edges, "width": WIDTH, "height": HEIGHT}


def _scaled(places: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Places on the sheet; half of each is its rank, so that names in a cluster stand apart."""
    across = _spread({key: float(place[0]) for key, place in places.items()})
    down = _spread({key: float(place[1]) for key, place in places.items()})
    return {
        key: (
            round(_MARGIN + across[key] * (WIDTH - 2 * _MARGIN), 1),
            round(_MARGIN / 2 + down[key] * (HEIGHT - 1.4 * _MARGIN), 1),
        )
        for key in places
    }


def _spread(values: dict[str, float]) -> dict[str, float]:
    """From 0 to 1: the mean of where a value lies between the ends and of its rank."""
    low, high = min(values.values()), max(values.values())
    ranked = sorted(values, key=lambda key: (values[key], key))
    last = max(1, len(ranked) - 1)
    return {
        key: ((values[key] - low) / ((high - low) or 1) + rank / last) / 2
        for rank, key in enumerate(ranked)
    }
