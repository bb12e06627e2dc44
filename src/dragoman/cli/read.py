"""`dragoman read`: documents in, readings out.

To a person at a terminal each reading is shown; into a pipe or a file goes one JSON object a line.
A document that cannot be read is named on stderr and left out; the exit code then is 3.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.errors import DragomanError, InputError, UsageError

if TYPE_CHECKING:
    from dragoman.records import Input, Reading

HELP = "Read articles: text files, - for stdin, or --jsonl FILE with one document a line."


class Form(StrEnum):
    """Another form of records than the reading's own."""

    PLOVER = "plover"
    CAMEO = "cameo"


class Keep(StrEnum):
    """What such records keep, marked, beside what PLOVER codes."""

    POSSIBLE = "possible"
    DENIED = "denied"
    CANCELLED = "cancelled"
    BACKGROUND = "background"
    INCOMPLETE = "incomplete"


class Part(StrEnum):
    """What a reading is shown of."""

    EVENTS = "events"
    STATEMENTS = "statements"
    ACTORS = "actors"
    TIMES = "times"
    PLACES = "places"


def run(
    context: typer.Context,
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="ARTICLE", help="Text files; - reads stdin.")
    ] = None,
    jsonl: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Documents, one JSON object a line (text; id, title, date, source, url); may be "
            "gzipped; - reads stdin.",
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication, as 2022-02-07.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Headline of the article.")] = None,
    source: Annotated[str | None, typer.Option(help="Who published the article.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the article.")] = None,
    as_json: Annotated[
        bool | None,
        typer.Option(
            "--json/--pretty",
            help="JSON, one object a line, or the view for people. Without either: the view at a "
            "terminal, JSON into a pipe.",
        ),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Keep the documents' texts in the JSON.")
    ] = True,
    to: Annotated[
        Form | None,
        typer.Option(
            metavar="FORM",
            help="Print the events as records of another form, JSON, one a line: plover (PLOVER's "
            "fields; what is planned folded as its manual says) or cameo (CAMEO's codes, as text).",
        ),
    ] = None,
    keep: Annotated[
        list[Keep] | None,
        typer.Option(
            metavar="WHAT",
            help="With --to: keep events that are possible, denied, cancelled, background or "
            "incomplete (without a source), marked; may be repeated.",
        ),
    ] = None,
    only: Annotated[
        list[Part] | None,
        typer.Option(
            metavar="PART",
            help="Give only events, statements, actors, times or places; may be repeated.",
        ),
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only what this speaker says, and events on their word."),
    ] = None,
    actors: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A file of further actors; may be repeated."),
    ] = None,
) -> None:
    from dragoman.cli.main import settings_of
    from dragoman.reader import Reader
    from dragoman.records import ISO_DATE

    if keep and to is None:
        raise UsageError("--keep says what --to keeps; name a form, as --to plover.")
    if not articles and not jsonl:
        raise UsageError("nothing to read: name a text file, - for stdin, or --jsonl FILE.")
    if date is not None and not ISO_DATE.fullmatch(date):
        raise UsageError(f"--date {date} is no ISO date; write it as 2022-02-07.")
    given = {"date": date, "title": title, "source": source, "url": url}
    settings = settings_of(context)
    if actors:
        settings = settings.replace(actors=(*settings.actors, *map(str, actors)))
    troubles = Troubles()
    documents = documents_of(articles or [], jsonl or [], given, troubles)
    readings: Iterable[Reading] = Reader(settings).read_many(documents, on_error=troubles.add)
    if speaker is not None:
        readings = (_of_speaker(reading, speaker) for reading in readings)
    parts = tuple(part.value for part in only or ())
    if to is not None:
        writer = _record_writer(to, tuple(k.value for k in keep or ()), text=text)
    else:
        writer = _writer(as_json=as_json, text=text, parts=parts)
    _write(readings, writer)
    if troubles.count:
        raise typer.Exit(InputError.exit_code)


class Troubles:
    """Tells on stderr of each document that could not be read, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, document: Input | None, error: DragomanError) -> None:
        from dragoman.cli.main import complain

        self.count += 1
        complain(str(error))


def documents_of(
    articles: list[str], jsonl: list[str], given: dict[str, str | None], troubles: Troubles
) -> Iterator[Input]:
    """The documents in the order in which they were named; what is given goes with the articles."""
    from dataclasses import replace

    from dragoman.sources import jsonl as lines
    from dragoman.sources import text

    metadata: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    for name in articles:
        try:
            document = text.load(sys.stdin.buffer if name == "-" else Path(name))
        except InputError as error:
            troubles.add(None, error)
        else:
            yield replace(document, **metadata)
    for name in jsonl:
        for found in lines.load(sys.stdin.buffer if name == "-" else Path(name)):
            if isinstance(found, DragomanError):
                troubles.add(None, found)
            else:
                yield found


def _of_speaker(reading: Reading, name: str) -> Reading:
    """The reading with only what one speaker says; a part of the speaker's name is enough."""
    from dataclasses import replace

    wanted = name.casefold()
    ids = {a.id for a in reading.actors if wanted in a.name.casefold() or a.id.casefold() == wanted}
    statements = tuple(
        statement
        for statement in reading.statements
        if statement.speaker in ids or wanted in (statement.speaker_text or "").casefold()
    )
    events = tuple(event for event in reading.events if ids.intersection(event.according_to))
    return replace(reading, statements=statements, events=events)


Write = Callable[["Reading"], None]


def _writer(*, as_json: bool | None, text: bool, parts: tuple[str, ...]) -> Write:
    """What is done with each reading: shown to a person, or written as a line of JSON."""
    if not (as_json if as_json is not None else not sys.stdout.isatty()):
        from rich.console import Console

        from dragoman.show import print_reading
        from dragoman.show.terminal import PARTS

        console = Console()
        return lambda reading: print_reading(reading, console, parts=parts or PARTS)

    import orjson

    def write_line(reading: Reading) -> None:
        reading = reading if text else reading.without_text()
        data = _only(reading.to_dict(), parts)
        sys.stdout.buffer.write(orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()

    return write_line


def _record_writer(form: Form, keep: tuple[str, ...], *, text: bool) -> Write:
    """What writes the events of a reading as records of another form, one a line."""
    import orjson

    from dragoman.export.cameo import cameo_records
    from dragoman.export.plover import plover_records

    records = plover_records if form is Form.PLOVER else cameo_records

    def write_records(reading: Reading) -> None:
        for record in records(reading, keep=keep, text=text):
            sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()

    return write_records


def _only(data: dict[str, Any], parts: tuple[str, ...]) -> dict[str, Any]:
    """The parts that are wanted, and always what they belong to and what made them."""
    if not parts:
        return data
    return {name: data[name] for name in data if name in (*parts, "document", "provenance")}


def _write(readings: Iterable[Reading], write: Write) -> None:
    """Write the readings as they come; a progress bar on stderr while stdout is no terminal."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        for reading in readings:
            write(reading)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} documents"),
        TextColumn("{task.fields[characters]:,} characters"),
        TimeElapsedColumn(),
    )
    bar = Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False
    )  # troubles told on stderr appear above the bar
    with bar as progress:
        task = progress.add_task("reading", total=None, characters=0)
        characters = 0
        for reading in readings:
            write(reading)
            characters += len(reading.document.text or "")
            progress.update(task, advance=1, characters=characters)
