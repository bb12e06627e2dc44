"""`dragoman contacts`: the register of diplomatic contacts."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.cases import (
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Since,
    Source,
    Until,
    open_case,
    table_limit,
    write,
)

HELP = "The register of contacts: who with whom, how, when, where, about what, what came of it."
_COLUMNS = ("id", "day", "status", "medium", "who", "place", "topics", "sources")


def run(
    case: CaseArgument,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Only between these two: ids, codes or names."),
    ] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Who takes part.")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUSES", help="happened, planned, cancelled, …")
    ] = None,
    medium: Annotated[
        str | None, typer.Option(metavar="MEDIUM", help="in-person, phone, video or letter.")
    ] = None,
    level: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="leaders, ministers, officials, …")
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    history: Annotated[
        bool, typer.Option("--history", help="With contacts that reports tell as history.")
    ] = False,
    as_known_at: AsKnownAt = None,
    limit: Annotated[int | None, typer.Option(min=0, help="No more rows than this.")] = None,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter
    from dragoman.cli.analyses import rows_of
    from dragoman.merging.contacts import ContactRow, contacts

    first, second = pair or (actor, None)
    statuses = tuple(word.strip() for word in (status or "").split(",") if word.strip())
    with open_case(case) as opened:
        wanted = Filter(
            actor=first,
            with_=second,
            since=since,
            until=until,
            source=source,
            as_known_at=as_known_at,
        )
        found = contacts(opened.merged(wanted), history=history)
    kept = [
        row
        for row in found
        if (not statuses or row.status in statuses)
        and medium in (None, row.medium)
        and level in (None, row.level)
    ]
    limit = table_limit(form, limit)
    kept = kept if limit is None else kept[:limit]
    write(rows_of(ContactRow, kept), form, _COLUMNS, limit)
