"""`dragoman merge` and `dragoman split`: a person's word on which reports are one event."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import CaseArgument, open_case

if TYPE_CHECKING:
    from dragoman.merging.records import Merged

HELP = "Hold events together that are one; later runs respect it."
SPLIT_HELP = "Hold reports apart from the rest of an event; later runs respect it."
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides.")]
Note = Annotated[str | None, typer.Option(help="Why.")]


def run(
    case: CaseArgument,
    events: Annotated[
        list[str], typer.Argument(metavar="EVENT EVENT…", help="Two merged events or more, by id.")
    ],
    by: By = None,
    note: Note = None,
) -> None:
    with open_case(case) as opened:
        _tell(opened.merge(*events, by=by or getpass.getuser(), note=note))


def split(
    case: CaseArgument,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The merged event, by id.")],
    reports: Annotated[
        list[str],
        typer.Argument(metavar="REPORT…", help="Its reports that are another event, by number."),
    ],
    by: By = None,
    note: Note = None,
) -> None:
    with open_case(case) as opened:
        _tell(opened.split(event, *reports, by=by or getpass.getuser(), note=note))


def _tell(events: Iterable[Merged]) -> None:
    for event in events:
        reports = ", ".join(str(report.number) for report in event.reports)
        typer.echo(f"{event.id} {event.type} {event.day}: reports {reports}")
