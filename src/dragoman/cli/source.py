"""`dragoman source`: the feeds and pages that a case watches, and whose word its outlets carry."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument
from dragoman.errors import UsageError

app = typer.Typer(
    help="The feeds and pages that a case watches, and the tiers of its outlets.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("add")
def add(
    case: CaseArgument,
    addresses: Annotated[
        list[str], typer.Argument(metavar="ADDRESSES…", help="Feeds or pages: https://….")
    ],
    every: Annotated[
        int, typer.Option(metavar="MINUTES", help="How often it is asked; 5 is the least.")
    ] = 15,
) -> None:
    """Watch feeds (RSS, Atom, JSON) or pages; `dragoman watch` then asks them."""
    from dragoman.case.watchlist import watch_address

    with open_case(case) as opened:
        for address in addresses:
            source = watch_address(opened, address, every=every)
            typer.echo(f"{source.number}  {source.address}, every {source.every} minutes")


@app.command("list")
def list_(
    case: CaseArgument,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List what is watched: when last asked, when next, what it brought."""
    from dragoman.case.watchlist import list_watched

    with open_case(case) as opened:
        sources = list_watched(opened)
    if as_json:
        for source in sources:
            _json(source)
        return
    if not sources:
        typer.echo("Nothing is watched. `dragoman source add CASE https://…` adds a feed or page.")
    for source in sources:
        asked = source.checked_at[:16] if source.checked_at else "never"
        after = source.next_at[:16] if source.next_at else "at once"
        typer.echo(f"{source.number}  {source.address}")
        typer.echo(
            f"   {source.kind or 'not asked yet'}, every {source.every} minutes; asked {asked}, "
            f"next {after}; {source.entries} entries seen, {source.added} of them added"
        )
        if source.message:
            typer.echo(f"   {source.failures} failures: {_plain(source.message)}")


@app.command("remove")
def remove(
    case: CaseArgument,
    source: Annotated[str, typer.Argument(help="Its number or address.")],
) -> None:
    """Stop watching a feed or a page; what it brought stays."""
    from dragoman.case.watchlist import remove_watched

    with open_case(case) as opened:
        typer.echo(f"{remove_watched(opened, source)} is watched no more.")


@app.command("tier")
def tier(
    case: CaseArgument,
    outlet: Annotated[
        str | None, typer.Argument(metavar="HOST", help="An outlet's host, address or name.")
    ] = None,
    tier: Annotated[
        str | None,
        typer.Argument(metavar="TIER", help="state-media, agency, paper, official, or none."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Set whose word an outlet carries; without one, list the outlets of the case."""
    from dragoman.case.outlets import list_outlets, set_tier

    if outlet is not None and tier is None:
        raise UsageError("name the tier, too: state-media, agency, paper, official, or none.")
    with open_case(case) as opened:
        if outlet is not None and tier is not None:
            typer.echo(f"{set_tier(opened, outlet, tier)}: {tier}")
            return
        outlets = list_outlets(opened)
    for row in outlets:
        if as_json:
            _json(row)
        else:
            by = f" ({row.set_by})" if row.set_by else ""
            typer.echo(f"{row.documents:>7,}  {row.tier or '–':<11}  {_plain(row.outlet)}{by}")


def _json(record: object) -> None:
    import sys

    import orjson

    from dragoman.records import Record

    assert isinstance(record, Record)
    sys.stdout.buffer.write(orjson.dumps(record.to_dict(), option=orjson.OPT_APPEND_NEWLINE))


def _plain(words: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in words)
