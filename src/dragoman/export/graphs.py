"""A network as GraphML and GEXF, for Gephi, yEd, igraph and the like."""

from __future__ import annotations

import io
import re

from dragoman.analysis.network import Network, to_networkx

_STAMP = re.compile(rb' lastmodifieddate="[^"]*"')


def to_graphml(found: Network) -> bytes:
    """The network as GraphML, names and numbers as attributes of nodes and ties."""
    import networkx as nx

    stream = io.BytesIO()
    nx.write_graphml_xml(to_networkx(found), stream, encoding="utf-8", prettyprint=True)
    return stream.getvalue()


def to_gexf(found: Network) -> bytes:
    """The network as GEXF 1.2. Without the day of writing: the same network, the same bytes."""
    import networkx as nx

    graph = to_networkx(found)
    for _, data in graph.nodes(data=True):
        data["label"] = data.get("name", "")
    stream = io.BytesIO()
    nx.write_gexf(graph, stream, encoding="utf-8", prettyprint=True)
    return _STAMP.sub(b"", stream.getvalue())
