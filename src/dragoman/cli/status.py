"""`dragoman status`: what a case holds, its versions, last runs and troubles."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument, many
from dragoman.errors import CaseError

HELP = "Tell what a case holds: counts, size, versions, last runs, what could not be read."


def run(
    case: CaseArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check the database's own structure as well.")
    ] = False,
) -> None:
    from dragoman.case import statuses

    with open_case(case) as opened:
        found = statuses.status(opened)
        faults = statuses.check(opened) if check else []
    if check:
        found["faults"] = faults
    if as_json:
        import orjson

        sys.stdout.write(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        typer.echo("\n".join(_lines(found, check=check)))
    if faults:
        raise typer.Exit(CaseError.exit_code)


def _lines(found: dict[str, Any], *, check: bool) -> list[str]:
    counts = found["counts"]
    first, last = found["published"]
    lines = [
        f"{found['case']}  ({found['where']}, {found['bytes'] / 1e6:,.1f} MB)",
        f"documents   {counts['documents']:,}, published {first or '–'} to {last or '–'}; "
        f"{counts['copies']:,} of them copies; {found['older_versions']:,} older versions kept",
        f"events      {counts['events']:,}    statements {counts['statements']:,}    "
        f"actors {counts['actors']:,}",
        f"reviews     {counts['reviews']:,}",
    ]
    if ahead := found["dated_ahead"]:
        lines.append(
            f"dated ahead {many(ahead, 'document')} after today: no such day is the case's last"
        )
    for made in found["readings_by"]:
        lines.append(
            f"read by     dragoman {made['dragoman']}, model {made['model']}, directory "
            f"{made['directory']}: {made['readings']:,} documents"
        )
    for run_ in found["runs"]:
        counted = ", ".join(f"{count:,} {name}" for name, count in run_["counts"].items())
        said = f": {run_['message']}" if run_["message"] else ""
        lines.append(
            f"run {run_['id']:<7} {run_['started_at'][:16]} {run_['kind']}, {run_['state']}"
            f"{' – ' + counted if counted else ''}{said}"
        )
    lines += [f"not read    {trouble['message']}" for trouble in found["troubles"]]
    if check:
        lines += found["faults"] or ["the database's structure is sound"]
    return ["".join(c if c.isprintable() else "\ufffd" for c in line) for line in lines]
