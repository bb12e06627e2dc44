"""`dragoman times`: the times that a text names, resolved against its date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.coding.times.finding import TimeExpression
    from dragoman.language.analysis import Analysis

HELP = "List the times that a text names and what they stand for."


def run(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text file; - reads stdin.")],
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day of the report, as 2022-02-07; else inferred."),
    ] = None,
    timeml: Annotated[
        bool, typer.Option("--timeml", help="The text with TIMEX3 tags, as TimeML.")
    ] = False,
) -> None:
    from dragoman.cli.main import complain
    from dragoman.coding.times.finding import day_of, find_times
    from dragoman.coding.times.notices import time_notices
    from dragoman.coding.times.timeml import to_timeml
    from dragoman.language.model import Model
    from dragoman.language.tokens import tokenize
    from dragoman.sources import text

    if date is not None and day_of(date) is None:
        raise UsageError(f"--date {date} is no ISO date; write it as 2022-02-07.")
    document = text.load(sys.stdin.buffer if file == "-" else Path(file))
    analysis = Model.load().analyse(tokenize(document.text))
    day = date or _inferred(analysis)
    times = find_times(analysis, date=day)
    for notice in time_notices(times, date=day):
        complain(notice.message)
    if timeml:
        sys.stdout.write(to_timeml(document.text, times, id=document.id or file, date=day))
        return
    for time in times:
        sys.stdout.write(_line(time) + "\n")


def _inferred(analysis: Analysis) -> str | None:
    from dragoman.actors.directory import Directory
    from dragoman.cli.main import complain
    from dragoman.coding.dating import date_document

    published = date_document(analysis, Directory.load())
    complain(published.why if published.date else f"{published.why} Give it with --date.")
    return published.date


def _line(time: TimeExpression) -> str:
    """Offsets, type, value, stretch and words, parted by tabs."""
    when = time.when
    stretch = ""
    if when is not None:
        stretch = when.start if when.start == when.end else f"{when.start}/{when.end}"
        stretch = f"~{stretch}" if when.about else stretch
    words = " ".join(time.text.split())
    return "\t".join((str(time.start), str(time.end), time.type, time.value, stretch, words))
