"""`dragoman merge` and `dragoman split`: a person's word on which reports are one event.

A folder that `dragoman code` has made is merged as a whole; there nobody's word is asked.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument, Format, FormatOption
from dragoman.errors import InputError, UsageError

if TYPE_CHECKING:
    from dragoman.merging.records import Merged

HELP = "Hold events of a case together that are one; or merge a whole coded corpus."
SPLIT_HELP = "Hold reports apart from the rest of an event; later runs respect it."
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides.")]
Note = Annotated[str | None, typer.Option(help="Why.")]


def run(
    case: Annotated[
        str,
        typer.Argument(
            metavar="CASE",
            help="A case: a file, or postgresql://host/database; or a folder of `dragoman code`.",
        ),
    ],
    events: Annotated[
        list[str] | None,
        typer.Argument(metavar="EVENT EVENT…", help="Of a case two merged events or more, by id."),
    ] = None,
    by: By = None,
    note: Note = None,
    decided: Annotated[
        bool, typer.Option("--decided", help="List what people have decided in the case.")
    ] = False,
    undo: Annotated[
        str | None,
        typer.Option(
            "--undo", metavar="EVENT", help="Take back what people decided of this merged event."
        ),
    ] = None,
    form: FormatOption = None,
    workers: Annotated[
        int | None,
        typer.Option(min=0, help="Processes that merge a corpus; 0: as many as processors."),
    ] = None,
    engine: Annotated[
        str | None, typer.Option(help="For a corpus: processes, or ray, on a Ray cluster.")
    ] = None,
    address: Annotated[
        str | None, typer.Option(help="The Ray cluster (auto, ray://…); one here if not given.")
    ] = None,
) -> None:
    from dragoman.cluster.coding import is_coded

    if engine not in (None, "processes", "ray"):
        raise UsageError(f"--engine is processes or ray, not {engine}.")
    if "://" not in case and is_coded(Path(case)):
        if events or by or note:
            raise UsageError(f"{case} is a coded corpus: it is merged as a whole, without events.")
        count = 1 if workers is None else workers or os.cpu_count() or 1
        _merge_coded(Path(case), count, "ray" if engine == "ray" else "processes", address)
        return
    if workers is not None or engine or address:
        raise UsageError("--workers, --engine and --address are for a folder of `dragoman code`.")
    if decided or undo:
        if events or (decided and undo):
            raise UsageError("--decided lists, --undo EVENT takes back; each stands alone.")
        _decided(case, undo, form)
        return
    if not events:
        raise UsageError(
            "name two merged events of the case or more (`dragoman events CASE` lists them), "
            "or a folder that `dragoman code` has made."
        )
    with open_case(case) as opened:
        _tell(opened.merge(*events, by=by or getpass.getuser(), note=note))


def _decided(case: str, undo: str | None, form: Format | None) -> None:
    from dragoman.case.deciding import DecisionRow
    from dragoman.cli.analyses import put

    with open_case(case) as opened:
        if undo:
            _tell(opened.unmerge(undo))
            return
        columns = ("event", "left", "right", "verdict", "by", "at", "note")
        put(DecisionRow, opened.merge_decisions(), form, columns, None)


def _merge_coded(
    out: Path, workers: int, engine: Literal["processes", "ray"], address: str | None
) -> None:
    from dragoman.cluster.coding import MERGED
    from dragoman.cluster.merging import merge_coded

    tally = merge_coded(out, workers=workers, engine=engine, address=address)
    typer.echo(
        f"{tally.events:,} events from {tally.reports:,} reports in {tally.documents:,} documents: "
        f"{out / MERGED}"
    )
    for name, why in tally.unreadable.items():
        typer.echo(f"partition {name} was not read, or in part: {why}", err=True)
    if tally.unreadable:
        raise typer.Exit(InputError.exit_code)


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
