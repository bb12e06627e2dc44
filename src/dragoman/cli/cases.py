"""What the commands on a case share: opening it, and rows on the way out."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Final

from dragoman.cli.options import Format

if TYPE_CHECKING:
    import typer
    from rich.text import Text

    from dragoman.case import Case
    from dragoman.case.rows import Rows

TABLE_ROWS: Final = 50
# Columns of words, which are broken into lines where a terminal is narrow.
_WORDS: Final = frozenset(
    {"passage", "title", "text", "who", "whom", "topics", "life", "by", "against", "claim"}
    | {"standing", "denied_by", "confirmed_by", "first_wording", "latest_wording", "conflicts"}
)
_LONG: Final = ("passage", "title", "text", "note")
_WIDEST_CELL: Final = 28
_LEAST_CELL: Final = 8
_WIDE: Final = 60  # columns that must be left for a passage to stand beside the rest


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
    """A table; the passage of a row, or its title, stands below it where there is no room."""
    from rich import box
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console()
    below = next((name for name in _LONG if name in columns), None)
    shown = [name for name in columns if name != below]
    # As Text: a stranger's brackets are no markup.
    cells, blocks = [], []
    for row in rows:
        cells.append([Text(_shown(getattr(row, name))) for name in shown])
        blocks.append(Text(_shown(getattr(row, below))) if below else None)
    if not cells:
        console.print("Nothing is found.", highlight=False)
        return
    headings = [Text(name.replace("_", " "), style="bold") for name in shown]
    widths = [
        min(_WIDEST_CELL, max(len(cell) for cell in column))
        for column in zip(headings, *cells, strict=True)
    ]
    if below and console.width - sum(widths) - 2 * len(widths) >= _WIDE:
        shown.append(below)
        headings.append(Text(below, style="bold"))
        cells = [[*line, block or Text()] for line, block in zip(cells, blocks, strict=True)]
        below = None
    if below:
        while sum(widths) + 2 * len(widths) > console.width and max(widths) > _LEAST_CELL:
            widths[widths.index(max(widths))] -= 1
        console.print(_line(headings, widths))
        for line, block in zip(cells, blocks, strict=True):
            console.print(_line(line, widths), highlight=False)
            console.print(Padding(block or "", (0, 0, 0, 4)), highlight=False)
    else:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading, name in zip(headings, shown, strict=True):
            wide = name in _WORDS
            table.add_column(heading, overflow="fold", no_wrap=not wide, min_width=4)
        for line in cells:
            table.add_row(*line)
        console.print(table)
    if limit is not None and len(cells) == limit:
        console.print(f"The first {limit}; --limit shows more.", style="dim", highlight=False)


def _line(cells: list[Text], widths: list[int]) -> Text:
    """Cells in columns of these widths; what is longer is cut."""
    from rich.text import Text

    line = Text(no_wrap=True, overflow="ellipsis")
    for cell, width in zip(cells, widths, strict=True):
        cut = cell.copy()
        cut.truncate(width, overflow="ellipsis", pad=True)
        line.append_text(cut).append("  ")
    return line


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
