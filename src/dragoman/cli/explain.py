"""`dragoman explain`: how the events of a text came about."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.errors import UsageError

HELP = "Tell why the events of a text were coded as they were."


def run(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A text file; - reads stdin.")],
    event: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this event, as e3; may be repeated."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication, as 2022-02-07.")
    ] = None,
    frames: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A file of further frames; may be repeated."),
    ] = None,
) -> None:
    from dragoman.cli.main import settings_of
    from dragoman.coding.events import draft_events
    from dragoman.coding.explain import explain
    from dragoman.coding.frames import index_with
    from dragoman.coding.tellings import merge
    from dragoman.reader import Stages
    from dragoman.sources import text

    document = text.load(sys.stdin.buffer if article == "-" else Path(article))
    stages = Stages.load(settings_of(context))
    analysis = stages.analyse(stages.tokenize(document.text))
    published = stages.date_document(analysis, date, None).date
    cast = stages.find_cast(analysis, published)
    said = stages.find_statements(analysis, cast)
    times = stages.find_times(analysis, published)
    places = stages.find_places(analysis, cast)
    drafts = draft_events(
        analysis, cast, said, times, places, date=published, frames=index_with(frames or [])
    )
    merged = merge(drafts, cast)
    known = [found.id for found, _ in merged]
    for id in event or []:
        if id not in known:
            raise UsageError(f"there is no event {id}; this text has {', '.join(known) or 'none'}.")
    for found, tellings in merged:
        if not event or found.id in event:
            for line in explain(found, tellings, analysis, cast, said):
                typer.echo(line)
