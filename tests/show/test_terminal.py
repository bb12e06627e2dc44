"""The view in a terminal: it fits, and it holds what matters."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from dragoman.records import Reading
from dragoman.show import print_reading
from sample import READING


def shown(reading: Reading, width: int = 100, **options: tuple[str, ...]) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    print_reading(reading, console, **options)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal_or_than_can_be_read(width: int) -> None:
    lines = shown(READING, width).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= min(width, 120)


def test_the_view_holds_what_matters() -> None:
    view = " ".join(shown(READING).split())
    for words in (
        "Macron on his way to Moscow",
        "Sample Wire · Sun 6 February 2022 (inferred from the text)",
        "! The text was cut.",
        "planned meeting: Emmanuel Macron and Vladimir Putin · Mon 7 February 2022 · Moscow",
        "President Emmanuel Macron is expected in Moscow on Monday to meet Vladimir Putin.",
        "an adviser (not named) promise “We will talk for as long as it takes,”",
        "Emmanuel Macron President of France",
    ):
        assert words in view


def test_a_sentence_that_tells_two_events_in_a_row_is_shown_once() -> None:
    twice = replace(READING.events[1], id="e9")
    view = shown(replace(READING, events=(*READING.events, twice)))
    assert view.count("The Kremlin denied that") == 2  # once as a denial, once as troops moved


def test_only_the_parts_that_are_wanted_are_shown() -> None:
    view = shown(READING, parts=("statements",))
    assert "WHO SAID WHAT" in view
    assert "PLANNED" not in view
    assert "WHO IS WHO" not in view


def test_times_and_places_are_shown_when_wanted() -> None:
    view = " ".join(shown(READING, parts=("times", "places")).split())
    assert "TIMES Monday DATE 2022-02-07" in view
    assert "PLACES Moscow Moscow, RUS" in view


def test_markup_in_a_text_is_no_markup() -> None:
    reading = replace(READING, document=replace(READING.document, title="[red]x[/red] [bold]"))
    assert "[red]x[/red] [bold]" in shown(reading)
