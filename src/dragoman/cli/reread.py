"""`dragoman reread`: bring old readings up to this version; people's decisions stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import open_case, tell_alerts
from dragoman.cli.options import CaseArgument
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.case import Outcome

HELP = "Read again what was read with an older model, directory or frames; decisions are kept."


def run(
    context: typer.Context,
    case: CaseArgument,
    everything: Annotated[
        bool, typer.Option("--all", help="Read all documents again, old or not.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="No more documents than this.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how many documents are out of date.")
    ] = False,
) -> None:
    from dragoman.case.rereading import Choice, count_old, reread
    from dragoman.cli.main import complain, settings_of
    from dragoman.reader import Reader

    reader = Reader(settings_of(context))

    def tell(outcome: Outcome) -> None:
        if outcome.state == "failed":
            complain(outcome.message)

    with open_case(case) as opened:
        if dry_run:
            typer.echo(f"{count_old(opened, reader.provenance):,} documents are out of date")
            return
        choice = Choice(everything=everything, limit=limit)
        summary = reread(opened, reader, reader.provenance, choice, tell)
        tell_alerts(opened, context)
    typer.echo(f"{summary.counts['version']:,} read again, {summary.counts['failed']:,} failed")
    if summary.counts["failed"]:
        raise typer.Exit(InputError.exit_code)
