"""`dragoman claims`: who accuses whom of what, who denies it, who confirms it."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import AsKnownAt, CaseArgument, FormatOption, Limit, Since, Source, Until

HELP = "Who accuses whom of what, who denies, who confirms, what stands on one side's word only."
_COLUMNS = ("first", "by", "against", "claim", "standing", "denied_by", "confirmed_by", "sources")


def run(
    case: CaseArgument,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who accuses or is accused: a code or name.")
    ] = None,
    denied: Annotated[bool, typer.Option("--denied", help="Only what is denied.")] = False,
    one_side: Annotated[
        bool, typer.Option("--one-side", help="Only what stands on one side's word.")
    ] = False,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    as_known_at: AsKnownAt = None,
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman.case import Filter
    from dragoman.cli.analyses import put
    from dragoman.merging.claims import ClaimRow, claims

    with open_case(case) as opened:
        wanted = Filter(since=since, until=until, source=source, as_known_at=as_known_at)
        found = claims(opened.said(wanted), opened.merged(wanted))
    kept = [
        row
        for row in found
        if (actor is None or actor in (*row.sides, *row.by, *row.against, *row.targets))
        and (not denied or row.denied_by)
        and (not one_side or row.standing == "one side's word")
    ]
    put(ClaimRow, kept, form, _COLUMNS, limit)
