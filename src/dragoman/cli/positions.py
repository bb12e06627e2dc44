"""`dragoman positions`: demands, offers, red lines and aims, with first and latest wording."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from dragoman.cli.cases import nobody, open_case
from dragoman.cli.options import (
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Limit,
    Since,
    Sort,
    Source,
    Tier,
    Until,
    chosen,
)

HELP = "What an actor demands, offers, will not have and aims at; first and latest wording."
_COLUMNS = ("side", "position", "first", "first_wording", "latest", "latest_wording", "times")


def run(
    case: CaseArgument,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose positions: an id, a code or a name.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KINDS", help="demand, offer, red line, aim.")
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    tier: Tier = None,
    as_known_at: AsKnownAt = None,
    sort: Sort = None,
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter
    from dragoman.cli.analyses import put
    from dragoman.merging.positions import PositionRow, positions
    from dragoman.merging.taken import Position

    kinds = chosen("kind of position", kind, get_args(Position))
    with open_case(case) as opened:
        wanted = Filter(
            speaker=actor,
            since=since,
            until=until,
            source=source,
            tier=tier,
            as_known_at=as_known_at,
        )
        found = positions(opened.said(wanted))
        if not found:
            nobody(opened, actor)
    kept = [row for row in found if not kinds or row.position in kinds]
    put(PositionRow, kept, form, _COLUMNS, limit, sort=sort)
