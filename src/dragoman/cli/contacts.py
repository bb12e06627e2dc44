"""`dragoman contacts`: the register of diplomatic contacts."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from dragoman.cli.cases import nobody, open_case
from dragoman.cli.options import (
    Actor,
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Least,
    Limit,
    Place,
    Since,
    Sort,
    Source,
    Statuses,
    Tier,
    Until,
    chosen,
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
        str | None, typer.Option(metavar="MEDIA", help="in-person, phone, video, letter.")
    ] = None,
    level: Annotated[
        str | None, typer.Option(metavar="LEVELS", help="leaders, ministers, officials, …")
    ] = None,
    since: Since = None,
    until: Until = None,
    place: Place = None,
    topic: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Words of what it was about.")
    ] = None,
    least: Least = 1,
    source: Source = None,
    tier: Tier = None,
    history: Annotated[
        bool, typer.Option("--history", help="With contacts that reports tell as history.")
    ] = False,
    as_known_at: AsKnownAt = None,
    sort: Sort = None,
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman import records
    from dragoman.case import Filter
    from dragoman.cli.analyses import put
    from dragoman.merging.contacts import ContactRow, contacts

    first, second = pair or (actor, None)
    statuses = chosen("status", status, get_args(records.Status))
    media = chosen("medium", medium, get_args(records.Medium))
    levels = chosen("level", level, get_args(records.Level))
    with open_case(case) as opened:
        wanted = Filter(
            actor=first,
            with_=second,
            since=since,
            until=until,
            place=place,
            source=source,
            tier=tier,
            as_known_at=as_known_at,
        )
        found = contacts(opened.merged(wanted), history=history)
        if not found:
            nobody(opened, first, second)
    kept = [
        row
        for row in found
        if (not statuses or row.status in statuses)
        and (not media or row.medium in media)
        and (not levels or row.level in levels)
        and row.sources >= least
        and (topic is None or topic.casefold() in " ".join(row.topics).casefold())
    ]
    put(ContactRow, kept, form, _COLUMNS, limit, sort=sort)
