"""`dragoman recount`: count a case's events anew."""

from __future__ import annotations

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument

HELP = "Count a case's events anew by day, place, pair and actor, should the counts be wrong."


def run(case: CaseArgument) -> None:
    from dragoman.case import counting

    with open_case(case) as opened, opened.database.writing() as connection:
        wrong = counting.faults(connection)
        counted = counting.rebuild(connection)
    for fault in wrong:
        typer.echo(fault)
    found = "some counts were wrong" if wrong else "no count was wrong"
    typer.echo(f"{counted:,} events are counted anew; {found}.")
