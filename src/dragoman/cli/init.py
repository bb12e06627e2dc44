"""`dragoman init`: make a new case, or bring an older one's tables up to date."""

from __future__ import annotations

from typing import Annotated

import typer

HELP = "Make a new case: a file for SQLite, or postgresql://host/database."


def run(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Where the case is to be.")],
    name: Annotated[str | None, typer.Option(help="What the case is called.")] = None,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Bring the tables of an older case up to date.")
    ] = False,
) -> None:
    from dragoman.case.extras import extra

    with extra("case", "a case"):
        from dragoman.case import Case
    if upgrade:
        Case.upgrade(case).close()
        typer.echo(f"{case} is up to date.")
        return
    made = Case.create(case, name=name)
    shown = made.database.shown
    made.close()
    typer.echo(f"{shown} is there. Next: dragoman add {shown} SOURCES…")
