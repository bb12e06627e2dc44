"""The command line: one command a file, each entered below in one line.

A command's file imports at its top only what its options need; what is heavy (the model, NumPy,
charts) is imported inside the command, so that `dragoman --help` answers at once.
"""

from __future__ import annotations

import typer

from dragoman.cli import (
    actors,
    add,
    agenda,
    alert,
    bench,
    brief,
    claims,
    code,
    contacts,
    desk,
    evaluate,
    events,
    explain,
    export,
    frames,
    imports,
    init,
    merge,
    network,
    parse,
    places,
    positions,
    read,
    recount,
    reread,
    review,
    sample,
    schema,
    search,
    settings,
    show,
    source,
    status,
    tension,
    text,
    timeline,
    times,
    topic,
    watch,
)
from dragoman.cli import main as _main

app = typer.Typer(
    name="dragoman",
    help=_main.HELP,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.callback()(_main.root)
app.command("read", help=read.HELP)(read.run)
app.command("parse", help=parse.HELP)(parse.run)
app.command("times", help=times.HELP)(times.run)
app.command("places", help=places.HELP)(places.run)
app.command("explain", help=explain.HELP)(explain.run)
app.command("frames", help=frames.HELP)(frames.run)
app.command("init", help=init.HELP)(init.run)
app.command("add", help=add.HELP)(add.run)
app.command("show", help=show.HELP)(show.run)
app.command("events", help=events.HELP)(events.run)
app.command("merge", help=merge.HELP)(merge.run)
app.command("split", help=merge.SPLIT_HELP)(merge.split)
app.command("contacts", help=contacts.HELP)(contacts.run)
app.command("claims", help=claims.HELP)(claims.run)
app.command("positions", help=positions.HELP)(positions.run)
app.command("search", help=search.HELP)(search.run)
app.command("text", help=text.HELP)(text.run)
app.command("status", help=status.HELP)(status.run)
app.command("reread", help=reread.HELP)(reread.run)
app.command("recount", help=recount.HELP)(recount.run)
app.command("review", help=review.HELP)(review.run)
app.command("sample", help=sample.HELP)(sample.run)
app.add_typer(source.app, name="source")
app.add_typer(topic.app, name="topic")
app.command("code", help=code.HELP)(code.run)
app.command("watch", help=watch.HELP)(watch.run)
app.add_typer(alert.app, name="alert")
app.command("timeline", help=timeline.HELP)(timeline.run)
app.command("agenda", help=agenda.HELP)(agenda.run)
app.command("tension", help=tension.HELP)(tension.run)
app.command("network", help=network.HELP)(network.run)
app.command("brief", help=brief.HELP)(brief.run)
app.command("import", help=imports.HELP)(imports.run)
app.command("export", help=export.HELP)(export.run)
app.add_typer(actors.app, name="actors")
app.add_typer(desk.app, name="desk")
app.add_typer(evaluate.app, name="evaluate")
app.command("bench", help=bench.HELP)(bench.run)
app.command("schema", help=schema.HELP)(schema.run)
app.command("settings", help=settings.HELP)(settings.run)


def main() -> None:
    """The entry point of the `dragoman` command."""
    raise SystemExit(_main.guarded(app))
