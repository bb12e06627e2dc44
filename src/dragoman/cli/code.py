"""`dragoman code`: a corpus too large for a case, into partitioned Parquet tables.

The exit code is 0 where all was coded, 3 where something could not be read: failures.jsonl in the
folder names it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.errors import InputError

HELP = "Code a large corpus (JSONL, Parquet, WARC) into partitioned Parquet tables."


def run(
    context: typer.Context,
    corpus: Annotated[
        list[str],
        typer.Argument(metavar="CORPUS…", help="Files, folders, patterns, or s3:// addresses."),
    ],
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The folder of the tables.")
    ],
    workers: Annotated[
        int, typer.Option(min=0, help="Processes that read; 0: as many as there are processors.")
    ] = 0,
    partition: Annotated[
        int, typer.Option(min=1, help="Documents in a partition, which is coded wholly or anew.")
    ] = 500,
    limit: Annotated[int | None, typer.Option(min=1, help="No more documents than this.")] = None,
) -> None:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from dragoman.cli.main import settings_of
    from dragoman.cluster.coding import FAILURES, CodingPlan, code
    from dragoman.cluster.partition import Note

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.completed} documents in {task.fields[parts]} partitions"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    task = bar.add_task("coding", total=None, parts=0)
    done = 0

    def tell(note: Note, kept: bool) -> None:
        nonlocal done
        done += 1
        bar.update(task, advance=note.counts["documents"], parts=done)

    plan = CodingPlan(workers=workers or os.cpu_count() or 1, partition=partition, limit=limit)
    with bar:
        tally = code(corpus, out, settings_of(context), plan, on_partition=tell)
    counts = ", ".join(f"{count:,} {table}" for table, count in tally.counts.items())
    kept = f" ({tally.kept:,} of them were there)" if tally.kept else ""
    typer.echo(f"{counts} in {tally.partitions:,} partitions{kept}")
    if tally.failures:
        failed = ", ".join(f"{count:,} {kind}" for kind, count in sorted(tally.failures.items()))
        typer.echo(f"not read, or in part: {failed}; see {out / FAILURES}", err=True)
        raise typer.Exit(InputError.exit_code)
