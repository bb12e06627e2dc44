"""Rows as a table at a terminal of any width: ids and days whole, words broken or set below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.table import Table

# Columns of words, which are broken into lines; below a row, by name, where a terminal is narrow.
_WORDS: Final = frozenset(
    {"who", "whom", "topics", "life", "by", "against", "claim", "standing", "denied_by"}
    | {"confirmed_by", "first_wording", "latest_wording", "conflicts", "title", "text", "passage"}
)
_LONG: Final = ("passage", "title", "text", "note")  # the first that a row has stands below it
_WIDEST_CELL: Final = 28
_LEAST_WORDS: Final = 14
_BESIDE: Final = 60  # columns that must be left for a passage to stand beside the rest
_GAP: Final = 2


def print_table(rows: Sequence[Any], columns: Sequence[str]) -> None:
    """Print rows; `columns` are names of their attributes."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console()
    if not rows:
        console.print("Nothing is found.", highlight=False)
        return
    long = next((name for name in _LONG if name in columns), None)
    cells = {name: [shown(getattr(row, name)) for row in rows] for name in columns}
    beside, below, widths = _layout(cells, long, console.width)
    heading = _grid(widths, beside)
    heading.add_row(*(Text(name.replace("_", " "), style="bold") for name in beside))
    console.print(heading)
    for number in range(len(rows)):
        line = _grid(widths, beside)
        # As Text: a stranger's brackets are no markup.
        line.add_row(*(Text(cells[name][number]) for name in beside))
        console.print(line, highlight=False)
        for name in below:
            cell = cells[name][number]
            if cell != "–":
                told = cell if name == long else f"{name.replace('_', ' ')}: {cell}"
                console.print(Padding(Text(told), (0, 0, 0, 4)), highlight=False)


def _layout(
    cells: dict[str, list[str]], long: str | None, room: int
) -> tuple[list[str], list[str], dict[str, int]]:
    """Which columns stand beside each other, which below their row, and how wide the first are."""
    full = {name: max(len(name), *map(len, column)) for name, column in cells.items()}
    widths = {name: min(_WIDEST_CELL, width) for name, width in full.items()}
    beside = [name for name in cells if name != long]
    words = [name for name in beside if name in _WORDS]

    def left() -> int:
        return room - sum(widths[name] for name in beside) - _GAP * len(beside)

    while left() < 0 and any(widths[name] > _LEAST_WORDS for name in words):
        widths[max(words, key=widths.__getitem__)] -= 1
    if left() < 0 and words:
        beside = [name for name in beside if name not in words]
        return beside, [*words, *([long] if long else [])], widths
    if long is not None and left() >= _BESIDE:
        widths[long] = left()
        return [*beside, long], [], widths
    wanting = [name for name in words if widths[name] < full[name]]
    while wanting and left() > 0:  # what is free goes to those that have most to say
        widest = max(wanting, key=lambda name: full[name] - widths[name])
        widths[widest] += 1
        wanting = [name for name in words if widths[name] < full[name]]
    return beside, [long] if long else [], widths


def _grid(widths: dict[str, int], names: Sequence[str]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=True)
    for name in names:
        words = name in _WORDS
        overflow = "fold" if words else "ellipsis"
        grid.add_column(width=widths[name], no_wrap=not words, overflow=overflow)  # type: ignore[arg-type]
    return grid


def shown(value: object) -> str:
    """A value as a cell: at most 240 characters, and none that could write over the screen."""
    if value is None or value in ("", ()):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    words = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    words = "".join(c if c.isprintable() else " " for c in words)
    return words if len(words) <= 240 else words[:239] + "…"
