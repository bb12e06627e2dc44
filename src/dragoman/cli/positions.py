"""`dragoman positions`: demands, offers, red lines and aims, with first and latest wording."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import AsKnownAt, CaseArgument, FormatOption, Limit, Since, Source, Until

HELP = "What an actor demands, offers, will not have and aims at; first and latest wording."
_COLUMNS = ("side", "position", "first", "first_wording", "latest", "latest_wording", "times")


def run(
    case: CaseArgument,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose positions: an id, a code or a name.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="demand, offer, red line or aim.")
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    as_known_at: AsKnownAt = None,
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter
    from dragoman.cli.analyses import put
    from dragoman.merging.positions import PositionRow, positions

    with open_case(case) as opened:
        wanted = Filter(
            speaker=actor, since=since, until=until, source=source, as_known_at=as_known_at
        )
        found = positions(opened.said(wanted))
    kept = [row for row in found if kind in (None, row.position)]
    put(PositionRow, kept, form, _COLUMNS, limit)
