"""`dragoman sample`: a stratified sample for validation, two coders' sheets, and the report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.case.sampling import Report

HELP = "Draw a sample of events, take coders' judgements, report agreement and precision."


def run(
    case: CaseArgument,
    per_class: Annotated[
        int | None, typer.Option(min=1, help="Draw a sample: so many events of each class.")
    ] = None,
    coders: Annotated[
        str, typer.Option(metavar="NAMES", help="Who judges it, by commas: A,B.")
    ] = "A,B",
    by: Annotated[
        str, typer.Option(help="What the classes are: type, status, source or country.")
    ] = "type",
    seed: Annotated[int, typer.Option(help="The same seed draws the same events.")] = 1,
    sample: Annotated[
        int | None, typer.Option(metavar="N", help="The sample's number; else the last one.")
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a sheet (CSV) for a coder to fill in."),
    ] = None,
    take: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Take the sheet that a coder filled in.")
    ] = None,
    coder: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose sheet it is, with --take.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    from dragoman.case import sampling

    with open_case(case) as opened:
        if per_class is not None:
            names = coders.split(",")
            number = sampling.draw(opened, per_class=per_class, coders=names, by=by, seed=seed)
            typer.echo(f"sample {number} is drawn", err=bool(as_json))
            sample = number
        number = sample if sample is not None else sampling.last(opened)
        if sheet is not None:
            typer.echo(f"{sampling.write_sheet(opened, number, sheet):,} events in {sheet}")
        if take is not None:
            if coder is None:
                raise UsageError("--take needs --coder: whose sheet is it?")
            typer.echo(f"{sampling.take_sheet(opened, number, coder, take):,} judgements taken")
        if per_class is None and sheet is None and take is None:
            _print(sampling.report(opened, number), as_json=as_json)


def _print(report: Report, *, as_json: bool) -> None:
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(report.to_dict(), option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("class", "events", "judged", "right", "precision", "95 % interval"):
        table.add_column(heading, justify="left" if heading == "class" else "right")
    for row in report.classes:
        interval = _interval(row.low, row.high)
        figures = (f"{row.size:,}", str(row.judged), str(row.right), _share(row.precision))
        table.add_row(row.stratum, *figures, interval)
    console = Console()
    console.print(table)
    lines = (
        f"sample {report.sample}: {report.judged_by_all} of {report.items} judged by "
        f"{' and '.join(report.coders)}",
        f"agreement {_share(report.agreement)}, kappa {_share(report.kappa)}",
        f"precision, classes weighted by size: {_share(report.precision)} "
        f"({_interval(report.low, report.high)})",
    )
    console.print("\n".join(lines), highlight=False)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _interval(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{low:.2f} to {high:.2f}"
