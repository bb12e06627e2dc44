"""`dragoman network`: who talks to whom."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from dragoman.cli.analyses import ChartOption, DarkOption, draw, put
from dragoman.cli.cases import nobody, open_case
from dragoman.cli.options import (
    Actor,
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Limit,
    Since,
    Sort,
    Source,
    Tier,
    Until,
    chosen,
)
from dragoman.errors import CaseError, UsageError

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
    actor: Actor = None,
    fewest: Annotated[
        int, typer.Option(min=1, help="Leave out ties of fewer events than this.")
    ] = 1,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    tier: Tier = None,
    as_known_at: AsKnownAt = None,
    graph: Annotated[
        Path | None,
        typer.Option("--graph", metavar="FILE", help="Write the network: .graphml or .gexf."),
    ] = None,
    chart: ChartOption = None,
    dark: DarkOption = False,
    sort: Sort = None,
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman.analysis import case_events
    from dragoman.analysis.from_case import contacts_of
    from dragoman.analysis.network import network
    from dragoman.analysis.rows import TieRow, tie_rows
    from dragoman.case import Filter
    from dragoman.records import PloverType

    types = () if type_ == "all" else chosen("type", type_, get_args(PloverType), upper=True)
    with open_case(case) as opened:
        wanted = Filter(
            actor=actor,
            since=since,
            until=until,
            source=source,
            tier=tier,
            as_known_at=as_known_at,
        )
        # Who talks to whom is told by the register: a contact once, as it has it.
        talks = types == ("CONSULT",)
        events = contacts_of(opened.merged(wanted)) if talks else case_events(opened, wanted)
        if not events:
            nobody(opened, actor)
    found = network(events, types=types, by=by.value, fewest=fewest)
    if graph is not None:
        _write_graph(found, graph)
    if chart is not None:
        from dragoman.charts import network_chart

        draw(network_chart(found, theme="dark" if dark else "light"), chart)
    columns = ("first", "second", "events", "sources", "tone", "since", "until")
    put(TieRow, list(tie_rows(found)), form, columns, limit, sort=sort)


def _write_graph(found: Network, path: Path) -> None:
    from dragoman.export.graphs import to_gexf, to_graphml

    writers = {".graphml": to_graphml, ".gexf": to_gexf}
    if path.suffix.lower() not in writers:
        raise UsageError(f"{path} must end in .graphml or .gexf.")
    try:
        path.write_bytes(writers[path.suffix.lower()](found))
    except OSError as error:
        raise CaseError(f"{path} cannot be written: {error.strerror}.") from error
