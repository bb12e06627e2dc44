"""`dragoman watch`: ask the case's feeds and pages what is new, politely, and add what is relevant.

Each thing that is done is one line on stdout. Without --once it goes on until it is stopped.
"""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument
from dragoman.errors import CaseBusyError, UsageError

if TYPE_CHECKING:
    from dragoman.case.watching import Line

HELP = "Ask the feeds and pages of a case what is new, and add what is about its topics."
_LONGEST_SLEEP = 60.0


def run(
    context: typer.Context,
    case: CaseArgument,
    once: Annotated[
        bool, typer.Option("--once", help="One round, then end: for a clockwork such as cron.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine's own networks, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Lines as JSON.")] = False,
) -> None:
    from dragoman.case.delivering import tell
    from dragoman.case.topics import list_topics
    from dragoman.case.watching import Line, Watcher
    from dragoman.case.watchlist import list_watched
    from dragoman.cli.main import settings_of
    from dragoman.sources.fetch import Fetcher, Limits

    def say(line: Line) -> None:
        if as_json:
            import orjson

            typer.echo(orjson.dumps(line.to_dict()).decode())
        else:
            typer.echo(line.words())

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = settings_of(context)
    fetcher = Fetcher(Limits(allow_private=allow_private))
    with open_case(case) as opened, Watcher(opened, tell=say, fetcher=fetcher) as watcher:
        opened.settings = settings
        if not list_watched(opened):
            raise UsageError(
                f"the case watches nothing yet: `dragoman source add {case} https://…` first."
            )
        if not list_topics(opened):
            note = "the case has no topics: whatever comes is taken (`dragoman topic add`)"
            say(Line(moment=opened.now(), what="note", address=case, message=note))

        def log(words: str) -> None:
            say(Line(moment=opened.now(), what="alert", address="", message=words))

        while True:
            try:
                asked = watcher.round(early=once)
                tell(opened, settings, log)
                if once and asked is None:
                    after = watcher.next_moment()
                    note = f"no source is due before {after:%Y-%m-%d %H:%M} UTC" if after else ""
                    say(Line(moment=opened.now(), what="note", address=case, message=note))
            except CaseBusyError as error:
                if once:
                    raise
                say(Line(moment=opened.now(), what="waits", address=case, message=str(error)))
                time.sleep(_LONGEST_SLEEP)
            if once:
                return
            after = watcher.next_moment()
            wait = (after - opened.moment()).total_seconds() if after else _LONGEST_SLEEP
            time.sleep(min(_LONGEST_SLEEP, max(1.0, wait)))
