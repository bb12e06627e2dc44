"""`dragoman topic`: what a case is about, by which `dragoman watch` tells what is relevant."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument

app = typer.Typer(
    help="What a case is about: the actors and words by which `watch` tells what is relevant.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("add")
def add(
    case: CaseArgument,
    actor: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="An actor that is named: an id, a code or a name."),
    ] = None,
    words: Annotated[
        list[str] | None, typer.Option(metavar="WORDS", help="Words that stand in the text.")
    ] = None,
) -> None:
    """Add a topic: all actors and words of one topic must occur; topics are alternatives."""
    from dragoman.case.topics import add_topic

    with open_case(case) as opened:
        topic = add_topic(opened, actor or (), words or ())
    typer.echo(f"{topic.number}  {topic.described()}")


@app.command("list")
def list_(case: CaseArgument) -> None:
    """List the topics of a case."""
    from dragoman.case.topics import list_topics

    with open_case(case) as opened:
        topics = list_topics(opened)
    for topic in topics:
        typer.echo(f"{topic.number}  {topic.described()}")
    if not topics:
        typer.echo("The case has no topics: whatever its sources bring is taken.")


@app.command("remove")
def remove(
    case: CaseArgument, number: Annotated[int, typer.Argument(help="The topic's number.")]
) -> None:
    """Remove a topic."""
    from dragoman.case.topics import remove_topic

    with open_case(case) as opened:
        remove_topic(opened, number)
    typer.echo(f"topic {number} is removed.")
