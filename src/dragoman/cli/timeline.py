"""`dragoman timeline`: what mattered, day by day."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.analyses import ChartOption, DarkOption, draw, rows_of
from dragoman.cli.cases import nobody, open_case, write
from dragoman.cli.options import (
    Actor,
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Since,
    Source,
    Tier,
    Until,
    With,
)

HELP = "Tell what mattered day by day, by the number of independent sources and weight."


def run(
    case: CaseArgument,
    days: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only the weightiest N days.")
    ] = None,
    actor: Actor = None,
    with_: With = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    tier: Tier = None,
    as_known_at: AsKnownAt = None,
    chart: ChartOption = None,
    dark: DarkOption = False,
    form: FormatOption = None,
) -> None:
    from dragoman.analysis import case_events
    from dragoman.analysis.from_case import last_day as last_of
    from dragoman.analysis.rows import TimelineRow, timeline_rows
    from dragoman.analysis.timeline import timeline
    from dragoman.case import Filter
    from dragoman.case.moments import first_day, last_day

    wanted = Filter(
        actor=actor, with_=with_, since=since, until=until, source=source, as_known_at=as_known_at
    )
    with open_case(case) as opened:
        events = case_events(opened, wanted, tier=tier)
        newest = last_of(opened)  # a day ahead of it is told by a clock that is wrong
        if not events:
            nobody(opened, actor, with_)
    found = timeline(
        events,
        most=days,
        since=first_day(since) if since else None,
        until=last_day(until) if until else newest,
    )
    if chart is not None:
        from dragoman.charts import timeline_chart

        draw(timeline_chart(events, theme="dark" if dark else "light"), chart)
    columns = ("day", "weight", "told_by", "events", "passage")
    write(rows_of(TimelineRow, timeline_rows(found)), form, columns, None)
