"""What the commands on a case share: opening it, options, and rows on the way out."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from dragoman.case import Case
    from dragoman.case.rows import Rows

CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A case: a file, or postgresql://host/database.")
]
AsKnownAt = Annotated[
    str | None,
    typer.Option(
        "--as-known-at",
        metavar="MOMENT",
        help="What the case held then: 2022-02-06T12:00 (UTC), or with a zone.",
    ),
]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day, month or year on.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, month or year.")]
Source = Annotated[str | None, typer.Option(metavar="NAME", help="Only of this publisher.")]
TABLE_ROWS: Final = 50
# Columns of words, which are broken into lines where a terminal is narrow.
_WIDE: Final = frozenset(
    {"passage", "title", "text", "who", "whom", "topics", "life", "by", "against", "claim"}
    | {"standing", "denied_by", "confirmed_by", "first_wording", "latest_wording", "conflicts"}
)


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="How to write; by default a table at a terminal, else jsonl."),
]


def open_case(where: str) -> AbstractContextManager[Case]:
    """The case, closed when the command is done."""
    from dragoman.case.extras import extra

    with extra("case", "a case"):
        import sqlalchemy  # noqa: F401
    from dragoman.case import Case

    return Case.open(where)


def write(
    rows: Rows[Any], form: Format | None, columns: tuple[str, ...], limit: int | None
) -> None:
    """Write rows to stdout; a table shows `columns` and no more rows than fit a look."""
    from dragoman.case.formats import write_rows

    chosen = form or (Format.TABLE if sys.stdout.isatty() else Format.JSONL)
    if chosen is not Format.TABLE:
        write_rows(rows, chosen.value, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    _table(rows, columns, limit)


def _table(rows: Rows[Any], columns: tuple[str, ...], limit: int | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        wide = name in _WIDE
        table.add_column(name.replace("_", " "), overflow="fold", no_wrap=not wide)
    for row in rows:
        # As Text: a stranger's brackets are no markup.
        table.add_row(*[Text(_shown(getattr(row, name))) for name in columns])
    console = Console()
    console.print(table)
    if limit is not None and table.row_count == limit:
        console.print(f"The first {limit}; --limit shows more.", style="dim", highlight=False)


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    words = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    # Control characters of a stranger's text could write over the screen.
    words = "".join(c if c.isprintable() else " " for c in words)
    return words if len(words) <= 240 else words[:239] + "…"


def table_limit(form: Format | None, limit: int | None) -> int | None:
    """A table is cut to what one looks at, unless a limit is given; other formats give all."""
    table = form is Format.TABLE or (form is None and sys.stdout.isatty())
    return TABLE_ROWS if table and limit is None else limit


def tell_alerts(case: Case, context: typer.Context) -> None:
    """Tell what the case's alerts fire for after something has come in; the log is stderr."""
    from dragoman.case import delivering
    from dragoman.cli.main import complain, settings_of

    def say(line: str) -> None:
        complain("".join(c if c.isprintable() else "\ufffd" for c in line))

    delivering.tell(case, settings_of(context), say)
