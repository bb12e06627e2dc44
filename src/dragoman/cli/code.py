"""`dragoman code`: a corpus too large for a case, into partitioned Parquet tables.

The exit code is 0 where all was coded, 3 where something could not be read: failures.jsonl in the
folder names it.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import many
from dragoman.errors import InputError, UsageError

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
    triage: Annotated[
        bool,
        typer.Option(
            "--triage/--no-triage",
            help="Leave out sentences that cannot hold a political event, or read all.",
        ),
    ] = True,
    recall: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="The share of events that the filter is to keep: 0.9, 0.95, 0.98 or 0.99. The "
            "less, the faster. 0.98, if left out.",
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option(help="processes, on this machine; or ray, on a Ray cluster.")
    ] = "processes",
    address: Annotated[
        str | None, typer.Option(help="The Ray cluster (auto, ray://…); one here if not given.")
    ] = None,
) -> None:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from dragoman.cli.main import settings_of
    from dragoman.cluster.coding import FAILURES, CodingPlan, code
    from dragoman.cluster.partition import Note
    from dragoman.cluster.workers import own_reader, triage_reader

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

    if engine not in ("processes", "ray"):
        raise UsageError(f"--engine is processes or ray, not {engine}.")
    if recall is not None and not triage:
        raise UsageError("--recall is for the filter, which --no-triage leaves out.")
    plan = CodingPlan(
        workers=workers or os.cpu_count() or 1,
        partition=partition,
        limit=limit,
        engine="ray" if engine == "ray" else "processes",
        address=address,
    )
    with bar:
        tally = code(
            corpus,
            out,
            settings_of(context),
            plan,
            make_reader=partial(triage_reader, recall=recall) if triage else own_reader,
            on_partition=tell,
        )
    counts = ", ".join(f"{count:,} {table}" for table, count in tally.counts.items())
    kept = f" ({tally.kept:,} of them were there)" if tally.kept else ""
    typer.echo(f"{counts} in {tally.partitions:,} partitions{kept}")
    if tally.repeated:
        typer.echo(f"{tally.repeated:,} stood in the corpus before and were not read again")
    if tally.passed_over:
        kinds = sorted(tally.passed_over.items(), key=lambda kind: (-kind[1], kind[0]))
        total = sum(tally.passed_over.values())
        named = ", ".join(f"{ending} {count:,}" for ending, count in kinds[:6])
        typer.echo(
            f"passed over: {many(total, 'file')} of other kinds ({named}); texts and pages go into "
            "a case with `dragoman add`",
            err=True,
        )
    if tally.failures:
        failed = ", ".join(f"{count:,} {kind}" for kind, count in sorted(tally.failures.items()))
        typer.echo(f"not read, or in part: {failed}; see {out / FAILURES}", err=True)
        raise typer.Exit(InputError.exit_code)
