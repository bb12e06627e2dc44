"""`dragoman bench`: how fast dragoman reads these documents on this machine."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.errors import InputError, UsageError

if TYPE_CHECKING:
    from dragoman.evaluate.speed import Speed

HELP = "Measure speed and memory on your own texts: words a second, and where the time goes."


def run(
    context: typer.Context,
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="ARTICLE", help="Text files; - reads stdin.")
    ] = None,
    jsonl: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE", help="Documents, one JSON object a line; may be gzipped; - reads stdin."
        ),
    ] = None,
    documents: Annotated[
        int, typer.Option(min=1, metavar="N", help="Read so many documents at most.")
    ] = 200,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Documents side by side; the setting, if left out."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The figures as one JSON object.")
    ] = False,
) -> None:
    """The figures depend on the texts: shorter documents and sentences are read faster."""
    from dragoman.cli.main import settings_of
    from dragoman.cli.read import Troubles, documents_of
    from dragoman.evaluate.speed import measure

    if not articles and not jsonl:
        raise UsageError("nothing to read: name a text file, - for stdin, or --jsonl FILE.")
    troubles = Troubles()
    found = documents_of(articles or [], jsonl or [], {}, troubles)
    chosen = [d for d in itertools.islice(found, documents) if d.text.strip()]
    if not chosen:
        raise InputError("No document with a text was found, so there is nothing to measure.")
    speed = measure(chosen, settings_of(context), workers=workers)
    if as_json:
        import orjson

        sys.stdout.write(orjson.dumps(speed.to_dict()).decode() + "\n")
    else:
        typer.echo(table(speed))
    if troubles.count:
        raise typer.Exit(InputError.exit_code)


def table(speed: Speed) -> str:
    """The figures for a person: totals, then the stages, the dearest first."""
    from dragoman.evaluate.speed import ENCODER

    memory = "not told by this system" if speed.memory is None else f"{speed.memory:,.0f} MB"
    beside = f"{speed.workers} documents side by side"
    lines = [
        f"documents          {speed.documents:10,}",
        f"words              {speed.words:10,}",
        f"words a second     {speed.words_a_second:10,.0f}   {beside}",
        f"documents a second {speed.documents_a_second:10,.1f}",
        f"words a second of one processor {speed.words / speed.processor:,.0f}",
        f"most memory        {memory:>10}",
        f"reference loop     {speed.reference:10.3f} s",
        "",
        f"{'stage':20} {'share':>6} {'µs of one processor a word':>28}",
    ]
    for name, seconds in sorted(speed.stages.items(), key=lambda item: -item[1]):
        share = seconds / speed.processor
        lines.append(f"{name:20} {share:6.1%} {speed.microseconds(seconds):28.1f}")
    lines.append(f"all but the {ENCODER:8} {'':6} {speed.outside_encoder:28.1f}")
    lines.append(f"all but the networks {'':6} {speed.outside_networks:27.1f}")
    return "\n".join(lines)
