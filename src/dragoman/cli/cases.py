"""What the commands on a case share: opening it, and rows on the way out."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Final

from dragoman.cli.options import Format

if TYPE_CHECKING:
    import typer

    from dragoman.case import Case
    from dragoman.case.rows import Rows

TABLE_ROWS: Final = 50


def open_case(where: str) -> AbstractContextManager[Case]:
    """The case, closed when the command is done."""
    from dragoman.case.extras import extra

    with extra("case", "a case"):
        import sqlalchemy  # noqa: F401
    from dragoman.case import Case

    return Case.open(where)


def nobody(case: Case, *names: str | None) -> None:
    """Say on stderr, where nothing was found, which actors the case does not know at all."""
    from dragoman.cli.main import complain

    for name in names:
        if name and not case.known_as(name):
            complain(
                f"nobody in the case goes by {name!r}; `dragoman show CASE actors` lists who is "
                "in it, `dragoman actors find NAME` looks names up."
            )


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
    from rich import print as told

    from dragoman.cli.tables import print_table

    held = list(rows)
    print_table(held, columns)
    if limit is not None and len(held) == limit:
        told(f"[dim]The first {limit}; --limit shows more.[/dim]")


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
