"""`dragoman tension`: conflict and cooperation between two, by day, with change points."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.analyses import ChartOption, DarkOption, draw, party_of, rows_of
from dragoman.cli.cases import open_case, write
from dragoman.cli.options import (
    AsKnownAt,
    CaseArgument,
    Format,
    FormatOption,
    Since,
    Source,
    Tier,
    Until,
)

if TYPE_CHECKING:
    from dragoman.analysis import Coded
    from dragoman.analysis.tension import Tension

HELP = "Show conflict and cooperation between two by day, its parts, and when it changed."


def run(
    case: CaseArgument,
    pair: Annotated[
        tuple[str, str],
        typer.Option("--pair", metavar="A B", help="The two: codes, ids or names."),
    ],
    since: Since = None,
    until: Until = None,
    source: Source = None,
    tier: Tier = None,
    half_life: Annotated[
        float, typer.Option("--half-life", min=0.1, metavar="DAYS", help="How fast events fade.")
    ] = 7.0,
    as_known_at: AsKnownAt = None,
    chart: ChartOption = None,
    dark: DarkOption = False,
    form: FormatOption = None,
) -> None:
    from dragoman.analysis import case_events
    from dragoman.analysis.from_case import last_day as last_of
    from dragoman.analysis.tension import TensionDay, TensionPlan, tension
    from dragoman.case import Filter
    from dragoman.case.moments import first_day, last_day

    first, second = party_of(pair[0]), party_of(pair[1])
    with open_case(case) as opened:
        wanted = Filter(actor=first, with_=second, source=source, as_known_at=as_known_at)
        events = case_events(opened, wanted, tier=tier)
        newest = last_of(opened)  # a clock that is wrong does not draw the series out
    found = tension(
        events,
        (first, second),
        since=first_day(since) if since else None,
        until=last_day(until) if until else newest,
        plan=TensionPlan(half_life=half_life),
    )
    if chart is not None:
        from dragoman.charts import tension_chart

        draw(tension_chart(found, theme="dark" if dark else "light"), chart)
    if form is Format.JSON or form is Format.JSONL:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(found.to_dict(), option=orjson.OPT_APPEND_NEWLINE))
        return
    if form in (Format.CSV, Format.PARQUET):
        write(rows_of(TensionDay, found.days), form, (), None)
        return
    typer.echo("\n".join(_lines(found, {event.id: event for event in events})))


def _lines(found: Tension, events: dict[str, Coded]) -> list[str]:
    """The last days, the parts and the changes in words."""
    if not found.days:
        return [f"The case tells of nothing between {found.pair[0]} and {found.pair[1]}."]
    lines = ["day         conflict  cooperation  tension (band)            events  sources"]
    for day in [d for d in found.days if d.events][-14:]:
        band = f"{day.tension:8.1f} ({day.low:.1f} to {day.high:.1f})"
        lines.append(
            f"{day.day}  {day.conflict:8.1f}  {day.cooperation:11.1f}  {band:24}  {day.events:6}  "
            f"{day.sources:7}"
        )
    drawn = "sources" if found.resampled == "sources" else "events, for want of sources,"
    lines += [
        f"(the band: nine in ten of {found.plan.draws} series in which {drawn} are drawn anew)",
        "",
    ]
    whole = sum(part.points for part in found.parts) or 1.0
    lines += [
        f"{part.type:10} {part.events:5} events  {part.points:9.1f} points  "
        f"{part.points / whole:4.0%}  {part.quad}"
        for part in found.parts
    ]
    for change in found.changes:
        lines += [
            "",
            f"{change.day}  {change.means}: conflict {change.conflict_before:.1f} → "
            f"{change.conflict_after:.1f}, cooperation {change.cooperation_before:.1f} → "
            f"{change.cooperation_after:.1f} points a day",
        ]
        for id in change.events:
            event = events[id]
            said = " ".join(event.passage.split())[:150]
            source = ", ".join(event.sources)
            lines.append(f"    {event.day}  {event.type}  {said} [{source}; {event.id}]")
    if not found.changes:
        lines += ["", "No change points: the days are too few, or too much alike."]
    return ["".join(c if c.isprintable() else "\ufffd" for c in line) for line in lines]
