"""`dragoman agenda`: what is to come as of a day, and what was announced and never confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args

import typer

from dragoman.cli.analyses import put
from dragoman.cli.cases import nobody, open_case
from dragoman.cli.options import (
    Actor,
    AsKnownAt,
    CaseArgument,
    FormatOption,
    Limit,
    Sort,
    Source,
    Tier,
    Types,
    With,
    chosen,
)
from dragoman.errors import CaseError, UsageError

HELP = "List what is still to come as of a day, and what was announced and never confirmed."


def run(
    case: CaseArgument,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DAY", help="As of this day; by default that of the newest document."
        ),
    ] = None,
    actor: Actor = None,
    with_: With = None,
    type_: Types = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="No day of it after this day; dated only.")
    ] = None,
    source: Source = None,
    tier: Tier = None,
    as_known_at: AsKnownAt = None,
    coming: Annotated[bool, typer.Option("--coming", help="Only what is still to come.")] = False,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Write a calendar (iCalendar).")
    ] = None,
    sort: Sort = None,
    limit: Limit = None,
    form: FormatOption = None,
) -> None:
    from dragoman.analysis.agenda import agenda
    from dragoman.analysis.from_case import events_as_of, last_day
    from dragoman.analysis.rows import AgendaRow, agenda_rows
    from dragoman.case import Filter
    from dragoman.case.moments import first_day
    from dragoman.case.moments import last_day as last_of
    from dragoman.records import PloverType

    types = chosen("type", type_, get_args(PloverType), upper=True)
    latest = last_of(until) if until else None
    with open_case(case) as opened:
        day = first_day(as_of) if as_of else last_day(opened)
        if day is None:
            raise UsageError("no document of the case has a date; give the day with --as-of.")
        wanted = Filter(actor=actor, with_=with_, source=source, tier=tier, as_known_at=as_known_at)
        events = events_as_of(opened, day, wanted)
        if not events:
            nobody(opened, actor, with_)
    items = [
        item
        for item in agenda(events, as_of=day, unconfirmed=not coming, called_off=not coming)
        if (not types or item.type in types)
        and (latest is None or (item.day is not None and item.day <= latest))
    ]
    if ics is not None:
        from dragoman.export.calendar import to_ics

        try:
            ics.write_bytes(to_ics(items))
        except OSError as error:
            raise CaseError(f"{ics} cannot be written: {error.strerror}.") from error
    columns = ("outcome", "when", "what", "who", "whom", "place", "told_by", "passage")
    put(AgendaRow, list(agenda_rows(items)), form, columns, limit, sort=sort)
