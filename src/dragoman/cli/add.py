"""`dragoman add`: documents into a case, each once.

The summary goes to stdout, what could not be read to stderr. The exit code is 0 where all went in
or was there already, 3 where some could not be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import open_case, tell_alerts
from dragoman.cli.options import CaseArgument
from dragoman.errors import InputError, UsageError

if TYPE_CHECKING:
    from dragoman.case import Case, Outcome, Plan, Summary
    from dragoman.sources.found import Item

HELP = "Add documents: text, HTML, PDF, CSV, JSONL, Parquet, WARC/WACZ, feeds, folders, addresses."
_LINKS_SHOWN = 20


def run(
    context: typer.Context,
    case: CaseArgument,
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCES…", help="Files, folders, or http(s) addresses."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be added; read and store nothing.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Leave out what was published before this day."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Add no more than so many documents.")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="Of a coded corpus (`dragoman code`) only this: type=ASSAULT, actor=RUS, "
            "published>=2022-02, title~summit; may be repeated, all must hold.",
        ),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch from this machine's own networks, too."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what became of each document, one a line.")
    ] = False,
) -> None:
    from dragoman.case import Plan
    from dragoman.case.moments import first_day
    from dragoman.cli.main import settings_of
    from dragoman.cluster.coding import is_coded
    from dragoman.sources.fetch import Fetcher, Limits
    from dragoman.sources.gather import Gatherer

    coded = [Path(name) for name in sources if "://" not in name and is_coded(Path(name))]
    if coded and len(coded) < len(sources):
        raise UsageError("add a coded corpus in a call of its own, without other sources.")
    if where and not coded:
        raise UsageError("--where selects from a coded corpus: dragoman code … -o OUT/ first.")
    plan = Plan(dry_run=dry_run, since=first_day(since) if since else None, limit=limit)
    fetcher = Fetcher(Limits(allow_private=allow_private))
    with open_case(case) as opened, Gatherer(fetcher=fetcher) as gatherer:
        opened.settings = settings_of(context)
        with _Progress(as_json=as_json) as progress:
            if coded:
                summary = _take(opened, coded, where or [], plan, progress)
            else:
                found = _offering(gatherer.gather(sources), progress)
                summary = opened.add(found, plan=plan, on_outcome=progress.tell)
        if not dry_run:
            tell_alerts(opened, context)
    if not as_json:
        _print(summary)
    if summary.counts["failed"]:
        raise typer.Exit(InputError.exit_code)


def _take(
    case: Case, coded: list[Path], where: list[str], plan: Plan, progress: _Progress
) -> Summary:
    """What is meant of coded corpora, with the readings that they hold."""
    from dragoman.case import Summary
    from dragoman.cluster.selecting import take

    whole = Summary(dry_run=plan.dry_run)
    for out in coded:
        summary = take(case, out, where, plan, on_outcome=progress.tell)
        whole.counts.update(summary.counts)
        whole.reasons += summary.reasons
    return whole


def _offering(items: Iterable[Item], progress: _Progress) -> Iterator[Item]:
    """Offer the links of a page of links: it is no article, but they may be wanted."""
    from dragoman.sources.found import NotArticle

    for item in items:
        if isinstance(item, NotArticle) and item.links:
            lines = [f"  {link.address}  {link.title}" for link in item.links[:_LINKS_SHOWN]]
            more = len(item.links) - _LINKS_SHOWN
            lines += [f"  … and {more} more"] if more > 0 else []
            progress.say("\n".join([f"{item.origin}: {item.message}", *lines]))
        yield item


def _print(summary: Summary) -> None:
    would = "would be: " if summary.dry_run else ""
    typer.echo(would + summary.words())


class _Progress:
    """A bar on stderr at a terminal; reasons on stderr; with --json a line a document on stdout."""

    def __init__(self, *, as_json: bool) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._json = as_json
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.completed} documents"),
            TextColumn("{task.fields[new]} new"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("adding", total=None, new=0)
        self._new = 0

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def say(self, message: str) -> None:
        from dragoman.cli.main import complain

        complain("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in message))

    def tell(self, outcome: Outcome) -> None:
        self._new += outcome.state in ("added", "version", "copy")
        self._bar.update(self._task, advance=1, new=self._new)
        if self._json:
            import orjson

            line = orjson.dumps(outcome.to_dict(), option=orjson.OPT_APPEND_NEWLINE)
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        elif outcome.state == "failed":
            self.say(outcome.message)
