"""What the commands of analysis share: actors as the user names them, charts to a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.cases import table_limit, write
from dragoman.cli.options import Format
from dragoman.errors import CaseError, UsageError

if TYPE_CHECKING:
    from dragoman.case.rows import Rows

ChartOption = Annotated[
    Path | None,
    typer.Option(
        "--chart",
        metavar="FILE",
        help="Draw it into this file: .svg, .png, or .json for the Vega-Lite spec.",
    ),
]
DarkOption = Annotated[bool, typer.Option("--dark", help="The chart on dark paper.")]


def party_of(name: str) -> str:
    """The key under which events have an actor: a code or an id as it is, a name looked up.

    Raises UsageError where the directory knows no such name.
    """
    from dragoman.actors.directory import Directory

    directory = Directory.load()
    if name in directory or (len(name) == 3 and name.isupper()):
        return name
    found = directory.lookup(name)
    if not found:
        raise UsageError(
            f"no actor is known as {name!r}. Give a code (FRA), an id (nato, emmanuel-macron) or a "
            "whole name; `dragoman actors find` looks names up."
        )
    return found[0].id


def rows_of(record: type[Any], found: Iterable[Any]) -> Rows[Any]:
    """Rows for the writers of tables, JSON, CSV and Parquet."""
    from dragoman.case.rows import Rows

    kept = list(found)
    return Rows(record, lambda: iter(kept))


def put(
    record: type[Any],
    found: Sequence[Any],
    form: Format | None,
    columns: tuple[str, ...],
    limit: int | None,
    *,
    sort: str | None = None,
) -> None:
    """Write the first `limit` of what was found; a table without a limit to what one looks at."""
    limit = table_limit(form, limit)
    found = in_order(record, found, sort)
    write(rows_of(record, found if limit is None else found[:limit]), form, columns, limit)


def in_order(record: type[Any], found: Sequence[Any], sort: str | None) -> Sequence[Any]:
    """The rows by a column, with a minus the largest first; those without a value come last.

    UsageError where the rows have no such column.
    """
    if not sort:
        return found
    name = sort.removeprefix("-")
    there = [field.name for field in dataclasses.fields(record)]
    if name not in there:
        raise UsageError(f"cannot sort by {name!r}; there are: {', '.join(there)}.")
    valued = [row for row in found if getattr(row, name) is not None]
    valued.sort(key=lambda row: getattr(row, name), reverse=sort.startswith("-"))
    return [*valued, *(row for row in found if getattr(row, name) is None)]


def draw(spec: dict[str, Any], path: Path) -> None:
    """Write a chart in the form that the file's name ends in."""
    import orjson

    from dragoman.charts import to_png, to_svg

    kind = path.suffix.lower()
    if kind not in (".svg", ".png", ".json"):
        raise UsageError(f"{path} must end in .svg, .png or .json.")
    if kind == ".svg":
        data = to_svg(spec).encode()
    else:
        data = to_png(spec) if kind == ".png" else orjson.dumps(spec, option=orjson.OPT_INDENT_2)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CaseError(f"{path} cannot be written: {error.strerror}.") from error
