"""`dragoman contacts`: the register of diplomatic contacts."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import (
    Actor,
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Limit,
    Since,
    Source,
    Statuses,
    Until,
    listed,
)

HELP = "The register of contacts: who with whom, how, when, where, about what, what came of it."
_COLUMNS = ("id", "day", "status", "medium", "who", "place", "topics", "sources")


def run(
    case: CaseArgument,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Only between these two: ids, codes or names."),
    ] = None,
    actor: Actor = None,
    status: Statuses = None,
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
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter
    from dragoman.cli.analyses import put
    from dragoman.merging.contacts import ContactRow, contacts

    first, second = pair or (actor, None)
    statuses = listed(status)
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
    put(ContactRow, kept, form, _COLUMNS, limit)
