"""Reading the package's tables: tab-separated text with comments, one record a line."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from dragoman.errors import DataError

Row = dict[str, str]


def read_text(name: str) -> str:
    """The text of a data file of this package."""
    return files("dragoman.actors").joinpath("data", name).read_text(encoding="utf-8")


def parse_table(text: str, name: str) -> Iterator[Row]:
    """The rows of a table whose first line that is no comment names the columns."""
    columns: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise DataError(
                f"{name}, line {number}: {len(cells)} cells where the heading names "
                f"{len(columns)}; a value probably holds a tab. Remove it."
            )
        row = dict(zip(columns, cells, strict=False))
        for column in columns[len(cells) :]:
            row[column] = ""
        yield row


def read_table(name: str) -> Iterator[Row]:
    """The rows of a table of this package."""
    return parse_table(read_text(name), name)


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell, parted by |."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
