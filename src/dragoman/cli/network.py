"""`dragoman network`: who talks to whom."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.analyses import ChartOption, DarkOption, TierOption, draw, rows_of
from dragoman.cli.cases import open_case, write
from dragoman.cli.options import AsKnownAt, CaseArgument, FormatOption, Since, Source, Until
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.analysis.network import Network

HELP = "Show who talks to whom; also as GraphML, GEXF or a chart."


class By(StrEnum):
    """Who is a node."""

    STATE = "state"
    ACTOR = "actor"


def run(
    case: CaseArgument,
    by: Annotated[
        By, typer.Option(help="States and bodies, or each actor for himself.")
    ] = By.STATE,
    type_: Annotated[
        str, typer.Option("--type", metavar="TYPES", help="PLOVER types that tie; `all` for all.")
    ] = "CONSULT",
    fewest: Annotated[
        int, typer.Option(min=1, help="Leave out ties of fewer events than this.")
    ] = 1,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    tier: TierOption = None,
    as_known_at: AsKnownAt = None,
    graph: Annotated[
        Path | None,
        typer.Option("--graph", metavar="FILE", help="Write the network: .graphml or .gexf."),
    ] = None,
    chart: ChartOption = None,
    dark: DarkOption = False,
    form: FormatOption = None,
) -> None:
    from dragoman.analysis import case_events
    from dragoman.analysis.network import network
    from dragoman.analysis.rows import TieRow, tie_rows
    from dragoman.case import Filter

    types = () if type_ == "all" else tuple(t.strip().upper() for t in type_.split(","))
    with open_case(case) as opened:
        wanted = Filter(since=since, until=until, source=source, as_known_at=as_known_at)
        events = case_events(opened, wanted, tier=tier)
    found = network(events, types=types, by=by.value, fewest=fewest)
    if graph is not None:
        _write_graph(found, graph)
    if chart is not None:
        from dragoman.charts import network_chart

        draw(network_chart(found, theme="dark" if dark else "light"), chart)
    columns = ("first", "second", "events", "tone", "since", "until")
    write(rows_of(TieRow, tie_rows(found)), form, columns, None)


def _write_graph(found: Network, path: Path) -> None:
    from dragoman.export.graphs import to_gexf, to_graphml

    writers = {".graphml": to_graphml, ".gexf": to_gexf}
    if path.suffix.lower() not in writers:
        raise UsageError(f"{path} must end in .graphml or .gexf.")
    path.write_bytes(writers[path.suffix.lower()](found))
