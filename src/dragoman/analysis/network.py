"""Who talks to whom: the network of contacts, and of what actors do to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

from dragoman.analysis.coded import HAPPENED, Coded
from dragoman.analysis.timeline import event_weight
from dragoman.merging.profiles import KINDS_OF_BODY, side_of
from dragoman.merging.records import Party
from dragoman.records import Record

if TYPE_CHECKING:
    import networkx

By = Literal["state", "actor"]
# Codes that many bodies share, where all of them are counted together; and two of one body.
_NAMES: Final = {
    "UNO": "United Nations",
    "EUR": "European Union",
    "IGO": "International bodies",
    "NGO": "Non-governmental bodies",
    "IMG": "International armed groups",
    "MNC": "Companies of many countries",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Record):
    """Who takes part; `contacts` counts events, `partners` the others in them."""

    key: str
    name: str
    code: str | None
    kind: str
    contacts: int
    partners: int
    betweenness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie(Record):
    """Two and what is between them, as told by so many independent sources.

    `tone` is the mean score, weighted, from -10 to +10.
    """

    source: str
    target: str
    events: int
    sources: int
    weight: float
    tone: float
    first: str
    last: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Record):
    """Nodes, the best connected first, and ties, the strongest first."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def network(
    events: Iterable[Coded],
    *,
    types: tuple[str, ...] = ("CONSULT",),
    by: By = "state",
    fewest: int = 1,
) -> Network:
    """The network of events of these types (none: of all) that came about, without direction.

    By state, a person or ministry counts as his state; by actor each is a node of his own. Ties
    of fewer than `fewest` events are left out.
    """
    parties: dict[str, Party] = {}
    between: dict[tuple[str, str], list[Coded]] = defaultdict(list)
    for event in events:
        if event.type is None or event.status not in HAPPENED or event.background:
            continue
        if types and event.type not in types:
            continue
        for pair in _pairs(event, by, parties):
            between[pair].append(event)
    ties = [_tie(pair, told) for pair, told in between.items() if len(told) >= fewest]
    ties.sort(key=lambda t: (-t.weight, t.source, t.target))
    return Network(nodes=_nodes(ties, parties), ties=tuple(ties))


def _pairs(event: Coded, by: By, parties: dict[str, Party]) -> list[tuple[str, str]]:
    who = _keys(event.who, by, parties)
    whom = _keys(event.whom, by, parties)
    if not whom or event.type == "CONSULT":
        pairs = combinations(dict.fromkeys([*who, *whom]), 2)
    else:
        pairs = ((a, b) for a in who for b in whom if a != b)  # type: ignore[assignment]
    return list(dict.fromkeys((a, b) if a < b else (b, a) for a, b in pairs))


def _keys(among: tuple[Party, ...], by: By, parties: dict[str, Party]) -> list[str]:
    keys = []
    for party in among:
        key = _key(party, by)
        if key is None:
            continue
        keys.append(key)
        known = parties.get(key)
        if known is None or (known.key != key and party.key == key):
            parties[key] = party
    return list(dict.fromkeys(keys))


def _key(party: Party, by: By) -> str | None:
    """Under which key a party is a node; None for those who are nobody in particular."""
    if by == "actor":
        return None if party.kind == "unnamed" else party.key
    if party.code is None:
        return None if ":" in party.key else party.key
    return side_of(party)


def _tie(pair: tuple[str, str], events: list[Coded]) -> Tie:
    weights = [event_weight(e) for e in events]
    whole = sum(weights)
    days = sorted(e.day for e in events if e.day) or [""]
    return Tie(
        source=pair[0],
        target=pair[1],
        events=len(events),
        sources=len({source for event in events for source in event.sources}),
        weight=round(whole, 4),
        tone=round(
            sum(w * e.score for w, e in zip(weights, events, strict=True)) / (whole or 1), 4
        ),
        first=days[0],
        last=days[-1],
        ids=tuple(e.id for e in sorted(events, key=lambda e: (e.day, e.id))),
    )


def _nodes(ties: list[Tie], parties: dict[str, Party]) -> tuple[Node, ...]:
    contacts: dict[str, set[str]] = defaultdict(set)
    partners: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        for key, other in ((tie.source, tie.target), (tie.target, tie.source)):
            contacts[key].update(tie.ids)
            partners[key].add(other)
    between = _betweenness(ties)
    nodes = []
    for key in contacts:
        party = parties[key]
        state = party.key != key  # the state or body stands for those of it who took part
        nodes.append(
            Node(
                key=key,
                name=state_name(key) if state else party.name,
                code=party.code,
                kind=party.kind if not state else "igo" if party.code in KINDS_OF_BODY else "state",
                contacts=len(contacts[key]),
                partners=len(partners[key]),
                betweenness=round(between.get(key, 0.0), 4),
            )
        )
    return tuple(sorted(nodes, key=lambda n: (-n.contacts, -n.partners, n.key)))


def state_name(code: str) -> str:
    """The name of the state or body with this code, the code itself where none is known."""
    from dragoman.actors.directory import Directory

    directory = Directory.load()
    if code in directory:
        return directory.entity(code).name
    return _NAMES.get(code, code)


def _betweenness(ties: list[Tie]) -> dict[str, float]:
    import networkx as nx

    graph = nx.Graph()
    graph.add_edges_from((t.source, t.target) for t in ties)
    found: dict[str, float] = nx.betweenness_centrality(graph) if len(graph) <= 500 else {}
    return found


def to_networkx(found: Network) -> networkx.Graph:
    """The network as a networkx graph, with all that nodes and ties carry as attributes."""
    import networkx as nx

    graph = nx.Graph()
    for node in found.nodes:
        data = node.to_dict()
        graph.add_node(data.pop("key"), **{k: v for k, v in data.items() if v is not None})
    for tie in found.ties:
        data = tie.to_dict()
        data["ids"] = " ".join(data["ids"])
        graph.add_edge(data.pop("source"), data.pop("target"), **data)
    return graph
