"""`dragoman claims`: who accuses whom of what, who denies it, who confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.cases import nobody, open_case
from dragoman.cli.options import (
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Least,
    Limit,
    Since,
    Sort,
    Source,
    Tier,
    Until,
)

if TYPE_CHECKING:
    from dragoman.case import Case
    from dragoman.merging.claims import ClaimRow

HELP = "Who accuses whom of what, who denies, who confirms, what stands on one side's word only."
_COLUMNS = ("first", "by", "against", "claim", "standing", "denied_by", "confirmed_by", "sources")


def run(
    case: CaseArgument,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who accuses or is accused: a code or name.")
    ] = None,
    with_: Annotated[
        str | None,
        typer.Option("--with", metavar="NAME", help="And who is accused, or accuses, in turn."),
    ] = None,
    denied: Annotated[bool, typer.Option("--denied", help="Only what is denied.")] = False,
    one_side: Annotated[
        bool, typer.Option("--one-side", help="Only what stands on one side's word.")
    ] = False,
    least: Least = 1,
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
    from dragoman.merging.claims import ClaimRow, claims

    with open_case(case) as opened:
        wanted = Filter(since=since, until=until, source=source, tier=tier, as_known_at=as_known_at)
        found = claims(opened.said(wanted), opened.merged(wanted))
        first, second = (_known(opened, name) for name in (actor, with_))
        if not any(_between(row, first, second) for row in found):
            nobody(opened, actor, with_)
    kept = [
        row
        for row in found
        if _between(row, first, second)
        and row.sources >= least
        and (not denied or row.denied_by)
        and (not one_side or row.standing == "one side's word")
    ]
    put(ClaimRow, kept, form, _COLUMNS, limit, sort=sort)


def _known(case: Case, name: str | None) -> frozenset[str]:
    """An actor as rows may have him: as he is asked for, and by the keys that the case knows."""
    return frozenset((name, *case.known_as(name)) if name else ())


def _between(row: ClaimRow, first: frozenset[str], second: frozenset[str]) -> bool:
    """Does the one accuse, or is he accused, and the other likewise on the other side?"""
    accusers, accused = {*row.sides, *row.by}, {*row.against, *row.targets}
    if not first or not second:
        return not (first or second) or bool((first | second) & (accusers | accused))
    return bool((first & accusers and second & accused) or (second & accusers and first & accused))
