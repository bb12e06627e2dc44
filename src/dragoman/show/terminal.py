"""A reading in a terminal, made for 80 to 120 columns: what, who, when, and the sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.records import Reading
from dragoman.show import digest

PARTS: Final = ("events", "statements", "actors")
WIDEST: Final = 120
MOST_ACTORS: Final = 20
_STATUS_COLUMN: Final = 11
_STATUS_STYLE: Final = {
    "happened": "green",
    "ongoing": "bold green",
    "planned": "cyan",
    "possible": "yellow",
    "cancelled": "red",
    "denied": "magenta",
}
_KIND_STYLE: Final = {
    "denial": "magenta",
    "accusation": "red",
    "threat": "red",
    "demand": "yellow",
    "promise": "green",
    "offer": "green",
}


def print_reading(
    reading: Reading, console: Console | None = None, *, parts: Collection[str] = PARTS
) -> None:
    """Show a reading to a person; `parts` are those that are wanted."""
    console = console or Console()
    width = min(console.width, WIDEST)
    console.print(_head(reading), width=width)
    if "events" in parts:
        for section in digest.sections(reading):
            console.print(_section(section), width=width)
    if "statements" in parts and reading.statements:
        console.print(
            _titled("Who said what", map(_speaker, digest.speakers(reading))), width=width
        )
    if "actors" in parts and reading.actors:
        console.print(_titled("Who is who", [_cast(reading)]), width=width)
    if "times" in parts and reading.times:
        console.print(_titled("Times", [_rows(digest.times(reading))]), width=width)
    if "places" in parts and reading.places:
        console.print(_titled("Places", [_rows(digest.places(reading))]), width=width)
    console.print()


def _head(reading: Reading) -> RenderableType:
    title, facts = digest.headline(reading)
    lines: list[RenderableType] = [
        Rule(style="blue"),
        Text(title, style="bold"),
        Text(facts, style="dim"),
    ]
    if reading.document.published.basis == "inferred":
        lines.append(Text(digest.clean(reading.document.published.why), style="dim"))
    lines += [Text(f"! {warning}", style="yellow") for warning in digest.warnings(reading)]
    return Group(*lines)


def _titled(title: str, content: Iterable[RenderableType]) -> RenderableType:
    return Group(Text(), Text(title.upper(), style="bold blue"), *content)


def _section(section: digest.Section) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_STATUS_COLUMN - 1, no_wrap=True)
    grid.add_column(ratio=1)
    for told in section.told:
        for entry in told.entries:
            grid.add_row(Text(entry.status, style=_STATUS_STYLE[entry.status]), _head_of(entry))
        if told.sentence.text:
            grid.add_row("", _passage(told.sentence))
    return _titled(section.title, [Padding(grid, (0, 0, 0, 1))])


def _head_of(entry: digest.Entry) -> Text:
    head = Text.assemble((entry.what, "bold"), ": ", entry.who)
    for detail in entry.details:
        head.append(" · ", style="dim")
        head.append(detail)
    return head


def _passage(passage: digest.Passage) -> Text:
    shown = Text(passage.text, style="dim")
    for start, end in passage.marks:
        shown.stylize("not dim underline", start, end)
    return shown


def _speaker(speaker: digest.Speaker) -> RenderableType:
    name = Text.assemble(" ", (speaker.name, "bold"))
    if not speaker.named:
        name.append(" (not named)", style="dim")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_STATUS_COLUMN - 1, no_wrap=True)
    grid.add_column(ratio=1)
    for saying in speaker.sayings:
        words = _quoted(saying.passage.text) if saying.quoted else saying.passage.text
        line = Text(words)
        for note in saying.notes:
            line.append(f" · {note}", style="dim")
        grid.add_row(Text(saying.kind, style=_KIND_STYLE.get(saying.kind, "")), line)
    return Group(name, Padding(grid, (0, 0, 0, 1)))


def _quoted(words: str) -> str:
    """Words with quotation marks around them, unless they hold their own."""
    return words if any(mark in words for mark in '“”„"«»') else f"“{words}”"


def _rows(rows: Iterable[tuple[str, str]]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for left, right in rows:
        grid.add_row(Text(left), Text(right, style="dim"))
    return Padding(grid, (0, 0, 0, 1))


def _cast(reading: Reading) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(style="dim")
    grid.add_column(justify="right", style="dim")
    rows = digest.cast(reading)
    for name, what, mentions in rows[:MOST_ACTORS]:
        grid.add_row(Text(name), Text(what), Text(f"{mentions}×"))
    if len(rows) > MOST_ACTORS:
        grid.add_row(Text(f"and {len(rows) - MOST_ACTORS} more", style="dim"), "", "")
    return Padding(grid, (0, 0, 0, 1))
