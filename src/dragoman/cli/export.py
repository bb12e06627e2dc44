"""`dragoman export`: a case's merged events in the forms that the field knows."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.cases import nobody, open_case
from dragoman.cli.options import (
    Actor,
    AsKnownAt,
    CaseArgument,
    Least,
    Place,
    Since,
    Source,
    Statuses,
    Tier,
    Types,
    Until,
    With,
    listed,
    many,
)
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.case import Case

HELP = "Write merged events as PLOVER, CAMEO, ICEWS, GDELT, POLECAT, CSV, Parquet and more."


class To(StrEnum):
    """The forms of an export."""

    PLOVER = "plover"
    CAMEO = "cameo"
    ICEWS = "icews"
    GDELT = "gdelt"
    POLECAT = "polecat"
    CSV = "csv"
    PARQUET = "parquet"
    ICS = "ics"
    GEOJSON = "geojson"
    GRAPHML = "graphml"
    GEXF = "gexf"
    JSONLD = "jsonld"


def run(
    case: CaseArgument,
    to: Annotated[To, typer.Option("--to", help="The form.")],
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where to; - is stdout, without a codebook."
        ),
    ] = "-",
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="Keep and mark in coded forms: possible, denied, cancelled, background, "
            "incomplete; may be repeated.",
        ),
    ] = None,
    one_a_day: Annotated[
        bool, typer.Option("--one-a-day", help="One record of the same two and kind a day.")
    ] = False,
    actor: Actor = None,
    with_: With = None,
    type_: Types = None,
    status: Statuses = None,
    place: Place = None,
    least: Least = 1,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    tier: Tier = None,
    as_known_at: AsKnownAt = None,
) -> None:
    from dragoman.analysis import case_events
    from dragoman.analysis.from_case import contacts_of, last_day
    from dragoman.case import Filter
    from dragoman.export.dyads import ExportPlan
    from dragoman.export.writing import write_events, write_export

    plan = ExportPlan(keep=_kept(keep), one_a_day=one_a_day)
    wanted = Filter(
        actor=actor,
        with_=with_,
        type=listed(type_, upper=True),
        status=listed(status),
        place=place,
        since=since,
        until=until,
        source=source,
        tier=tier,
        as_known_at=as_known_at,
    )
    with open_case(case) as opened:
        graph = to in (To.GRAPHML, To.GEXF)
        found = contacts_of(opened.merged(wanted)) if graph else case_events(opened, wanted)
        events = [event for event in found if len(event.sources) >= least]
        if not events:
            nobody(opened, actor, with_)
        day = last_day(opened) or ""
        asked = {**wanted.to_dict(), "sources": least if least > 1 else None}
        settings = {name: value for name, value in asked.items() if value}
        origin = _origin(opened, settings, day)
    if output == "-":
        write_events(events, to.value, sys.stdout.buffer, plan, as_of=day)
        sys.stdout.buffer.flush()
        return
    counts = write_export(events, to.value, Path(output), plan, origin)
    for name, count in counts.items():
        typer.echo(f"{name}: {many(count, 'row')} from {many(len(events), 'merged event')}")


def _kept(words: list[str] | None) -> tuple[Any, ...]:
    from dragoman.export.plover import KEPT

    found = tuple(w.strip() for one in words or () for w in one.split(",") if w.strip())
    unknown = [word for word in found if word not in KEPT]
    if unknown:
        raise UsageError(f"--keep takes {', '.join(KEPT)}; not {', '.join(unknown)}.")
    return found


def _origin(case: Case, settings: dict[str, Any], day: str) -> Any:
    from dragoman.case import statuses
    from dragoman.export.writing import Source as Origin

    read_by = statuses.status(case)["readings_by"]
    versions = {
        part: sorted({str(made[part]) for made in read_by})
        for part in ("dragoman", "model", "directory")
    }
    return Origin(case.about(), versions, settings, case.now(), day)
